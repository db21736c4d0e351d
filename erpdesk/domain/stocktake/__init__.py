"""The customer stocktake: its campaign, its lines, what is counted, reviewed and explained."""
