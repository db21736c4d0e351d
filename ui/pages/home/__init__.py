"""首页: what waits for whom."""
