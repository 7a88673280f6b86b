from django.db import models
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from practice.models.model import PracticeModel


@register_setting(icon="list-ul", order=100)
class ShownModelSettings(BaseSiteSetting):
    """Which practice model this council works by: its items fill the menus, chips and filters."""

    model = models.ForeignKey(
        PracticeModel,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="shown_by",
        verbose_name="practice model that shows",
        help_text="Pages aligned to the other model stay aligned, and are found through its equivalent items.",
    )

    class Meta:
        verbose_name = "practice model that shows"
