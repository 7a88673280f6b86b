"""Demo photographs, drawn and not taken: one whose consent holds, one that ends in days, one that has ended."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from assets.models import HubImage
from demo.planting import Tell, save
from people.models import User
from stories.models import NewsPage

SIZE = (800, 500)
# Title, what it shows, days until the consent ends (none for a drawing), and the colour of its ground.
ROWS = [
    ("Two colleagues on a bench", "Two people on a bench, seen from behind, talking.", 200, (214, 226, 221)),
    ("Workshop in the library", "Four people round a table with cards on it.", 6, (232, 221, 205)),
    ("Summer picnic of the teams", "A row of people on the grass.", -12, (216, 221, 234)),
    ("Three circles", "Three circles that overlap.", None, (238, 234, 226)),
]
PEOPLE = {"Two colleagues on a bench": 2, "Workshop in the library": 4, "Summer picnic of the teams": 6}
IN_THE_NEWSLETTER = ["Two colleagues on a bench", "Summer picnic of the teams"]
INK = (76, 62, 98)


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Draw the pictures that are missing and show two in the newsletter; returns how many were new."""
    editor, made = User.objects.get(email="editor@hub.example"), 0
    for title, description, days, ground in ROWS:
        if HubImage.objects.filter(title=title).exists():
            continue
        tell(f"  {title}")
        shown = {"people_shown": HubImage.PeopleShown.NOBODY}
        if days is not None:
            shown = {
                "people_shown": HubImage.PeopleShown.PEOPLE,
                "consent_scope": HubImage.Scope.INTERNAL,
                "consent_until": today + timedelta(days=days),
                "consent_note": "Demo: signed forms in the communications team’s folder.",
            }
        file = ContentFile(_drawn(title, ground), f"demo-{title.lower().replace(' ', '-')}.png")
        HubImage.objects.create(
            title=title,
            description=description,
            credit="Our own drawing.",
            uploaded_by_user=editor,
            file=file,
            width=SIZE[0],
            height=SIZE[1],
            **shown,
        )
        made += 1
    _put_in_newsletter()
    return made


def _put_in_newsletter() -> None:
    """One photograph that readers see, and one that they no longer see."""
    page = NewsPage.objects.filter(slug="practice-newsletter-november-issue").first()
    if page is None or any(block.block_type == "picture" for block in page.body):
        return
    pictures = {image.title: image for image in HubImage.objects.filter(title__in=IN_THE_NEWSLETTER)}
    for title in IN_THE_NEWSLETTER:
        image = pictures[title]
        value = {"image": image, "alt": image.description, "decorative": False, "caption": ""}
        page.body.append(("picture", value))
    save(page)


def _drawn(title: str, ground: tuple[int, int, int]) -> bytes:
    """Round heads and shoulders on a coloured ground: nobody at all."""
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    people = PEOPLE.get(title, 0)
    for number in range(people):
        middle = SIZE[0] * (number + 1) // (people + 1)
        pen.ellipse((middle - 40, 170, middle + 40, 250), fill=INK)
        pen.pieslice((middle - 75, 255, middle + 75, 475), 180, 360, fill=INK)
    if not people:
        for x, y in ((320, 200), (480, 200), (400, 320)):
            pen.ellipse((x - 110, y - 110, x + 110, y + 110), outline=INK, width=12)
    stored = BytesIO()
    picture.save(stored, "PNG")
    return stored.getvalue()
