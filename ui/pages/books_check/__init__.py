"""账套校验: what the books prove of themselves, and the backups."""
