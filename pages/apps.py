from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from django.contrib.auth.models import Group
        from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
        from django.urls import register_converter
        from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from assets.models import HubDocument, HubImage
        from notices.models import Reminder
        from pages.editing.block_errors import say_it_in_words
        from pages.editing.moments import take_local_moments
        from pages.lists.converters import DayConverter, RowConverter
        from pages.lists.exports import guard_wagtails_lists
        from pages.models import BrandSettings, HubPage
        from pages.visibility.files import note_what_it_uses
        from people.models import User
        from practice import editions

        register_converter(RowConverter, "row")
        register_converter(DayConverter, "day")
        take_local_moments()
        guard_wagtails_lists()
        say_it_in_words()

        def published(instance, **kwargs):
            note_what_it_uses(instance)

        # Before anything else hears of it: what search and lists show of its files is worked out from this.
        page_published.connect(published, dispatch_uid="files-of-pages", weak=False)

        def changed(**kwargs):
            editions.bump(editions.CONTENT)

        for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
            signal.connect(changed, dispatch_uid="edition-of-content", weak=False)

        def page_gone(sender, **kwargs):
            if issubclass(sender, HubPage):
                editions.bump(editions.CONTENT)

        def page_made(sender, instance, created, **kwargs):
            # An alias is live from its first moment, and nothing is published.
            if created and issubclass(sender, HubPage) and instance.live:
                editions.bump(editions.CONTENT)

        # Pages name their owners; but signing in, too, saves a person, and that changes no page.
        def person_about_to_be_saved(instance, **kwargs):
            named = {"first_name": instance.first_name, "last_name": instance.last_name, "email": instance.email}
            instance.is_renamed = instance.pk and not User.objects.filter(pk=instance.pk, **named).exists()

        def person_saved(instance, **kwargs):
            if instance.is_renamed:
                editions.bump(editions.CONTENT)

        post_delete.connect(page_gone, dispatch_uid="edition-page-gone", weak=False)
        post_save.connect(page_made, dispatch_uid="edition-page-made", weak=False)
        pre_save.connect(person_about_to_be_saved, sender=User, dispatch_uid="before-people", weak=False)
        post_save.connect(person_saved, sender=User, dispatch_uid="edition-of-people", weak=False)
        post_delete.connect(changed, sender=User, dispatch_uid="edition-less-people", weak=False)
        post_save.connect(changed, sender=BrandSettings, dispatch_uid="edition-of-brand", weak=False)
        closing_models = (PageViewRestriction, CollectionViewRestriction, Collection)
        for model in (Site, *closing_models, Group, HubDocument, HubImage, Reminder):
            post_save.connect(changed, sender=model, dispatch_uid=f"edition-of-{model.__name__}", weak=False)
            post_delete.connect(changed, sender=model, dispatch_uid=f"edition-less-{model.__name__}", weak=False)
        closing = (PageViewRestriction.groups.through, CollectionViewRestriction.groups.through)
        for through in (*closing, Group.permissions.through):
            m2m_changed.connect(changed, sender=through, dispatch_uid=f"edition-of-{through.__name__}", weak=False)
