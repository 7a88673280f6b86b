"""`make lock`: pin and hash what requirements*.in name, for every Python from 3.11 up and every machine.

Keeps the versions that are pinned already; `make lock UPGRADE=1` takes the newest that the .in files allow.
"""

import os
import subprocess

from environment import LOCKS, PYTHON, ROOT, make, step

UV = "uv==0.13.9"


SEMANTIC = "requirements-semantic.txt"


def main() -> None:
    make()
    with step(f"Fetching {UV}"):
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", UV], check=True)
    for lock in (*LOCKS, SEMANTIC):
        command = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--custom-compile-command", "make lock", "--no-config"]
        # The longer files take the versions of the shortest, so that tests run on what is served.
        command += ["--constraints", LOCKS[0]] if lock != LOCKS[0] else []
        command += ["--upgrade"] if os.environ.get("UPGRADE") else []
        if lock == SEMANTIC:
            # What the model's package names beside it is not used, and a gigabyte.
            command += ["--no-deps"]
        with step(f"Locking {lock}"):
            subprocess.run([*command, "-o", lock, lock.replace(".txt", ".in")], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
