"""Dumb parts of pages: values in, signals out; no service and no runner."""
