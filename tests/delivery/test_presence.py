"""A post that somebody deletes by hand is noticed within the hour, told and marked; looking harms nobody."""

from bot.news.model import PostState
from bot.simulator import places
from tests.handlers.posts.test_by_hand import post, published
from tests.newsroom import NEWS, House, newsroom, posts

HOUR = 3600


def looks(house: House) -> int:
    return sum(
        call["method"] == "editMessageReplyMarkup"
        for call in house.world.transcript.since(0)
        if str(call["parameters"].get("chat_id")) == str(NEWS)
    )


async def test_a_post_deleted_by_hand_is_told_within_the_hour_and_can_be_posted_again() -> None:
    async with newsroom() as house:
        await published(house)
        house.owner.phone.deletes_post(post(house))
        people = (house.reporter, house.editor, house.admin)
        before = [len(person.reads()) for person in people]
        await house.passes(HOUR + 60)
        [one] = await posts(house)
        assert (one.state, one.reason, one.message_ids) == (PostState.CANCELED, "deleted by hand", ())
        for person, count in zip(people, before, strict=True):
            told = [str(message.get("text")) for message in person.reads()[count:]]
            assert sum("دستی" in text for text in told) == 1
        await house.admin.presses("🔁 دوباره منتشر کن")
        await house.admin.presses("همین حالا", message=house.admin.card())
        await house.admin.presses("بله، همین حالا")
        assert len(house.posts()) == 1


async def test_looking_changes_nothing_that_is_there_in_a_protected_channel_too() -> None:
    async with newsroom() as house:
        await published(house)
        places.protect(house.world, NEWS, protected=True)
        before = post(house)
        count = len(house.reporter.reads())
        await house.passes(3 * HOUR)
        assert post(house) == before
        assert len(house.reporter.reads()) == count
        [one] = await posts(house)
        assert one.state is PostState.SENT


async def test_nothing_is_looked_at_after_two_days() -> None:
    async with newsroom() as house:
        await published(house)
        for _ in range(25):
            await house.passes(2 * HOUR)
        count = looks(house)
        assert 20 <= count <= 60, "about once an hour"
        await house.passes(3 * HOUR)
        assert looks(house) == count
