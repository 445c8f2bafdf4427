"""The desk's verbs on what a channel's posts look like: change it, copy it to others, take that back.

Posts that wait follow a channel's look, for they are drawn when they go out; what is out stays as it is until
it is corrected. Knows no Telegram.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from bot.desk.logbook import note, took_back
from bot.desk.schedule import Schedule
from bot.errors import Contradiction, NotFound
from bot.news.model import Channel, Form, Look, Piece, UrlButton
from bot.news.posts import links
from bot.news.posts.printable import shown_text
from storage.channels import look_from_json, look_json

BULLETS = ("🔹", "•", "▪️", "🔸", "–", "")
"""Before key points; none is ""."""
RELATED = ("🔗", "▫️", "◽️", "↗️", "")
"""Before related titles."""
MOST_BUTTONS = 8
"""Buttons with links under a post: each has a row of its own."""
LONGEST_BUTTON, LONGEST_SIGNATURE, LONGEST_SIGN = 40, 200, 8
"""Characters."""
CHANNELS_AT_ONCE = 200
"""Channels to which a look is copied by one press."""
_STORY = frozenset((Piece.HEADLINE, Piece.LEDE, Piece.KEY_POINTS, Piece.FULL_TEXT))
"""Pieces without which a post would tell nothing."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A channel after a change of its look, and the log's entry of it."""

    channel: Channel
    entry_id: int
    others: int = 0  # channels that have the look now
    took_back: bool = False  # it took another change back


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What a channel admin decides about the look of a channel's posts.

    `seen` is the look that a person had before them (`revision`).

    Raises:
        Contradiction: "look_changed", the channel has another look by now.
    """

    schedule: Schedule

    async def toggle(self, channel_id: int, seen: str, what: str) -> Changed:
        """Turn a switch over: `above`, `silent`, `unlinked`, `form` or `hashtags`."""
        channel = await self._seen(channel_id, seen)
        look = channel.look
        match what:
            case "above":
                return await self._set(channel, replace(look, above=not look.above))
            case "silent":
                return await self._set(channel, replace(look, silent=not look.silent))
            case "unlinked":
                return await self._set(channel, replace(look, unlinked=not look.unlinked))
            case "form":
                other = Form.CLASSIC if look.form is Form.RICH else Form.RICH
                return await self._set(channel, replace(look, form=other))
            case _:
                raise NotFound("button")

    async def switch_piece(self, channel_id: int, seen: str, piece: str) -> Changed:
        """Show a piece, or leave it out; one that comes in stands where it usually does.

        Raises:
            Contradiction: "look_empty", the posts would tell nothing without it.
        """
        channel, one = await self._seen(channel_id, seen), _piece(piece)
        pieces = channel.look.pieces
        if one in pieces:
            pieces = tuple(each for each in pieces if each is not one)
        else:
            usual = list(Piece)
            at = sum(usual.index(each) < usual.index(one) for each in pieces)
            pieces = (*pieces[:at], one, *pieces[at:])
        if not _STORY & set(pieces):
            raise Contradiction("look_empty")
        return await self._set(channel, replace(channel.look, pieces=pieces))

    async def move_piece(self, channel_id: int, seen: str, piece: str, by: int) -> Changed:
        """Have a piece stand so many places further down; up where that is negative."""
        channel, one = await self._seen(channel_id, seen), _piece(piece)
        pieces = [each for each in channel.look.pieces if each is not one]
        if one not in channel.look.pieces or abs(by) > len(Piece):
            raise NotFound("button")
        at = channel.look.pieces.index(one) + by
        pieces.insert(min(max(at, 0), len(pieces)), one)
        return await self._set(channel, replace(channel.look, pieces=tuple(pieces)))

    async def set_bullet(self, channel_id: int, seen: str, sign: str) -> Changed:
        """What stands before key points.

        Raises:
            Contradiction: "look_signs", related titles have the same; "look_sign", it is no sign.
        """
        channel = await self._seen(channel_id, seen)
        return await self._set(
            channel, replace(channel.look, bullet=_sign(sign, channel.look.related_bullet))
        )

    async def set_related_bullet(self, channel_id: int, seen: str, sign: str) -> Changed:
        """What stands before related titles; raises as `set_bullet` does."""
        channel = await self._seen(channel_id, seen)
        return await self._set(
            channel, replace(channel.look, related_bullet=_sign(sign, channel.look.bullet))
        )

    async def sign(self, channel_id: int, seen: str, signature: str) -> Changed:
        """What stands last in each post.

        Raises:
            Contradiction: "look_signature", it is longer than a line.
        """
        channel = await self._seen(channel_id, seen)
        words = " ".join(shown_text(signature).split())
        if len(words) > LONGEST_SIGNATURE or "\n" in signature.strip():
            raise Contradiction("look_signature")
        pieces = channel.look.pieces
        if words and Piece.SIGNATURE not in pieces:
            pieces = (*pieces, Piece.SIGNATURE)
        return await self._set(channel, replace(channel.look, signature=words, pieces=pieces))

    async def add_button(self, channel_id: int, seen: str, text: str, url: str) -> Changed:
        """A button with a link under each post.

        Raises:
            Contradiction: "look_button", Telegram takes no such button; "look_buttons", there are enough.
        """
        channel = await self._seen(channel_id, seen)
        words, address = " ".join(shown_text(text).split()), links.usable(url)
        if not words or len(words) > LONGEST_BUTTON or address is None:
            raise Contradiction("look_button")
        if len(channel.look.buttons) >= MOST_BUTTONS:
            raise Contradiction("look_buttons")
        buttons = (*channel.look.buttons, UrlButton(text=words, url=address))
        return await self._set(channel, replace(channel.look, buttons=buttons))

    async def drop_button(self, channel_id: int, seen: str, number: int) -> Changed:
        """Take the button of that number away, from 0."""
        channel = await self._seen(channel_id, seen)
        buttons = channel.look.buttons
        if not 0 <= number < len(buttons):
            raise NotFound("button")
        kept = (*buttons[:number], *buttons[number + 1 :])
        return await self._set(channel, replace(channel.look, buttons=kept))

    async def copy(self, channel_id: int, seen: str, to: Collection[int]) -> Changed:
        """Give other channels this look; each keeps its time zone, and a signature that is its own name."""
        channel = await self._seen(channel_id, seen)
        others = [await self.schedule.channel(id) for id in to if id != channel_id][:CHANNELS_AT_ONCE]
        changes = [
            (other, new) for other in others if (new := _copied(channel.look, channel, other)) != other.look
        ]
        return await self._logged("copy_look", channel, changes)

    async def undo(self, entry_id: int) -> Changed:
        """Put back what a change of looks has changed, in every channel that is still as that has left it.

        Raises:
            NotFound: it is no such change.
            Contradiction: "look_changed", there was another change since.
        """
        entry = await self.schedule.db.audit.get(entry_id)
        detail = (entry.detail or {}) if entry else {}
        if entry is None or entry.channel_id is None or "looks" not in detail:
            raise NotFound("button")
        changes = []
        for id, was, now in detail["looks"]:
            other = await self.schedule.channel(id)
            if look_json(other.look) == now:
                changes.append((other, look_from_json(was)))
        if not changes:
            raise Contradiction("look_changed")
        verb = "redo_look" if took_back(entry) else "undo_look"
        changed = await self._logged(verb, await self.schedule.channel(entry.channel_id), changes)
        return replace(changed, took_back=not took_back(entry))

    async def _seen(self, channel_id: int, seen: str) -> Channel:
        channel = await self.schedule.channel(channel_id)
        if revision(channel.look) != seen:
            raise Contradiction("look_changed")
        return channel

    async def _set(self, channel: Channel, look: Look) -> Changed:
        return await self._logged("set_look", channel, [(channel, look)])

    async def _logged(self, verb: str, channel: Channel, changes: list[tuple[Channel, Look]]) -> Changed:
        told: list[list[Any]] = []
        for other, look in changes:
            await self.schedule.db.channels.set_look(other.id, look)
            await self.schedule.db.cards.touch_planned(other.id)  # they warn of what a look can't hold
            told.append([other.id, look_json(other.look), look_json(look)])
        entry_id = await note(self.schedule.desk, verb, channel_id=channel.id, looks=told)
        shown = await self.schedule.channel(channel.id)
        return Changed(channel=shown, entry_id=entry_id, others=len(told))


def revision(look: Look) -> str:
    """What a look is, as a button holds it: another one once anything of it has changed."""
    return f"l{crc32(json.dumps(look_json(look), sort_keys=True).encode()):x}"


def _piece(word: str) -> Piece:
    try:
        return Piece(word)
    except ValueError:
        raise NotFound("button") from None


def _sign(sign: str, other: str) -> str:
    shown = "".join(shown_text(sign).split())
    if len(shown) > LONGEST_SIGN or (sign and not shown) or any(char.isalnum() for char in shown):
        raise Contradiction("look_sign")
    if shown and shown == other:
        raise Contradiction("look_signs")
    return shown


def _copied(look: Look, source: Channel, other: Channel) -> Look:
    own_names = {f"@{one.username}" for one in (source, other) if one.username}
    keeps = look.signature in own_names or other.look.signature == f"@{other.username}"
    signature = other.look.signature if keeps else look.signature
    return replace(look, signature=signature, time_zone=other.look.time_zone)
