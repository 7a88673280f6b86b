"""The base page without locale, revisions or anything of another room.

Hand-shaped after Wagtail's "Defining custom base page models": Wagtail's own first migration depends on this one, so it may
depend on nothing that depends on Wagtail.
"""

import django.core.validators
import django.db.models.deletion
import modelsearch.index
import wagtail.models.content_types
import wagtail.models.preview
import wagtail.models.specific
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HubPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=255, unique=True)),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                (
                    "title",
                    models.CharField(
                        help_text="The page title as you'd like it to be seen by the public",
                        max_length=255,
                        verbose_name="title",
                    ),
                ),
                ("draft_title", models.CharField(editable=False, max_length=255)),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        help_text="The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/",
                        max_length=255,
                        verbose_name="slug",
                    ),
                ),
                ("url_path", models.TextField(blank=True, editable=False, verbose_name="URL path")),
                (
                    "latest_revision_created_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="latest revision created at"),
                ),
                (
                    "show_in_menus",
                    models.BooleanField(
                        default=False,
                        help_text="Whether a link to this page will appear in automatically generated menus",
                        verbose_name="show in menus",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One sentence of at most 160 characters that begins with a verb. Cards and search results show it.",
                        max_length=160,
                    ),
                ),
                (
                    "age_min",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="In years. -1 means unborn. Leave both ages empty for any age.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(25),
                        ],
                        verbose_name="youngest age",
                    ),
                ),
                (
                    "age_max",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="In years, at most 25. Leave empty for “and over”.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(25),
                        ],
                        verbose_name="oldest age",
                    ),
                ),
                ("for_adults", models.BooleanField(default=False, verbose_name="for adults too")),
                (
                    "minutes_min",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In minutes.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="shortest time",
                    ),
                ),
                (
                    "minutes_max",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In minutes. The same as the shortest if there is only one.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="longest time",
                    ),
                ),
                ("several_sessions", models.BooleanField(default=False, verbose_name="takes several sessions")),
                (
                    "also_typed",
                    models.TextField(
                        blank=True,
                        help_text="Words or phrases that people type when they want this page, one on each line.",
                        verbose_name="people also type",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                (
                    "next_review",
                    models.DateField(
                        blank=True, help_text="Within 24 months of the last review. The owner is reminded.", null=True
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(
                        blank=True,
                        help_text="From this day the page is gone from every list; its address says why.",
                        null=True,
                    ),
                ),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="why it was withdrawn")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("staff", "Council staff"),
                            ("partner", "Staff and partner agencies"),
                            ("public", "May be public"),
                        ],
                        default="staff",
                        max_length=10,
                    ),
                ),
                (
                    "source_statement",
                    models.CharField(
                        blank=True,
                        help_text="Where it comes from: who wrote it, or the work it builds on.",
                        max_length=250,
                        verbose_name="source",
                    ),
                ),
                (
                    "licence_statement",
                    models.CharField(
                        blank=True,
                        help_text="Why we may use it, for example: Written by us, free to adapt.",
                        max_length=250,
                        verbose_name="licence",
                    ),
                ),
                (
                    "alias_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="aliases",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=models.SET(wagtail.models.content_types.get_default_page_content_type),
                        related_name="pages",
                        to="contenttypes.contenttype",
                        verbose_name="content type",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="owned_pages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "permissions": [
                    ("bulk_delete_hubpage", "Delete pages with children"),
                    ("lock_hubpage", "Lock/unlock pages you've locked"),
                    ("publish_hubpage", "Publish any page"),
                    ("unlock_hubpage", "Unlock any page"),
                ],
            },
            bases=(
                wagtail.models.preview.PreviewableMixin,
                wagtail.models.specific.SpecificMixin,
                modelsearch.index.Indexed,
                models.Model,
            ),
        ),
    ]
