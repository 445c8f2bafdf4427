"""`/look`: what a channel's posts look like, under the post of a story, which changes with every press."""

from collections.abc import Awaitable
from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Message as TelegramMessage

from bot import drawing
from bot.delivery.sending import post_calls
from bot.desk.looks import CHANNELS_AT_ONCE, Changed, Looks
from bot.desk.rights import runs
from bot.errors import Contradiction, NotFound
from bot.line import calls
from bot.line.calls import Keyboard
from bot.line.courier import OTHERWISE
from bot.news.model import Article, Channel, Form, Look, Message
from bot.news.posts.markup import utf16_length
from bot.words import Words
from handlers import which_channel
from handlers.channels import look_pages
from handlers.channels.look_sample import real_story, short, told_whole
from handlers.phrases import CONTRADICTIONS
from handlers.talk import Talk, titled


async def command(talk: Talk, words: str) -> None:
    """`/look`, `/look @name`."""
    if words.strip():
        for one in await which_channel.named(talk, "look", words.split(maxsplit=1)[0]):
            await draw(talk, one)
        return
    await which_channel.each(talk, "look", partial(draw, talk))


async def show(talk: Talk, channel_id: int) -> None:
    """The look of a channel chosen from a list."""
    await draw(talk, await talk.schedule.channel(channel_id))
    await talk.answer()


async def turn(talk: Talk, channel_id: int, page: str) -> None:
    """Another page of the same board."""
    if page not in look_pages.PAGES:
        raise NotFound("button")
    await draw(talk, await talk.schedule.channel(channel_id), page)
    await talk.answer()


async def draw(
    talk: Talk, shown: Channel, page: str = "main", undo: int | None = None, *, redoes: bool = False
) -> None:
    """Show the board: the post of a story as the channel shows it, and the buttons of a page under it."""
    article = told_whole(await real_story(talk), talk.words)
    others = await _others(talk, shown) if page in {"main", "copy"} else ()
    rows = look_pages.PAGES[page](shown, talk.words, others)
    rows += look_pages.undo_row(undo, talk.words, redoes=redoes)
    title = talk.words("The look of {channel}", channel=shown.title)
    about = talk.words("Posts that wait follow it; those that are out stay as they are.")
    message = _classic(talk, article, shown.look, (title, about))
    rich = _rich(talk, article, shown.look, (title, about))
    if rich is None:
        await (talk.amend if talk.update.callback_query else talk.reply)(message, rows)
        return
    await _put_rich(talk, rich, message, calls.url_rows(message.buttons) + rows)


def _classic(talk: Talk, article: Article, look: Look, frame: tuple[str, str]) -> Message:
    today = talk.now.astimezone(ZoneInfo(look.time_zone)).date()
    bare = replace(short(article), media=())
    post = next(iter(drawing.messages(bare, replace(look, form=Form.CLASSIC), on=today)), Message(text=""))
    head = titled(frame[0], frame[1] + "\n\n")
    picture = f"🖼 {talk.words('the picture')}"
    above = f"{picture}\n\n" if article.media and not look.above else ""
    below = f"\n\n{picture}" if article.media and look.above else ""
    by = utf16_length(head.text + above)
    moved = tuple(replace(entity, offset=entity.offset + by) for entity in post.entities)
    return Message(
        text=head.text + above + post.text + below,
        entities=(*head.entities, *moved),
        buttons=post.buttons,
    )


def _rich(talk: Talk, article: Article, look: Look, frame: tuple[str, str]) -> dict[str, Any] | None:
    """The rich post under the same two lines; None where the look is classic or it would not fit."""
    if look.form is not Form.RICH:
        return None
    today = talk.now.astimezone(ZoneInfo(look.time_zone)).date()
    made = drawing.rich_message(short(article), look, on=today)
    if made is None:
        return None
    head = [
        {"type": "paragraph", "text": [{"type": "bold", "text": frame[0]}, f"\n{frame[1]}"]},
        {"type": "divider"},
    ]
    return {**made, "blocks": [*head, *made["blocks"]]}


async def _put_rich(talk: Talk, rich: dict[str, Any], otherwise: Message, rows: Keyboard) -> None:
    """Send a rich board, or change the pressed one into it; where the server knows none it is a text."""
    content = {"rich_message": rich, "reply_markup": {"inline_keyboard": rows}}
    pressed = talk.press.message if talk.update.callback_query else None
    if not isinstance(pressed, TelegramMessage) or talk.abroad:
        plain = calls.message_call(talk.chat_id, otherwise, rows[len(otherwise.buttons) :])
        await talk.post("sendRichMessage", {"chat_id": talk.chat_id, **content, OTHERWISE: list(plain)})
        return
    there = {"chat_id": talk.chat_id, "message_id": pressed.message_id}
    plain = calls.edit_call(talk.chat_id, pressed.message_id, otherwise, rows[len(otherwise.buttons) :])
    await talk.edit("editMessageText", {**there, **content, OTHERWISE: list(plain)})


async def toggle(talk: Talk, channel_id: int, seen: str, what: str) -> None:
    await changed(talk, channel_id, _PAGE_OF.get(what, "main"), looks(talk).toggle(channel_id, seen, what))


_PAGE_OF = {"unlinked": "signs"}


async def switch_piece(talk: Talk, channel_id: int, seen: str, piece: str) -> None:
    page = "main" if piece.startswith("main.") else "pieces"
    verb = looks(talk).switch_piece(channel_id, seen, piece.removeprefix("main."))
    await changed(talk, channel_id, page, verb)


async def move_piece(talk: Talk, channel_id: int, seen: str, piece: str, by: int) -> None:
    await changed(talk, channel_id, "pieces", looks(talk).move_piece(channel_id, seen, piece, by))


async def copy(talk: Talk, channel_id: int, seen: str, to: int) -> None:
    """Give another channel the look, or all of them (0)."""
    shown = await talk.schedule.channel(channel_id)
    ids = [one.id for one in await _others(talk, shown)] if to == 0 else [to]
    await changed(talk, channel_id, "copy", looks(talk).copy(channel_id, seen, ids), copied=True)


async def undo(talk: Talk, entry_id: int) -> None:
    """Take a change of looks back, or do it again."""
    done = await looks(talk).undo(entry_id)
    await draw(talk, done.channel, undo=done.entry_id, redoes=done.took_back)
    await talk.answer(talk.words("Taken back.") if done.took_back else talk.words("Done again."))


async def send(talk: Talk, channel_id: int) -> None:
    """The post of the story in this person's own chat, exactly as the channel would get it."""
    shown = await talk.schedule.channel(channel_id)
    for method, params in post_calls(await real_story(talk), replace(shown, id=talk.who.id), talk.now):
        await talk.db.notices.add(talk.who.id, method, params)
    await talk.answer(talk.words("Below is the post as the channel gets it."))


def looks(talk: Talk) -> Looks:
    return Looks(schedule=talk.schedule)


async def changed(
    talk: Talk, channel_id: int, page: str, verb: Awaitable[Changed], *, copied: bool = False
) -> None:
    """Do a change and show it; a board that is out of date is drawn anew and not obeyed."""
    try:
        done = await verb
    except Contradiction as error:
        if error.reason != "look_changed":
            raise
        await draw(talk, await talk.schedule.channel(channel_id), page)
        said = CONTRADICTIONS[error.reason]
        await talk.answer(talk.words(said), alert=True)
        return
    await draw(talk, done.channel, page, done.entry_id)
    await talk.answer(_told(done, talk.words, copied=copied))


def _told(done: Changed, say: Words, *, copied: bool) -> str:
    if copied:
        return say("{count} {count:channel has|channels have} this look now.", count=done.others)
    return say("Saved.")


async def _others(talk: Talk, shown: Channel) -> tuple[Channel, ...]:
    found = await talk.db.channels.page(limit=CHANNELS_AT_ONCE + 1)
    mine = [one for one in found if one.id != shown.id and runs(talk.who, one.id)]
    return tuple(mine[:CHANNELS_AT_ONCE])
