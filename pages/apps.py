from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from pages.models import BrandSettings, HubPage
        from practice import editions

        def changed(**kwargs):
            editions.bump(editions.CONTENT)

        for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
            signal.connect(changed, dispatch_uid="edition-of-content", weak=False)

        def page_gone(sender, **kwargs):
            if issubclass(sender, HubPage):
                editions.bump(editions.CONTENT)

        post_delete.connect(page_gone, dispatch_uid="edition-page-gone", weak=False)
        post_save.connect(changed, sender=BrandSettings, dispatch_uid="edition-of-brand", weak=False)
        for model in ("wagtailcore.Site", "wagtailcore.PageViewRestriction"):
            from django.apps import apps

            post_save.connect(changed, sender=apps.get_model(model), dispatch_uid=f"edition-of-{model}", weak=False)
            post_delete.connect(changed, sender=apps.get_model(model), dispatch_uid=f"edition-less-{model}", weak=False)
