"""Practice development days: sessions, booking, who came, and everything that is told of it."""
