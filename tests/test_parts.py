"""No test is in no part: each kind that is kept out of the quick ones has a step of its own, here and in CI."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def kinds() -> set[str]:
    """The kinds of slow tests, as their marks tell them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    marks = settings["tool"]["pytest"]["ini_options"]["markers"]
    return {each.partition(":")[0] for each in marks} - {"unit"}


def test_the_script_of_verbs_runs_each_slow_kind_beside_the_quick_ones() -> None:
    slow = re.search(r"^SLOW=\(([\w ]+)\)", (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE)

    assert slow is not None
    assert set(slow[1].split()) == kinds()


def test_ci_runs_each_part() -> None:
    steps = re.findall(
        r"^\./run test (\w+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(steps) == sorted({"unit", "quick"} | kinds())
