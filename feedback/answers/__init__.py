"""Answers on their way in: taken, sealed, let in some together, deleted when asked."""
