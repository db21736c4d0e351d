"""收款与核销: receipts and what they pay."""
