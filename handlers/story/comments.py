"""What colleagues say about a story: a thread for all who work on it, in their chats and in the group."""

from typing import Any

from bot.desk import review
from bot.line.calls import Keyboard
from bot.news.model import Article, Message
from bot.news.posts import for_staff
from bot.news.structure import intake
from bot.news.times import calendar
from bot.words import words
from handlers.paging import SIZE, page_of, turning
from handlers.phrases import called
from handlers.story import group_entry
from handlers.story.under_card import story_under
from handlers.talk import Talk, button, called_by, titled

SHOWN = 700
"""Characters of a comment on the page of all; of the whole page there is room for eight."""


async def show(talk: Talk, article_id: int, version: int) -> None:
    """A press on the comments: the page of all, or the question for the first one."""
    if not await talk.db.comments.count((await talk.desk.article(article_id)).id):
        await ask(talk, article_id, version)
        return
    await talk.reply(*await _page(talk, article_id, 0), to=talk.who.id)
    await talk.answer()


async def turn(talk: Talk, article_id: int, page: int) -> None:
    await talk.amend(*await _page(talk, article_id, page))
    await talk.answer()


async def _page(talk: Talk, article_id: int, number: int) -> tuple[Message, Keyboard]:
    """So many comments, in order; the newest are on the first page."""
    article, say = await talk.desk.article(article_id), talk.words
    page = page_of(number, await talk.db.comments.count(article.id))
    lines = [called_by(article)]
    for each in (await review.thread(talk.desk, article.id, skip=page.skip, limit=SIZE))[::-1]:
        by = await talk.db.staff.get(each.person_id)
        time = calendar.relative(each.at, talk.now, talk.house.time_zone, say.language)
        sign = "↩️" if each.kind == "changes" else "💬"
        text = for_staff.quoted(each.text)
        shown = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
        lines += ["", f"{sign} {called(by, say) if by else ''} · {time}", shown]
    rows = turning(say, page, "story.comments_page", article.id)
    rows.append([button(say("✍️ Comment"), "story.comment", article.id, article.version)])
    rows.append([button(say("📄 Its card"), "open", article.id)])
    return titled(say("Comments: {count}", count=page.count), "\n".join(lines)), rows


async def ask(talk: Talk, article_id: int, version: int) -> None:
    """A press on "comment"."""
    del version
    article = await talk.desk.article(article_id)
    question = talk.words("What do you want to say about it? Your colleagues on this story read it.")
    await talk.ask("comment", question, story=article, article=article.id)
    await talk.answer()


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The comment."""
    text = intake.clean(talk.text)
    if not text or len(text) > review.LONGEST:
        limit = review.LONGEST
        await talk.reply(talk.words("Send it as text, of {limit} characters at most.", limit=limit))
        return
    await talk.close_question()
    await said(talk, about["article"], text)
    await talk.reply(talk.words("💬 Your colleagues on this story read it."))


async def said(talk: Talk, article_id: int, text: str) -> None:
    """Keep a comment, and let hear of it who works on the story."""
    article, heard = await review.comment(talk.desk, article_id, text)
    for person in heard:
        say = words(person.language)
        line = say("💬 {name} on “{headline}”:", name=called(talk.who, say), headline=_headline(article))
        rows = [
            [
                button(say("✍️ Answer"), "story.comment", article.id, article.version),
                button(say("📄 Its card"), "open", article.id),
            ]
        ]
        await talk.reply(Message(text=f"{line}\n{for_staff.quoted(text)}"), rows, to=person.id)
    await group_entry.reply(talk, article, for_staff.quoted(text))


def _headline(article: Article) -> str:
    return for_staff.shortened(article.headline, 80)


async def in_group(talk: Talk) -> None:
    """What one of the staff replies to a story's entry in the desk's group is a comment on the story."""
    if talk.place not in talk.house.groups:
        return
    replied = talk.message.reply_to_message
    text = intake.clean(talk.text)[: review.LONGEST]
    if replied is None or not text:
        return
    article_id = story_under(replied.reply_markup)
    if article_id:
        await said(talk, article_id, text)
