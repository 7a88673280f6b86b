from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self):
        from django.utils import timezone
        from wagtail.signals import page_published

        from feedback.suggestions import suggesting

        def tell_who_suggested(instance, revision=None, **kwargs):
            suggesting.published(instance, by=revision.user if revision else None, now=timezone.now())

        page_published.connect(tell_who_suggested, dispatch_uid="suggestion-published", weak=False)
