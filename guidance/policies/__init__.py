"""Policies: their versions, which holds today, what colleagues say before one is decided."""
