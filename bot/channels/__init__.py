"""The ways to reach citizens: one module a channel, one contract."""
