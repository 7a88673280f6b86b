"""What the people on a photograph agreed to, in words. Pure: no Django."""

from datetime import date, timedelta

REMINDED_BEFORE = (30, 7)
"""Days before a consent ends on which those who look after the photograph are told."""


def consent_state(image, today: date) -> str:
    """How the consent of an image stands on that day: one sentence for an editor."""
    if image.consent_withdrawn_on and image.consent_withdrawn_on <= today:
        return f"Withdrawn on {_day(image.consent_withdrawn_on)}. Nobody sees it."
    if not image.people_shown:
        return "Nobody has said whether it shows people. It is not shown on public pages."
    if not image.shows_people:
        return "Shows nobody who could be recognised."
    if image.consent_until is None:
        return "Shows people, and no consent is written down. Nobody sees it."
    if image.consent_until < today:
        return f"The consent ended on {_day(image.consent_until)}. Nobody sees it."
    left = image.consent_until - today
    if left <= timedelta(days=REMINDED_BEFORE[0]):
        return f"The consent ends soon, on {_day(image.consent_until)}."
    return f"Consent until {_day(image.consent_until)}."


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
