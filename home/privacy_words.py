"""What the hub promises about what it keeps, as words for its privacy page: read from where each promise is kept."""

from django.conf import settings

from feedback.models import Mode
from feedback.wording import in_years, promise


def in_words() -> dict[str, str]:
    """Name to words, for the places of the standing pages that begin with a dollar sign."""
    words = {
        "provision_days": str(settings.HUB_PROVISION_DAYS),
        "feedback_kept": in_years(settings.HUB_FEEDBACK_KEEP_MONTHS),
        "time_kept": in_years(settings.HUB_TIME_KEEP_MONTHS),
    }
    for mode in Mode.values:
        says = promise(mode, months=settings.HUB_FEEDBACK_KEEP_MONTHS, fewest=settings.HUB_FEWEST_ANSWERS)
        words |= {f"{mode}_feedback": says["text"], f"{mode}_feedback_kept": f"{says['kept']} {says['counts']}"}
    return words
