"""Whether each commit of a range starts: the bot's modules can be imported, and it makes a fresh database.

    python tools/starts.py [REV | REV..REV]     the commits after REV; of none named, the newest twenty

A commit that does not start can't be looked into by `git bisect`, and who is on it has no bot.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEWEST = 20
START = """
import asyncio, sys
import bot.cli, bot.service, bot.demo
from storage import Storage

async def start():
    await (await Storage.open(sys.argv[1])).close()

asyncio.run(start())
"""


def git(*words: str) -> str:
    """What git answers; its own words go to the screen when it fails."""
    return subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def fault_of(commit: str, tree: Path) -> str:
    """The last line of what it said instead of starting; empty if it starts."""
    git("-C", str(tree), "checkout", "--quiet", "--detach", commit)
    with tempfile.TemporaryDirectory(prefix="monadi-starts-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", START, f"sqlite:///{folder}/newsroom.db"],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            stderr=subprocess.PIPE,
            text=True,
        )
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no word"])[-1]


def main() -> int:
    """0 if all start."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    since = [asked if ".." in asked else f"{asked}..HEAD"] if asked else [f"-{NEWEST}", "HEAD"]
    commits = git("rev-list", "--reverse", *since).split()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="monadi-tree-") as folder:
        tree = Path(folder) / "tree"
        git("worktree", "add", "--quiet", "--detach", str(tree), "HEAD")
        try:
            for commit in commits:
                fault = fault_of(commit, tree)
                faults += bool(fault)
                if fault:
                    print(f"✗ {git('log', '-1', '--format=%h %s', commit).strip()}\n  {fault}")
        finally:
            git("worktree", "remove", "--force", str(tree))
    print(f"{len(commits) - faults} of {len(commits)} commits start")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
