"""Keeping the books: their proofs, backups, upgrades, and the room on the disk."""
