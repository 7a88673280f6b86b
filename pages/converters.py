"""Parts of an address as views are given them."""

from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a row: `<row:pk>`. A number that no database can hold is an address that does not exist."""

    regex = "[0-9]{1,18}"
