"""The customer stocktake: planning and running a campaign, counting, reviewing, reporting."""
