"""Pages that somebody may open without signing in, as they were approved."""
