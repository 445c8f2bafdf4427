"""A story in the desk's group: a short entry that shows how it stands, and what is said about it below.

The entry is a card of the group's chat, so it is kept up to date like any other.
"""

from bot.line import calls
from bot.line.calls import Keyboard
from bot.line.showing import Face
from bot.news.model import Article, ArticleState, Message
from bot.news.posts import for_staff
from bot.news.talk import Card, DeskPlace
from bot.news.times import calendar
from bot.words import Words, words
from handlers.phrases import ARTICLE_STATES, called
from handlers.story.known import Known, Review
from handlers.talk import House, Talk, button, titled
from storage import Db

COMMENT = 300
"""Characters of the last comment that an entry shows."""


async def show(db: Db, article_id: int, house: House) -> None:
    """Show a waiting story in each of the desk's groups, at the bottom; an entry above keeps no buttons."""
    for chat_id in sorted(house.groups):
        if (await db.desk_places.get(chat_id)).silent:
            continue
        above = await db.cards.get(article_id, chat_id)
        if above is not None and above.message_ids:
            await db.notices.add(chat_id, *calls.strip_call(chat_id, above.message_ids[-1]))
        await db.cards.show_anew(article_id, [chat_id])


async def face(known: Known, house: House, card: Card) -> Face | None:
    """The entry as it is now; None where the group is not the desk's any more."""
    story = await known.story(card.article_id)
    if story is None or card.chat_id not in house.groups:
        return None
    say, article = words(house.language), story.article
    review = await known.review(article)
    reporter = await known.person(article.reporter_id)
    state = say(ARTICLE_STATES[article.state]).capitalize()
    lines = [" · ".join([state, *([called(reporter, say)] if reporter else [])])]
    lines += await _said(known, review, house, say)
    place = await known.desk_place(card.chat_id)
    title = (
        f"{_SIGNS.get(article.state, '📄')} {for_staff.quoted(for_staff.shortened(article.headline, 200))}"
    )
    return Face(
        messages=(titled(title, "\n".join(lines)),), keyboard=_rows(article, review, say), topic=place.topic
    )


_SIGNS = {
    ArticleState.SUBMITTED: "📥",
    ArticleState.CHANGES_REQUESTED: "↩️",
    ArticleState.APPROVED: "✅",
    ArticleState.PUBLISHED: "📣",
    ArticleState.CORRECTED: "📣",
    ArticleState.SPIKED: "🗑",
    ArticleState.KILLED: "⛔️",
}


async def _said(known: Known, review: Review, house: House, say: Words) -> list[str]:
    lines = []
    if review.holder is not None and review.until is not None:
        time = calendar.show_hour(review.until, house.time_zone, say.language)
        lines.append(say("✋ {name} has it, until {time}", name=called(review.holder, say), time=time))
    for comment in review.comments[-1:]:
        by = await known.person(comment.person_id)
        text = for_staff.quoted(for_staff.shortened(comment.text, COMMENT))
        lines.append(f"💬 {called(by, say) if by else ''}: {text}")
    return lines


def _rows(article: Article, review: Review, say: Words) -> Keyboard:
    row = [button(say("📄 Its card"), "open", article.id)]
    if article.state is ArticleState.SUBMITTED and review.holder is None:
        row.insert(0, button(say("✋ I have it"), "story.claim", article.id, article.version))
    return [row]


async def reply(talk: Talk, article: Article, text: str) -> None:
    """Put a comment below the story's entry in the groups where it stands, but for the one it comes from."""
    for chat_id in sorted(talk.house.groups - {talk.place}):
        entry = await talk.db.cards.get(article.id, chat_id)
        place = await talk.db.desk_places.get(chat_id)
        if entry is None or not entry.message_ids or place.silent:
            continue
        say = words(talk.house.language)
        said = Message(text=f"💬 {called(talk.who, say)}: {text}")
        way = [[button(say("📄 Its card"), "open", article.id)]]
        method, params = calls.message_call(chat_id, said, way)
        below = {"message_id": entry.message_ids[-1], "allow_sending_without_reply": True}
        await talk.db.notices.add(chat_id, method, {**params, **_thread(place), "reply_parameters": below})


def _thread(place: DeskPlace) -> dict[str, int]:
    return {"message_thread_id": place.topic} if place.topic else {}


async def settle_place(talk: Talk, word: str) -> bool:
    """`/desk here` in a group: stories are shown in this topic from now on; `/desk off`: not here."""
    if talk.private or talk.place not in talk.house.groups:
        return False
    silent = word in {"off", talk.words("off")}
    if not silent and word not in {"here", talk.words("here")}:
        return False
    await talk.db.desk_places.put(DeskPlace(chat_id=talk.place, topic=talk.topic, silent=silent))
    said = (
        talk.words("Stories are not shown here any more.")
        if silent
        else talk.words("Stories are shown here.")
    )
    await talk.reply(said)
    return True
