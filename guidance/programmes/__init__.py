"""Programmes and their steps: one's own, a team's, and how far people are."""
