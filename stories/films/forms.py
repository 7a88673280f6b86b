from pages.editing.forms import HubPageForm
from stories.films.needed import lacking


class FilmForm(HubPageForm):
    """The editor's form of a film: what everybody needs to follow it is asked for at its field, before it is live."""

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            for name in ("recording", "captions_file", "captions", "transcript"):
                if name in self.fields and name in cleaned:
                    setattr(self.instance, name, cleaned[name])
            for name, words in lacking(self.instance).items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, words)
        return cleaned
