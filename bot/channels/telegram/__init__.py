"""Telegram: reading updates, sending replies, saying who we are; facts of core.telegram.org."""
