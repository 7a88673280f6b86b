"""How many queries a page asks of the database on a hub with many tools, for the tests of each room."""

from django.core.cache import caches
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from bench import ground
from practice.editions import Kept


class QueryBudgets(TestCase):
    """Tests on a hub of 2,000 tools, made once for the class; `names` are the pages of `ground.addresses` they look at.

    A TestCase, since that is what keeps data for a whole class and takes it back at the end.
    """

    names: tuple[str, ...] = ()

    @classmethod
    def setUpTestData(cls):
        # What an earlier class left in memory is of a hub that is gone.
        Kept.forget_all()
        caches["template_fragments"].clear()
        cls.person = ground.plant(ground.TOOLS // 2)
        cls.with_half = {name: (cls.cold(name), cls.warm(name)) for name in cls.names}
        ground.plant(ground.TOOLS)

    @classmethod
    def cold(cls, name: str) -> int:
        """Queries when nothing of the page is drawn yet, in a process that has served it before."""
        client, path = cls._reader(), ground.addresses()[name]
        cls._get(client, path)
        caches["template_fragments"].clear()
        return cls._count(client, path)

    @classmethod
    def warm(cls, name: str) -> int:
        """Queries the second time."""
        client, path = cls._reader(), ground.addresses()[name]
        cls._get(client, path)
        return cls._count(client, path)

    @classmethod
    def _reader(cls):
        client = cls.client_class()
        client.force_login(cls.person)
        return client

    @staticmethod
    def _get(client, path: str):
        response = client.get(path)
        assert response.status_code == 200, path
        return response

    @classmethod
    def _count(cls, client, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            cls._get(client, path)
        return len(captured)

    def assert_within(self, name: str, *, cold: int, warm: int | None = None):
        assert self.cold(name) <= cold, f"{name}, cold"
        assert self.warm(name) <= (cold if warm is None else warm), f"{name}, warm"

    def assert_no_growth(self):
        """Twice the tools, and not one query more."""
        for name, before in self.with_half.items():
            assert (self.cold(name), self.warm(name)) == before, name
