"""An album in a protected channel, its answer lost and its process killed: what is in the channel is in the ledger."""

from pathlib import Path

import pytest

from bot.news.media import Media
from bot.news.model import Article, Paragraph, Piece, PostState, Section
from bot.news.talk import PostPart
from bot.simulator import places
from bot.simulator.people import Person
from bot.simulator.world import World
from tests.delivery.test_answers import known, waits
from tests.delivery.test_publisher import due, state
from tests.newsroom import NEWS, NOON, OWNER, House, newsroom

LONG = tuple(Section(blocks=(Paragraph(text=f"بند {n}. " + "جمله‌ای از متن. " * 90),)) for n in range(3))
WHOLE = (Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT)


def protected(world: World, *, edits_all: bool = False) -> None:
    """The channel's messages can't be forwarded, nor may the bot, as a rule, edit what others write there."""
    places.protect(world, NEWS, protected=True)
    places.enroll(world, NEWS, "bot", "administrator", rights={"can_edit_messages": edits_all})


def album(world: World) -> Article:
    """Three pictures, and a text of several messages after them."""
    sent = [Person(world, OWNER).send(photo=f"{n}.jpg")[0] for n in range(3)]
    photos = tuple(Media(file_id=message["photo"][-1]["file_id"]) for message in sent)
    return Article(headline="خبری با سه عکس", lede="لید.", sections=LONG, media=photos)


async def parts_of(house: House, post_id: int) -> tuple[PostPart, ...]:
    async with house.newsroom.storage.begin() as db:
        return await db.posts.parts.of(post_id)


@pytest.mark.parametrize("killed", [True, False])
async def test_an_album_whose_answer_was_lost_is_recorded_with_all_its_pictures(
    tmp_path: Path, *, killed: bool
) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        house.owner.phone.send("/start")
        await known(house)
        protected(world)
        world.faults.add(method="sendMediaGroup", chat=NEWS, kind="lost")
        post_id = await due(house, album(world), pieces=WHOLE)
        await house.settles()
        await waits(house, 0 if killed else 3)
    async with newsroom(database, world) as house:
        await waits(house)

        assert await state(house, post_id) is PostState.SENT
        parts = await parts_of(house, post_id)
        assert len(parts) > 1
        there = [message["message_id"] for message in house.reader.reads(NEWS)][1:]
        assert [id for part in parts for id in part.message_ids] == there
        assert len(parts[0].message_ids) == 3


async def test_a_text_after_an_album_that_a_person_has_confirmed_is_not_recorded_under_its_pictures(
    tmp_path: Path,
) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        for person in (house.owner, house.admin):
            await person.sends("/start")
        await known(house)
        protected(world, edits_all=True)
        world.faults.add(method="sendMediaGroup", chat=NEWS, kind="lost")
        post_id = await due(house, album(world), pieces=WHOLE)
        await house.settles()
        await waits(house)
        assert await state(house, post_id) is PostState.UNCONFIRMED, "it may edit others': a person is asked"
        protected(world)
        world.faults.add(method="sendMessage", chat=NEWS, kind="lost")
        await house.admin.forges(f"plan.is_there:{post_id}")
    async with newsroom(database, world) as house:
        await waits(house)
        shown = {message["message_id"]: message for message in house.reader.reads(NEWS)}
        recorded = [part for part in await parts_of(house, post_id) if part.message_ids]
        for part in recorded:
            assert shown[part.message_ids[0]].get("text") == part.params["text"]
        assert await state(house, post_id) is PostState.UNCONFIRMED, "two of ours have no id: a person looks"
        await house.admin.forges(f"plan.is_there:{post_id}")
        await waits(house)

        assert await state(house, post_id) is PostState.SENT
        texts = [message.get("text") for message in house.reader.reads(NEWS)]
        planned = [part.params["text"] for part in await parts_of(house, post_id) if "text" in part.params]
        assert [text for text in texts if text in planned] == planned
