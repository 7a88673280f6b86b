"""Lists of pages: from an address to filters, counts, cards, page numbers, and files to take along."""
