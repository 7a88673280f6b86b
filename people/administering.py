"""Who may change whose account, and which rights somebody may hand out.

Administrators look after accounts. Superusers stand above every rule of the hub, so only a superuser makes one or
changes the account of one: whoever could set their password, or their address for a new one, would be one. And nobody
hands out a right that they do not hold.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from people.models import User
from people.roles import INTERVIEWERS, Role

MORE_THAN_YOURS = "You can only give a role what you may do yourself. Ask a superuser to give it: {what}."
STAYS_AS_IT_IS = "The hub knows this role by its name, so the name stays. Make another role if you need one."


def may_change(by: User, person: User) -> bool:
    """Whether the account may be edited, switched off or on, given a role or deleted by this administrator."""
    return by.is_superuser or not person.is_superuser


def may_make_superusers(by: User) -> bool:
    return by.is_active and by.is_superuser


@dataclass(frozen=True)
class Right:
    """One thing that a group may do: anywhere (`where` empty), or in a part of the tree of pages or of files."""

    permission: int
    words: str
    where: str = ""

    def covers(self, other: "Right") -> bool:
        """Whether whoever holds this holds the other as well: what holds for a section holds below it."""
        return self.permission == other.permission and other.where.startswith(self.where)


def rights_of(groups) -> set[Right]:
    """Everything that these groups may do."""
    named = ("permission_id", "permission__name")
    everywhere = Group.permissions.through.objects.filter(group__in=groups).values_list(*named)
    pages = GroupPagePermission.objects.filter(group__in=groups).values_list(*named, "page__path")
    files = GroupCollectionPermission.objects.filter(group__in=groups).values_list(*named, "collection__path")
    return {
        *(Right(*row) for row in everywhere),
        *(Right(pk, words, f"page {path}") for pk, words, path in pages),
        *(Right(pk, words, f"files {path}") for pk, words, path in files),
    }


def beyond(by: User, wanted: set[Right]) -> list[str]:
    """Names of the rights that this person would give without having them."""
    if by.is_superuser:
        return []
    own = rights_of(by.groups.all())
    return sorted({right.words for right in wanted if not any(one.covers(right) for one in own)})


def known_by_name(group: Group) -> bool:
    """Whether rules of the hub ask for this group by its name: under another one, its people would be somebody else.

    Without their group, partners would count as council staff.
    """
    return group.name in {*Role.values, INTERVIEWERS}
