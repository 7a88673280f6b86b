"""The roles of the hub: each is a Django group, so that Wagtail's permission screens show and change it."""

from django.db import models


class Role(models.TextChoices):
    """What somebody does in the hub. The value is the group's name, as administrators see it."""

    PRACTITIONER = "Practitioners", "Practitioner"
    MANAGER = "Managers", "Manager"
    EDITOR = "Editors", "Editor"
    REVIEWER = "Reviewers", "Practice reviewer"
    ORGANISER = "Organisers", "Organiser of learning events"
    CHAMPION = "Champions", "Champion"
    PSW = "Principal social workers", "Principal social worker"
    PARTNER = "Partners", "Partner agency"
    ADMINISTRATOR = "Administrators", "Administrator"


EDITING_ROLES = [Role.EDITOR, Role.REVIEWER, Role.ORGANISER, Role.PSW, Role.ADMINISTRATOR]
"""Roles that work in the CMS; everybody else only reads, books and answers."""

INTERVIEWERS = "Interviewers"
"""Those who choose new colleagues: no role of the hub, but a group that may open the section made for them."""

# Wagtail makes these two when it is installed; the hub's own roles replace them.
WAGTAIL_DEFAULT_GROUPS = ["Moderators", "Editors"]
