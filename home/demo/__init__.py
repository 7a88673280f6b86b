"""The demo content: readable files, and what reads them."""
