"""An editor's form without a browser: what it would send, and what it says back."""

from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

TEXT = [("paragraph", rich_text("<p>Text</p>"))]


def form_of(client, page, streams: dict | None = None) -> dict:
    """The form of a page as its editor sees it. Scripts draw StreamFields, so they are given here; empty if not."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict() | lists_of(response)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            form.update(nested_form_data({field.name: streamfield((streams or {}).get(field.name, []))}))
    return form


def lists_of(response) -> dict:
    """The boxes that are ticked, where one name has several."""
    form = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    return {name: values for name, values in form.lists() if len(values) > 1}


def refused(client, page, form: dict, *, publish: bool = True) -> dict[str, str]:
    """Send the form; returns what is said at which field, or nothing where the page was saved."""
    sent = {**form, "action-publish": "yes"} if publish else form
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    if response.status_code == 302:
        return {}
    assert response.status_code == 200
    return {name: " ".join(str(error) for error in errors) for name, errors in response.context["form"].errors.items()}
