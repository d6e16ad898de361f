"""Zalo Official Accounts: reading webhooks, answering, sending; facts and doubts in docs/zalo.md."""
