"""Looking for a message whose answer was lost: found by its words, never mistaken for another, never left behind."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from pydantic import SecretStr
from telegram import Bot

from bot.config import FixedSettings, TelegramSettings
from bot.delivery.diary import Diary
from bot.delivery.doubt import Search
from bot.delivery.probe import MOST, REACH, Undecided, candidates, found, is_same
from bot.delivery.sending import Reports, post_calls
from bot.errors import AnswerLost, Flooded, SendError
from bot.line import calls
from bot.line.wire import telegram_bot
from bot.news.media import Media
from bot.news.model import (
    Article,
    BulletList,
    Channel,
    Form,
    KeyPoint,
    Look,
    Paragraph,
    Piece,
    PostState,
    Quote,
    Role,
    Section,
    UrlButton,
)
from bot.news.talk import PostPart
from bot.simulator import places
from bot.simulator.people import Person
from bot.simulator.rates import Rates
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from storage import Storage
from tests.files_sent import sends_file
from tests.newsroom import ADMIN, NEWS, NOON, OWNER

BUTTON = (UrlButton(text="سایت ما", url="https://example.com/"),)
STORY = Article(
    headline="پل تازه  باز شد",
    lede="پل شهر «نیل\u200cآباد» باز شد؛ ۳ سال طول کشید.",
    sections=(
        Section(
            heading="یک بخش",
            blocks=(
                Paragraph(text="بند نخست\nدر دو سطر."),
                Quote(text="خوش‌حالیم."),
                BulletList(items=(KeyPoint(label="طول", text="۳۰۰ متر"), KeyPoint(text="شش ستون"))),
            ),
        ),
    ),
)
OTHER = Article(headline="خبری دیگر", lede="چیزی دیگر.")
KINDS = ["text", "photo", "album", "rich", "video", "animation", "audio", "voice", "document", "papers"]


FILES = frozenset({"video", "animation", "audio", "voice", "document"})


@dataclass
class Line:
    """A bot in a world with a channel of its own."""

    world: World
    bot: Bot
    diary: Diary
    ruled_out: set[int] = field(default_factory=set)
    diaries: tuple[int, ...] = (OWNER,)

    async def sends(self, part: PostPart) -> tuple[int, ...]:
        answer = await calls.call(self.bot, part.method, part.params)
        sent = answer if isinstance(answer, list) else [answer]
        return tuple(message["message_id"] for message in sent)

    def photo(self, name: str) -> Media:
        [message] = Person(self.world, OWNER).send(photo=name)
        return Media(file_id=message["photo"][-1]["file_id"])

    def part(self, kind: str, article: Article = STORY) -> PostPart:
        """The one message, of that kind, that an article becomes."""
        photos = {"photo": ("a.jpg",), "album": ("a.jpg", "b.jpg", "c.jpg")}.get(kind, ())
        files = {"papers": ("document", "document")}.get(kind, (kind,) if kind in FILES else ())
        illustrated = Article(
            headline=article.headline,
            lede=article.lede,
            sections=article.sections,
            media=(
                *map(self.photo, photos),
                *(sends_file(Person(self.world, OWNER), each, n) for n, each in enumerate(files)),
            ),
        )
        form = Form.RICH if kind == "rich" else Form.CLASSIC
        look = Look(form=form, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT), buttons=BUTTON)
        [(method, params)] = post_calls(illustrated, Channel(id=NEWS, title="خبر", look=look), NOON)
        return PostPart(number=0, method=method, params=params, floor_id=0)

    def others(self, words: str = "از دیگری", **more: Any) -> None:
        Person(self.world, ADMIN).send(words, chat=NEWS, **more)

    async def looks(
        self, part: PostPart, *, known: tuple[int, ...] = (), alone: bool = True
    ) -> tuple[int, ...]:
        ids = candidates(part.floor_id, self.world.chats[NEWS].last_message_id, known)
        show = partial(self.diary.shown, self.diaries, NEWS)
        return await found(self.bot, NEWS, part, ids, show=show, alone=alone, ruled_out=self.ruled_out)

    def left_behind(self, chat_id: int = OWNER) -> list[dict[str, Any]]:
        there = places.seen(self.world, chat_id)
        return [one for one in there if "forward_origin" in one or one.get("has_protected_content")]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    world = World(frozen=True, now=NOON)
    Person(world, OWNER).send("/start")
    bot = telegram_bot(
        FixedSettings(telegram=TelegramSettings(token=SecretStr("1:demo"))),
        request=SimulatorRequest(world),
        polling=SimulatorRequest(world),
    )
    await bot.initialize()
    storage = await Storage.open("sqlite://")

    async def clock() -> datetime:
        return world.clock.now()

    yield Line(world=world, bot=bot, diary=Diary(bot=bot, storage=storage, clock=clock))
    await storage.close()


# ── Which ids ───────────────────────────────────────────────────────────────────────────────────────


def test_the_ids_after_what_was_known_are_looked_at_without_our_own() -> None:
    assert candidates(10, 10, ()) == [11, 12, 13, 14]
    assert candidates(10, None, ()) == candidates(10, 7, ()) == [11, 12, 13, 14]
    assert candidates(10, 12, (11, 13)) == [12, 14, 15, 16]


def test_a_channel_whose_ids_are_not_known_can_not_be_looked_through() -> None:
    with pytest.raises(Undecided, match="no id"):
        candidates(None, 5, ())


def test_more_than_can_be_looked_through_is_not_begun_with() -> None:
    assert len(candidates(0, MOST - REACH, ())) == MOST
    with pytest.raises(Undecided, match="too many"):
        candidates(0, MOST - REACH + 1, ())
    assert len(candidates(0, MOST - REACH + 1, (5,))) == MOST


# ── What is there ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_there_is_found_between_the_messages_of_others(line: Line, kind: str) -> None:
    part = line.part(kind)
    line.others()
    line.others(photo="other.jpg")
    line.others("زیر عکسی دیگر", photo="other.jpg")
    line.others("حذف می‌شود")
    line.world.remove(line.world.chats[NEWS], 4)
    await calls.call(line.bot, "pinChatMessage", {"chat_id": NEWS, "message_id": 1})  # 5: a service message
    ids = await line.sends(part)
    line.others()

    assert await line.looks(part) == ids
    assert len(ids) == {"album": 3, "papers": 2}.get(kind, 1)
    assert line.left_behind() == []


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_there_is_not_found(line: Line, kind: str) -> None:
    part = line.part(kind)
    await line.sends(line.part(kind, OTHER))
    line.others(STORY.headline)
    line.others(photo="other.jpg")

    assert await line.looks(part) == ()
    assert line.left_behind() == []


@pytest.mark.parametrize("kind", KINDS)
async def test_a_message_is_only_what_its_own_call_makes(line: Line, kind: str) -> None:
    id, *_ = await line.sends(line.part(kind))
    seen = line.world.chats[NEWS].messages[id].message

    assert is_same(seen, line.part(kind))
    assert not is_same(seen, line.part(kind, OTHER))
    for other in {"text", "rich", "video"} if "photo" in seen else {"photo", "album"}:
        assert not is_same(seen, line.part(other)), "the same words in another kind of message"


async def test_a_correction_is_not_taken_for_what_it_corrects(line: Line) -> None:
    await line.sends(line.part("text", Article(headline=STORY.headline, lede="پل بسته شد.")))

    assert await line.looks(line.part("text")) == ()


async def test_pictures_without_words_can_not_be_told_apart(line: Line) -> None:
    file_id = line.photo("a.jpg").file_id
    part = PostPart(number=0, method="sendPhoto", params={"chat_id": NEWS, "photo": file_id})
    await line.sends(part)

    with pytest.raises(Undecided, match="without words"):
        is_same(line.world.chats[NEWS].messages[1].message, part)


async def test_flood_control_in_the_middle_leaves_nothing_behind(line: Line) -> None:
    part = line.part("text")
    line.others()
    await line.sends(part)
    line.world.faults.add(method="forwardMessage", kind="429", after=1, retry_after=9)

    with pytest.raises(Flooded):
        await line.looks(part)
    assert line.left_behind() == []
    assert await line.looks(part) == (2,)


async def test_a_look_cut_short_at_telegrams_pace_comes_to_its_end(line: Line) -> None:
    part = line.part("text")
    for _ in range(8):
        line.others()
    await line.sends(part)
    line.world.rates = Rates(1)
    where: tuple[int, ...] = ()
    waits = 0
    while not where and waits < 9:
        try:
            where = await line.looks(part)
        except Flooded as error:
            line.world.clock.advance(error.retry_after)
            waits += 1

    assert where == (9,)


async def test_what_was_not_there_yet_is_looked_at_again(line: Line) -> None:
    part = line.part("text")
    line.others()
    assert await line.looks(part) == ()
    await line.sends(part)

    assert await line.looks(part) == (2,)


async def test_what_can_not_be_taken_away_again_does_not_hide_the_answer(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    line.world.faults.add(method="deleteMessage", kind="5xx")

    assert await line.looks(part) == (1,)
    assert len(line.left_behind()) == 1


async def test_nobody_of_ours_to_show_it_to_is_no_answer(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    places.enroll(line.world, OWNER, "bot", "kicked")

    with pytest.raises(Undecided, match="blocked"):
        await line.looks(part)


# ── Where nothing may be sent on ────────────────────────────────────────────────────────────────────


def posting_only(line: Line) -> None:
    places.protect(line.world, NEWS, protected=True)
    rights = ["can_post_messages", "can_delete_messages"]
    places.enroll(line.world, NEWS, "bot", "administrator", rights=rights)


@pytest.mark.parametrize("kind", ["text", "photo", "rich"])
async def test_in_a_protected_channel_the_bots_own_is_found_and_nothing_changed(
    line: Line, kind: str
) -> None:
    posting_only(line)
    part = line.part(kind)
    line.others()
    [id] = await line.sends(part)
    before = line.world.seen(line.world.chats[NEWS])

    assert await line.looks(part) == (id,)
    assert line.world.seen(line.world.chats[NEWS]) == before


async def test_in_a_protected_channel_others_are_not_ours(line: Line) -> None:
    posting_only(line)
    line.others()
    before = line.world.seen(line.world.chats[NEWS])

    assert await line.looks(line.part("text")) == ()
    assert line.world.seen(line.world.chats[NEWS]) == before


async def test_in_a_protected_channel_what_the_books_know_is_not_asked_about(line: Line) -> None:
    posting_only(line)
    known = await line.sends(line.part("text", OTHER))
    line.others()

    assert await line.looks(line.part("text"), known=known) == ()


async def test_where_the_bot_may_edit_what_others_wrote_it_touches_nothing(line: Line) -> None:
    places.protect(line.world, NEWS, protected=True)
    line.others()
    part = line.part("text")
    await line.sends(part)
    before = line.world.seen(line.world.chats[NEWS])

    with pytest.raises(Undecided, match="may edit"):
        await line.looks(part)
    assert line.world.seen(line.world.chats[NEWS]) == before


async def test_an_album_in_a_protected_channel_is_found_with_all_its_pictures(line: Line) -> None:
    posting_only(line)
    part = line.part("album")
    assert await line.looks(part) == ()
    ids = await line.sends(part)
    before = line.world.seen(line.world.chats[NEWS])

    assert await line.looks(part) == ids
    assert len(ids) == 3
    assert line.world.seen(line.world.chats[NEWS]) == before


async def test_an_album_beside_anothers_message_in_a_protected_channel_is_a_persons_to_look_for(
    line: Line,
) -> None:
    posting_only(line)
    part = line.part("album")
    line.others()
    await line.sends(part)

    with pytest.raises(Undecided, match="beside an album"):
        await line.looks(part)


@pytest.mark.parametrize(("there", "sought"), [("album", "text"), ("text", "album")])
async def test_in_a_protected_channel_as_many_must_be_there_as_were_sent(
    line: Line, there: str, sought: str
) -> None:
    posting_only(line)
    await line.sends(line.part(there))

    with pytest.raises(Undecided, match="instead of"):
        await line.looks(line.part(sought))


# ── To whom it is shown ─────────────────────────────────────────────────────────────────────────────


async def test_whoever_of_ours_can_be_written_to_is_shown_it(line: Line) -> None:
    part = line.part("text")
    ids = await line.sends(part)
    places.enroll(line.world, OWNER, "bot", "kicked")
    line.diaries = (OWNER, ADMIN)

    assert await line.looks(part) == ids
    assert line.left_behind(ADMIN) == []


async def test_what_could_not_be_taken_away_is_taken_away_later(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    line.world.faults.add(method="deleteMessage", kind="drop")
    await line.looks(part)
    assert len(line.left_behind()) == 1
    await line.diary.tidy()

    assert line.left_behind() == []


@pytest.mark.parametrize("kind", ["lost", "garbled"])
async def test_a_forward_that_nobody_knows_of_is_found_among_the_other_messages_and_taken_away(
    line: Line, kind: str
) -> None:
    part = line.part("text")
    await line.sends(part)
    await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": "پیام پیشین"})
    line.world.faults.add(method="forwardMessage", kind=kind)
    with pytest.raises(AnswerLost):
        await line.looks(part)
    await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": "پیام پسین"})
    before = [one for one in Person(line.world, OWNER).reads() if "forward_origin" not in one]
    assert len(line.left_behind()) == 1
    await line.diary.tidy()

    assert line.left_behind() == []
    assert Person(line.world, OWNER).reads() == before


async def lost_forward(line: Line, part: PostPart, kind: str = "lost", *, left: int = 1) -> None:
    """A look whose first forward nobody knows of."""
    line.world.faults.add(method="forwardMessage", kind=kind)
    with pytest.raises(AnswerLost):
        await line.looks(part)
    assert len(line.left_behind(line.diaries[0])) == left


def a_group(line: Line, *, as_admin: bool = False) -> int:
    """The desk's group, with the bot in it."""
    group: int = places.found(line.world, "supergroup", "تحریریه", by=OWNER)["id"]
    places.enroll(line.world, group, "bot", "administrator" if as_admin else "member")
    return group


async def test_a_forward_is_found_though_its_original_was_deleted_since(line: Line) -> None:
    part = line.part("text")
    [id] = await line.sends(part)
    await lost_forward(line, part)
    line.world.remove(line.world.chats[NEWS], id)
    await line.diary.tidy()

    assert line.left_behind() == []


async def test_a_forward_is_found_though_the_bot_was_thrown_out_of_the_channel_since(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    places.enroll(line.world, NEWS, "bot", "kicked")
    await line.diary.tidy()

    assert line.left_behind() == []


async def test_a_forward_is_found_though_hundreds_of_ids_were_used_up_since(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    for _ in range(300):  # looks of processes that were killed before they came to tidy
        sent = await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": "⏳"})
        await calls.call(line.bot, "deleteMessage", {"chat_id": OWNER, "message_id": sent["message_id"]})
        line.world.clock.advance(2)
    while line.diary.tidy_at is not None:
        await line.diary.tidy()

    assert line.left_behind() == []


def searched(line: Line, since: int) -> int:
    """How many messages a search has looked at."""
    made = line.world.transcript.since(0)[since:]
    return sum(call["parameters"].get("from_chat_id") == OWNER for call in made)


async def uses_up(line: Line, count: int) -> None:
    """So many ids of the chat go by."""
    for _ in range(count):
        sent = await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": "⏳"})
        await calls.call(line.bot, "deleteMessage", {"chat_id": OWNER, "message_id": sent["message_id"]})


async def test_one_search_finds_all_that_is_unknown(line: Line) -> None:
    """A process that dies again and again leaves a note each time: a search for each took an hour."""
    part = line.part("text")
    await line.sends(part)
    for number in range(20):
        line.world.faults.add(method="forwardMessage", kind="lost")
        with pytest.raises(AnswerLost):
            await line.looks(part)
        await uses_up(line, 3)
        assert len(line.left_behind()) == number + 1
    before = len(line.world.transcript.since(0))
    while line.diary.tidy_at is not None:
        await line.diary.tidy()

    assert line.left_behind() == []
    assert searched(line, before) < 110


async def test_what_was_known_is_not_looked_at_again(line: Line) -> None:
    """Hundreds of ids before the last look of ours can't hold what that look, or a later one, has left."""
    part = line.part("text")
    await line.sends(part)
    await uses_up(line, 200)
    await line.looks(part)
    await lost_forward(line, part)
    before = len(line.world.transcript.since(0))
    while line.diary.tidy_at is not None:
        await line.diary.tidy()

    assert line.left_behind() == []
    assert searched(line, before) < 6


@pytest.mark.parametrize("after", range(8))
async def test_a_search_that_dies_anywhere_is_made_up_for_by_the_next(line: Line, after: int) -> None:
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": "پیام پسین"})
    line.world.faults.add(kind="lost", chat=OWNER, after=after)
    with suppress(SendError):
        await line.diary.tidy()
    line.world.faults.clear()
    again = Diary(bot=line.bot, storage=line.diary.storage, clock=line.diary.clock)
    while again.tidy_at is not None:
        await again.tidy()
        line.world.clock.advance(11)

    assert line.left_behind() == []


async def test_a_search_whose_process_dies_again_and_again_comes_to_its_end(line: Line) -> None:
    """Each death used up some ids more, and the next search began above them: it never came to the rest."""
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    await uses_up(line, 150)
    await lost_forward(line, part, left=2)
    await uses_up(line, 150)
    for _ in range(60):
        await uses_up(line, 5)
        line.world.faults.add(method="forwardMessage", chat=OWNER, kind="drop", after=19)  # and there it dies
        line.diary = Diary(bot=line.bot, storage=line.diary.storage, clock=line.diary.clock)
        with suppress(SendError):
            for _ in range(3):
                await line.diary.tidy()
        line.world.faults.clear()

    assert line.left_behind() == []
    assert await nothing_is_unknown(line)


async def nothing_is_unknown(line: Line) -> bool:
    async with line.diary.storage.begin() as db:
        return (await db.shown.unknown(OWNER)).since is None


async def test_a_search_that_telegram_cuts_short_is_gone_on_with(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    for number in range(60):
        await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": f"پیام {number}"})
        line.world.clock.advance(2)
    before = len(Person(line.world, OWNER).reads())
    for _ in range(12):
        line.world.faults.add(method="forwardMessage", chat=OWNER, kind="429", after=9)
        await line.diary.tidy()
        line.world.faults.clear()
        line.world.clock.advance(30)

    assert line.left_behind() == []
    assert len(Person(line.world, OWNER).reads()) == before - 1


async def test_a_search_ends_where_all_is_older(line: Line) -> None:
    for number in range(80):
        await calls.call(line.bot, "sendMessage", {"chat_id": OWNER, "text": f"پیام {number}"})
        line.world.clock.advance(2)
    line.world.clock.advance(300)
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    forwards = len(line.world.transcript.since(0))
    await line.diary.tidy()

    assert line.left_behind() == []
    made = [call for call in line.world.transcript.since(0)[forwards:] if call["method"] == "forwardMessage"]
    assert len(made) < 40


async def test_a_sign_whose_answer_was_lost_is_taken_away_too(line: Line) -> None:
    part = line.part("text")
    await line.sends(part)
    await lost_forward(line, part)
    before = len(Person(line.world, OWNER).reads())
    line.world.faults.add(method="sendMessage", chat=OWNER, kind="lost")
    for _ in range(9):
        await line.diary.tidy()

    assert line.left_behind() == []
    assert len(Person(line.world, OWNER).reads()) == before - 1


async def test_the_desks_group_is_shown_it_where_nobody_else_can_be(line: Line) -> None:
    group = a_group(line)
    part = line.part("text")
    ids = await line.sends(part)
    places.enroll(line.world, OWNER, "bot", "kicked")
    line.diaries = (OWNER, group)
    assert await line.looks(part) == ids
    assert line.left_behind(group) == []

    line.diaries = (group,)
    await calls.call(line.bot, "sendMessage", {"chat_id": group, "text": "پیام", "protect_content": False})
    await lost_forward(line, part)
    await line.diary.tidy()
    assert line.left_behind(group) == []


async def test_in_a_group_whose_messages_it_could_delete_it_takes_nothing_away_that_it_does_not_know(
    line: Line,
) -> None:
    group = a_group(line, as_admin=True)
    part = line.part("text")
    await line.sends(part)
    line.diaries = (group,)
    await lost_forward(line, part)
    await line.diary.tidy()
    await line.diary.tidy()

    assert len(line.left_behind(group)) == 1, "another bot's message may be protected, too"


async def test_two_without_an_id_can_be_told_apart_by_their_words_alone(line: Line) -> None:
    part = line.part("text")
    await line.sends(line.part("text", OTHER))
    ids = await line.sends(part)
    assert await line.looks(part, alone=False) == ids

    posting_only(line)
    with pytest.raises(Undecided, match="two of ours"):
        await line.looks(part, alone=False)


# ── When to look ────────────────────────────────────────────────────────────────────────────────────


async def test_before_the_mail_was_heard_nothing_is_decided(line: Line) -> None:
    told: list[PostState] = []

    async def tell(_db: Any, post: Any, _now: Any) -> None:
        told.append(post.state)

    storage = await Storage.open("sqlite://")
    part = line.part("text")
    async with storage.begin() as db:
        await db.staff.sync({OWNER: frozenset({Role.OWNER})}, NOON)
        await db.channels.put(Channel(id=NEWS, title="خبر"), by=ADMIN, now=NOON)
        article = await db.articles.create(STORY, by=ADMIN, now=NOON)
        post = await db.posts.add(article_id=article.id, channel_id=NEWS, due_at=NOON, by=ADMIN, now=NOON)
        await db.posts.parts.plan(post.id, [(part.method, part.params)])
        await db.posts.claim(post.id, now=NOON)
        await db.posts.parts.sending(post.id, 0, floor_id=0, now=NOON)
        await db.posts.doubt(post.id, NOON, now=NOON, reason="lost")
    await line.sends(part)
    reports = Reports(settled=tell, late=tell, changed=tell)  # type: ignore[arg-type]  # only the first is called
    search = Search(bot=line.bot, storage=storage, clock=line.diary.clock, reports=reports)
    states: list[PostState] = []
    for heard_at in (None, NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)):
        settling = await search.resolve(post, heard_at=heard_at)
        async with storage.begin() as db:
            await settling(db, NOON)
            settled = await db.posts.get(post.id)
            assert settled is not None
            states.append(settled.state)
    await storage.close()

    assert states == [PostState.UNCONFIRMED, PostState.UNCONFIRMED, PostState.SENT]
    assert told == [PostState.SENT]
    assert settled is not None
    assert settled.message_ids == (1,)
