"""What was released is never edited: a database made by it would be of no version that anybody knows."""

import hashlib
import subprocess

import pytest

from storage.migrations import HERE

LIST = HERE / "released.sha256"
MEND = "a released migration was changed; put it back and write the next one instead"


def released() -> dict[str, str]:
    """The hash of each released migration, as `sha256sum` writes it; one that is released is added there."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no history here")
    return done.stdout


def test_released_migrations_are_as_they_were() -> None:
    for name, digest in released().items():
        assert hashlib.sha256((HERE / "versions" / name).read_bytes()).hexdigest() == digest, MEND


def test_nothing_was_ever_taken_from_the_list() -> None:
    for commit in git("log", "--format=%H", "--", LIST.name).split():
        lines = git("show", f"{commit}:./{LIST.name}").splitlines()
        assert set(lines) <= set(LIST.read_text(encoding="utf-8").splitlines()), MEND


def test_no_commit_since_then_has_changed_a_migration() -> None:
    listed = git("log", "--diff-filter=A", "--format=%H", "--", LIST.name).split()
    if not listed:
        pytest.skip("the list is not committed yet")
    changed = git(
        "log", "--diff-filter=MDR", "--format=%h", "--name-status", f"{listed[-1]}..HEAD", "--", "versions"
    )

    assert not changed.strip(), f"{MEND}: {changed}"
