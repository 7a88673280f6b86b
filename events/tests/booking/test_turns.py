"""Whoever comes first goes first, among threads and processes; nobody waits for the dead, or for ever."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from events.booking import turns
from events.booking.turns import TurnNeverCame, turn

ROOT = Path(__file__).resolve().parents[3]
SOMEBODY_ELSE = """
import sys, time
from pathlib import Path
from time import monotonic
from events.booking.turns import turn
with turn(Path(sys.argv[1]), until=monotonic() + 20):
    print("in", flush=True)
    sys.stdin.readline()
    print("out", time.monotonic_ns(), flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "turns"


@pytest.fixture
def another_process(path):
    """Begin another process that has its turn until a line is written to it; it has it when this returns."""
    begun = []

    def begin() -> subprocess.Popen:
        command = [sys.executable, "-c", SOMEBODY_ELSE, str(path)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        begun.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
        assert begun[-1].stdout.readline() == "in\n"
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


@pytest.mark.parametrize("locks", [True, False], ids=["with locks of files", "without"])
def test_threads_go_in_the_order_in_which_they_came(path, locks, monkeypatch):
    if not locks:
        # Where files have no such locks the line of the process is all there is.
        monkeypatch.setattr(turns, "_SET_LOCK", None)
    went, all_came = [], threading.Event()

    def come(number):
        with turn(path, until=monotonic() + 20):
            # Whoever is first waits until everybody stands in line.
            all_came.wait(10)
            went.append(number)

    with ThreadPoolExecutor(12) as pool:
        for number in range(12):
            pool.submit(come, number)
            while len(turns._line._waiting) <= number:
                time.sleep(0.001)
        all_came.set()
    assert went == list(range(12))


def test_who_came_earlier_in_another_process_goes_first(path, another_process):
    other = another_process()

    def let_go():
        other.stdin.write("\n")
        other.stdin.flush()

    threading.Timer(0.3, let_go).start()
    with turn(path, until=monotonic() + 60):
        mine = time.monotonic_ns()
    # One clock for both: it was still their turn then.
    _, theirs = other.stdout.readline().split()
    assert int(theirs) < mine


def test_nobody_waits_for_a_process_that_was_killed(path, another_process):
    another_process().kill()
    # Whoever waits for the dead waits until the end, and their turn never comes.
    with turn(path, until=monotonic() + 20):
        went = True
    assert went


def test_whoever_waits_too_long_is_told_and_the_line_goes_on_without_them(path, another_process):
    other = another_process()
    with pytest.raises(TurnNeverCame), turn(path, until=monotonic() + 0.1):
        pass
    other.communicate("\n")
    with turn(path, until=monotonic() + 20):
        went = True
    assert went


def test_threads_that_give_up_leave_the_line_wherever_they_stood(path):
    holding, let_go, went = threading.Event(), threading.Event(), []

    def hold():
        with turn(path, until=monotonic() + 20):
            holding.set()
            let_go.wait(10)

    def come(seconds):
        try:
            with turn(path, until=monotonic() + seconds):
                went.append(seconds)
        except TurnNeverCame:
            went.append("gave up")

    with ThreadPoolExecutor(3) as pool:
        pool.submit(hold)
        holding.wait(10)
        impatient = pool.submit(come, 0.1)
        patient = pool.submit(come, 20)
        impatient.result()
        let_go.set()
        patient.result()
    assert went == ["gave up", 20]
