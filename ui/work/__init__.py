"""What works beside the window: the runner's lanes, scanners, sounds."""
