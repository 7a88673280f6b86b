"""What worked and what a miss has taught: stories, newsletters, films."""
