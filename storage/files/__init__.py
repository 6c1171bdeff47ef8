"""Attachments on this machine: encrypted files named by what they hold."""
