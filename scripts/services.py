"""What the tests need beside Python: Chromium, Java, a private PostgreSQL; from Debian, installed where allowed."""

import contextlib
import ctypes.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from environment import ROOT, VENV, step

LOG = ROOT / ".test" / "apt.log"
_lists_are_fresh = False


class Missing(Exception):
    """Something that a group of tests needs is not here and may not be installed."""


def program(*names: str, package: str) -> str:
    """The path of the first of these programs, after installing Debian's `package` when there is none."""
    for attempt in range(2):
        for name in names:
            if found := shutil.which(name):
                return found
        if attempt == 0:
            install(package)
    raise Missing(f"{package} is installed but brought no {names[0]}")


def install(package: str, reason: str = "") -> None:
    """`apt-get install`, where that is allowed: on Debian, as root. `reason` begins what is said where it is not."""
    global _lists_are_fresh
    because = f"{reason}: " if reason else ""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Missing(f"{because}{package} is missing. Install it, or run as root on Debian and it is installed")
    LOG.parent.mkdir(exist_ok=True)
    apt = ["apt-get", "-qy", "-o", "DPkg::Lock::Timeout=300"]
    with step(f"Installing Debian's {package}"), LOG.open("a") as log:
        for command in ([] if _lists_are_fresh else [[*apt, "update"]]) + [
            [*apt, "install", "--no-install-recommends", package]
        ]:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        _lists_are_fresh = True
    if done.returncode:
        raise Missing(f"{because}{package} could not be installed: the end of .test/apt.log says why")


def chromium() -> str:
    """The path of Chromium, with all that playwright needs to drive it."""
    driver = next(VENV.glob("lib/python3*/site-packages/playwright/driver/node"))
    # A bare Debian lacks one library of the program that playwright brings along.
    if subprocess.run([driver, "--version"], capture_output=True).returncode:
        install("libatomic1")
    return os.environ.get("HUB_CHROMIUM") or program("chromium", "google-chrome", package="chromium")


PAPER = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
"""What PDFs are drawn with: the library to the package that brings it. Letters come with it."""


def paper() -> None:
    """What draws PDFs and reads them again. Where it may not be installed the hub runs without, and so do its tests."""
    with contextlib.suppress(Missing):
        for library, package in PAPER.items():
            if not ctypes.util.find_library(library):
                install(package)
        program("pdftotext", package="poppler-utils")


def java() -> str:
    return program("java", package="default-jre-headless")


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def postgres():
    """A PostgreSQL server of our own in a temporary folder, for as long as the `with` lasts; gives its DATABASE_URL."""
    binaries = _postgres_binaries()
    if not binaries:
        install("postgresql")
        binaries = _postgres_binaries()
    if not binaries:
        raise Missing("PostgreSQL is installed but its initdb cannot be found")
    folder, port = Path(tempfile.mkdtemp(prefix="hub-postgres-")), spare_port()
    data = folder / "data"
    # The server refuses root, so its folder and its programs are given to an ordinary user of the machine.
    as_user: list[str] = []
    if os.geteuid() == 0:
        user = ordinary_user("PostgreSQL")
        shutil.chown(folder, user)
        as_user = ["runuser", "-u", user, "--"]

    def do(*command, check=True):
        done = subprocess.run([*as_user, *map(str, command)], cwd="/", capture_output=True, text=True)
        if check and done.returncode:
            log = (folder / "log").read_text() if (folder / "log").exists() else ""
            raise Missing(f"PostgreSQL did not start: {(done.stderr + log)[-600:]}")

    # Nothing here needs to outlive a power cut, so it need not wait for the disk.
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c jit=off"
    utf8 = ("--encoding=UTF8", "--locale=C.UTF-8")
    try:
        with step(f"Starting a private PostgreSQL on port {port}"):
            do(binaries / "initdb", "-D", data, "--no-sync", "--username=hub", "--auth=trust", *utf8)
            do(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start")
        yield f"postgres://hub@127.0.0.1:{port}/postgres"
    finally:
        do(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps it out of PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if asked := shutil.which("pg_config"):
        places.append(Path(subprocess.run([asked, "--bindir"], capture_output=True, text=True).stdout.strip()))
    places += [Path(name) for name in os.get_exec_path()]
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def ordinary_user(server: str) -> str:
    """Somebody without rights on this machine, for a server that refuses root."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise Missing(f"{server} refuses root, and there is no other user here to run it as")
