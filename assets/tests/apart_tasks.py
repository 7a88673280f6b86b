"""What a hostile file may make its reader do; run by `assets.apart` in its own process (see test_door.py)."""

import os


def too_much_memory() -> str:
    return str(len(bytearray(2**30)))


def too_much_time() -> str:
    while True:
        pass


def environment() -> str:
    return str([name for name in os.environ if "SECRET" in name])
