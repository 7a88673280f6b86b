"""How `make test` comes by an Elasticsearch: no large download unasked, no other file, nothing left running."""

import hashlib
import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


@pytest.fixture
def scripts(monkeypatch, tmp_path):
    """scripts/search_server.py with an empty cache of its own."""
    monkeypatch.syspath_prepend(SCRIPTS)
    monkeypatch.delenv("ELASTICSEARCH_TEST_URL", raising=False)
    import search_server

    monkeypatch.setattr(search_server, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(search_server, "HOME", tmp_path / "cache" / "elasticsearch")
    return search_server


@pytest.fixture
def arrives(scripts, monkeypatch, tmp_path):
    """A small archive instead of the download."""

    def download(repository):
        repository.mkdir(parents=True)
        with zipfile.ZipFile(repository / "archive.zip", "w") as packed:
            for name in ("server/elasticsearch/lib/a.jar", "server/lib/elasticsearch/b.jar", "server/c.jar"):
                packed.writestr(zipfile.ZipInfo(name), name)  # without the time, for the same sum each time
        return repository / "archive.zip"

    monkeypatch.setattr(scripts, "download", download)
    return hashlib.sha256(download(tmp_path / "the same").read_bytes()).hexdigest()


def test_nothing_large_is_fetched_unasked(scripts):
    with pytest.raises(scripts.Missing, match="ES=1"), scripts.elasticsearch(may_fetch=False):
        pytest.fail("it began")
    assert not scripts.CACHE.exists()


def test_a_server_that_is_named_is_used(scripts, monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_TEST_URL", "http://127.0.0.1:9")
    with scripts.elasticsearch(may_fetch=True) as url:
        assert url == "http://127.0.0.1:9"
    assert not scripts.CACHE.exists()


def test_another_file_than_the_one_tried_is_not_used(scripts, arrives):
    with pytest.raises(scripts.Missing, match="another file"):
        scripts.fetch()
    assert [path.name for path in scripts.CACHE.iterdir()] == ["fetching.lock"]


def test_of_what_arrives_only_the_server_is_kept(scripts, arrives, monkeypatch):
    monkeypatch.setattr(scripts, "SHA256", arrives)
    (scripts.CACHE / "fetching-cut-short").mkdir(parents=True)
    scripts.fetch()
    kept = {str(path.relative_to(scripts.CACHE)) for path in scripts.CACHE.rglob("*") if path.is_file()}
    assert kept == {"fetching.lock", "elasticsearch/lib/a.jar"}
    monkeypatch.setattr(scripts, "download", lambda repository: pytest.fail("fetched twice"))
    scripts.fetch()


def test_a_server_is_gone_with_what_it_started_even_when_it_will_not_go(scripts, tmp_path):
    note = tmp_path / "child"
    command = ["sh", "-c", f"trap '' TERM INT; sleep 300 & echo $! > {note}; wait"]
    with scripts.ended_for_certain(subprocess.Popen(command, start_new_session=True)) as server:
        while not (note.exists() and note.read_text().strip()):
            time.sleep(0.01)
        assert is_running(int(note.read_text()))
    assert server.returncode == -9
    assert not is_running(int(note.read_text()))


def test_a_server_goes_when_the_run_that_started_it_is_gone(scripts):
    command = ["sh", "-c", scripts.UNTIL_LET_GO, "sh", "sleep", "300"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    with scripts.ended_for_certain(server):
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(0.3)
        server.stdin.close()  # as the system does with all that a dead process held
        assert server.wait(5) == -9


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # Dead, but not yet noticed by whoever inherited it.
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
