"""The worker: a job that is slow, broken or deadly stops no other, and two workers never do one job at a time."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from home.jobs import all, working
from home.jobs.models import JobTurn
from home.jobs.working import Turn, Worker, name_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def done(monkeypatch):
    """What was done, in order; nobody waits long."""
    monkeypatch.setattr(working, "PATIENCE_SECONDS", 0.3)
    return []


def job(name, does):
    def work(*, now):
        does()

    work.__name__ = name
    return work


def notes(done, name):
    return job(name, lambda: done.append(name))


def broken():
    raise RuntimeError("broken")


def leaves():
    raise SystemExit(3)


def test_a_slow_job_is_passed_by_and_not_begun_again_until_it_is_done(done):
    go_on, begun = threading.Event(), []
    slow = job("slow", lambda: (begun.append(1), go_on.wait(20), done.append("slow")))
    worker = Worker([slow, notes(done, "quick")])
    for _ in range(2):
        assert worker.go_round(clock=timezone.now) == []
    assert (done, begun) == (["quick", "quick"], [1])
    go_on.set()
    assert worker.wait(20) == []
    worker.go_round(clock=timezone.now)
    assert begun == [1, 1]


@pytest.mark.parametrize("does", [broken, leaves])
def test_a_job_that_breaks_or_leaves_stops_no_other_and_is_named(done, does):
    bad = job("bad", does)
    assert Worker([bad, notes(done, "quick")]).go_round(clock=timezone.now) == [name_of(bad)]
    assert done == ["quick"]


def test_while_somebody_does_a_job_nobody_else_begins_it(done):
    another = Worker([notes(done, "shared")])
    Worker([job("shared", lambda: another.go_round(clock=timezone.now))]).go_round(clock=timezone.now)
    assert done == []
    Worker([notes(done, "shared")]).go_round(clock=timezone.now)
    assert done == ["shared"]


def test_a_job_that_kills_its_worker_each_time_lets_the_others_have_their_turn(done):
    deadly = job("deadly", lambda: os.kill(os.getpid(), signal.SIGKILL))
    connections.close_all()
    child = os.fork()
    if not child:
        Worker([deadly, notes(done, "after")]).go_round(clock=timezone.now)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    # The next worker would die as well, were it its turn.
    Worker([deadly, notes(done, "after")]).go_round(clock=timezone.now)
    assert done == ["after"]
    JobTurn.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    Turn(notes(done, "deadly"), timezone.now()).take()
    assert done == ["after", "deadly"]


def test_a_job_that_goes_on_keeps_its_turn(done, monkeypatch):
    monkeypatch.setattr(working, "TURN", timedelta(seconds=1))
    go_on = threading.Event()
    worker = Worker([job("slow", lambda: go_on.wait(20))])
    worker.go_round(clock=timezone.now)
    JobTurn.objects.update(held_until=timezone.now())
    worker.go_round(clock=timezone.now)
    assert JobTurn.objects.get().held_until > timezone.now()
    go_on.set()
    worker.wait(20)
    assert JobTurn.objects.get().held_until is None


def test_the_command_does_every_job_though_one_is_slow_and_says_which_failed(done, monkeypatch):
    slow = job("slow", lambda: (threading.Event().wait(0.6), done.append("slow")))
    bad = job("bad", broken)
    monkeypatch.setattr(all, "JOBS", [slow, bad, notes(done, "quick")])
    with pytest.raises(CommandError, match=r"Failed: .*\.bad\."):
        call_command("run_jobs")
    assert done == ["quick", "slow"]
