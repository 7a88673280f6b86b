"""Building the index anew while people go on publishing."""

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from modelsearch.index import get_indexed_models


class CatchesUp:
    """For a rebuilder that works in many short transactions: what was published meanwhile is indexed once more.

    The rebuild reads pages a thousand at a time; one that is published between being read and being written would
    otherwise be found by its old words until somebody publishes it again.
    """

    def start(self):
        self.started = timezone.now()
        return super().start()

    def finish(self):
        super().finish()
        for model in get_indexed_models():
            if self._is_published(model):
                for page in model.get_indexed_objects().filter(last_published_at__gte=self.started).iterator(100):
                    self.index.add_item(page)

    @staticmethod
    def _is_published(model) -> bool:
        try:
            model._meta.get_field("last_published_at")
        except FieldDoesNotExist:
            return False
        return True
