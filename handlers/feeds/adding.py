"""Adding feeds: by an address, by several, by OPML. Whether there is one is seen when it is read."""

import re
from typing import Any

from bot.desk.feeds import Feeds
from bot.desk.rights import FEEDERS
from bot.intake.feeds import finding
from bot.news.feeds import canonical
from bot.words import N_, Words
from handlers.feeds.board import overview
from handlers.talk import Talk

MOST = 100
"""Feeds in one message or file."""
_ADDRESS = re.compile(r"(?:https?://|feed://|feed:https?://)[^\s<>\"'«»]+", re.IGNORECASE)
_BARE = re.compile(r"[\w.-]+\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_NONE = N_("I find no web address in that. Send one such as https://example.com/feed, or an OPML file.")


async def command(talk: Talk, rest: str) -> None:
    """`/feeds`, or `/feeds ADDRESS…`, for those who decide on feeds."""
    if urls := addresses(rest):
        await _add(talk, urls)
    else:
        await talk.reply(*await overview(talk), to=talk.who.id)


async def ask(talk: Talk) -> None:
    """A press on "add a feed"."""
    talk.desk.require(FEEDERS)
    await talk.ask(
        "feed",
        talk.words("Send the address of a feed or of a page that has one; several, or an OPML file, do too."),
    )
    await talk.answer()


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    del about
    talk.desk.require(FEEDERS)
    urls = finding.listed_in(talk.text_file) if talk.text_file else addresses(talk.text)
    if not urls:
        await talk.reply(talk.words(_NONE))
        return
    await talk.close_question()
    await _add(talk, urls)


async def _add(talk: Talk, urls: tuple[str, ...]) -> None:
    say, feeds = talk.words, Feeds(desk=talk.desk)
    added = [url for url in urls[:MOST] if await feeds.add(url)]
    there = len(urls[:MOST]) - len(added)
    lines = added_and_there(say, len(added), there)
    if len(urls) > MOST:
        lines.append(say("I take {count} at a time; send the rest again.", count=MOST))
    await talk.reply("\n".join(lines))


def added_and_there(say: Words, added: int, there: int) -> list[str]:
    """How many feeds of a list are new, and how many are not."""
    lines = []
    if added:
        lines.append(say("I am reading {count} {count:feed|feeds}, and tell you what I find.", count=added))
    if there:
        lines.append(say("{count} {count:was|were} there already.", count=there))
    return lines


def addresses(text: str) -> tuple[str, ...]:
    """Those in what a person wrote, each once; `feed:` is an old word for http."""
    found = _ADDRESS.findall(text) or [f"https://{each}" for each in _BARE.findall(text)]
    urls: dict[str, str] = {}
    for each in found:
        url = re.sub(
            r"^feed:(?://)?(?=https?://)|^feed(?=://)", "", each.rstrip(".,،؛)"), flags=re.IGNORECASE
        )
        url = f"https{url}" if url.startswith("://") else url
        urls.setdefault(canonical(url), url)
    return tuple(urls.values())
