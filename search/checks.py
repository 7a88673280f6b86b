"""What is looked at when the hub starts."""

from django.conf import settings
from django.core.checks import Error, register


@register()
def meaning_can_be_used(app_configs, **kwargs):
    """HUB_MEANING asks for an extra; without it, or with other weights than the published ones, the hub says so."""
    if not settings.HUB_MEANING:
        return []
    try:
        from search.meaning import encoder

        encoder.verified()
    except ImportError:
        return [Error("HUB_MEANING is on, but numpy is not installed: see requirements-semantic.in.", id="search.E001")]
    except (encoder.NotUsable, OSError) as problem:
        return [Error(f"HUB_MEANING is on, but: {problem}", id="search.E002")]
    return []
