from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search.index import signals  # noqa: F401 - importing the checks registers them

        signals.connect()
