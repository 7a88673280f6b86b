"""What readers hoped to find, until somebody has dealt with it."""

from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy

from notices.duties import Duty, number
from notices.kinds import kind
from people.roles import Role
from search.models import Wish

TO_DEAL_WITH = Duty(
    "wishes",
    lambda person, now: Wish.objects.filter(done=False),
    # Whoever wrote it is not known, and nobody has read it yet: its words go into no mail.
    number("A reader says what they hoped to find", "Readers say {} things that they hoped to find"),
    format_lazy("{}?done=false", reverse_lazy("wishes:index")),
    (Role.EDITOR, Role.PSW, Role.ADMINISTRATOR),
    link=lambda pk: reverse("wishes:edit", args=[pk]),
    kind=kind("waits-wish", "A reader says what they hoped to find"),
)
