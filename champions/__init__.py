"""Whom to ask: profiles, questions, tips, drop-in times."""
