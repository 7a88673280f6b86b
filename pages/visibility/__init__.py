"""Who may see a page and its files: the one rule, and each place that asks it."""
