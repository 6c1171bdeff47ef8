"""Writes lists of orders to files that others open. Knows no Qt, no words, no database: rows come in, bytes go out."""
