"""The CMS's screen of tags: which there are and how much each carries; put one right, make two one, take one away."""

from django import forms
from django.db.models import Count
from taggit.models import Tag
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from pages.tags import tagging
from pages.wording import counted


class TagForm(WagtailAdminModelForm):
    """A tag's name, or the tag that it is to become one with."""

    into = forms.ModelChoiceField(
        Tag.objects.none(),
        required=False,
        label="Make it one with",
        help_text="Everything that carries this tag carries that one instead, and this one is gone.",
    )

    class Meta:
        model = Tag
        fields = ("name",)
        help_texts = {"name": "If another tag has this name already, the two become one."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["into"].queryset = Tag.objects.exclude(pk=self.instance.pk).order_by("name")
        else:
            del self.fields["into"]

    def clean_name(self):
        name = " ".join("".join(sign for sign in self.cleaned_data["name"] if sign.isprintable()).split())
        if not name:
            raise forms.ValidationError("Give the tag a name.")
        return name

    def validate_unique(self):
        """A name that is taken is no mistake where a tag is put right: the two become one."""
        if not self.instance.pk:
            super().validate_unique()


def _carries(tag: Tag) -> str:
    counts = tagging.carried_by(tag)
    return f"{counted(counts['pages'], 'page')} and {counted(counts['files'], 'picture or file', 'pictures or files')}"


class TagIndexView(generic.IndexView):
    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .annotate(
                on_pages=Count("pages_pagetag_items", distinct=True),
                on_files=Count("taggit_taggeditem_items", distinct=True),
            )
        )


class TagEditView(generic.EditView):
    def save_instance(self):
        tag = Tag.objects.get(pk=self.object.pk)
        into = self.form.cleaned_data["into"]
        if into:
            return tagging.merge(tag=tag, into=into, by=self.request.user)
        return tagging.rename(tag=tag, name=self.form.cleaned_data["name"], by=self.request.user)

    def get_success_message(self):
        return f"The tag “{self.object}” stands on {_carries(self.object)}."


class TagDeleteView(generic.DeleteView):
    @property
    def confirmation_message(self):
        return f"It is taken from {_carries(self.object)}; these stay."

    def delete_action(self):
        tagging.delete(tag=self.object, by=self.request.user)


class TagViewSet(ModelViewSet):
    """Tags are made where pages, pictures and files are tagged; here they are put right."""

    model = Tag
    name = "tags"
    menu_label = "Tags"
    menu_order = 160
    icon = "tag"
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = TagIndexView
    edit_view_class = TagEditView
    delete_view_class = TagDeleteView
    list_display = [
        "name",
        Column("on_pages", label="Pages", sort_key="on_pages"),
        Column("on_files", label="Pictures and files", sort_key="on_files"),
    ]
    search_fields = ["name"]
    ordering = ["name"]
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return TagForm
