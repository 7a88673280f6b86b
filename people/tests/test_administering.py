"""Administrators look after accounts and roles; they make no superusers, and give nobody more than they hold."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection, GroupPagePermission

from pages.models import HubPage
from people.administering import may_change
from people.models import User
from people.roles import INTERVIEWERS, Role
from people.viewsets import OfMany
from tests.builders import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LONG = "a-password-nobody-has"


@pytest.fixture
def root(hub) -> User:
    return User.objects.create_superuser("root@hub.example", PASSWORD, first_name="Root", last_name="Test")


@pytest.fixture
def desk(administrator, signed_in):
    return signed_in(administrator)


def edit(person: User) -> str:
    return reverse("wagtailusers_users:edit", args=[person.pk])


def form_of(person: User, **changed) -> dict:
    given = {
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "is_active": "on",
        "groups": list(person.groups.values_list("pk", flat=True)),
    }
    return {**given, **changed}


ESCALATION = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1"}


class TestAccounts:
    def test_a_new_account_is_never_a_superusers_when_an_administrator_makes_it(self, desk):
        address = reverse("wagtailusers_users:add")
        assert 'name="is_superuser"' not in desk.get(address).content.decode()
        new = {"email": "new@hub.example", "first_name": "New", "last_name": "Person", **ESCALATION}
        assert desk.post(address, {**new, "password1": LONG, "password2": LONG}).status_code == 302
        made = User.objects.get(email="new@hub.example")
        assert (made.is_superuser, made.is_staff, made.user_permissions.count()) == (False, False, 0)

    def test_neither_is_an_account_that_they_change_their_own_included(self, desk, administrator, practitioner):
        for person in (practitioner, administrator):
            assert 'name="is_superuser"' not in desk.get(edit(person)).content.decode()
            assert desk.post(edit(person), form_of(person, last_name="Changed", **ESCALATION)).status_code == 302
            person.refresh_from_db()
            assert (person.last_name, person.is_superuser, person.is_staff) == ("Changed", False, False)
            assert not person.user_permissions.exists()

    @pytest.mark.parametrize(
        "changed",
        [
            {"email": "administrator2@hub.example"},
            {"password1": LONG, "password2": LONG},
            {"is_active": ""},
            {"first_name": "Else"},
        ],
    )
    def test_the_account_of_a_superuser_is_changed_by_superusers_alone(self, desk, root, changed):
        before = User.objects.filter(pk=root.pk).values().get()
        desk.get(edit(root))
        desk.post(edit(root), form_of(root, **changed))
        desk.post(reverse("wagtailusers_users:delete", args=[root.pk]))
        assert User.objects.filter(pk=root.pk).values().get() == before

    def test_a_superuser_makes_another_and_ends_it(self, root, practitioner, signed_in):
        desk = signed_in(root)
        desk.post(edit(practitioner), form_of(practitioner, is_superuser="on"))
        practitioner.refresh_from_db()
        assert practitioner.is_superuser
        desk.post(edit(practitioner), form_of(practitioner))
        practitioner.refresh_from_db()
        assert not practitioner.is_superuser

    @pytest.mark.parametrize(
        ("action", "sent"),
        [
            ("assign_role", {"role": Role.PRACTITIONER}),
            ("set_active_state", {"mark_as_active": "False"}),
            ("delete", {}),
        ],
    )
    def test_a_change_of_many_accounts_leaves_superusers_out(self, desk, root, practitioner, action, sent):
        if "role" in sent:
            sent = {"role": Group.objects.get(name=sent["role"]).pk}
        address = reverse("wagtail_bulk_action", args=["people", "user", action])
        desk.post(f"{address}?id={root.pk}&id={practitioner.pk}", sent)
        root.refresh_from_db()
        assert root.is_active
        assert not root.groups.exists()

    def test_every_way_of_changing_many_accounts_asks_the_rule(self, hub):
        """One that Wagtail or a package adds is to ask it as well."""
        found = bulk_action_registry.get_bulk_actions_for_model("people", "user")
        assert {action.action_type for action in found} == {"assign_role", "set_active_state", "delete"}
        assert all(issubclass(action, OfMany) for action in found)

    def test_the_rule_itself(self, root, administrator, practitioner):
        assert may_change(root, root)
        assert may_change(administrator, practitioner)
        assert not may_change(administrator, root)

    def test_no_form_of_the_hub_names_what_makes_a_superuser(self, desk, practitioner, signed_in):
        signed_in(practitioner).post("/me/", {"appearance": "dark", **ESCALATION})
        practitioner.refresh_from_db()
        assert (practitioner.appearance, practitioner.is_superuser) == ("dark", False)


class TestRoles:
    def form(self, name: str, *permissions: Permission, page: HubPage | None = None, may: str = "") -> dict:
        sent = {"name": name, "permissions": [permission.pk for permission in permissions]}
        for prefix in ("page_permissions", "collection_permissions", "image_permissions", "document_permissions"):
            sent |= {f"{prefix}-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
            sent[f"{prefix}-MAX_NUM_FORMS"] = 1000
        if page:
            sent |= {"page_permissions-TOTAL_FORMS": 1, "page_permissions-0-page": page.pk}
            sent["page_permissions-0-permissions"] = [may]
        return sent

    def permission(self, codename: str) -> Permission:
        return Permission.objects.get(codename=codename, content_type__app_label__in=("people", "wagtailcore"))

    def test_an_administrator_gives_a_role_what_they_hold(self, desk):
        assert desk.post(reverse("wagtailusers_groups:add"), self.form("Helpers", self.permission("change_user")))
        assert Group.objects.get(name="Helpers").permissions.filter(codename="change_user").exists()

    def test_and_nothing_beyond_it(self, desk, hub):
        address, group = reverse("wagtailusers_groups:add"), Group.objects.create(name="Circle")
        answer = desk.post(address, self.form("Helpers", self.permission("add_workflow")))
        assert "You can only give a role what you may do yourself" in answer.content.decode()
        assert not Group.objects.filter(name="Helpers").exists()
        own = reverse("wagtailusers_groups:edit", args=[Group.objects.get(name=Role.ADMINISTRATOR).pk])
        for edited in (reverse("wagtailusers_groups:edit", args=[group.pk]), own):
            before = Group.permissions.through.objects.count()
            desk.post(edited, self.form("Circle", self.permission("add_workflow")))
            assert Group.permissions.through.objects.count() == before

    def test_a_right_on_pages_counts_for_what_lies_below_and_not_above(self, desk, administrator):
        circle = Group.objects.create(name="Circle")
        GroupPagePermission.objects.all().delete()
        home = HubPage.objects.get(depth=2)
        below = home.get_children().first()
        administrators = Group.objects.get(name=Role.ADMINISTRATOR)
        publish = Permission.objects.get(codename="publish_hubpage")
        GroupPagePermission.objects.create(group=administrators, page=home, permission=publish)
        address = reverse("wagtailusers_groups:edit", args=[circle.pk])
        root = HubPage.objects.get(depth=1)
        for page, given in ((root, 0), (below, 1)):
            desk.post(address, self.form("Circle", page=page, may="publish_hubpage"))
            assert circle.page_permissions.count() == given, page

    def test_a_superuser_gives_a_role_anything(self, root, signed_in):
        signed_in(root).post(reverse("wagtailusers_groups:add"), self.form("Helpers", self.permission("add_workflow")))
        assert Group.objects.get(name="Helpers").permissions.count() == 1

    @pytest.mark.parametrize("name", [Role.PARTNER, INTERVIEWERS])
    def test_a_role_that_rules_name_is_neither_renamed_nor_deleted(self, root, signed_in, name):
        """Without their group, partners would count as council staff."""
        desk, group = signed_in(root), Group.objects.get(name=name)
        answer = desk.post(reverse("wagtailusers_groups:edit", args=[group.pk]), self.form("Friends"))
        assert "knows this role by its name" in answer.content.decode()
        desk.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
        assert Group.objects.filter(name=name).exists()


def test_a_role_that_was_tried_leaves_nothing_behind(administrator, signed_in):
    """Trying what a role would get is taken back, whatever comes of it."""
    before = (Group.objects.count(), GroupPagePermission.objects.count(), Collection.objects.count())
    sent = TestRoles().form("Helpers", Permission.objects.get(codename="add_workflow"))
    signed_in(administrator).post(reverse("wagtailusers_groups:add"), sent)
    assert (Group.objects.count(), GroupPagePermission.objects.count(), Collection.objects.count()) == before
    assert make_person("sam", Role.PARTNER).is_partner
