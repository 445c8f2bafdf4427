"""One rich message under judgement: what its parts may refer to and what Telegram would have swallowed.

It knows no markup; the readers of HTML, Markdown and blocks share it.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusal import Refused, house

__all__ = ["Case", "Json", "RichText", "house", "telegram", "unreadable"]

type Json = dict[str, Any]
type RichText = str | list[Any] | Json
"""Text as Telegram writes it: a string, a list of texts, or an object with a `type`."""

MAX_DEPTH = 16


def telegram(description: str) -> Refused:
    """A refusal in Telegram's own words."""
    return Refused(f"Bad Request: {description}")


def unreadable(why: str) -> Refused:
    """A refusal of a block's JSON, in the words of the Bot API server."""
    return telegram(f"can't parse InputRichBlock: {why}")


@dataclass(kw_only=True, slots=True)
class Case:
    now: int
    """Unix time: dates too far ahead of it are refused."""
    draft: bool
    bindings: dict[str, Json] = field(default_factory=dict)
    """`media[].media` by `media[].id`."""
    swallowed: list[str] = field(default_factory=list)
    """What Telegram passes over in silence; a strict judge refuses the message for it."""
    anchors: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    jumps: list[Json] = field(default_factory=list)
    """Links to `#name`, settled when all names are known."""

    def swallow(self, what: str) -> None:
        self.swallowed.append(what)

    def level(self, depth: int) -> None:
        """Blocks and formatting count as levels, the outermost block being level 1."""
        if depth > MAX_DEPTH:
            raise telegram("RICH_MESSAGE_DEPTH_INVALID")

    def settle_jumps(self) -> None:
        """A link to a name that is not there becomes an ordinary link, without an error."""
        for node in self.jumps:
            name = node.pop("anchor_name", None)
            if name is None:
                name = node.pop("reference_name")
            if name in self.references:
                node.update(type="reference_link", reference_name=name)
            elif not name or name in self.anchors:
                node.update(type="anchor_link", anchor_name=name)
            else:
                self.swallow(f'nothing in the message is named "{name[:64]}"')
                node.update(type="url", url=f"#{name}")
