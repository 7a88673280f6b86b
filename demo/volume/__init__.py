"""Volume for benchmarks and budgets: thousands of people and tools that read like real ones, put in by whole tables.

The n-th person and the n-th tool of a seed are always the same, whatever the totals, so that a second run only adds
what is missing.
"""

from demo.volume.people import load_people
from demo.volume.tools import load_tools

__all__ = ["load_people", "load_tools"]
