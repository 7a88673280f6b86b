"""Wagtail's own search (admin, choosers, `.search()` of a query set), mended for SQLite and PostgreSQL."""
