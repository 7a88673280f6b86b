"""Typing one figure."""

from django import forms

from insight.models import FigureKind, SuppliedFigure


class FigureForm(forms.ModelForm):
    """One figure, with its source and its day."""

    class Meta:
        model = SuppliedFigure
        fields = ["kind", "n", "base", "as_of", "source"]
        widgets = {"as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {
            "kind": {"required": "Choose what it is a figure of."},
            "n": {"required": "Write the number.", "invalid": "Write a number, such as 12."},
            "as_of": {"required": "Say which day it is of."},
            "source": {"required": "Say where it comes from: without a source it is a rumour."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = FigureKind.objects.filter(active=True)
        self.fields["kind"].empty_label = "Choose"
        self.fields["kind"].error_messages["invalid_choice"] = "Choose one of the figures on the dashboard."
