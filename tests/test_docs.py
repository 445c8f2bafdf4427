"""What the documents say of tests is so: each that is named is there."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"\b(tests/[\w/]+\.py|test_\w+\.py)|::(test_\w+)")


@cache
def all_tests() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_test_that_is_named_is_there(document: Path) -> None:
    missing = list[str]()
    for line in document.read_text(encoding="utf-8").splitlines():
        there = all_tests()  # until the line names a file
        for path, name in _NAMED.findall(line):
            if path:
                found = [ROOT / path] if "/" in path else list((ROOT / "tests").rglob(path))
                there = "".join(file.read_text(encoding="utf-8") for file in found if file.is_file())
            if not there or (name and f"def {name}(" not in there):
                missing.append(f"{path}::{name}")

    assert missing == []
