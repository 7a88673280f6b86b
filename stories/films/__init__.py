"""Films: captions and transcript, and their files in pieces."""
