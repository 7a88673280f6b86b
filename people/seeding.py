"""The roles as groups, each with the permissions it needs in the CMS. Adds what is missing, never takes away."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

from people.roles import EDITING_ROLES, INTERVIEWERS, WAGTAIL_DEFAULT_GROUPS, Role

# Models that editing roles look after, as app_label.model; administrators may change people and teams as well.
VOCABULARY = ["practice", "search"]
FORMS = ["questionset", "question", "learningneed", "yousaid", "claim"]
SESSIONS = ["add_session", "change_session", "delete_session", "view_session"]
ADMINISTRATION = ["people.user", "people.team", "auth.group", "wagtailcore.site", "wagtailredirects.redirect"]


def seed_roles() -> int:
    """Create the role groups and give them their permissions; returns how many groups were made."""
    Group.objects.filter(name__in=WAGTAIL_DEFAULT_GROUPS, user__isnull=True).exclude(name__in=Role.values).delete()
    made = sum(Group.objects.get_or_create(name=role)[1] for role in Role.values)
    Group.objects.get_or_create(name=INTERVIEWERS)
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in EDITING_ROLES:
        Group.objects.get(name=role).permissions.add(*access)
        # Who writes or reads drafts sees the pictures and files in them (`pages.visibility.files`).
        _look_after_files(role, "choose")
    vocabulary = Permission.objects.filter(content_type__app_label__in=VOCABULARY)
    # What colleagues suggest is read and decided; nobody writes or deletes one by hand.
    suggestions = Permission.objects.filter(content_type__app_label="feedback", codename="view_suggestion")
    # Tags are made where something is tagged; here they are put right.
    tags = Permission.objects.filter(codename__in=["view_tag", "change_tag", "delete_tag"])
    for role in (Role.EDITOR, Role.PSW, Role.ADMINISTRATOR):
        Group.objects.get(name=role).permissions.add(*vocabulary, *suggestions, *tags)
        _look_after_files(role, "add", "change")
    events = Permission.objects.filter(
        content_type__app_label="events", codename__in=[*SESSIONS, "change_kindrules", "view_kindrules"]
    )
    forms = Permission.objects.filter(content_type__app_label="feedback", content_type__model__in=FORMS)
    for role in (Role.ORGANISER, Role.ADMINISTRATOR):
        Group.objects.get(name=role).permissions.add(*events, *forms)
    reminders = Permission.objects.filter(content_type__app_label="notices", content_type__model="reminder")
    for role in (Role.EDITOR, Role.PSW, Role.ORGANISER, Role.ADMINISTRATOR):
        Group.objects.get(name=role).permissions.add(*reminders)
    figures = Permission.objects.filter(content_type__app_label="insight", content_type__model="figurekind")
    # Who says that the public may read a page; never of their own words (pages/public/permissions.py).
    public = Permission.objects.filter(content_type__app_label="pages", codename="approve_public")
    for role in (Role.PSW, Role.ADMINISTRATOR):
        Group.objects.get(name=role).permissions.add(*figures, *public)
    administrators = Group.objects.get(name=Role.ADMINISTRATOR)
    for label in ADMINISTRATION:
        app_label, model = label.split(".")
        administrators.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_label, content_type__model=model)
        )
    # Which mail did not go out, and trying it again; nobody writes or deletes mail by hand.
    administrators.permissions.add(*Permission.objects.filter(codename="change_outgoingmail"))
    administrators.permissions.add(*Permission.objects.filter(codename="change_brandsettings"))
    administrators.permissions.add(*Permission.objects.filter(codename="change_shownmodelsettings"))
    administrators.permissions.add(*Permission.objects.filter(codename="change_learningsettings"))
    return made


def _look_after_files(role: Role, *verbs: str) -> None:
    """Let a role do that (add, change, choose) with images and documents in every collection."""
    group, root = Group.objects.get(name=role), Collection.get_first_root_node()
    # Wagtail asks for the permissions of its own models of pictures and documents, whatever models stand in for them.
    for permission in Permission.objects.filter(
        content_type__app_label__in=("assets", "wagtailimages", "wagtaildocs"), codename__regex=f"^({'|'.join(verbs)})_"
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
