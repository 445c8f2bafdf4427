"""What is installed: pinned by version and hash, no more than a verb needs, and with its licence told."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
WORKSHOP = {"mypy", "ruff", "pytest", "hypothesis", "playwright", "hazm", "aiolimiter", "tdjson"}


def entries(lock: Path) -> dict[str, str]:
    """Each package with the whole of its entry."""
    found = re.split(r"(?m)^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    return {re.split(r"[=\[;\s]", entry, maxsplit=1)[0]: entry for entry in found if entry}


def pins(name: str) -> dict[str, str]:
    return {package: entry.split("\\")[0].strip() for package, entry in entries(ROOT / name).items()}


def test_there_is_a_lock_for_each_purpose() -> None:
    assert [lock.name for lock in LOCKS] == [
        "requirements-demo.lock",
        "requirements-dev.lock",
        "requirements-uv.lock",
        "requirements.lock",
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_version_and_hash_and_from_no_named_place(lock: Path) -> None:
    for entry in entries(lock).values():
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9]", entry), entry
        assert "--hash=sha256:" in entry, entry
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*-(?!-hash)", text)


def test_running_needs_no_workshop() -> None:
    assert not WORKSHOP & entries(ROOT / "requirements.lock").keys()
    assert WORKSHOP & entries(ROOT / "requirements-demo.lock").keys() == {"tdjson"}  # the simulator's judge
    assert entries(ROOT / "requirements-dev.lock").keys() >= WORKSHOP


def test_the_larger_locks_have_what_the_smaller_ones_have() -> None:
    run, demo, dev = (pins(f"requirements{name}.lock") for name in ("", "-demo", "-dev"))

    assert run.items() <= demo.items()
    assert demo.keys() <= dev.keys()
    assert {name: pin.split(" ;")[0] for name, pin in demo.items()}.items() <= {
        name: pin.split(" ;")[0] for name, pin in dev.items()
    }.items()


def test_uv_is_the_one_that_the_script_names() -> None:
    (pin,) = pins("requirements-uv.lock").values()

    assert f"\nUV={pin.removeprefix('uv==')}\n" in (ROOT / "run").read_text(encoding="utf-8")


def test_a_package_without_a_hash_is_refused(tmp_path: Path) -> None:
    for file in ("run", "pyproject.toml", ".python-version", *(lock.name for lock in LOCKS)):
        shutil.copy(ROOT / file, tmp_path)
    if (ROOT / ".uv").exists():
        (tmp_path / ".uv").symlink_to(ROOT / ".uv")
    lock = tmp_path / "requirements.lock"
    first, *rest = entries(lock).values()
    lock.write_text(first.split("\\")[0].strip() + "\n" + "".join(rest), encoding="utf-8")

    done = subprocess.run(
        [tmp_path / "run", "monadi", "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"},
    )

    assert done.returncode != 0
    assert "hash" in done.stderr
    assert not (tmp_path / ".venv/monadi.stamp").exists()


def test_the_licence_of_everything_that_runs_is_told() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")

    for package in entries(ROOT / "requirements.lock"):
        assert re.search(rf"(?m)^- {re.escape(package)}, \S", notice), package
    assert "- python-telegram-bot, LGPL-3.0" in notice
    assert "see there" not in notice
