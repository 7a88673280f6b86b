"""How a page is edited: its form, panels and checks."""
