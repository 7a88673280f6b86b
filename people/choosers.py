"""Choosing a person in the CMS: by name or address, since a list of two thousand is no list."""

from django import forms
from django.db.models import Q
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from people.models import User

MOST_WORDS = 5


class PersonFilterForm(BaseFilterForm):
    """What somebody types to find a colleague."""

    q = forms.CharField(label="Name or e-mail address", max_length=100, required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        words = self.cleaned_data["q"].split()[:MOST_WORDS]
        for word in words:
            objects = objects.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        if words:
            self.is_searching, self.search_query = True, " ".join(words)
        return objects


class Choosing:
    """What the window and its list of results share."""

    filter_form_class = PersonFilterForm
    ordering = ["first_name", "last_name", "pk"]

    def get_object_list(self):
        return User.objects.filter(is_active=True)


class ChoosePerson(Choosing, chooser.ChooseView):
    """The window."""


class FoundPeople(Choosing, chooser.ChooseResultsView):
    """Its list, drawn anew while somebody types."""


class PersonChooser(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = "Choose a person"
    choose_another_text = "Choose somebody else"
    edit_item_text = "Edit this person"
    # A panel asks for it by name, so that fields of other rooms stay as they are.
    register_widget = False
    choose_view_class = ChoosePerson
    choose_results_view_class = FoundPeople


person_chooser = PersonChooser("choose_person")
