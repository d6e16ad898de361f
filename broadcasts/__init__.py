"""Saying one thing to many, on time, once: plans, news, readers, and what became of each message.

Knows neither ``bot`` nor ``knowledge``. Words stand in ``models``, rules in the packages beside
it; what they need from storage, channels and the office's calendar is a port.
"""
