"""Writes into NOTICE what the bot is run with, and under which licences, as the packages say."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADING = (
    "Monadi is run with these packages, which are not part of it (of requirements.lock, by ./run lock):\n"
)
ELSEWHERE = {"colorama": "BSD-3-Clause", "pyreadline3": "BSD-3-Clause", "tzlocal": "MIT"}
"""Of what is only installed on other systems."""
IN_THE_TEXT = {"pyrage": "MIT"}
"""Of what says it in no field, only in the licence itself."""


def names(lock: Path) -> list[str]:
    """The packages of a lock."""
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", lock.read_text(encoding="utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """As the package itself says, in few words."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "see there")
    said = str(about.get("License-Expression") or "").strip()
    classifiers = [
        line.rpartition(" :: ")[2].removesuffix(" License")
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    short = str(about.get("License") or "").strip().removeprefix("UNKNOWN")
    plain = short if "\n" not in short and len(short) < 50 else ""
    return said or plain or " and ".join(classifiers) or IN_THE_TEXT.get(name, "see there")


def main() -> int:
    """Replace the list at the end of NOTICE."""
    notice = ROOT / "NOTICE"
    before = notice.read_text(encoding="utf-8").partition(HEADING)[0].rstrip("\n")
    lines = "".join(f"- {name}, {licence(name)}\n" for name in names(ROOT / "requirements.lock"))
    notice.write_text(f"{before}\n\n{HEADING}\n{lines}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
