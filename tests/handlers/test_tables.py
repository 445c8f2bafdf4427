"""The rooms' tables: joined without a word used twice, and the words of old buttons still understood."""

import pytest

from handlers import ANSWERS, COMMANDS, PRESSES, channels, former_words, plan, posts, story
from handlers.former_words import current
from handlers.tables import joined
from tests.newsroom import NEWS, newsroom
from tests.newsroom import posts as waiting

ROOMS = {"story": story, "plan": plan, "channels": channels, "posts": posts}


def test_every_word_of_a_room_begins_with_its_name() -> None:
    for name, room in ROOMS.items():
        assert all(word.startswith(f"{name}.") for word in room.PRESSES)


def test_a_word_used_twice_fails() -> None:
    async def presses(*_: object) -> None:
        """Does nothing."""

    with pytest.raises(ValueError, match=r"plan\.hold"):
        joined(plan.PRESSES, {"plan.hold": presses})


def test_all_that_the_rooms_have_is_joined() -> None:
    names = [command.name for command in COMMANDS]

    assert len(names) == len(set(names))
    for room in ROOMS.values():
        assert room.PRESSES.items() <= PRESSES.items()
        assert room.ANSWERS.items() <= ANSWERS.items()
        assert set(room.COMMANDS) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("word", "now"),
    [
        ("hold", "plan.hold"),
        ("goon", "posts.publish_from_here"),
        ("approve", "story.approve"),
        ("open", "open"),
    ],
)
def test_the_words_of_old_buttons_are_understood(word: str, now: str) -> None:
    assert current(word) == now
    assert current(word) in PRESSES


def test_every_former_word_leads_to_one_that_is_there() -> None:
    assert {now for now in former_words._FORMER.values() if now not in PRESSES} == set()
    assert set(former_words._FORMER) & set(PRESSES) == set()


async def test_a_button_from_before_the_rooms_still_works() -> None:
    async with newsroom() as house:
        await house.approved()

        await house.admin.forges(f"slot:1:1:{NEWS}")

        assert [post.channel_id for post in await waiting(house)] == [NEWS]
