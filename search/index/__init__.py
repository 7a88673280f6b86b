"""The index: what it says of each thing, kept true, in the database, in memory and on a search server."""
