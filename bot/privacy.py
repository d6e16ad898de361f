"""Masks for personal data that citizens paste into a question.

``mask`` runs before a message is stored, so the tables never hold the numbers. The kinds follow
the identifiers seen in real messages: CCCD/CMND, phone, BHXH and bank account numbers, e-mail,
house addresses.
"""
