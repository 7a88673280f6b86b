"""What a reader sees around the text of a page."""
