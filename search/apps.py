from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from wagtail.signals import page_published

        from search.upkeep import index_again

        page_published.connect(index_again, dispatch_uid="index-again", weak=False)
