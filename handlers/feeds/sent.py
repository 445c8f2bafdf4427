"""What another program has sent, taken in and told of: the desk's half of `POST /articles`. Knows no HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Update

from bot.aside import aside
from bot.desk import sent as desk_sent
from bot.desk.sent import Outcome, Received
from bot.errors import CopyError, MonadiError, StorageError
from bot.news.model import Article, ArticleState
from bot.news.sent import Sent
from bot.words import N_, words
from handlers.phrases import explained
from handlers.story.reading import read
from handlers.story.telling import tell_of_change, to_the_editors
from handlers.talk import House, Talk
from storage import Db, Storage
from storage.sent import Answered, Token, digest

_PROGRAMS = "en"
"""The language that programs are answered in."""
_NEW_VERSION = N_("{name} has sent a newer version of “{headline}”, which is out; it waits for your word.")
_TO_BE_WITHDRAWN = N_("{name} has withdrawn “{headline}”, which is out or on its way. Decide on its card.")
_WITHDRAWN = N_("{name} has withdrawn “{headline}”: it is put aside.")


@dataclass(frozen=True, kw_only=True)
class Request:
    """One story that was sent. `key` makes it safe to send it again; `body` is what it is compared by."""

    token: str
    sent: Sent
    body: bytes
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What to answer: an HTTP status and a JSON object."""

    status: int
    answer: Mapping[str, Any]


async def receive(storage: Storage, request: Request, now: datetime, *, house: House) -> Reply:
    """Take it in, tell its people, and remember the answer: one transaction.

    Raises:
        StorageError: nothing has happened; it may be sent again.
    """
    try:
        return await aside(partial(_received, storage, request, now, house))
    except CopyError as error:
        return _refused(422, "no_story", explained(error, words(_PROGRAMS), zone="UTC", person_id=0))
    except MonadiError as error:
        if isinstance(error, StorageError):
            raise
        return _refused(409, "refused", explained(error, words(_PROGRAMS), zone="UTC", person_id=0))


async def known(storage: Storage, token: str, now: datetime) -> Token | None:
    """Whose token it is, if it is good."""
    async with storage.begin() as db:
        return await desk_sent.sender(db, token, now)


async def _received(storage: Storage, request: Request, now: datetime, house: House) -> Reply:
    async with storage.begin() as db:
        token = await desk_sent.sender(db, request.token, now)
        if token is None:
            return _refused(401, "unauthorized", "No such token.")
        body = digest(request.body)
        if request.key and (before := await db.sent_items.answered(token.id, request.key)):
            if before.body != body:
                return _refused(409, "key_used", "That Idempotency-Key was used for another body.")
            return Reply(status=before.status, answer=before.answer)
        reply = await _taken(db, token, request.sent, now, house)
        if request.key:
            told = Answered(body=body, status=reply.status, answer=dict(reply.answer))
            await db.sent_items.keep_answer(token.id, request.key, told, now)
        return reply


async def _taken(db: Db, token: Token, sent: Sent, now: datetime, house: House) -> Reply:
    person = await desk_sent.answering(db, token)
    who = replace(person, name=token.name)
    talk = Talk(db=db, house=house, update=Update(update_id=0), who=who, now=now)  # nobody has spoken
    reading = Article(headline="") if sent.withdrawn else await _read(talk, sent)
    received = await desk_sent.receive(db, token, sent, reading, now)
    await _tell(talk, received)
    article = received.article
    answer = {
        "id": article.id,
        "version": article.version,
        "state": article.state.value,
        "outcome": received.outcome.value,
    }
    return Reply(status=201 if received.outcome is Outcome.CREATED else 200, answer=answer)


async def _read(talk: Talk, sent: Sent) -> Article:
    return replace(read(sent.copy, await talk.style(sent.copy)), **sent.fields)


async def _tell(talk: Talk, received: Received) -> None:
    article, outcome = received.article, received.outcome
    if outcome is Outcome.CREATED:
        if article.state is ArticleState.SUBMITTED:
            await to_the_editors(talk, article)
        await talk.show_card(article.id)
    elif outcome is Outcome.UPDATED and received.before is not None:
        await tell_of_change(talk, received.before)
    elif outcome is Outcome.WITHDRAWN:
        await _to_all_editors(talk, article, _WITHDRAWN)
    elif outcome is Outcome.WAITS:
        is_newer = received.before is not None and received.before.version != article.version
        await _to_all_editors(talk, article, _NEW_VERSION if is_newer else _TO_BE_WITHDRAWN)


async def _to_all_editors(talk: Talk, article: Article, message: str) -> None:
    """Also the one in whose name it was sent: they have not done it themselves."""
    nobody = replace(talk.who, id=0)
    await to_the_editors(replace(talk, who=nobody), article, message)


def _refused(status: int, error: str, detail: str) -> Reply:
    return Reply(status=status, answer={"error": error, "detail": detail})
