"""Where words that were passed on were first: a channel is the story's source, anybody else a staff note."""

from dataclasses import replace

from telegram import Chat, MessageOriginChannel, MessageOriginChat, MessageOriginHiddenUser, MessageOriginUser

from bot.news.model import Article
from bot.news.posts import for_staff
from bot.news.talk import Origin, Paste
from bot.words import Words
from handlers.talk import Talk


async def of(talk: Talk) -> Origin | None:
    """Where the message was passed on from; None where its person wrote it, or our own channel has it."""
    match talk.message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number):
            if await talk.db.channels.get(chat.id) is not None:
                return None
            url = f"https://t.me/{chat.username}/{number}" if chat.username else None
            return Origin(name=_called(chat), channel=True, url=url)
        case MessageOriginChat(sender_chat=chat):
            return Origin(name=_called(chat))
        case MessageOriginUser(sender_user=user):
            return None if user.id == talk.who.id else Origin(name=for_staff.name(user.full_name or ""))
        case MessageOriginHiddenUser(sender_user_name=name):
            return Origin(name=for_staff.name(name))
        case _:
            return None


def _called(chat: Chat) -> str:
    return for_staff.name(chat.title or chat.username or "") or str(chat.id)


def named(article: Article, origin: Origin | None, say: Words) -> Article:
    """The story with its origin: the source where the copy names none, else what the staff should know."""
    if origin is None:
        return article
    if origin.channel and article.source is None:
        return replace(article, source=origin.name, source_url=article.source_url or origin.url)
    told = say("Passed on from {name}", name=f"{origin.name} {origin.url}" if origin.url else origin.name)
    return replace(article, ed_note="\n".join(filter(None, (article.ed_note, told))))


async def of_words(talk: Talk, before: Paste) -> None:
    """Words have come to files: theirs is the origin, and that of the files is for the staff."""
    origin = await of(talk)
    if origin is not None:
        await talk.db.pastes.came_from(before.id, origin)
    elif before.origin is not None and before.origin.channel:
        await talk.db.pastes.came_from(before.id, replace(before.origin, channel=False))
