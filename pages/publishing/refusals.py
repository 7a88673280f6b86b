"""What keeps a page from being published."""

from django.core.exceptions import PermissionDenied


class NotPublished(PermissionDenied):
    """Somebody tried to put a page live, by whatever way, that may not be: why, in words."""
