"""One turn of what comes back, as its admin decides on it: left out, with another text, and each undone."""

import pytest

from bot.news.model import ArticleState, PostState
from tests.handlers.plan.test_recurring import DAY, HOUR, in_queue, repeats
from tests.newsroom import NEWS, SPORT, House, Person, newsroom

USUAL = "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
ONCE = "یک بار با تیتری دیگر"
OTHER_TEXT, BACK, SKIP, UNDO = "✏️ متن دیگر", "↶ متن همیشگی", "⏭ این نوبت نه", "↶ واگرد آخرین"


def headlines(house: House, channel: int = NEWS) -> list[str]:
    return [post.split("\n")[0] for post in house.posts(channel)]


def page(house: House) -> str:
    """The newest page of what comes back, as the admin sees it."""
    return next(
        text for message in reversed(house.admin.reads()) if "🔁 «" in (text := str(message.get("text")))
    )


def data(person: Person, *verbs: str) -> list[str]:
    """What the buttons of the newest message would send that begin like that."""
    return [
        button["callback_data"]
        for row in person.reads()[-1]["reply_markup"]["inline_keyboard"]
        for button in row
        if button["callback_data"].startswith(verbs)
    ]


async def own_text(house: House) -> None:
    """The column comes daily at 13, and its next turn has a card of its own that the editor edits."""
    await repeats(house, "هر روز ۱۳")
    await house.admin.presses(OTHER_TEXT)
    await house.editor.presses("ویرایش تیتر")
    await house.editor.sends(ONCE)


async def test_its_page_has_the_next_turns_and_all_that_can_be_done() -> None:
    async with newsroom() as house:
        said = await repeats(house, "هر روز ۱۳ تا ۱۰ آذر")

        assert "تا سه\u200cشنبه ۱۰ آذر ۱۴۰۵" in said
        assert said.count("•") == 3
        labels = house.admin.buttons(house.admin.reads()[-1])
        for label in ("🗓 نوبت امروز ۱۳:۰۰", SKIP, OTHER_TEXT, "📅 تاریخ پایان", "✖️ پایان تکرار", UNDO):
            assert any(label in each for each in labels), label


async def test_one_turn_has_another_text_and_all_others_the_usual_one() -> None:
    async with newsroom() as house:
        await own_text(house)
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        assert f"این بار با متن «{ONCE}»" in house.admin.text()
        for _ in range(3):
            await house.sleeps(HOUR)
            await house.sleeps(DAY - HOUR)

        assert headlines(house) == [ONCE, USUAL, USUAL]
        async with house.newsroom.storage.begin() as db:
            column, copy = await db.articles.get(1), await db.articles.get(2)
        assert column is not None
        assert copy is not None
        assert (column.headline, column.version, column.state) == (USUAL, 1, ArticleState.PUBLISHED)
        assert (copy.headline, copy.state) == (ONCE, ArticleState.PUBLISHED)


async def test_who_may_not_write_has_the_reporter_and_the_editors_asked() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        assert "دبیرها" in await house.admin.presses(OTHER_TEXT)
        for person in (house.reporter, house.editor):
            assert any("متن دیگری می\u200cخواهد" in str(message.get("text")) for message in person.reads())
            assert "ویرایش" in str(person.buttons(person.card()))
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends(ONCE)
        await house.sleeps(HOUR)
        assert headlines(house) == [], "nobody has approved it"
        await house.editor.presses("تأیید")
        assert headlines(house) == [ONCE]
        await house.sleeps(DAY)
        assert headlines(house) == [ONCE, USUAL]


async def test_the_usual_text_comes_back_and_that_is_undone() -> None:
    async with newsroom() as house:
        await own_text(house)
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        assert "متن همیشگی" in await house.admin.presses(BACK)
        assert ONCE not in page(house)
        assert "مثل پیش" in await house.admin.presses(UNDO)
        assert ONCE in page(house)
        await house.admin.presses(BACK)
        await house.sleeps(HOUR)
        assert headlines(house) == [USUAL]
        async with house.newsroom.storage.begin() as db:
            copy = await db.articles.get(2)
            posts = await db.posts.of_channel(NEWS)
        assert copy is not None
        assert copy.state is ArticleState.SPIKED
        assert len({(post.article_id, post.occurrence) for post in posts}) == len(posts)


async def test_a_later_turn_goes_to_its_own_text_and_back_beside_those_that_are_out() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.sleeps(HOUR)
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        await house.admin.presses(OTHER_TEXT)
        await house.admin.presses(BACK)
        await house.admin.presses(UNDO)
        await house.admin.presses(BACK)
        await house.sleeps(DAY)
        await house.sleeps(DAY)
        assert headlines(house) == [USUAL] * 3
        async with house.newsroom.storage.begin() as db:
            assert {post.article_id for post in await db.posts.of_channel(NEWS)} == {1}


async def test_an_old_undo_of_the_usual_text_does_not_bring_back_what_was_chosen_since() -> None:
    async with newsroom() as house:
        await own_text(house)
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        await house.admin.presses(BACK)
        [old] = data(house.admin, "plan.turn_text_back:")
        await house.admin.presses(OTHER_TEXT)
        assert "تغییر دیگری کرده" in await house.admin.forges(old)
        await house.sleeps(HOUR)
        assert headlines(house) == [USUAL], "the newest card's text, which is still the usual one"
        assert "در وضعیت" in await house.admin.forges(old)
        for forged in (
            "plan.turn_text_back:1",
            "plan.turn_text_back:999",
            "plan.unskip_turn:999",
            "plan.undo_recur:999",
        ):
            assert await house.admin.forges(forged)


async def test_a_turn_is_left_out_and_that_is_undone() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        assert "منتشر نمی\u200cشود" in await house.admin.presses(SKIP)
        assert "• یکشنبه ۱ آذر" not in page(house)
        assert "• دوشنبه ۲ آذر" in page(house)
        await house.admin.presses(UNDO)
        assert "• یکشنبه ۱ آذر" in page(house)
        await house.sleeps(HOUR)
        assert len(house.posts()) == 1
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        await house.admin.presses(SKIP)
        await house.sleeps(DAY)
        assert len(house.posts()) == 1
        await house.sleeps(DAY)
        assert len(house.posts()) == 2


async def test_two_on_the_same_page_leave_out_one_turn_not_two() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.owner.sends("/recurring")
        await house.owner.presses("🔁 شهرداری")
        old = data(house.owner, "plan.skip_turn:", "plan.turn_text:")
        await house.admin.presses(SKIP)
        for button in old:
            answer = await house.owner.forges(button)
            assert "عوض شده" in answer
            assert "زودتر دست به کار شد" in answer
        async with house.newsroom.storage.begin() as db:
            posts = await db.posts.of_article(1)
        assert [post.state for post in posts] == [PostState.CANCELED, PostState.PENDING]


async def test_what_is_sent_already_can_not_be_changed() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        buttons = data(house.admin, "plan.skip_turn:", "plan.turn_text:")
        await house.sleeps(HOUR)
        for old in buttons:
            assert "عوض شده" in await house.admin.forges(old)
            assert await house.reporter.forges(old)
        assert len(house.posts()) == 1
        assert "نیست" in await house.admin.forges("plan.skip_turn:99:1.0")


@pytest.mark.parametrize("way", ["spiked", "killed", "embargo"])
async def test_what_stops_the_story_stops_the_turn_with_another_text(way: str) -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        if way == "killed":
            await house.sleeps(HOUR)
            await house.sleeps(DAY - HOUR)
            await house.admin.sends("/recurring")
            await house.admin.presses("🔁 شهرداری")
        out = len(house.posts())
        await house.admin.presses(OTHER_TEXT)
        if way == "embargo":
            await house.editor.forges("plan.embargo:1:1")
            await house.editor.sends("فردا ۱۲")
            async with house.newsroom.storage.begin() as db:
                [post] = await db.posts.of_article(2)
            assert "منتشر نشود" in await house.admin.forges(f"plan.release:{post.id}")
        else:
            await house.editor.forges(f"{'kill' if way == 'killed' else 'spike'}:1:1")
            if way == "spiked":
                await house.editor.presses("بله، کنار بگذار")
        await house.passes(HOUR)
        await house.passes(DAY - HOUR)

        assert headlines(house) == []
        assert out == (1 if way == "killed" else 0)
        if way == "embargo":
            await house.passes(2 * HOUR)
            assert headlines(house) == [USUAL], "the turn after it"
        else:
            assert "🔁" not in await in_queue(house)


async def test_a_restart_between_the_press_and_the_time_changes_nothing(tmp_path: object) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database) as house:
        await own_text(house)
        world = house.world
    world.clock.advance(HOUR)
    async with newsroom(database, world) as house:
        await house.sleeps(DAY)
        assert headlines(house) == [ONCE, USUAL]


async def test_the_copy_can_go_elsewhere_and_stays_there_when_the_turn_goes_back() -> None:
    async with newsroom() as house:
        await own_text(house)
        await house.admin.sends("/connect @sport")
        await house.admin.forges(f"plan.now:2:2:{SPORT}")
        assert headlines(house, SPORT) == [ONCE]
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        await house.admin.presses(BACK)
        await house.sleeps(HOUR)
        assert (headlines(house), headlines(house, SPORT)) == ([USUAL], [ONCE])
