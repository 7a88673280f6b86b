"""Keeping Wagtail's index right: what is published is found at once by all its words."""

from modelsearch.tasks import insert_or_update_object_task


def index_again(instance, **kwargs) -> None:
    """For `page_published`: index the page once its tags, items and the like are stored.

    Wagtail indexes a page while it is being saved, which is before its relations are: a new tag was found, and a
    removed one forgotten, only after the page had been published a second time.
    """
    insert_or_update_object_task.enqueue(instance._meta.app_label, instance._meta.model_name, str(instance.pk))
