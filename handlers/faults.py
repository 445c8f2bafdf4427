"""What is said of a fault of ours: to whom it concerns, and to the owners, who find the rest in the log."""

from bot.desk import audience
from bot.errors import Hiccup
from bot.line import calls
from bot.news.model import Message, Role
from bot.news.posts import for_staff
from bot.words import N_, Words, words
from storage import Db


async def tell(db: Db, person_id: int, channel_id: int) -> None:
    """What a person has planned in a channel, a digest or a story that comes back, could not be made."""
    where = await db.channels.get(channel_id)
    said = N_(
        "What is planned in {channel} by itself, every week or as a digest, could not be made: a fault on "
        "our side. I try again now and then; if a post is urgent, plan it by hand."
    )
    people = [*await audience.of_plan(db, person_id, channel_id), *await audience.holders(db, {Role.OWNER})]
    for person in {person.id: person for person in people}.values():
        await _say(db, person.id, words(person.language)(said, channel=where.title if where else ""))


_NOT_DRAWN = N_(
    "The card of “{headline}” could not be drawn: a fault on our side, the owner finds it in the "
    "log. The story is as it was; open it again with /drafts or /desk."
)
_NOT_SHOWN = N_(
    "Telegram has trouble with the card of “{headline}”, and what you see of it may be old. The story is as "
    "it was; open it again with /drafts or /desk."
)


async def tell_of_card(db: Db, chat_id: int, article_id: int, why: Exception) -> None:
    """A card could not be drawn, or Telegram would not show it."""
    article = await db.articles.get(article_id)
    if article is None:
        return
    for person in await audience.of_story(db, article, chat_id):
        say: Words = words(person.language)
        text = say(
            _NOT_SHOWN if isinstance(why, Hiccup) else _NOT_DRAWN,
            headline=for_staff.shortened(article.headline, 80),
        )
        await _say(db, person.id, text)


async def _say(db: Db, chat_id: int, text: str) -> None:
    await db.notices.add(chat_id, *calls.message_call(chat_id, Message(text=text)))
