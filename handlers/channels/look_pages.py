"""The pages of `/look`: which buttons stand under the post. Draws, and changes nothing."""

from collections.abc import Callable, Collection
from typing import Any

from bot.desk.looks import BULLETS, RELATED, revision
from bot.line.calls import Keyboard
from bot.news.model import Channel, Form, Piece
from bot.words import N_, Words
from handlers.talk import button, in_reading_order

type Page = Callable[[Channel, Words, Collection[Channel]], Keyboard]
NAMES = {
    Piece.KICKER: N_("Kicker"),
    Piece.HEADLINE: N_("Headline"),
    Piece.LEDE: N_("Lede"),
    Piece.KEY_POINTS: N_("Key points"),
    Piece.FULL_TEXT: N_("Full text"),
    Piece.RELATED: N_("Related links"),
    Piece.BYLINE: N_("Byline"),
    Piece.DATELINE: N_("Dateline"),
    Piece.SOURCE: N_("Source"),
    Piece.DATE: N_("Date"),
    Piece.HASHTAGS: N_("Hashtags"),
    Piece.SIGNATURE: N_("Signature"),
}
SHOWN = 20
"""Channels that are named one by one on the page for copying."""


def main(shown: Channel, say: Words, others: Collection[Channel]) -> Keyboard:
    look = shown.look
    form = say("📝 Form: rich") if look.form is Form.RICH else say("📝 Form: classic")
    text = say("🖼 Text above the picture") if look.above else say("🖼 Text below the picture")
    sound = say("🔕 Without a sound") if look.silent else say("🔔 With a sound")
    tags = say("#️⃣ Hashtags: shown") if Piece.HASHTAGS in look.pieces else say("#️⃣ Hashtags: left out")
    rows = [
        [_page(say("🧩 Pieces and order"), shown, "pieces"), _page(say("🔹 Signs"), shown, "signs")],
        [_page(say("✍️ Signature"), shown, "signature"), _page(say("🔗 Buttons"), shown, "buttons")],
        [_press(tags, shown, "piece", "main.hashtags"), _press(sound, shown, "turn", "silent")],
        [_press(text, shown, "turn", "above"), _press(form, shown, "turn", "form")],
    ]
    keyboard = [in_reading_order(row, say) for row in rows]
    keyboard.append([button(say("👁 Send me the whole post"), "channels.look_post", shown.id)])
    if others:
        keyboard.append([_page(say("📋 Copy to other channels"), shown, "copy")])
    return keyboard


def pieces(shown: Channel, say: Words, _others: Collection[Channel]) -> Keyboard:
    """Those that are shown first, in their order; then those that are left out."""
    rows: Keyboard = []
    for at, piece in enumerate(shown.look.pieces):
        row = [_press(f"✅ {say(NAMES[piece])}", shown, "piece", piece.value)]
        if at:
            row.append(_press("⬆️", shown, "move", piece.value, -1))
        if at + 1 < len(shown.look.pieces):
            row.append(_press("⬇️", shown, "move", piece.value, 1))
        rows.append(in_reading_order(row, say))
    left = [piece for piece in Piece if piece not in shown.look.pieces]
    choices = [_press(f"▫️ {say(NAMES[piece])}", shown, "piece", piece.value) for piece in left]
    rows += [in_reading_order(choices[at : at + 2], say) for at in range(0, len(choices), 2)]
    return [*rows, _back(shown, say)]


def signs(shown: Channel, say: Words, _others: Collection[Channel]) -> Keyboard:
    """Before points, before related titles, and what becomes of those that lead nowhere."""
    look = shown.look
    left_out = (
        say("▫️ Titles without a link: shown") if look.unlinked else say("▫️ Titles without a link: left out")
    )
    return [
        [_page(say("Before key points:"), shown, "signs")],
        _row("bullet", BULLETS, look.bullet, shown, say),
        [_page(say("Before related links:"), shown, "signs")],
        _row("related", RELATED, look.related_bullet, shown, say),
        in_reading_order(
            [
                _ask(say("✏️ Another for points"), shown, "lookbullet"),
                _ask(say("✏️ Another for links"), shown, "lookrelated"),
            ],
            say,
        ),
        [_press(left_out, shown, "turn", "unlinked")],
        _back(shown, say),
    ]


def _row(verb: str, choices: tuple[str, ...], now: str, shown: Channel, say: Words) -> list[dict[str, Any]]:
    row = []
    for number, sign in enumerate(choices):
        text = sign or say("none")
        row.append(_press(f"✅ {text}" if sign == now else text, shown, verb, number))
    return in_reading_order(row, say)


def signature(shown: Channel, say: Words, _others: Collection[Channel]) -> Keyboard:
    rows = [[_ask(say("✏️ Another signature"), shown, "looksignature")]]
    if shown.look.signature:
        rows.append([_press(say("✖️ No signature"), shown, "unsigned")])
    return [*rows, _back(shown, say)]


def buttons(shown: Channel, say: Words, _others: Collection[Channel]) -> Keyboard:
    rows = [
        [_press(f"✖️ {one.text}", shown, "no_button", number)] for number, one in enumerate(shown.look.buttons)
    ]
    return [*rows, [_ask(say("➕ A button with a link"), shown, "lookbutton")], _back(shown, say)]


def copy(shown: Channel, say: Words, others: Collection[Channel]) -> Keyboard:
    rows: Keyboard = []
    if len(others) > 1:
        text = say("📋 To all {count} others", count=len(others))
        rows.append([_press(text, shown, "copy", 0)])
    rows += [[_press(f"📣 {one.title}", shown, "copy", one.id)] for one in list(others)[:SHOWN]]
    return [*rows, _back(shown, say)]


PAGES: dict[str, Page] = {
    "main": main,
    "pieces": pieces,
    "signs": signs,
    "signature": signature,
    "buttons": buttons,
    "copy": copy,
}


def undo_row(entry_id: int | None, say: Words, *, redoes: bool) -> Keyboard:
    text = say("↷ Redo") if redoes else say("↶ Undo")
    return [[button(text, "channels.undo_look", entry_id)]] if entry_id is not None else []


def _page(text: str, shown: Channel, page: str) -> dict[str, Any]:
    return button(text, "channels.look_page", shown.id, page)


def _ask(text: str, shown: Channel, kind: str) -> dict[str, Any]:
    return button(text, "channels.look_ask", shown.id, kind)


def _press(text: str, shown: Channel, verb: str, *data: object) -> dict[str, Any]:
    return button(text, f"channels.look_{verb}", shown.id, revision(shown.look), *data)


def _back(shown: Channel, say: Words) -> list[dict[str, Any]]:
    return [_page(say("‹ Back"), shown, "main")]
