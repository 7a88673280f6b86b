"""Parts of an address as views are given them."""

from datetime import date

from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a row: `<row:pk>`. A number that no database can hold is an address that does not exist."""

    regex = "[0-9]{1,18}"


class DayConverter:
    """A day of the calendar: `<day:day>`, written 2027-05-31."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
