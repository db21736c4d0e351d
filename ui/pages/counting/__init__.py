"""盘点: scanning customers and what they state."""
