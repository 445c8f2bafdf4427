"""What others depend on is not done by one press, and brought back whole: spiking, withdrawing an approval."""

import pytest

from bot.news.model import ArticleState, PostState
from tests.newsroom import COPY, House, newsroom, posts, story


async def scheduled(house: House) -> None:
    await house.approved()
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("نوبت آزاد بعدی")
    assert [post.state for post in await posts(house)] == [PostState.PENDING]


async def test_a_scheduled_story_is_spiked_by_a_second_press_and_comes_back_whole() -> None:
    async with newsroom() as house:
        await scheduled(house)
        due_at = (await posts(house))[0].due_at
        before = len(house.reporter.reads()), len(house.admin.reads())
        await house.editor.presses("کنار بگذار")
        assert (await story(house)).state is ArticleState.APPROVED
        assert "خبر" in house.editor.text()
        assert "۱۲:۳۰" in house.editor.text(), "the question names what hangs on the story"

        await house.editor.presses("بله، کنار بگذار")
        assert (await story(house)).state is ArticleState.SPIKED
        assert (await posts(house))[0].state is PostState.CANCELED
        for person, count in zip((house.reporter, house.admin), before, strict=True):
            told = [m.get("text", "") for m in person.reads()[count:]]
            assert any("کنار گذاشت" in text and "۱۲:۳۰" in text for text in told)

        await house.editor.presses("برگردان")
        back = await story(house)
        assert (back.state, back.approved_version) == (ArticleState.APPROVED, back.version)
        post = (await posts(house))[0]
        assert (post.state, post.due_at) == (PostState.PENDING, due_at)
        await house.passes(8 * 3600)
        assert len(house.posts()) == 1


@pytest.mark.parametrize("who", ["editor", "owner"])
async def test_bring_back_is_gone_from_its_message_whoever_has_pressed_it(who: str) -> None:
    """Seen live: the message kept a button that could only answer that it is over."""
    async with newsroom() as house:
        await scheduled(house)
        await house.editor.presses("کنار بگذار")
        await house.editor.presses("بله، کنار بگذار")
        assert "story.unspike" in str(house.editor.reads()[-1].get("reply_markup"))
        data = f"story.unspike:1:{(await story(house)).version}"
        person = getattr(house, who)
        await house.owner.sends("/desk")
        await (person.presses(data) if who == "editor" else person.forges(data))
        assert (await story(house)).state is ArticleState.APPROVED
        assert not any("story.unspike" in str(one.get("reply_markup")) for one in house.editor.reads())


async def test_an_undo_below_an_edit_is_gone_once_it_is_used_and_the_card_stays_one_press_away() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("✏️ روتیتر")
        await house.reporter.sends("روتیتر دیگری")
        data = f"story.undo:1:{(await story(house)).version}"
        (message,) = [
            one
            for one in house.reporter.reads()
            if data in str(one.get("reply_markup")) and "story.view:" not in str(one["reply_markup"])
        ]
        await house.reporter.presses(data, message=message)
        (now,) = [one for one in house.reporter.reads() if one["message_id"] == message["message_id"]]
        assert "story.undo" not in str(now["reply_markup"])
        assert "open:1" in str(now["reply_markup"])


async def test_never_mind_leaves_all_as_it_was_and_the_old_question_is_dead() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.editor.presses("کنار بگذار")
        question = house.editor.reads()[-1]
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await house.editor.presses("انصراف")
        await house.editor.forges(data)
        assert (await story(house)).state is ArticleState.APPROVED


async def test_a_question_about_what_has_changed_since_is_not_acted_on() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.editor.presses("کنار بگذار")
        await house.admin.forges("plan.move_slot:1")
        await house.editor.presses("بله، کنار بگذار")
        assert (await story(house)).state is ArticleState.APPROVED


async def test_a_post_whose_time_is_over_comes_back_held() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.editor.presses("کنار بگذار")
        await house.editor.presses("بله، کنار بگذار")
        await house.passes(9 * 3600)
        await house.editor.presses("برگردان")
        assert (await posts(house))[0].state is PostState.HELD
        assert not house.posts()


async def test_a_draft_on_which_nothing_hangs_is_spiked_at_once() -> None:
    async with newsroom() as house:
        await house.reporter.sends("شهر\nخبری کوتاه از شهر که هنوز به دبیر نرسیده است.")
        await house.reporter.presses("کنار بگذار")
        assert (await story(house)).state is ArticleState.SPIKED
        await house.reporter.presses("برگردان")
        assert (await story(house)).state is ArticleState.DRAFT


async def test_an_approval_is_withdrawn_and_given_again_with_its_place() -> None:
    async with newsroom() as house:
        await scheduled(house)
        due_at = (await posts(house))[0].due_at
        await house.editor.presses("پس‌گرفتن تأیید")
        assert (await story(house)).state is ArticleState.APPROVED, "a post hangs on it"
        await house.editor.presses("بله، پس بگیر")
        assert (await story(house)).state is ArticleState.SUBMITTED
        assert (await posts(house))[0].state is PostState.HELD
        assert "پس گرفت" in house.admin.text()

        await house.editor.presses("✅ تأیید")
        post = (await posts(house))[0]
        assert (post.state, post.due_at) == (PostState.PENDING, due_at)


async def test_an_edit_of_a_scheduled_story_is_shown_to_who_scheduled_it_and_held_by_one_press() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("سپیدکوه اتوبوس برقی خرید")
        told = house.admin.text()
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in told
        assert "سپیدکوه" in told.splitlines()[-1]
        assert "۱۲:۳۰" in told
        await house.admin.presses("نگه دار")
        assert (await posts(house))[0].state is PostState.HELD


async def test_a_channel_is_paused_by_a_second_press_and_the_others_are_told() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.owner.sends("/pause")
        async with house.newsroom.storage.begin() as db:
            assert (await db.channels.page(limit=1))[0].paused_at is None
        assert "سپیدکوه" in house.owner.text(), "it names what waits there"
        await house.owner.presses("بله، متوقف کن")
        async with house.newsroom.storage.begin() as db:
            assert (await db.channels.page(limit=1))[0].paused_at is not None
        assert "متوقف کرد" in house.admin.text()


@pytest.mark.parametrize("later", [0, 49 * 3600])
async def test_a_chat_has_one_card_of_a_story_and_an_old_one_the_way_to_it(later: int) -> None:
    """What is older than 48 hours no bot may delete."""
    async with newsroom() as house:
        await house.reporter.sends("شهر\nخبری کوتاه از شهر که هنوز به دبیر نرسیده است.")
        await house.reporter.presses("ارسال به دبیر")
        old = house.editor.card()["message_id"]
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("لید را کوتاه‌تر کن")
        await house.passes(later)
        await house.reporter.presses("ارسال به دبیر")
        left = [m for m in house.editor.reads() if m["message_id"] == old]
        assert house.editor.card()["message_id"] != old
        assert [house.editor.buttons(m) for m in left] == ([["⬇️ این خبر پایین‌تر است"]] if later else [])
