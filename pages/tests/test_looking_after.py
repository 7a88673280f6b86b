"""Owner or deputy of a page gives no more than its readers have."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from champions.models import Tip
from champions.permissions import may_decide
from feedback.models import Remark
from guidance.policies.consulting import may_read
from guidance.rolling_out import may_say
from home.duties.waiting import looked_after
from pages.public.permissions import looks_after, pages_of
from people.models import User
from people.roles import Role
from tests.builders import make_person, make_tool

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("as_", ["steward", "deputy"])
def test_who_may_not_open_a_page_any_more_looks_after_it_no_longer(hub, signed_in, as_):
    owner, reader = make_person("maya", Role.PRACTITIONER), make_person("ian", Role.PRACTITIONER)
    tool = make_tool("Boats", audience="staff", **{as_: owner})
    Remark.objects.create(page=tool, person=reader, wrong="Zorblight", said_at=timezone.now())
    tip = Tip.objects.create(tool=tool, by=reader, text="Zorblight", offered_at=timezone.now())

    def holds() -> dict:
        person = User.objects.get(pk=owner.pk)
        client = signed_in(person)
        return {
            "page": looks_after(person, tool),
            "pages": pages_of(person).exists(),
            "tip": may_decide(person, tip),
            "comments": may_read(person, tool),
            "areas": may_say(person, tool),
            "home": looked_after(person, timezone.localdate()).exists(),
            "remarks": "Zorblight" in client.get("/me/remarks/").content.decode(),
            "tips": "Zorblight" in client.get("/me/tips/").content.decode(),
        }

    assert all(holds().values()), holds()
    owner.groups.set(Group.objects.filter(name=Role.PARTNER))
    assert not any(holds().values()), holds()
    owner.groups.set(Group.objects.filter(name=Role.PRACTITIONER))
    User.objects.filter(pk=owner.pk).update(is_active=False)
    left = User.objects.get(pk=owner.pk)
    assert not any([looks_after(left, tool), pages_of(left).exists(), may_decide(left, tip), may_say(left, tool)])
