"""What stories, newsletters and films add to Wagtail; the rules are in the modules named here."""

from wagtail import hooks

from stories.film_hooks import refuse_films_without_captions

hooks.register("before_bulk_action", refuse_films_without_captions)
