"""What somebody who watches or reads a film sees."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from assets.models import HubDocument, HubImage
from pages.lists.cards import Fact, filled
from pages.reading.page import PageReading


@dataclass(frozen=True)
class Player:
    """What the browser's own player needs; it never starts by itself."""

    url: str
    content_type: str
    captions_url: str
    language: str
    poster_url: str


class FilmReading(PageReading):
    """One film: what it shows, where to watch it, and all that is said and seen in it, to read."""

    fixed = [
        ("body", "What it shows", "about"),
        ("talk", "Talk about it in your team", "talk"),
        ("transcript", "Transcript", "transcript"),
    ]

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        return filled(("length", "clock", "Length", page.length), ("captions", "type", "Captions", page.captions))

    @property
    def may_play(self) -> bool:
        return self.page.may_play(self.hub.today)

    @cached_property
    def player(self) -> Player | None:
        """The player, for a film that is on the hub and that the people on it still agree to."""
        page = self.page
        if not (page.recording_id and page.captions_file_id and self.may_play):
            return None
        kind = HubDocument.objects.only("file").get(pk=page.recording_id).file_extension.lower()
        return Player(
            url=reverse("film_recording", args=[page.pk]),
            content_type=HubDocument.FILMS.get(kind, ""),
            captions_url=reverse("film_captions", args=[page.pk]),
            language=page.captions_language,
            poster_url=self._poster_url(),
        )

    def _poster_url(self) -> str:
        poster = HubImage.objects.filter(pk=self.page.poster_id).first() if self.page.poster_id else None
        return poster.address("fill-960x540|format-jpeg") if poster and poster.shown else ""
