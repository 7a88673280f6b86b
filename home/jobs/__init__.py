"""Everything that the hub does by itself: what there is to do, and how none stops another."""
