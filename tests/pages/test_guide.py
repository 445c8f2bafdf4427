"""The user's guide can't go stale: its pictures are made, and each button it names is one of the bot's."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.async_api import Browser

from tools import guide

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLES = {"فردا یک ربع به ۹ شب"}
"""What a person types, not what the bot says."""


def pictures(name: str) -> set[str]:
    return set(re.findall(r"\(pictures/(\w+\.jpg)\)", (DOCS / name).read_text(encoding="utf-8")))


def said() -> tuple[str, str]:
    """All that the bot says: in English, and in Persian."""
    with (ROOT / "bot" / "locale" / "fa" / "LC_MESSAGES" / "monadi.po").open("rb") as file:
        catalogue = [each for each in read_po(file, locale="fa") if each.id]
    return "\n".join(str(each.id) for each in catalogue), "\n".join(str(each.string) for each in catalogue)


async def test_the_script_makes_every_picture_that_the_guides_name(browser: Browser, tmp_path: Path) -> None:
    made = {path.name for path in await guide.make(tmp_path, browser)}

    assert made == pictures("guide.fa.md") == pictures("guide.md")
    assert made == {path.name for path in (DOCS / "pictures").iterdir()}
    assert all(path.stat().st_size < 120_000 for path in (DOCS / "pictures").iterdir())


async def test_each_button_that_the_guides_quote_is_there() -> None:
    english, persian = said()
    quoted = re.findall("«([^»]+)»", (DOCS / "guide.fa.md").read_text(encoding="utf-8"))
    told = re.findall("“([^”]+)”", (DOCS / "guide.md").read_text(encoding="utf-8"))

    assert [words for words in quoted if words not in persian and words not in EXAMPLES] == []
    assert [words for words in told if words not in english] == []
    assert len(quoted) > 10
    assert len(told) > 10
