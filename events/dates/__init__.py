"""Where and when, in words and in rules: pure, below everything else that the room knows."""
