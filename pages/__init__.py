"""The base of every page: who may see it, how it is published, listed, read and kept."""
