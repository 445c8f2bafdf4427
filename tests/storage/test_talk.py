"""The conversation's memory: questions, cards, notices and pastes survive, and no change of a card is missed."""

from dataclasses import replace

from bot.news.media import Media, MediaKind
from bot.news.model import Role
from bot.news.talk import Arrived, Card, Notice, Origin, Paste, Question, Spoken
from storage import Storage
from tests.storage.newsroom import ADMIN, EDITOR, MINUTE, NOW, REPORTER, next_of_chats, stored_story

QUESTION = Question(
    chat_id=EDITOR, person_id=EDITOR, kind="headline", about={"article": 1, "متن": "بله"}, asked_at=NOW
)


# ── Questions ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_question_is_open_until_it_is_closed(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.questions.ask(QUESTION)

        assert await db.questions.open(EDITOR, EDITOR) == QUESTION
        assert await db.questions.open(EDITOR, REPORTER) is None
        assert await db.questions.close(EDITOR, EDITOR)
        assert await db.questions.open(EDITOR, EDITOR) is None
        assert not await db.questions.close(EDITOR, EDITOR)


async def test_a_new_question_takes_the_place_of_the_open_one(storage: Storage) -> None:
    new = replace(QUESTION, kind="lede", about={}, asked_at=NOW + MINUTE)
    elsewhere = replace(QUESTION, chat_id=-5)
    async with storage.begin() as db:
        await db.questions.ask(QUESTION)
        await db.questions.ask(elsewhere)
        await db.questions.ask(new)

        assert await db.questions.open(EDITOR, EDITOR) == new
        assert await db.questions.open(-5, EDITOR) == elsewhere


# ── Cards ───────────────────────────────────────────────────────────────────────────────────────────


async def shown_card(storage: Storage) -> Card:
    """A card that stands in messages 5 and 6 as it is."""
    article = await stored_story(storage)
    async with storage.begin() as db:
        await db.cards.show(article.id, EDITOR)
        card = await db.cards.get(article.id, EDITOR)
        assert card is not None
        await db.cards.delivered(card.id, message_ids=(5, 6), shown="digest", seen=card.revision)
    return card


async def test_a_new_card_waits_to_be_delivered(storage: Storage) -> None:
    article = await stored_story(storage)
    async with storage.begin() as db:
        await db.cards.show(article.id, EDITOR, view="edit")

        card = await db.cards.get(article.id, EDITOR)
        assert card is not None
        assert card == Card(id=card.id, article_id=article.id, chat_id=EDITOR, view="edit", revision=1)
        assert (await db.cards.next_stale()).cards == (card,)
        assert await db.cards.get(article.id, REPORTER) is None


async def test_a_delivered_card_is_done_until_it_is_touched(storage: Storage) -> None:
    card = await shown_card(storage)
    async with storage.begin() as db:
        delivered = await db.cards.get(card.article_id, EDITOR)
        assert delivered == replace(card, message_ids=(5, 6), shown="digest", stale=False)
        assert (await db.cards.next_stale()).cards == ()

        await db.cards.touch(card.article_id)
        assert (await db.cards.next_stale()).cards == (
            replace(card, message_ids=(5, 6), shown="digest", stale=True, revision=2),
        )


async def test_what_is_touched_while_it_is_delivered_stays_stale(storage: Storage) -> None:
    card = await shown_card(storage)
    async with storage.begin() as db:
        await db.cards.touch(card.article_id)
        (seen,) = (await db.cards.next_stale()).cards
        await db.cards.touch(card.article_id)
        await db.cards.delivered(seen.id, message_ids=(5, 6), shown="newer", seen=seen.revision)

        (again,) = (await db.cards.next_stale()).cards
        assert again == replace(seen, shown="newer", revision=seen.revision + 1)
        await db.cards.delivered(again.id, message_ids=(5, 6), shown="newest", seen=again.revision)
        assert (await db.cards.next_stale()).cards == ()


async def test_another_view_has_to_be_shown(storage: Storage) -> None:
    card = await shown_card(storage)
    async with storage.begin() as db:
        await db.cards.show(card.article_id, EDITOR, view="edit")

        (stale,) = (await db.cards.next_stale()).cards
        assert (stale.view, stale.message_ids) == ("edit", (5, 6))
        await db.cards.show(card.article_id, EDITOR)
        (stale,) = (await db.cards.next_stale()).cards
        assert (stale.view, stale.message_ids) == ("main", (5, 6))


async def test_a_card_asked_for_anew_forgets_its_old_messages(storage: Storage) -> None:
    card = await shown_card(storage)
    async with storage.begin() as db:
        await db.cards.show_anew(card.article_id, [EDITOR])

        assert (await db.cards.next_stale()).cards == (replace(card, revision=2),)


async def test_asked_for_anew_while_it_is_delivered_it_is_sent_again(storage: Storage) -> None:
    card = await shown_card(storage)
    async with storage.begin() as db:
        await db.cards.touch(card.article_id)
        (seen,) = (await db.cards.next_stale()).cards
        await db.cards.show_anew(card.article_id, [EDITOR])
        await db.cards.delivered(seen.id, message_ids=(5, 6), shown="newer", seen=seen.revision)

        (again,) = (await db.cards.next_stale()).cards
        assert (again.message_ids, again.shown) == ((), None)
        await db.cards.delivered(again.id, message_ids=(9,), shown="newest", seen=again.revision)
        last = await db.cards.get(card.article_id, EDITOR)
        assert last is not None
        assert (last.message_ids, last.shown, last.stale) == ((9,), "newest", False)


async def test_every_chat_has_its_own_card_of_an_article(storage: Storage) -> None:
    card = await shown_card(storage)
    other = await stored_story(storage)
    async with storage.begin() as db:
        await db.cards.show(card.article_id, REPORTER)
        await db.cards.show(other.id, EDITOR)
        await db.cards.touch(card.article_id)

        assert [one.chat_id for one in await db.cards.of_article(card.article_id)] == [EDITOR, REPORTER]
        stale = (await db.cards.next_stale()).cards
        assert [(one.article_id, one.chat_id) for one in stale] == [
            (card.article_id, REPORTER),
            (other.id, EDITOR),  # which is not there yet: what is only shown anew waits
        ]
        assert [one.chat_id for one in (await db.cards.next_stale(besides=[EDITOR])).cards] == [REPORTER]
        assert len((await db.cards.next_stale(limit=1)).cards) == 1
        await db.cards.drop(card.id)
        assert [one.chat_id for one in await db.cards.of_article(card.article_id)] == [REPORTER]


async def test_a_new_card_waits_behind_none_that_is_only_shown_anew(storage: Storage) -> None:
    stories = [(await stored_story(storage)).id for _ in range(4)]
    async with storage.begin() as db:
        for story_id, chat in zip(stories, (EDITOR, EDITOR, REPORTER, ADMIN), strict=True):
            await db.cards.show(story_id, chat)
        for card in [card for id_ in stories for card in await db.cards.of_article(id_)][:3]:
            await db.cards.delivered(card.id, message_ids=(1,), shown="x", seen=card.revision)
            await db.cards.touch(card.article_id)

        stale = (await db.cards.next_stale()).cards

    assert [card.article_id for card in stale] == [stories[3], stories[2], stories[1]], "then the newest"


# ── Notices ─────────────────────────────────────────────────────────────────────────────────────────


async def test_notices_go_out_in_order_until_they_are_done(storage: Storage) -> None:
    async with storage.begin() as db:
        first = await db.notices.add(EDITOR, "sendMessage", {"text": "سلام", "nested": [1, {"a": None}]})
        second = await db.notices.add(REPORTER, "sendMessage", {"text": "\ud83d"})
        third = await db.notices.add(EDITOR, "deleteMessage", {})

        assert await next_of_chats(db, NOW) == (
            Notice(
                id=first,
                chat_id=EDITOR,
                method="sendMessage",
                params={"text": "سلام", "nested": [1, {"a": None}]},
            ),
            Notice(id=second, chat_id=REPORTER, method="sendMessage", params={"text": "\ud83d"}),
        )
        assert [notice.id for notice in await next_of_chats(db, NOW, limit=1)] == [first]
        await db.notices.done(first)
        await db.notices.dropped(second, "bot was blocked by the user")
        assert [notice.id for notice in await next_of_chats(db, NOW)] == [third]


async def test_a_postponed_notice_holds_back_the_later_ones_of_its_chat(storage: Storage) -> None:
    async with storage.begin() as db:
        first = await db.notices.add(EDITOR, "sendMessage", {})
        other = await db.notices.add(REPORTER, "sendMessage", {})
        later = await db.notices.add(EDITOR, "sendMessage", {})
        await db.notices.postpone(first, NOW + MINUTE)

        assert [notice.id for notice in await next_of_chats(db, NOW)] == [other]
        in_time = await next_of_chats(db, NOW + MINUTE)
        assert [notice.id for notice in in_time] == [first, other]
        assert [notice.id for notice in await db.notices.unsaid(EDITOR)] == [first, later]
        await db.notices.dropped(first, "gone")
        assert [notice.id for notice in await next_of_chats(db, NOW)] == [other, later]


async def test_staff_hear_before_strangers_and_of_each_who_waits_longest(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.sync({EDITOR: frozenset({Role.EDITOR})}, NOW)
        stranger = await db.notices.add(999, "sendMessage", {})
        group = await db.notices.add(-100, "sendMessage", {})
        editor = await db.notices.add(EDITOR, "sendMessage", {})

        waiting = await next_of_chats(db, NOW, limit=3)
        assert [notice.id for notice in waiting] == [editor, stranger, group]


# ── Pastes ──────────────────────────────────────────────────────────────────────────────────────────


async def test_a_paste_grows_until_it_settles(storage: Storage) -> None:
    article = await stored_story(storage)
    async with storage.begin() as db:
        assert await db.pastes.recent_of(REPORTER, NOW) == ()
        started = await db.pastes.start(REPORTER, "یک", NOW, NOW + MINUTE)
        await db.pastes.belongs_to(started.id, article.id)
        await db.pastes.grow(started.id, "یک\nدو", "دو", NOW + MINUTE, NOW + 2 * MINUTE)
        (grown,) = await db.pastes.recent_of(REPORTER, NOW + MINUTE)
        assert await db.pastes.is_arriving(article.id)
        await db.pastes.settle(started.id)
        (settled,) = await db.pastes.recent_of(REPORTER, NOW)
        assert not await db.pastes.is_arriving(article.id)

    assert started == Paste(
        id=started.id,
        person_id=REPORTER,
        text="یک",
        last_part="یک",
        last_part_at=NOW,
        settles_at=NOW + MINUTE,
    )
    assert grown == replace(
        started,
        text="یک\nدو",
        last_part="دو",
        last_part_at=NOW + MINUTE,
        settles_at=NOW + 2 * MINUTE,
        article_id=article.id,
    )
    assert settled == replace(grown, settles_at=None)


async def test_the_recent_pastes_of_a_person_have_the_latest_first(storage: Storage) -> None:
    async with storage.begin() as db:
        first = await db.pastes.start(REPORTER, "یک", NOW, None)
        second = await db.pastes.start(REPORTER, "دو", NOW + MINUTE, None)
        await db.pastes.start(EDITOR, "سه", NOW, None)

        assert await db.pastes.recent_of(REPORTER, NOW) == (second, first)
        assert await db.pastes.recent_of(REPORTER, NOW + MINUTE) == (second,)


async def test_an_album_keeps_its_photos_in_order_until_it_settles(storage: Storage) -> None:
    article = await stored_story(storage)
    async with storage.begin() as db:
        started = await db.pastes.start(REPORTER, "", NOW, NOW + MINUTE, media_group="7")
        await db.pastes.start(EDITOR, "", NOW, NOW + MINUTE, media_group="7")
        await db.pastes.belongs_to(started.id, article.id, replaces=True)
        await db.pastes.picture(
            started.id,
            [
                Arrived(9, None),
                Arrived(8, Media(file_id="b")),
                Arrived(10, Media(file_id="c", kind=MediaKind.VIDEO, name="c.mp4")),
            ],
            NOW,
            NOW + 2 * MINUTE,
        )
        gathered = await db.pastes.of_album(REPORTER, "7")
        await db.pastes.settle(started.id)
        settled = await db.pastes.of_album(REPORTER, "7")

        assert await db.pastes.of_album(REPORTER, "8") is None
    assert gathered == replace(
        started,
        article_id=article.id,
        settles_at=NOW + 2 * MINUTE,
        pictures=(
            Arrived(8, Media(file_id="b")),
            Arrived(9, None),
            Arrived(10, Media(file_id="c", kind=MediaKind.VIDEO, name="c.mp4")),
        ),
        replaces=True,
    )
    assert settled == replace(gathered, settles_at=None, pictures=(), replaces=False)


async def test_a_refused_paste_is_not_waited_for(storage: Storage) -> None:
    async with storage.begin() as db:
        paste = await db.pastes.start(REPORTER, "یک", NOW, NOW + MINUTE)
        await db.pastes.refuse(paste.id, NOW + 2 * MINUTE)

        assert await db.pastes.recent_of(REPORTER, NOW) == (
            replace(paste, refused=True, settles_at=None, last_part_at=NOW + 2 * MINUTE),
        )
        assert await db.pastes.next_due() is None


async def test_pastes_are_due_when_nothing_more_is_waited_for(storage: Storage) -> None:
    async with storage.begin() as db:
        later = await db.pastes.start(REPORTER, "یک", NOW, NOW + MINUTE)
        sooner = await db.pastes.start(EDITOR, "دو", NOW, NOW)
        await db.pastes.start(EDITOR, "سه", NOW, NOW + 2 * MINUTE)

        assert await db.pastes.next_due() == sooner
        await db.pastes.settle(sooner.id)
        assert await db.pastes.next_due() == later


async def test_the_messages_of_a_paste_are_found_changed_moved_and_go_with_it(storage: Storage) -> None:
    film = Media(file_id="f", kind=MediaKind.VIDEO, name="f.mp4")
    async with storage.begin() as db:
        first = await db.pastes.start(REPORTER, "یک", NOW, None, origin=Origin(name="کانال", channel=True))
        second = await db.pastes.start(REPORTER, "دو", NOW, None)
        said = Spoken(message_id=7, paste_id=first.id, words="یک", sent="یک")
        filmed = Spoken(message_id=6, paste_id=first.id, words="", media=film)
        for each in (said, filmed):
            await db.spoken.keep(REPORTER, each)
        await db.spoken.keep(EDITOR, replace(said, paste_id=second.id, words="از دیگری"))
        await db.spoken.keep(REPORTER, replace(said, words="یک و نیم"))

        assert (await db.pastes.get(first.id)) == first
        assert first.origin == Origin(name="کانال", channel=True)
        assert await db.spoken.of(first.id) == (filmed, replace(said, words="یک و نیم"))
        await db.spoken.move(first.id, second.id)
        assert await db.spoken.get(REPORTER, 6) == replace(filmed, paste_id=second.id)
        assert [each.message_id for each in await db.spoken.of(second.id)] == [6, 7, 7]
        assert await db.pastes.forget_before(NOW + MINUTE, 9) == 2
        assert await db.spoken.get(REPORTER, 6) is None


async def test_files_that_waited_before_there_were_other_kinds_are_read(storage: Storage) -> None:
    async with storage.begin() as db:
        started = await db.pastes.start(REPORTER, "", NOW, NOW)
        await db.pastes._set(started.id, pictures=[[8, "b", ""], [9, None, "نما"]])
        kept = await db.pastes.get(started.id)
    assert kept is not None
    assert kept.pictures == (Arrived(8, Media(file_id="b")), Arrived(9, None, "نما"))
