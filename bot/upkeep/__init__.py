"""What is done by the clock: the nightly walk through the portal, the end of old rows."""
