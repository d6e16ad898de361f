"""Delivery: the ledger's rows go out in small waves, each at most once, its ending kept."""
