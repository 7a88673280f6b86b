from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from django.contrib.auth.models import Group
        from django.db.models.signals import m2m_changed, post_delete, post_save
        from wagtail.models import PageViewRestriction, Site
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
        for model in (Site, PageViewRestriction, Group):
            post_save.connect(changed, sender=model, dispatch_uid=f"edition-of-{model.__name__}", weak=False)
            post_delete.connect(changed, sender=model, dispatch_uid=f"edition-less-{model.__name__}", weak=False)
        for through in (PageViewRestriction.groups.through, Group.permissions.through):
            m2m_changed.connect(changed, sender=through, dispatch_uid=f"edition-of-{through.__name__}", weak=False)
