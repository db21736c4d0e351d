"""通知书: notices, what is checked before one goes out, and replies."""
