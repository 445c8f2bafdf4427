"""What is done to posts that are out: each does its work once however often it is asked, and says why it can't."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot

from bot.delivery import changing, publisher
from bot.delivery.pacing import Limits, Pace
from bot.delivery.publisher import Publisher
from bot.delivery.sending import Reports
from bot.line.answers import Answers
from bot.news.media import Media
from bot.news.model import Article, ArticleState, Channel, Form, Look, Paragraph, Piece, Post, Section
from bot.news.talk import Change, ChangeKind, ChangeState, PartState, PostPart
from bot.simulator import places
from bot.simulator.people import Person
from bot.simulator.world import World
from storage import Db, Storage
from tests.files_sent import file_in, sends_file
from tests.mortal import Life, MortalRequest, MortalStorage
from tests.newsroom import ADMIN, EDITOR, NEWS, NOON, OWNER

K, S = ChangeKind, ChangeState
SHORT = Article(headline="پل باز شد", lede="چکیدهٔ خبر.")
CORRECTED = replace(SHORT, lede="چکیدهٔ درست خبر.")


def long(messages: int, word: str = "واژه‌ها") -> Article:
    """So many messages long, where it is not rich."""
    return replace(
        SHORT,
        sections=tuple(
            Section(blocks=(Paragraph(text=f"بند {part}. " + f"{word} " * 380),)) for part in range(messages)
        ),
    )


@dataclass
class Desk:
    """A process that publishes into a channel, and what its people are told."""

    world: World
    storage: Storage
    told: list[tuple[ChangeKind, ChangeState, str | None]] = field(default_factory=list)
    life: Life = field(default_factory=Life)

    async def starts(self) -> None:
        self.life = Life()
        line = MortalRequest(self.world, self.life)
        own = MortalStorage(self.storage, self.life)
        self.publisher = Publisher(
            bot=Bot("1:demo", request=Answers(line), get_updates_request=Answers(line)),
            storage=own,
            clock=self.clock,
            pace=Pace(Limits(speed=float("inf"))),
            reports=Reports(settled=_nobody, late=_nobody, changed=self.changed),
        )
        await publisher.recover(own, self.clock)
        await self.publisher.open()

    async def clock(self) -> datetime:
        return self.world.clock.now()

    async def changed(self, _db: Db, change: Change, _post: Post, _now: datetime) -> None:
        self.told.append((change.kind, change.state, change.reason))

    async def works(self, *, seconds: float = 0) -> None:
        self.world.clock.advance(seconds)
        for _ in range(4):  # a step that settles without a call has nothing to wait for, and the next goes on
            while await self.publisher.step():
                pass

    async def posted(self, article: Article = SHORT, *, form: Form = Form.CLASSIC) -> int:
        """A post that is out; its id."""
        look = Look(form=form, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
        now = await self.clock()
        async with self.storage.begin() as db:
            await db.channels.put(Channel(id=NEWS, title="خبر", look=look), by=ADMIN, now=now)
            stored = await db.articles.create(article, by=EDITOR, now=now)
            await db.articles.set_state(stored.id, ArticleState.APPROVED, now=now, approved_version=1)
            post = await db.posts.add(article_id=stored.id, channel_id=NEWS, due_at=now, by=ADMIN, now=now)
        await self.works()
        return post.id

    async def asked(self, post_id: int, kind: ChangeKind, article: Article | None = None) -> int:
        """A change that waits, to another article if one is given; its id."""
        now = await self.clock()
        async with self.storage.begin() as db:
            version = None
            if article:
                post = await db.posts.get(post_id)
                assert post is not None
                old = await db.articles.get(post.article_id)
                assert old is not None
                new = replace(
                    old,
                    headline=article.headline,
                    lede=article.lede,
                    sections=article.sections,
                    media=article.media,
                )
                version = (await db.articles.save(new, by=EDITOR, now=now)).version
            return await db.changes.add(post_id, kind, now, by=EDITOR, now=now, version=version)

    async def of(self, change_id: int) -> tuple[ChangeState, str | None]:
        async with self.storage.begin() as db:
            change = await db.changes.get(change_id)
        assert change is not None
        return change.state, change.reason

    async def post(self, post_id: int) -> Post:
        async with self.storage.begin() as db:
            post = await db.posts.get(post_id)
        assert post is not None
        return post

    def there(self) -> dict[int, str]:
        """What readers see, by its id."""
        kept = self.world.chats[NEWS].messages
        return {
            id: str(m.get("text") or m.get("caption") or m.get("rich_message"))
            for id, m in ((id, stored.message) for id, stored in kept.items())
            if "pinned_message" not in m
        }

    def calls(self, method: str) -> int:
        return sum(call["method"] == method for call in self.world.transcript.since(0))


async def _nobody(*_: Any) -> None:
    return None


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    storage = await Storage.open("sqlite://")
    world = World(frozen=True, now=NOON)
    for person_id in (ADMIN, OWNER):
        Person(world, person_id).send("/start")
    desk = Desk(world, storage)
    await desk.starts()
    yield desk
    await storage.close()


# ── Corrections ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("before", [Form.CLASSIC, Form.RICH])
@pytest.mark.parametrize("after", [Form.CLASSIC, Form.RICH])
async def test_a_correction_shows_in_its_place_in_whichever_form(
    desk: Desk, before: Form, after: Form
) -> None:
    post_id = await desk.posted(form=before)
    async with desk.storage.begin() as db:
        await db.channels.set_look(NEWS, Look(form=after, pieces=(Piece.HEADLINE, Piece.LEDE)))
    edit = await desk.asked(post_id, K.EDIT, CORRECTED)
    await desk.works()

    assert list(desk.there()) == [1]
    assert "چکیدهٔ درست" in desk.there()[1]
    assert ("rich_message" in desk.world.chats[NEWS].messages[1].message) is (after is Form.RICH)
    assert await desk.of(edit) == (S.DONE, None)
    assert (await desk.post(post_id)).version == 2
    assert desk.told == [(K.EDIT, S.DONE, None)]


@pytest.mark.parametrize("photos", [1, 3])
async def test_the_words_under_pictures_are_corrected(desk: Desk, photos: int) -> None:
    sent = [Person(desk.world, OWNER).send(photo=f"{n}.jpg")[0] for n in range(photos)]
    pictures = tuple(Media(file_id=message["photo"][-1]["file_id"]) for message in sent)
    post_id = await desk.posted(replace(SHORT, media=pictures))
    await desk.asked(post_id, K.EDIT, replace(CORRECTED, media=pictures))
    await desk.works()

    assert len(desk.there()) == photos
    assert "چکیدهٔ درست" in desk.there()[1]
    assert desk.told == [(K.EDIT, S.DONE, None)]


async def test_a_picture_is_exchanged_for_another(desk: Desk) -> None:
    first, second = (
        Media(file_id=Person(desk.world, OWNER).send(photo=name)[0]["photo"][-1]["file_id"])
        for name in ("a.jpg", "b.jpg")
    )
    post_id = await desk.posted(replace(SHORT, media=(first,)))
    await desk.asked(post_id, K.EDIT, replace(CORRECTED, media=(second,)))
    await desk.works()

    [message] = desk.world.seen(desk.world.chats[NEWS])
    assert message["photo"][-1]["file_id"] == second.file_id
    assert "چکیدهٔ درست" in message["caption"]


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        (["video"], ["video"], True),
        (["photo"], ["video"], True),
        (["animation"], ["document"], True),
        (["audio"], ["audio"], True),
        (["voice"], ["voice"], False),
        (["photo", "video", "photo"], ["photo", "photo", "video"], True),
        (["document", "document"], ["document", "document"], True),
        (["document", "document"], ["photo", "photo"], False),
        (["photo", "photo"], ["photo", "photo", "photo"], False),
        (["video", "audio"], ["photo", "audio"], True),
    ],
)
async def test_files_are_exchanged_where_telegram_lets_them(
    desk: Desk, before: list[str], after: list[str], *, done: bool
) -> None:
    owner = Person(desk.world, OWNER)
    first, second = (
        tuple(sends_file(owner, kind, number) for number, kind in enumerate(kinds, start))
        for start, kinds in enumerate((before, after), start=10)
    )
    post_id = await desk.posted(replace(SHORT, media=first))
    edit = await desk.asked(post_id, K.EDIT, replace(CORRECTED, media=second))
    await desk.works()

    there = [file_in(message) for message in desk.world.seen(desk.world.chats[NEWS])]
    assert {each.file_id for each in there} == {each.file_id for each in (second if done else first)}
    state, _ = await desk.of(edit)
    assert state is (S.DONE if done else S.FAILED)
    assert ("چکیدهٔ درست" in desk.there()[1]) is done


@pytest.mark.parametrize("kind", ["voice", "document", "animation"])
async def test_the_words_under_any_file_are_corrected_and_withdrawn(desk: Desk, kind: str) -> None:
    file = sends_file(Person(desk.world, OWNER), kind)
    post_id = await desk.posted(replace(SHORT, media=(file,)))
    await desk.asked(post_id, K.EDIT, replace(CORRECTED, media=(file,)))
    await desk.works()
    assert "چکیدهٔ درست" in desk.there()[1]

    desk.world.clock.advance(50 * 3600)  # past what a bot may delete
    end = await desk.asked(post_id, K.DELETE)
    await desk.works()
    assert await desk.of(end) == (S.DONE, None)
    assert "پس گرفته شد" in desk.there()[1]


async def test_a_text_does_not_become_a_picture(desk: Desk) -> None:
    photo = Media(file_id=Person(desk.world, OWNER).send(photo="a.jpg")[0]["photo"][-1]["file_id"])
    post_id = await desk.posted()
    edit = await desk.asked(post_id, K.EDIT, replace(CORRECTED, media=(photo,)))
    await desk.works()

    assert await desk.of(edit) == (S.FAILED, "other kind")
    assert "چکیدهٔ خبر" in desk.there()[1]
    assert (await desk.post(post_id)).version == 1


async def test_what_is_shorter_loses_its_last_messages(desk: Desk) -> None:
    post_id = await desk.posted(long(3))
    was = await desk.post(post_id)
    edit = await desk.asked(post_id, K.EDIT, CORRECTED)
    await desk.works()

    assert len(was.message_ids) == 3
    assert await desk.of(edit) == (S.DONE, None)
    assert list(desk.there()) == [1]
    assert (await desk.post(post_id)).message_ids == (1,)


async def test_what_is_longer_can_not_be_put_between_and_says_so(desk: Desk) -> None:
    post_id = await desk.posted()
    edit = await desk.asked(post_id, K.EDIT, long(3))
    await desk.works()

    assert await desk.of(edit) == (S.FAILED, "longer")
    assert desk.told == [(K.EDIT, S.FAILED, "longer")]
    assert list(desk.there()) == [1]
    assert (await desk.post(post_id)).version == 1


async def test_only_the_messages_that_differ_are_edited(desk: Desk) -> None:
    post_id = await desk.posted(long(3))
    sections = long(3).sections
    changed = replace(long(3), sections=(*sections[:2], *long(1, "دیگر").sections))
    await desk.asked(post_id, K.EDIT, changed)
    await desk.works()

    assert desk.calls("editMessageText") == 1
    assert "دیگر" in desk.there()[3]


async def test_what_shows_the_same_is_done_without_a_call(desk: Desk) -> None:
    post_id = await desk.posted()
    edit = await desk.asked(post_id, K.EDIT, SHORT)
    await desk.works()

    assert desk.calls("editMessageText") == 0
    assert await desk.of(edit) == (S.DONE, None)
    assert (await desk.post(post_id)).version == 2


async def test_not_modified_is_an_answer(desk: Desk) -> None:
    post_id = await desk.posted()
    desk.world.faults.add(method="editMessageText", kind="lost")
    edit = await desk.asked(post_id, K.EDIT, CORRECTED)
    await desk.works()
    assert (await desk.of(edit))[0] is S.PENDING
    await desk.works(seconds=5)

    assert desk.calls("editMessageText") == 2
    assert await desk.of(edit) == (S.DONE, None)
    assert "چکیدهٔ درست" in desk.there()[1]


async def test_what_somebody_has_deleted_can_not_be_corrected(desk: Desk) -> None:
    post_id = await desk.posted()
    desk.world.remove(desk.world.chats[NEWS], 1)
    edit = await desk.asked(post_id, K.EDIT, CORRECTED)
    await desk.works()

    assert await desk.of(edit) == (S.FAILED, "gone")
    assert desk.told == [(K.EDIT, S.FAILED, "gone")]


# ── Deletions and pins ──────────────────────────────────────────────────────────────────────────────


async def test_what_is_taken_down_is_gone_from_channel_and_books(desk: Desk) -> None:
    post_id = await desk.posted(long(3))
    await desk.asked(post_id, K.EDIT, CORRECTED)
    deletion = await desk.asked(post_id, K.DELETE)
    await desk.works()
    again = await desk.asked(post_id, K.DELETE)
    await desk.works()

    post = await desk.post(post_id)
    assert desk.there() == {}
    assert (post.state, post.message_ids) == ("canceled", ())
    assert await desk.of(deletion) == await desk.of(again) == (S.DONE, None)
    assert desk.calls("deleteMessages") - desk.calls("editMessageText") <= 1


async def test_what_somebody_has_deleted_already_is_taken_down_all_the_same(desk: Desk) -> None:
    post_id = await desk.posted()
    desk.world.remove(desk.world.chats[NEWS], 1)
    deletion = await desk.asked(post_id, K.DELETE)
    await desk.works()

    assert await desk.of(deletion) == (S.DONE, None)
    assert (await desk.post(post_id)).state == "canceled"


async def test_a_post_is_pinned_and_unpinned_twice_without_harm(desk: Desk) -> None:
    post_id = await desk.posted(long(3))
    pins: list[list[int]] = []
    for kind in (K.PIN, K.PIN, K.UNPIN, K.UNPIN):
        change = await desk.asked(post_id, kind)
        await desk.works()
        pins.append(list(desk.world.chats[NEWS].pinned))
        assert await desk.of(change) == (S.DONE, None)

    assert pins == [[1], [1], [], []]


async def test_nothing_is_pinned_that_is_not_out(desk: Desk) -> None:
    post_id = await desk.posted()
    await desk.asked(post_id, K.DELETE)
    await desk.works()
    pin, unpin = await desk.asked(post_id, K.PIN), await desk.asked(post_id, K.UNPIN)
    await desk.works()

    assert await desk.of(pin) == (S.FAILED, "not out")
    assert await desk.of(unpin) == (S.DONE, None)


async def test_an_end_that_comes_while_its_beginning_waits_comes_after_it(desk: Desk) -> None:
    post_id = await desk.posted()
    desk.world.faults.add(method="pinChatMessage", kind="5xx", times=3)
    await desk.asked(post_id, K.PIN)
    await desk.works()
    await desk.asked(post_id, K.UNPIN)
    for _ in range(6):
        await desk.works(seconds=20)

    assert desk.world.chats[NEWS].pinned == []


# ── Troubles ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", ["429", "5xx", "drop", "lost"])
@pytest.mark.parametrize("kind", list(ChangeKind))
async def test_what_went_wrong_on_the_way_is_done_again(desk: Desk, kind: ChangeKind, fault: str) -> None:
    post_id = await desk.posted()
    if kind is K.UNPIN:
        await desk.asked(post_id, K.PIN)
        await desk.works()
    method = {K.EDIT: "editMessageText", K.DELETE: "deleteMessages"}.get(kind, f"{kind}ChatMessage")
    desk.world.faults.add(method=method, kind=fault, times=2, retry_after=3)
    change = await desk.asked(post_id, kind, CORRECTED if kind is K.EDIT else None)
    await desk.works()
    assert (await desk.of(change))[0] is S.PENDING
    for _ in range(4):
        await desk.works(seconds=5)

    assert await desk.of(change) == (S.DONE, None)
    shown = {K.EDIT: ["چکیدهٔ درست"], K.DELETE: []}.get(kind, ["چکیدهٔ خبر"])
    assert [words in text for words, text in zip(shown, desk.there().values(), strict=True)] == [True] * len(
        shown
    )
    assert desk.world.chats[NEWS].pinned == ([1] if kind is K.PIN else [])


async def test_a_channel_that_is_lost_ends_its_change_with_telegrams_words(desk: Desk) -> None:
    post_id = await desk.posted()
    places.enroll(desk.world, NEWS, "bot", "kicked")
    edit = await desk.asked(post_id, K.EDIT, CORRECTED)
    await desk.works()

    state, reason = await desk.of(edit)
    assert state is S.FAILED
    assert reason is not None
    assert "kicked" in reason


# ── What is too old to be deleted ───────────────────────────────────────────────────────────────────

TWO_DAYS = 48 * 3600
SAID = "این خبر پس گرفته شد."


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    ("article", "pictures"),
    [(SHORT, 0), (long(3), 0), (SHORT, 1), (SHORT, 3)],
    ids=["text", "several messages", "photo", "album"],
)
async def test_a_post_of_two_days_says_that_it_was_withdrawn(
    desk: Desk, article: Article, pictures: int, form: Form
) -> None:
    owner = Person(desk.world, OWNER)
    sent = [owner.send(photo=f"{number}.jpg")[0] for number in range(pictures)]
    photos = tuple(Media(file_id=message["photo"][-1]["file_id"]) for message in sent)
    post_id = await desk.posted(replace(article, media=photos), form=form)
    messages = len(desk.there())
    desk.world.clock.advance(TWO_DAYS)
    deletion = await desk.asked(post_id, K.DELETE)

    await desk.works()

    shown = [text for text in desk.there().values() if text != "None"]
    assert await desk.of(deletion) == (S.DONE, None)
    assert len(desk.there()) == messages
    assert shown
    assert {text.startswith(SAID) and "سه‌شنبه ۳ آذر ۱۴۰۵" in text for text in shown} == {True}
    post = await desk.post(post_id)
    assert (post.state.value, post.reason) == ("canceled", "withdrawn")
    assert len(post.message_ids) == messages, "the ledger says what stands there"
    assert desk.calls("deleteMessages") == 0


async def test_what_somebody_has_deleted_by_hand_is_withdrawn_already(desk: Desk) -> None:
    post_id = await desk.posted(long(3))
    desk.world.clock.advance(TWO_DAYS)
    first = next(iter(desk.there()))
    desk.world.remove(desk.world.chats[NEWS], first)
    deletion = await desk.asked(post_id, K.DELETE)

    await desk.works()

    assert await desk.of(deletion) == (S.DONE, None)
    assert all(text.startswith(SAID) for text in desk.there().values())
    assert first not in (await desk.post(post_id)).message_ids


async def test_a_post_that_is_hardly_younger_is_deleted(desk: Desk) -> None:
    post_id = await desk.posted()
    desk.world.clock.advance(TWO_DAYS - 600)
    await desk.asked(post_id, K.DELETE)

    await desk.works()

    assert desk.there() == {}
    assert (await desk.post(post_id)).reason == "deleted"


@pytest.mark.parametrize("moments", range(10))
@pytest.mark.parametrize("kind", [K.EDIT, K.DELETE])
async def test_a_process_that_dies_at_any_moment_leaves_it_to_the_next(
    desk: Desk, kind: ChangeKind, moments: int
) -> None:
    post_id = await desk.posted(long(3))
    change = await desk.asked(post_id, kind, long(2, "کلمه‌ها") if kind is K.EDIT else None)
    desk.life.left = moments
    await desk.life.survives(desk.works())
    await desk.starts()
    await desk.works(seconds=1)

    assert (await desk.of(change))[0] is S.DONE
    post = await desk.post(post_id)
    assert list(desk.there()) == list(post.message_ids) == ([1, 2] if kind is K.EDIT else [])
    async with desk.storage.begin() as db:
        parts = await db.posts.parts.of(post_id)
    assert [part.params["text"] for part in parts] == list(desk.there().values())


# ── Which call edits what ───────────────────────────────────────────────────────────────────────────


def test_an_album_with_more_pictures_is_no_edit() -> None:
    media = [{"type": "photo", "media": "a", "caption": "x"}, {"type": "photo", "media": "b"}]
    part = PostPart(
        number=0,
        state=PartState.SENT,
        method="sendMediaGroup",
        params={"chat_id": NEWS, "media": media},
        message_ids=(1, 2),
    )
    other = {"chat_id": NEWS, "media": [*media, {"type": "photo", "media": "c"}]}

    with pytest.raises(changing._Hopeless, match="album"):
        changing.edit_of(part, ("sendMediaGroup", other))
