"""Messages that show how something stands lose their buttons once it does not, with a way to how it is now."""

from datetime import timedelta
from typing import Any

from handlers import PRESSES, boards
from tests.newsroom import NEWS, NOON, House, Person, newsroom

NOW = "🔄 وضع کنونی"


def labels(person: Person, message: dict[str, Any]) -> list[str]:
    return person.buttons(person._now(message))


async def planned(house: House) -> dict[str, Any]:
    """A post waits; its page in the admin's chat."""
    await house.approved()
    await house.admin.presses("خبر: ")
    await house.admin.sends("/queue")
    await house.admin.presses("۱ · ۱۲:۳۰")
    return house.admin.reads()[-1]


async def test_who_looks_at_a_post_that_a_colleague_moves_sees_that_before_they_press() -> None:
    async with newsroom() as house:
        page = await planned(house)
        await house.owner.sends("/queue")
        await house.owner.presses("۱ · ۱۲:۳۰")
        await house.owner.presses("⏸ نگه دار")

        assert labels(house.admin, page) == [NOW, "📄 خبر", "‹ صف"]
        await house.admin.presses(NOW, message=page)
        assert "▶️ آزاد کن" in labels(house.admin, page), "and it is the page as it is now"
        assert "▶️ آزاد کن" in house.owner.buttons(house.owner.reads()[-1]), "who has changed it keeps theirs"


async def test_what_goes_out_takes_the_buttons_of_its_pages_with_it() -> None:
    async with newsroom() as house:
        page = await planned(house)
        await house.passes(31 * 60)
        assert len(house.posts()) == 1
        assert labels(house.admin, page) == [NOW, "📄 خبر", "‹ صف"]


async def test_a_page_that_nobody_presses_for_two_days_only_leads_on() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/slots @news جمعه ۱۰")
        board = house.admin.reads()[-1]
        assert "↶ واگرد" in labels(house.admin, board)
        await house.passes(boards.STANDS / timedelta(seconds=1) - 60)
        assert "↶ واگرد" in labels(house.admin, board)
        await house.passes(120)
        assert labels(house.admin, board) == [NOW]


async def test_an_undo_stays_while_it_undoes_and_goes_with_the_next_change() -> None:
    async with newsroom() as house:
        await house.approved()
        first = house.admin.reads()[-1]
        assert "↶ واگرد" in labels(house.admin, first)
        await house.owner.sends("/slots @news جمعه ۱۰")
        assert "↶ واگرد" not in labels(house.admin, first)
        assert "↶ واگرد" in house.owner.buttons(house.owner.reads()[-1])


async def test_two_looks_at_the_same_channel() -> None:
    async with newsroom() as house:
        await house.approved()
        for person in (house.admin, house.owner):
            await person.sends("/look @news")
        seen = house.owner.reads()[-1]
        await house.admin.presses("باصدا")
        assert labels(house.owner, seen) == [NOW]
        await house.owner.presses(NOW, message=seen)
        assert "🔕 بی‌صدا" in labels(house.owner, seen)


async def test_a_card_offers_the_slot_that_comes_next() -> None:
    async with newsroom() as house:
        await house.approved()
        assert any("۱۲:۳۰" in label for label in house.admin.buttons(house.admin.card()))
        await house.passes(31 * 60)
        offered = [label for label in house.admin.buttons(house.admin.card()) if "🕰" in label]
        assert offered == ["🕰 خبر: امروز ۱۸:۰۰"]


def test_every_button_that_is_looked_after_is_one() -> None:
    known = (
        boards._OF_POST
        | boards._OF_CHANNEL.keys()
        | boards._UNDO
        | boards._LEADS
        | set(boards._AGAIN.values())
    )
    assert known <= PRESSES.keys()


def test_what_a_button_holds_is_read_from_its_shape() -> None:
    shown = boards._shown
    assert shown("plan.hold:12:1795336200.0") == [(("post", 12), "1795336200.0")]
    assert shown("plan.earlier:3:1795336200.0:2:1795332600.3") == [
        (("post", 3), "1795336200.0"),
        (("post", 2), "1795332600.3"),
    ]
    assert shown(f"channels.takes:{NEWS}:16.600:t2471629a:any") == [(("times", NEWS), "t2471629a")]
    assert shown(f"channels.look_turn:{NEWS}:lbb0747f2:silent") == [(("look", NEWS), "lbb0747f2")]
    assert shown("story.edit:1:2:headline") == shown("") == shown("plan.hold:x:y") == []
    assert NOON.tzinfo is not None
