"""What waits for whom: for the landing page and for mail."""
