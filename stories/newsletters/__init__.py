"""Newsletters: put together from what is new, read as a page, sent as a text."""
