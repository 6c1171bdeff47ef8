"""The desk's memory: two encrypted SQLite files, the outbox, search, and the key that opens them."""
