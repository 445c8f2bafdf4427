"""A call of every method of the storage, and a newsroom in which each has something to find or to change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.news.model import ArticleState, Look, PostState, Slot
from bot.news.talk import Question
from storage import Db, Storage
from tests.storage.newsroom import (
    EDITOR,
    MINUTE,
    NEWS,
    NOW,
    SPORT,
    STORY,
    channel,
    stored_channel,
    stored_story,
)

type Call = Callable[[Db], Awaitable[object]]

FIRST = replace(STORY, id=1, version=1)
QUESTION = Question(chat_id=1, person_id=1, kind="lede", asked_at=NOW)

READS: dict[str, Call] = {
    "proposals.next_asked": lambda db: db.proposals.next_asked(),
    "proposals.of_article": lambda db: db.proposals.of_article(1),
    "styles.all": lambda db: db.styles.all(),
    "articles.get": lambda db: db.articles.get(1),
    "articles.at_version": lambda db: db.articles.at_version(1, 1),
    "articles.history": lambda db: db.articles.history(1),
    "articles.in_states": lambda db: db.articles.in_states(*ArticleState),
    "channels.get": lambda db: db.channels.get(NEWS),
    "channels.named": lambda db: db.channels.named("news"),
    "channels.all": lambda db: db.channels.all(),
    "posts.get": lambda db: db.posts.get(1),
    "posts.of_channel": lambda db: db.posts.of_channel(NEWS),
    "posts.of_article": lambda db: db.posts.of_article(1),
    "posts.taken": lambda db: db.posts.taken(NEWS, NOW),
    "posts.next_due": lambda db: db.posts.next_due(),
    "posts.stranded": lambda db: db.posts.stranded(),
    "posts.parts": lambda db: db.posts.parts(1),
    "staff.get": lambda db: db.staff.get(1),
    "staff.with_role": lambda db: db.staff.with_role(),
    "questions.open": lambda db: db.questions.open(1, 1),
    "cards.get": lambda db: db.cards.get(1, 1),
    "cards.of_article": lambda db: db.cards.of_article(1),
    "cards.stale": lambda db: db.cards.stale(),
    "notices.pending": lambda db: db.notices.pending(NOW),
    "pastes.open_of": lambda db: db.pastes.open_of(1),
    "pastes.due": lambda db: db.pastes.due(NOW),
    "inbox.next_pending": lambda db: db.inbox.next_pending(),
    "inbox.last_id": lambda db: db.inbox.last_id(),
    "audit.of_article": lambda db: db.audit.of_article(1),
}
WRITES: dict[str, Call] = {
    "proposals.ask": lambda db: db.proposals.ask(1, 1, NOW),
    "proposals.answer": lambda db: db.proposals.answer(1, "تیتر", ("نکته",)),
    "proposals.drop": lambda db: db.proposals.drop(1),
    "styles.decide": lambda db: db.styles.decide("digits", "latin", by=1, now=NOW),
    "styles.forget": lambda db: db.styles.forget("digits"),
    "articles.create": lambda db: db.articles.create(STORY, by=1, now=NOW),
    "articles.save": lambda db: db.articles.save(FIRST, by=1, now=NOW),
    "articles.set_state": lambda db: db.articles.set_state(1, ArticleState.KILLED, now=NOW),
    "channels.put": lambda db: db.channels.put(channel(title="x"), by=1, now=NOW),
    "channels.set_trouble": lambda db: db.channels.set_trouble(NEWS, "x", connected=False),
    "channels.set_look": lambda db: db.channels.set_look(NEWS, Look(bullet="-")),
    "channels.add_slots": lambda db: db.channels.add_slots(NEWS, [Slot(weekday=2, minute=2)]),
    "channels.replace_slots": lambda db: db.channels.replace_slots(NEWS, []),
    "channels.remove_slot": lambda db: db.channels.remove_slot(1),
    "channels.move_id": lambda db: db.channels.move_id(NEWS, -5),
    "posts.add": lambda db: db.posts.add(article_id=1, channel_id=SPORT, due_at=NOW, by=1, now=NOW),
    "posts.move": lambda db: db.posts.move(1, NOW, now=NOW),
    "posts.change": lambda db: db.posts.change(1, PostState.HELD, frm=[PostState.PENDING], now=NOW),
    "posts.claim_due": lambda db: db.posts.claim_due(NOW + MINUTE),
    "posts.release": lambda db: db.posts.release(2, NOW, now=NOW),
    "posts.settle": lambda db: db.posts.settle(2, PostState.SENT, now=NOW),
    "posts.plan_parts": lambda db: db.posts.plan_parts(2, 3),
    "posts.part_sending": lambda db: db.posts.part_sending(2, 0),
    "posts.part_sent": lambda db: db.posts.part_sent(2, 0, 5, NOW),
    "posts.part_pending": lambda db: db.posts.part_pending(2, 0),
    "staff.sync": lambda db: db.staff.sync({}, NOW),
    "staff.met": lambda db: db.staff.met(1, "x", None, NOW),
    "staff.set_language": lambda db: db.staff.set_language(EDITOR, "en"),
    "questions.ask": lambda db: db.questions.ask(QUESTION),
    "questions.close": lambda db: db.questions.close(EDITOR, EDITOR),
    "cards.show": lambda db: db.cards.show(1, 1),
    "cards.set_view": lambda db: db.cards.set_view(1, EDITOR, "x"),
    "cards.touch": lambda db: db.cards.touch(1),
    "cards.touch_all": lambda db: db.cards.touch_all(),
    "cards.delivered": lambda db: db.cards.delivered(1, message_ids=(1,), shown="x", seen=1),
    "cards.drop": lambda db: db.cards.drop(1),
    "notices.add": lambda db: db.notices.add(1, "sendMessage", {}),
    "notices.done": lambda db: db.notices.done(1),
    "notices.dropped": lambda db: db.notices.dropped(1, "x"),
    "notices.postpone": lambda db: db.notices.postpone(1, NOW),
    "pastes.start": lambda db: db.pastes.start(1, "x", NOW, NOW),
    "pastes.grow": lambda db: db.pastes.grow(1, "x", "x", NOW, NOW),
    "pastes.belongs_to": lambda db: db.pastes.belongs_to(1, 1),
    "pastes.settle": lambda db: db.pastes.settle(1),
    "pastes.refuse": lambda db: db.pastes.refuse(1, NOW),
    "inbox.store": lambda db: db.inbox.store(2, {}, NOW),
    "inbox.done": lambda db: db.inbox.done(1),
    "inbox.failed": lambda db: db.inbox.failed(1, "x"),
    "inbox.forget_before": lambda db: db.inbox.forget_before(NOW),
    "audit.log": lambda db: db.audit.log(at=NOW, person_id=1, verb="x"),
}

LONG = "خبر " * 20_000
GROWING: dict[str, Call] = {
    "articles.create": lambda db: db.articles.create(replace(STORY, lede=LONG), by=1, now=NOW),
    "articles.save": lambda db: db.articles.save(replace(FIRST, lede=LONG), by=1, now=NOW),
    "channels.put": lambda db: db.channels.put(channel(title=LONG), by=1, now=NOW),
    "posts.change": lambda db: db.posts.change(
        1, PostState.HELD, frm=[PostState.PENDING], now=NOW, reason=LONG
    ),
    "staff.met": lambda db: db.staff.met(1, LONG, None, NOW),
    "questions.ask": lambda db: db.questions.ask(replace(QUESTION, about={"text": LONG})),
    "cards.delivered": lambda db: db.cards.delivered(1, message_ids=(1,), shown=LONG, seen=1),
    "notices.add": lambda db: db.notices.add(1, "sendMessage", {"text": LONG}),
    "pastes.start": lambda db: db.pastes.start(1, LONG, NOW, NOW),
    "pastes.grow": lambda db: db.pastes.grow(1, LONG, LONG, NOW, NOW),
    "inbox.store": lambda db: db.inbox.store(2, {"text": LONG}, NOW),
    "audit.log": lambda db: db.audit.log(at=NOW, person_id=1, verb="x", detail={"text": LONG}),
}


async def fill(storage: Storage) -> None:
    """Something in every table, so that every call has what to change; posts 1 pending and 2 sending."""
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    await stored_story(storage)
    async with storage.begin() as db:
        await db.channels.add_slots(NEWS, [Slot(weekday=0, minute=0)])
        for occurrence, due_at in enumerate((NOW + MINUTE, NOW)):
            await db.posts.add(
                article_id=1, channel_id=NEWS, due_at=due_at, by=1, now=NOW, occurrence=occurrence
            )
        await db.posts.claim_due(NOW)
        await db.posts.plan_parts(2, 1)
        await db.staff.met(EDITOR, "دبیر", "fa", NOW)
        await db.questions.ask(replace(QUESTION, chat_id=EDITOR, person_id=EDITOR))
        await db.cards.show(1, EDITOR)
        await db.notices.add(EDITOR, "sendMessage", {})
        await db.pastes.start(EDITOR, "یک", NOW, NOW)
        await db.inbox.store(1, {}, NOW)
        await db.audit.log(at=NOW, person_id=EDITOR, verb="approve")
