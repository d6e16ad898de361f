"""Zalo Official Accounts: calls, tokens, webhooks read, replies and news sent: docs/zalo.md."""
