"""Finding a page in a worker's own words."""
