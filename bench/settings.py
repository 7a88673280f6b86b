"""The hub's settings with the pages that it is compared with. Nothing else differs from what is served."""

from hub.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]  # noqa: F405
ROOT_URLCONF = "bench.urls"
