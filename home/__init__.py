"""The landing page, what waits for whom, and what the hub does by itself."""
