"""The desk: its page, its commands and notices, and the wall joined to it."""
