"""Protected time, checklists of programmes, and what was understood."""
