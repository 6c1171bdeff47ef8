"""How a run begins and ends: what it was told, what it remembers, how it looks, where it writes what went wrong."""
