"""Figures with their base, and the training plan."""
