"""The demo: its texts, its people, and what they did; and volume for benchmarks."""
