from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from django.db.models.signals import post_save

        from events.models import KindRules
        from practice import editions

        def changed(**kwargs):
            editions.bump(editions.CONTENT)

        post_save.connect(changed, sender=KindRules, dispatch_uid="edition-of-rules", weak=False)
        from events import checks  # noqa: F401 - importing the checks registers them
