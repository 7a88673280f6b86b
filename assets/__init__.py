"""Pictures, documents and films: what comes through the door, and how a file leaves."""
