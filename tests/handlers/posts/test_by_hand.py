"""The channel is the truth: what a colleague edits there by hand is asked about, and never overwritten unseen."""

from typing import Any

import pytest

from bot.news.model import Form, Look
from bot.news.quiet import Rhythm
from tests.newsroom import NEWS, House, newsroom, posts, story

KEEP, UNDO = "✅ بماند", "↶ متن خودمان برگردد"
LEDE = "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد."
MENDED = "شهرداری سپیدکوه روز یکشنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد."


async def published(house: House) -> dict[str, Any]:
    """The story is out in the channel; its message there."""
    await house.approved()
    await house.admin.presses("زمان‌بندی", message=house.admin.card())
    await house.admin.presses("همین حالا")
    await house.admin.presses("بله، همین حالا")
    return post(house)


def post(house: House) -> dict[str, Any]:
    [message] = house.reader.reads(NEWS)
    return message


async def edits(house: House, was: str, now: str) -> None:
    message = post(house)
    assert was in message["text"]
    house.owner.phone.edits_post(message, message["text"].replace(was, now), message.get("entities"))
    await house.settles()


async def corrects(house: House, headline: str) -> None:
    await house.editor.forges("open:1")
    await house.editor.presses("ویرایش تیتر")
    await house.editor.sends(headline)
    await house.editor.presses("انتشار اصلاح")
    await house.settles()


async def test_the_editors_are_asked_with_both_texts_once_nobody_edits_any_more() -> None:
    async with newsroom() as house:
        await published(house)
        before = len(house.editor.reads())
        await edits(house, "شنبه", "یکشنبه")
        assert len(house.editor.reads()) == before, "people mend in several goes"
        await house.passes(30)
        await edits(house, "بیست", "۲۱")
        await house.passes(61)
        asked = house.editor.text()
        assert len(house.editor.reads()) == before + 1
        assert "شنبه از ورود بیست" in asked
        assert "یکشنبه از ورود ۲۱" in asked
        assert "دستی" not in house.reporter.text()


async def test_what_stays_becomes_a_version_of_the_story() -> None:
    async with newsroom() as house:
        await published(house)
        version = (await story(house)).version
        await edits(house, "روز شنبه", "روز یکشنبه")
        await house.passes(61)
        await house.editor.presses(KEEP)
        article = await story(house)
        assert MENDED in article.lede
        assert article.version == article.approved_version == version + 1
        assert "یکشنبه" in post(house)["text"]
        assert KEEP not in house.editor.buttons(), "the question is closed"

        await corrects(house, "سپیدکوه اتوبوس برقی خرید")
        shown = post(house)["text"]
        assert "سپیدکوه اتوبوس برقی خرید" in shown
        assert "یکشنبه" in shown, "the correction keeps what the colleague has mended"


async def test_ours_is_put_back_by_one_press() -> None:
    async with newsroom() as house:
        ours = (await published(house))["text"]
        await edits(house, "روز شنبه", "روز یکشنبه")
        await house.passes(61)
        await house.editor.presses(UNDO)
        await house.settles()
        assert post(house)["text"] == ours
        assert await house.editor.forges("posts.hand_keep:1:0")


async def test_a_correction_does_not_go_over_it_until_somebody_has_decided() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house, "روز شنبه", "روز یکشنبه")
        await corrects(house, "سپیدکوه اتوبوس برقی خرید")
        shown = post(house)["text"]
        assert "یکشنبه" in shown
        assert "شهرداری سپیدکوه ۲۰ اتوبوس" in shown, "the correction waits"
        assert "ویرایش" in house.editor.text()
        await house.editor.presses("✍️ چه ویرایش شده؟")
        await house.editor.presses(UNDO)
        await house.settles()
        shown = post(house)["text"]
        assert "سپیدکوه اتوبوس برقی خرید" in shown
        assert "یکشنبه" not in shown, "then what is approved comes, with the correction"


async def test_what_fits_no_field_stays_apart_and_is_asked_about_again_before_it_goes() -> None:
    async with newsroom() as house:
        await published(house)
        version = (await story(house)).version
        await edits(house, "خبر داد.", "خبر داد.\n\nاین خبر کامل می‌شود.")
        await house.passes(61)
        await house.editor.presses(KEEP)
        assert (await story(house)).version == version
        await corrects(house, "سپیدکوه اتوبوس برقی خرید")
        assert "این خبر کامل می‌شود" in post(house)["text"]
        assert "شهرداری سپیدکوه ۲۰" in post(house)["text"]


async def test_who_takes_their_own_edit_back_leaves_nothing_to_ask() -> None:
    async with newsroom() as house:
        await published(house)
        before = len(house.editor.reads())
        await edits(house, "روز شنبه", "روز یکشنبه")
        await edits(house, "روز یکشنبه", "روز شنبه")
        await house.passes(120)
        assert len(house.editor.reads()) == before
        await corrects(house, "سپیدکوه اتوبوس برقی خرید")
        assert "سپیدکوه اتوبوس برقی خرید" in post(house)["text"]


async def test_bold_that_somebody_adds_is_an_edit_and_hashtags_that_telegram_finds_are_none() -> None:
    async with newsroom() as house:
        message = await published(house)
        before = len(house.editor.reads())
        found = {"type": "hashtag", "offset": 0, "length": 3}
        house.owner.phone.edits_post(message, message["text"], [*message.get("entities", []), found])
        await house.passes(61)
        assert len(house.editor.reads()) == before
        bold = {"type": "bold", "offset": len(message["text"]) - 20, "length": 5}
        house.owner.phone.edits_post(message, message["text"], [*message.get("entities", []), bold])
        await house.settles()
        await house.passes(61)
        assert "دستی" in house.editor.text()


async def test_a_reporter_decides_nothing_by_a_forged_button() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house, "روز شنبه", "روز یکشنبه")
        await house.passes(61)
        [edit] = await hand_edits(house)
        said = await house.reporter.forges(f"posts.hand_undo:{edit.id}:{int(edit.seen_at.timestamp())}")
        assert "نقش دیگری" in said or "برمی‌آید" in said
        assert "یکشنبه" in post(house)["text"]


async def hand_edits(house: House) -> Any:
    [one] = await posts(house)
    async with house.newsroom.storage.begin() as db:
        return await db.by_hand.of_post(one.id)


async def test_what_others_post_counts_for_the_spacing() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_rhythm(NEWS, Rhythm(spacing=30))
        house.owner.phone.send("خبری که همکاری دستی گذاشته است.", chat=NEWS)
        await house.settles()
        async with house.newsroom.storage.begin() as db:
            assert len(await db.posts.taken(NEWS, house.world.clock.now().replace(hour=0))) == 1


@pytest.mark.parametrize("form", [Form.RICH])
async def test_a_rich_post_that_somebody_edits_is_asked_about_too(form: Form) -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, Look(form=form))
        await house.admin.presses("زمان‌بندی", message=house.admin.card())
        await house.admin.presses("همین حالا")
        await house.admin.presses("بله، همین حالا")
        message = post(house)
        house.owner.phone.edits_post(message, "متن دیگری که همکار نوشت")
        await house.settles()
        await house.passes(61)
        assert "متن دیگری که همکار نوشت" in house.editor.text()
        await house.editor.presses(UNDO)
        await house.settles()
        assert "rich_message" in post(house)
