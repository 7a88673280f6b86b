"""The house holds itself to its plan: imports run downwards, nothing runs inline, components state their inputs."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from hub.floors import DAY_OF_EVENTS, FLOORS

ROOT = Path(__file__).resolve().parent.parent.parent
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# What the swapped base page forbids, wherever in that package it is fetched from.
NEVER = {"wagtail.models": {"Page"}, "wagtail.contrib.forms": {"AbstractForm", "AbstractEmailForm"}}


def imported(source: str) -> list[tuple[str, str]]:
    """Every (module, name) that a piece of Python imports, at any depth of it, by statement or by `import_module`."""
    found, bound = [], {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
            bound.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
            bound.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found += [(argument.value, "") for argument in node.args if isinstance(argument, ast.Constant)]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and (module := bound.get(ast.unparse(node.value))):
            found.append((module, node.attr))
    return found


def breaches(room: str, source: str) -> list[str]:
    """What this piece of a room may not import: an upper floor, a sibling, what the swapped base page forbids."""
    found = []
    for module, name in imported(source):
        other = module.split(".")[0]
        if other in FLOOR and other != room and FLOOR[other] >= FLOOR[room]:
            found.append(f"{room} imports {module}")
        if any(f"{module}.".startswith(f"{package}.") and name in names for package, names in NEVER.items()):
            found.append(f"{room} imports {module}.{name}")
    return found


def sources():
    for room in sorted(FLOOR):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield pytest.param(room, path, id=str(path.relative_to(ROOT)))


@pytest.mark.parametrize(("room", "path"), list(sources()))
def test_imports_run_downwards_only(room, path):
    assert breaches(room, path.read_text()) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("pages", "from toolkits.models import ToolPage"),
        ("people", "from notices.outbox import queue_message"),
        ("toolkits", "def later():\n    import home.shelves"),
        ("search", "from home import shelves"),
        ("home", "if True:\n    from hub import urls"),
        ("practice", "from importlib import import_module\nimport_module('pages.models')"),
        ("toolkits", "from wagtail.models import Page"),
        ("toolkits", "from wagtail.models.pages import Page as Base"),
        ("toolkits", "import wagtail.models\nclass Tool(wagtail.models.Page): pass"),
        ("toolkits", "from wagtail import models\nclass Tool(models.Page): pass"),
        ("pages", "from wagtail.contrib.forms.models import AbstractEmailForm"),
    ],
)
def test_a_breach_of_the_floors_is_noticed(room, source):
    assert breaches(room, source)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("home", "from toolkits.models import ToolPage"),
        ("toolkits", "from pages.models import HubPage\nfrom toolkits import facets"),
        ("pages", "from wagtail.models import PageManager, AbstractPage"),
        ("toolkits", "chooser = 'home.HomePage'"),
        ("hub", "import search.views, people.views"),
    ],
)
def test_what_runs_downwards_is_allowed(room, source):
    assert breaches(room, source) == []


# Inside a room: what pages and rows are, what may be done with them, what a reader sees, the doors.
SCREENS = re.compile(r"(^|_)(views|viewsets?|screens|urls|reports|wagtail_hooks)$|^cms$")
READINGS = re.compile(r"(^|_)(reading|listing|shelves|browse)$")


def modules() -> dict[str, str]:
    """Every module of the rooms, by its dotted name, with its text."""
    found = {}
    for parameter in sources():
        path = parameter.values[1].relative_to(ROOT).with_suffix("")
        found[".".join(path.parts).removesuffix(".__init__")] = parameter.values[1].read_text()
    return found


def inside(texts: dict[str, str]) -> dict[str, set[str]]:
    """Which modules of its own room each module imports."""
    found = {}
    for module, text in texts.items():
        named = {f"{source}.{name}" if f"{source}.{name}" in texts else source for source, name in imported(text)}
        room = module.split(".")[0]
        found[module] = {other for other in named & texts.keys() - {module} if other.split(".")[0] == room}
    return found


def upwards(imports: dict[str, set[str]]) -> list[str]:
    """What stands on the wrong floor of its room: a model that knows its readers, a rule that knows a door."""
    found = []
    for module, others in imports.items():
        for other in others:
            if _floor(other) > _floor(module):
                found.append(f"{module} imports {other}")
    return sorted(found)


def _floor(module: str) -> float:
    """What is kept and what may be done with it 1 (in `events/` by its day), what a reader sees 2, the doors 3."""
    room, *parts = module.split(".")
    if room == "events":
        for number, folders in enumerate(DAY_OF_EVENTS):
            if parts[:1] and parts[0] in folders:
                return number / 10
    if any(SCREENS.search(part) or part in {"templatetags", "management", "apps"} for part in parts):
        return 3
    return 2 if any(READINGS.search(part) for part in parts) else 0


def test_inside_a_room_imports_run_downwards_too():
    assert upwards(inside(modules())) == []


def test_no_module_of_a_room_waits_for_itself():
    """A circle hidden by a submodule import or by fetching a model by its name is a circle."""
    imports = inside(modules())
    assert [module for module in imports if module in _below_of(module, imports)] == []


def _below_of(module: str, imports: dict[str, set[str]]) -> set[str]:
    found, left = set(), [module]
    while left:
        left += (new := imports[left.pop()] - found)
        found |= new
    return found


@pytest.mark.parametrize(
    ("module", "imports"),
    [
        ("toolkits.models.tool_page", "from toolkits.reading import ToolReading"),
        ("stories.consent", "from stories import consent_views"),
        ("events.models.session", "from events.booking.verbs import book"),
        ("events.booking.verbs", "from events.mail import telling"),
    ],
)
def test_a_step_upwards_inside_a_room_is_noticed(module, imports):
    known = {"toolkits.reading", "stories.consent_views", "events.booking.verbs", "events.mail.telling"}
    assert upwards(inside(dict.fromkeys(known, "") | {module: imports}))


# Words are taken out of whatever model holds them.
BY_LABEL = {"pages.taking_out.verbs"}


def test_no_module_dodges_the_floors_by_a_models_name():
    # Django gives its migrations their models by name.
    dodging = {module for module, text in modules().items() if re.search(r"apps\.get_model\(", text)}
    assert dodging - {"search.index.wagtail_index"} == BY_LABEL


MOST_SIDE_BY_SIDE, MOST_LINES = 21, 300


def test_a_folder_can_be_seen_at_a_glance():
    folders = {path.parent for _, path in (one.values for one in sources())}
    folders |= {path.parent for path in ROOT.glob("*/tests/**/test_*.py")}
    counts = {str(folder.relative_to(ROOT)): len(list(folder.glob("[!_]*.py"))) for folder in folders}
    assert {folder: count for folder, count in counts.items() if count > MOST_SIDE_BY_SIDE} == {}


def test_a_module_can_be_read_in_one_sitting():
    # Settings are data.
    lengths = {module: len(text.splitlines()) for module, text in modules().items() if module != "hub.settings"}
    assert {module: lines for module, lines in lengths.items() if lines > MOST_LINES} == {}


# Django and Wagtail find these by their names.
NAMED_BY_OTHERS = {"Command", "SearchBackend"}


def named_twice(texts: dict[str, str]) -> dict[str, list[str]]:
    """Classes of one name in several modules, each with the modules."""
    places = {}
    for module, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module)
    return {name: modules for name, modules in places.items() if len(modules) > 1}


def test_one_name_of_a_class_means_one_thing():
    twice = named_twice(modules())
    assert {name: twice[name] for name in twice.keys() - NAMED_BY_OTHERS} == {}


def test_a_name_that_means_two_things_is_noticed():
    assert named_twice({"a": "class Row: pass", "b": "class Row: pass\nclass _Line: pass"}) == {"Row": ["a", "b"]}


def test_every_room_of_the_hub_has_a_floor():
    rooms = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert rooms
    assert rooms <= FLOOR.keys()


def left_out_of_the_run(paths: list[str], files: list[Path]) -> list[str]:
    """The test files below none of these paths: nobody would notice when they fail."""
    return sorted({str(file) for file in files} - {str(file) for file in files for path in paths if _below(file, path)})


def _below(file: Path, path: str) -> bool:
    return Path(path) == file or Path(path) in file.parents


def test_the_tests_of_every_room_are_in_the_run():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    files = [path.relative_to(ROOT) for pattern in settings["python_files"] for path in ROOT.rglob(pattern)]
    files = [path for path in files if not path.parts[0].startswith(".") and path.parts[0] != "var"]
    assert {file.parts[0] for file in files} >= FLOOR.keys()
    assert left_out_of_the_run(settings["testpaths"], files) == []


def test_a_room_that_is_left_out_of_the_run_is_noticed():
    files = [Path(name) for name in ("feedback/tests/test_a.py", "feedbacks/tests/test_b.py", "tests/test_c.py")]
    assert left_out_of_the_run(["tests", "feedback"], files) == ["feedbacks/tests/test_b.py"]


def test_every_test_meets_a_database():
    lists = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse((ROOT / "scripts" / "test.py").read_text()).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("_ALONE")
    }
    for name, other in (("ON_SQLITE_ALONE", "postgres"), ("ON_POSTGRESQL_ALONE", "sqlite")):
        for path in (ROOT / place for place in lists[name]):
            texts = [file.read_text() for file in ([path] if path.suffix else path.rglob("test_*.py"))]
            assert texts, f"{name}: {path} holds no tests"
            assert not [text for text in texts if f"mark.{other}" in text], f"{path} runs on neither database"
    assert not set(lists["ON_SQLITE_ALONE"]) & set(lists["ON_POSTGRESQL_ALONE"])


def test_there_is_no_drawer_called_core_or_utils():
    names = {path.name for path in ROOT.rglob("*") if not {".venv", ".git", "var", ".test"} & set(path.parts)}
    assert not names & {"core", "common", "utils", "core.py", "common.py", "utils.py", "helpers.py"}


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_runs_nothing_inline(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)


COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
COMPONENT_TEXT = {path.stem: path.read_text() for path in COMPONENTS}


# On the style guide without a sample: the frame of that page, its own forms, and parts that need a real tool.
SEEN_OTHERWISE = {"header", "footer", "menu", "avatar", "skip-link", "form", "field", "field-error", "error-summary"}
SEEN_OTHERWISE |= {"print-bar", "section", "shelves", "jump"}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_states_its_inputs_and_stands_in_the_style_guide(path):
    assert path.read_text().lstrip().startswith("{#")
    samples = json.loads((ROOT / "templates" / "components" / "samples.json").read_text())
    shown_inside = {
        inner for name in samples for inner in re.findall(r"components/([\w-]+)\.html", COMPONENT_TEXT[name])
    }
    assert path.stem in samples.keys() | shown_inside | SEEN_OTHERWISE


def test_the_drawn_house_is_the_house():
    """`docs/architecture.md` is drawn from the code: `python3 scripts/draw_house.py`."""
    drawn = subprocess.run([sys.executable, "scripts/draw_house.py", "--check"], cwd=ROOT, capture_output=True)
    assert drawn.returncode == 0, drawn.stderr


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md"])
def test_every_file_that_the_way_in_names_is_there(name):
    rooms = "|".join([*FLOOR, "tests", "scripts", "docs", "bench", "templates"])
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", (ROOT / name).read_text())
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
