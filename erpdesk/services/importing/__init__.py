"""What comes in from files: customers, deliveries, bank statements, opening items."""
