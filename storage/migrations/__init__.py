"""Schema steps of the two databases. Each step stands alone: it imports nothing of the program."""
