"""盘点计划: planning a campaign, freezing it, running it."""
