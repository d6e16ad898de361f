"""Zalo Official Accounts: webhooks read, replies and news sent; facts and doubts: docs/zalo.md."""
