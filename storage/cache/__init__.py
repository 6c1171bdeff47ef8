"""The rebuildable copy of the centre: `cache.db`."""
