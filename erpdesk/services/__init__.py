"""Use cases, one method per action of a person; no SQL, no Qt."""
