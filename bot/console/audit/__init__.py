"""The record of deeds as officials read it."""
