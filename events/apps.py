from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from events import checks  # noqa: F401 - importing the checks registers them
