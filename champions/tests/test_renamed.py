"""The model of a question was called otherwise: what is remembered of one holds under its new name."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from champions.models import ChampionQuestion
from notices.models import Told
from notices.told_models import about_of


@pytest.mark.django_db
def test_who_was_told_of_a_question_is_not_told_again_since_its_model_has_another_name(practitioner):
    Told.objects.create(kind="question", about="champions.question:17", person=practitioner, at=timezone.now())
    Told.objects.create(kind="profile", about="pages.hubpage:17", person=practitioner, at=timezone.now())
    import_module("champions.migrations.0004_champion_question").rename_what_was_told(apps, None)
    of_a_question = Told.objects.get(kind="question").about
    assert of_a_question == about_of(ChampionQuestion(pk=17))
    assert Told.objects.get(kind="profile").about == "pages.hubpage:17"
