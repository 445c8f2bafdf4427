"""What was mended in the copy, shown to whoever edits: before and after, and the way back."""

from bot.desk.style import KEPT
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Article, Message, Repair
from bot.news.posts import for_staff
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, titled

SHOWN = 8
"""Repairs on a page: each has two buttons, and its context has to be read."""


def count(article: Article) -> int:
    """How many places of the copy were mended."""
    return sum(repair.count for repair in article.repairs)


async def show(talk: Talk, article_id: int, version: int) -> None:
    """A press on the card's «۷۷ اصلاح»: the first page, as a message of its own."""
    article = await talk.desk.article(article_id, version)
    await talk.reply(*_page(talk, article, 0))


async def turn(talk: Talk, article_id: int, version: int, page: int) -> None:
    """Another page, in the same message."""
    await talk.amend(*_page(talk, await talk.desk.article(article_id, version), page))


async def take_back(talk: Talk, article_id: int, version: int, number: int) -> None:
    """Undo one repair, wherever it was made."""
    article = await talk.desk.article(article_id, version)
    after = await talk.desk.take_back(article_id, version, _numbered(article, number))
    await tell_of_change(talk, article)
    await _walked_on(talk, after, number, talk.words("Taken back."))


async def take_back_all(talk: Talk, article_id: int, version: int) -> None:
    article = await talk.desk.article(article_id, version)
    after = await talk.desk.take_back(article_id, version, *article.repairs)
    await tell_of_change(talk, article)
    await _walked_on(talk, after, 0, talk.words("All are taken back."))


async def never_again(talk: Talk, article_id: int, version: int, number: int) -> None:
    """Undo one repair, and leave that form alone from now on: it goes into the house style."""
    article = await talk.desk.article(article_id, version)
    repair = _numbered(article, number)
    await talk.desk.decide_style(KEPT + repair.before, value=True)
    after = await talk.desk.take_back(article_id, version, repair)
    await tell_of_change(talk, article)
    await _walked_on(talk, after, number, talk.words("Taken back, and left alone from now on."))


async def _walked_on(talk: Talk, article: Article, number: int, said: str) -> None:
    await talk.amend(*_page(talk, article, min(number, len(article.repairs) - 1) // SHOWN))
    await talk.answer(said)


def _numbered(article: Article, number: int) -> Repair:
    if not 0 <= number < len(article.repairs):
        raise NotFound("button")
    return article.repairs[number]


def _page(talk: Talk, article: Article, page: int) -> tuple[Message, Keyboard]:
    say, key = talk.words, (article.id, article.version)
    first = max(0, page) * SHOWN
    shown = list(enumerate(article.repairs))[first : first + SHOWN]
    lines = [_line(talk, number, repair) for number, repair in shown]
    rows: Keyboard = [
        [
            button(say("↶ {number}", number=number + 1), "story.unmend", *key, number),
            button(say("🔒 Never {number}", number=number + 1), "story.never_mend", *key, number),
        ]
        for number, _ in shown
    ]
    turns = [button("‹", "story.repairs_page", *key, page - 1)] if first else []
    if first + SHOWN < len(article.repairs):
        turns.append(button("›", "story.repairs_page", *key, page + 1))
    if shown:
        rows += [turns] if turns else []
        rows.append([button(say("↶ Take back all"), "story.unmend_all", *key)])
    title = say(
        "{count} {count:repair|repairs} in “{headline}”",
        count=count(article),
        headline=for_staff.shortened(article.headline, 60),
    )
    return titled(title, "\n\n".join(lines) or say("There is nothing.")), rows


def _line(talk: Talk, number: int, repair: Repair) -> str:
    """«۱. میرود ← می‌رود», and the words around its first place."""
    say = talk.words
    times = say(" ({count} times)", count=repair.count) if repair.count > 1 else ""
    context = f"…{repair.left}[{repair.after}]{repair.right}…".replace("\n", " ")
    line = f"{say.number(number + 1)}. {repair.before} ← {repair.after}{times}\n{context}"
    return for_staff.quoted(line)
