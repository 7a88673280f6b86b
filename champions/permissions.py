"""Who reads and answers questions, and who decides on a tip."""

from champions.models import ChampionQuestion, Tip
from pages.public.permissions import looks_after
from people.models import User
from people.roles import Role


def may_read(person: User, question: ChampionQuestion) -> bool:
    """Whoever asked and whoever answers. Managers never."""
    return person.is_active and person.pk in (question.asker_id, question.answerer_id)


def may_answer(person: User, question: ChampionQuestion) -> bool:
    return person.is_active and person.pk == question.answerer_id


def may_decide(person: User, tip: Tip) -> bool:
    """The tool's owner, their deputy, and the principal social worker where nobody is left. Never who offered it."""
    if not person.is_active or person.pk == tip.by_id:
        return False
    return looks_after(person, tip.tool) or person.has_role(Role.PSW)


def may_take_back(person: User, tip: Tip) -> bool:
    """Its author, and whoever looks after the tool."""
    return person.is_active and (person.pk == tip.by_id or may_decide(person, tip))
