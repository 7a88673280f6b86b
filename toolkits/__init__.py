"""The tools: browsed, read, printed."""
