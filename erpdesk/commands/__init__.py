"""The front end without a window: one module for a group of verbs."""
