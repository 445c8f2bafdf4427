"""Channels: what is known of them, their weekly slots, and a group that gets another id."""

from dataclasses import replace

import pytest

from bot.news.model import Form, Look, Piece, PostState, Slot, UrlButton
from bot.news.talk import Question
from storage import Storage
from tests.storage.newsroom import (
    ADMIN,
    EDITOR,
    NEWS,
    NOW,
    SPORT,
    channel,
    next_of_chats,
    stored_channel,
    stored_story,
)

LOOK = Look(
    form=Form.RICH,
    pieces=(Piece.HEADLINE, Piece.FULL_TEXT),
    signature="@news",
    buttons=(UrlButton(text="سایت", url="https://example.com/"),),
)
OLD_GROUP, SUPERGROUP = -4001, -1001000000009
TIMES = (Slot(weekday=0, minute=60),)


async def test_a_channel_comes_back_as_it_was_stored(storage: Storage) -> None:
    known = channel(look=LOOK, connected=False, trouble="kicked", time_zone="Asia/Kabul")

    async with storage.begin() as db:
        await db.channels.put(known, by=ADMIN, now=NOW)

        assert await db.channels.get(NEWS) == known
        assert await db.channels.get(404) is None


async def test_storing_a_known_channel_leaves_its_slots(storage: Storage) -> None:
    await stored_channel(storage)
    async with storage.begin() as db:
        await db.channels.add_slots(NEWS, [Slot(weekday=0, minute=60)])
        before = await db.channels.get(NEWS)
        await db.channels.put(channel(title="نام تازه"), by=ADMIN, now=NOW)

        assert before is not None
        assert await db.channels.get(NEWS) == replace(before, title="نام تازه")


@pytest.mark.parametrize("typed", ["news", "@news", "@NEWS", "NeWs"])
async def test_a_name_is_found_with_or_without_the_sign_in_any_case(storage: Storage, typed: str) -> None:
    known = await stored_channel(storage, username="News")
    await stored_channel(storage, SPORT, username=None)

    async with storage.begin() as db:
        assert await db.channels.named(typed) == known
        assert await db.channels.named("new") is None


async def test_slots_come_in_the_order_of_the_week(storage: Storage) -> None:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    async with storage.begin() as db:
        await db.channels.add_slots(NEWS, [Slot(weekday=6, minute=0), Slot(weekday=0, minute=900)])
        await db.channels.add_slots(NEWS, [Slot(weekday=0, minute=900), Slot(weekday=0, minute=30)])
        await db.channels.add_slots(SPORT, [Slot(weekday=3, minute=1)])
        news, sport = await db.channels.all()

    assert [(slot.weekday, slot.minute) for slot in news.slots] == [(0, 30), (0, 900), (6, 0)]
    assert [(slot.weekday, slot.minute) for slot in sport.slots] == [(3, 1)]


async def test_slots_are_replaced_and_removed(storage: Storage) -> None:
    await stored_channel(storage)
    async with storage.begin() as db:
        await db.channels.add_slots(NEWS, [Slot(weekday=1, minute=1)])
        await db.channels.replace_slots(NEWS, [Slot(weekday=2, minute=2), Slot(weekday=3, minute=3)])
        replaced = await db.channels.get(NEWS)
        assert replaced is not None
        removed = await db.channels.remove_slot(replaced.slots[0].id)
        again = await db.channels.remove_slot(replaced.slots[0].id)
        left = await db.channels.get(NEWS)

    assert [slot.weekday for slot in replaced.slots] == [2, 3]
    assert (removed, again) == (True, False)
    assert left == replace(replaced, slots=replaced.slots[1:])


async def test_trouble_and_look_are_set_by_themselves(storage: Storage) -> None:
    known = await stored_channel(storage)

    async with storage.begin() as db:
        await db.channels.set_trouble(NEWS, "bot was kicked", connected=False)
        await db.channels.set_look(NEWS, LOOK)
        assert await db.channels.get(NEWS) == replace(
            known, look=LOOK, connected=False, trouble="bot was kicked"
        )
        await db.channels.set_trouble(NEWS, None, connected=True)
        assert await db.channels.get(NEWS) == replace(known, look=LOOK)


async def test_what_was_stored_of_a_group_follows_it(storage: Storage) -> None:
    article = await stored_story(storage)
    await stored_channel(storage, OLD_GROUP)
    async with storage.begin() as db:
        await db.channels.add_slots(OLD_GROUP, [Slot(weekday=0, minute=0)])
        post = await db.posts.add(article_id=article.id, channel_id=OLD_GROUP, due_at=NOW, by=ADMIN, now=NOW)
        await db.cards.show(article.id, OLD_GROUP)
        card = await db.cards.get(article.id, OLD_GROUP)
        assert card is not None
        await db.cards.delivered(card.id, message_ids=(7,), shown="x", seen=card.revision)
        await db.notices.add(OLD_GROUP, "sendMessage", {"text": "سلام"})
        question = Question(chat_id=OLD_GROUP, person_id=EDITOR, kind="headline", asked_at=NOW)
        await db.questions.ask(question)
        await db.audit.log(
            at=NOW, person_id=ADMIN, verb="schedule", article_id=article.id, channel_id=OLD_GROUP
        )

        source = await db.feeds.add("https://feed.example/", by=ADMIN, now=NOW)
        assert source is not None
        await db.feeds.change(source.id, channel_id=OLD_GROUP)

        await db.channels.move_id(OLD_GROUP, SUPERGROUP)

        assert await db.feeds.get(source.id) == replace(source, channel_id=SUPERGROUP)
        assert await db.channels.get(OLD_GROUP) is None
        moved = await db.channels.get(SUPERGROUP)
        assert moved is not None
        assert len(moved.slots) == 1
        assert await db.posts.of_channel(SUPERGROUP) == (replace(post, channel_id=SUPERGROUP),)
        assert await db.cards.of_article(article.id) == (
            replace(card, chat_id=SUPERGROUP, message_ids=(), shown=None, stale=False),
        )
        assert [notice.chat_id for notice in await next_of_chats(db, NOW)] == [SUPERGROUP]
        assert await db.questions.open(SUPERGROUP, EDITOR) == replace(question, chat_id=SUPERGROUP)
        assert [entry.channel_id for entry in await db.audit.of_article(article.id)] == [SUPERGROUP]


async def test_a_group_moves_to_an_id_that_is_known_already(storage: Storage) -> None:
    """Telegram tells of both ids, in any order: what the bot keeps under either stays."""
    article = await stored_story(storage)
    await stored_channel(storage, OLD_GROUP, title="پیش")
    await stored_channel(storage, SUPERGROUP, title="پس")
    async with storage.begin() as db:
        for id in (OLD_GROUP, SUPERGROUP):
            await db.posts.add(article_id=article.id, channel_id=id, due_at=NOW, by=ADMIN, now=NOW)
            await db.cards.show(article.id, id)
            await db.questions.ask(Question(chat_id=id, person_id=EDITOR, kind=str(id), asked_at=NOW))
            await db.digests.put(id, TIMES, by=ADMIN, now=NOW)
            await db.recurrences.add(
                article_id=article.id,
                channel_id=id,
                times=TIMES,
                until=None,
                planned_until=NOW,
                by=ADMIN,
                now=NOW,
            )

        await db.channels.move_id(OLD_GROUP, SUPERGROUP)

        assert [known.title for known in await db.channels.all()] == ["پیش"]
        assert [digest.channel_id for digest in await db.digests.going()] == [SUPERGROUP]
        assert {plan.channel_id for plan in await db.recurrences.going()} == {SUPERGROUP}
        posts = await db.posts.of_channel(SUPERGROUP)
        assert [(post.occurrence, post.state) for post in posts] == [
            (0, PostState.PENDING),
            (1, PostState.PENDING),
        ]
        assert len(await db.cards.of_article(article.id)) == 1
        question = await db.questions.open(SUPERGROUP, EDITOR)
        assert question is not None
        assert question.kind == str(SUPERGROUP)
