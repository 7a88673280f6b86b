"""What a film must have before anybody sees it: captions and a transcript, so that everybody can follow."""

from assets.captions import LARGEST, BadCaptions, read_captions
from assets.models import HubDocument
from pages.publishing.refusals import NotPublished


class NotEverybodyCouldFollow(NotPublished):
    """A film was to be published without what deaf and other people need. `lacking` is field to words."""

    def __init__(self, title: str, lacking: dict[str, str]):
        self.lacking = lacking
        super().__init__(f"“{title}” is not published. {' '.join(lacking.values())}")


def lacking(page) -> dict[str, str]:
    """What keeps this film from being published: field to words for its editor. Empty if nothing does."""
    found = {}
    recording, captions = page.recording, page.captions_file
    if recording and recording.file_extension.lower() not in HubDocument.FILMS:
        found["recording"] = "Choose a film: a file that ends in .mp4 or .webm."
    if recording and not captions:
        found["captions_file"] = "Add the captions, as a WebVTT file (.vtt): without them a film is not published."
    elif captions and (words := _broken(captions)):
        found["captions_file"] = words
    if not page.captions.strip():
        found["captions"] = "Say which captions the film has, and who checked them."
    if not page.transcript:
        found["transcript"] = "Write down all that is said, and what is seen where that matters: no film without it."
    return found


def _broken(captions: HubDocument) -> str:
    if captions.file_extension.lower() != HubDocument.CAPTIONS:
        return "Choose captions: a file that ends in .vtt."
    try:
        with captions.open_file() as file:
            read_captions(file.read(LARGEST + 1))
    except BadCaptions as error:
        return f"These captions cannot be shown. {error}"
    except OSError:
        return "The file of the captions is missing on the server. Upload it again."
    return ""
