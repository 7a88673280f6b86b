"""Who came: ticked, checked in, closed, and what is written down of it."""
