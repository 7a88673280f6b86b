"""Suggesting a tool or a story: the form, the queue in the CMS, and what becomes of it."""
