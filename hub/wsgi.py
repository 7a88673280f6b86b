import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

application = get_wsgi_application()


def warm_up() -> None:
    """Read what every page needs before the first reader comes, so that nobody pays for the start."""
    from django.db import DatabaseError
    from django.test import RequestFactory

    from pages.reading.request_hub import RequestHub
    from search.index.catalogue import catalogue_for
    from toolkits.table import tool_table

    hub = RequestHub(RequestFactory().get("/"))
    try:
        for part in (hub.atlas, hub.frame, tool_table(hub.edition), catalogue_for(hub)):
            logging.getLogger(__name__).debug("Read %s.", type(part).__name__)
    except DatabaseError as error:
        logging.getLogger(__name__).warning("The hub starts without a warm-up: %s", error)


warm_up()
