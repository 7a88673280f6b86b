"""`python -m bench.booking`: sign-ups a second when everybody presses at nine, against the least that could be right.

600 people press for 550 places, 32 at once, each through the whole stack (session, person, CSRF, view). The least view
locks a row, counts and inserts; the hub's goes through the gate and writes the log that its mail is made of. The two
take turns. `--engine all` goes through SQLite and PostgreSQL. `--beside 3` lets other processes write all the while,
as sign-ins, jobs and editors do. Who comes first is served first: said is how many had to wait in the queue though
somebody who pressed a second later had a place.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
PEOPLE, PLACES, AT_ONCE = 600, 550, 32
GOAL = 0.6
"""Sign-ups a second through the hub, at least so many times those of the least view."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.booking", description=__doc__)
    parser.add_argument("--engine", choices=(*ENGINES, "all"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5, help="bursts of each kind (default 5)")
    parser.add_argument("--beside", type=int, default=0, help="other processes that write meanwhile (default none)")
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        return _write_on()
    if options.engine == "all":
        for engine in ENGINES:
            command = [sys.executable, "-m", "bench.booking", "--rounds", str(options.rounds), "--engine", engine]
            subprocess.run([*command, "--beside", str(options.beside)], cwd=ROOT, check=True)
        return None
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-"))).resolve()
        _environment(folder, options.engine, stack)
        _measure(options)


def _environment(folder: Path, engine: str, stack: contextlib.ExitStack) -> None:
    from bench.run import _environment as as_served

    as_served(folder)
    os.environ["DJANGO_LOG_LEVEL"] = "ERROR"
    sys.path.insert(0, str(ROOT / "scripts"))
    import services

    if engine == "postgresql":
        os.environ["DATABASE_URL"] = stack.enter_context(services.postgres())
        # The test client keeps a connection for each of its threads.
        os.environ["DATABASE_CONNECTIONS"] = str(AT_ONCE + 2)
    os.chdir(ROOT)
    import django

    django.setup()


def _measure(options) -> None:
    from django.core.management import call_command

    for command in (["migrate"], ["createcachetable"], ["setup_hub"]):
        call_command(*command, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    with _neighbours(options.beside):
        _bursts(options)


def _bursts(options) -> None:
    people = _people()
    clients = [_signed_in(person) for person in people]
    _burst(clients, _least(), warm_up=True)
    _burst(clients, _hub()[1], warm_up=True)
    seconds, waits = {"least": [], "hub": []}, {"least": [], "hub": []}
    overtaken = []
    for _ in range(options.rounds):
        for name in ("least", "hub"):
            session, address = (None, _least()) if name == "least" else _hub()
            took, pressed = _burst(clients, address)
            seconds[name].append(took)
            waits[name] += [ended - began for began, ended in pressed]
            if session:
                states = dict(session.bookings.values_list("person", "state"))
                counted = Counter(states.values())
                assert counted == {"booked": PLACES, "waiting": PEOPLE - PLACES}, counted
                overtaken.append(_overtaken(pressed, [states[person.pk] for person in people]))
    _print(options, seconds, waits, overtaken)


def _overtaken(pressed: list[tuple[float, float]], states: list[str]) -> int:
    """How many wait though somebody who pressed a second later, or more, has a place."""
    came = [(began, state) for (began, _), state in zip(pressed, states, strict=True)]
    last = max(began for began, state in came if state == "booked")
    return sum(state == "waiting" and began + 1 < last for began, state in came)


@contextlib.contextmanager
def _neighbours(number: int):
    """Processes that write without a pause for breath, as long as it is measured."""
    command = [sys.executable, "-m", "bench.booking", "--write"]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(number)]
    try:
        yield
    finally:
        for one in started:
            one.terminate()
            one.wait()


def _write_on() -> None:
    """A neighbour: a transaction that lasts twenty milliseconds, ten times a second, until it is ended."""
    import django

    django.setup()
    from django.db import transaction

    from bench.models import PlainSession

    while True:
        with transaction.atomic():
            PlainSession.objects.create(capacity=1)
            time.sleep(0.02)
        time.sleep(0.08)


def _people() -> list:
    from django.contrib.auth.models import Group

    from people.models import User
    from people.roles import Role

    users = User.objects.bulk_create(User(email=f"p{n}@bench.example", password="!") for n in range(PEOPLE))
    practitioners = Group.objects.get(name=Role.PRACTITIONER)
    User.groups.through.objects.bulk_create(
        User.groups.through(user_id=user.pk, group_id=practitioners.pk) for user in users
    )
    return users


def _signed_in(person):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    client.cookies["csrftoken"] = TOKEN
    return client


TOKEN = "a" * 32


def _least() -> str:
    from bench.models import PlainSession

    return f"/bench/sign-up/{PlainSession.objects.create(capacity=PLACES).pk}/"


def _hub():
    from tests.builders import make_session

    session = make_session(capacity=PLACES)
    return session, f"/events/book/{session.key}/"


def _burst(clients: list, address: str, *, warm_up: bool = False) -> tuple[float, list[tuple[float, float]]]:
    """Everybody presses; how long it took in all, and when each pressed and was answered."""
    from django.db import connection

    together, own = threading.Barrier(AT_ONCE), threading.local()

    def press(client) -> tuple[float, float]:
        if not hasattr(own, "begun"):
            own.begun = True
            together.wait(30)
        began = time.perf_counter()
        answer = client.post(address, {"csrfmiddlewaretoken": TOKEN})
        assert answer.get("Location", "").startswith("/me/bookings/"), (answer.status_code, answer.get("Location"))
        # As at the end of a request; the test client leaves that out.
        connection.close_if_unusable_or_obsolete()
        return began, time.perf_counter()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.perf_counter()
        each = list(pool.map(press, clients))
        took = time.perf_counter() - began
    return took, each


def _print(options, seconds: dict, waits: dict, overtaken: list[int]) -> None:
    beside = f", {options.beside} neighbours that write" if options.beside else ""
    print(f"\n{options.engine}: {PEOPLE} people, {PLACES} places, {AT_ONCE} at once{beside}")
    print(f"{'':14}{'a second':>10}{'median ms':>12}{'p99 ms':>10}{'longest':>10}")
    rate = {name: PEOPLE / statistics.median(took) for name, took in seconds.items()}
    for name, words in (("least", "least view"), ("hub", "the hub")):
        milliseconds = sorted(1000 * wait for wait in waits[name])
        p99 = milliseconds[int(len(milliseconds) * 0.99)]
        print(
            f"{words:14}{rate[name]:>10.0f}{statistics.median(milliseconds):>12.0f}{p99:>10.0f}{milliseconds[-1]:>10.0f}"
        )
    ratio = rate["hub"] / rate["least"]
    print(f"Overtaken by somebody who pressed a second later: at most {max(overtaken)} of {PEOPLE} in a burst.")
    print(f"The hub's is {ratio:.2f} of the least (goal at least {GOAL}: {'met' if ratio >= GOAL else 'not met'}).")


if __name__ == "__main__":
    main()
