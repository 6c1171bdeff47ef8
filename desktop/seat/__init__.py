"""The seat: who sits at it, and how it is locked and opened."""
