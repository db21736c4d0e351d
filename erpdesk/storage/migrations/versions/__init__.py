"""One file a revision, in the order of its numbers."""
