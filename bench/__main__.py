"""`make bench`: the pages, then finding. `FULL=1` adds every engine, 50,000 pages, and the admin's search."""

import os
import subprocess
import sys

from bench.run import ROOT, main

MORE = (["search"], ["booking"])
FULL = (
    ["search", "--engine", "all"],
    ["search", "--engine", "all", "--tools", "50000", "--rounds", "10"],
    ["admin_search"],
    ["booking", "--engine", "all"],
)

main()
if not sys.argv[1:]:
    for module, *options in FULL if os.environ.get("FULL") else MORE:
        print(f"\n━━ {' '.join([module, *options])}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{module}", *options], cwd=ROOT, check=True)
