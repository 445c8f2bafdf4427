"""A story's own buttons and how its posts are sent: chosen with the story, and so it stands in the channel."""

from typing import Any

from bot.news.model import article_from_json
from bot.news.switches import Preview, Switches
from tests.newsroom import NEWS, House, newsroom, story


async def chooses(house: House, *names: str) -> None:
    for name in names:
        await house.editor.forges(f"story.switch:1:{(await story(house)).version}:{name}")


async def adds_button(house: House, text: str) -> None:
    await house.editor.forges(f"story.write:1:{(await story(house)).version}:button.new")
    await house.editor.sends(text)


async def goes_out(house: House) -> dict[str, Any]:
    version = (await story(house)).version
    await house.admin.forges(f"plan.now:1:{version}:{NEWS}")
    return house.reader.reads(NEWS)[-1]


async def test_buttons_and_switches_are_in_the_post() -> None:
    async with newsroom() as house:
        await house.approved()
        await adds_button(house, "ثبت‌نام\nhttps://example.com/join")
        await chooses(house, "silent", "above")
        post = await goes_out(house)
        assert [[b["text"] for b in row] for row in post["reply_markup"]["inline_keyboard"]] == [["ثبت‌نام"]]
        assert post["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://example.com/join"
        assert post["link_preview_options"] == {"prefer_large_media": True, "show_above_text": True}
        assert not post.get("has_protected_content")


async def test_a_protected_story_can_not_be_forwarded() -> None:
    async with newsroom() as house:
        await house.approved()
        await chooses(house, "protected")
        assert (await goes_out(house))["has_protected_content"] is True


async def test_a_correction_changes_buttons_and_preview_and_edits_nothing_for_sound_alone() -> None:
    async with newsroom() as house:
        await house.approved()
        await chooses(house, "silent")
        await adds_button(house, "ثبت‌نام\nhttps://example.com/join")
        await goes_out(house)
        await chooses(house, "large")
        await house.editor.forges(f"story.write:1:{(await story(house)).version}:button.0")
        await house.editor.sends("خرید\nhttps://example.com/buy")
        await house.editor.forges(f"story.correct:1:{(await story(house)).version}")
        post = house.reader.reads(NEWS)[-1]
        assert post["reply_markup"]["inline_keyboard"][0][0]["text"] == "خرید"
        assert post["link_preview_options"] == {"prefer_large_media": True}

        since = house.world.transcript.count
        await chooses(house, "silent")
        await house.editor.forges(f"story.correct:1:{(await story(house)).version}")
        calls = house.world.transcript.since(since)
        assert not any("edit" in c["method"] and c["parameters"].get("chat_id") == NEWS for c in calls)


async def test_a_switch_of_an_older_page_does_nothing() -> None:
    async with newsroom() as house:
        await house.approved()
        version = (await story(house)).version
        await chooses(house, "silent")
        assert "عوض شده" in await house.editor.forges(f"story.switch:1:{version}:protected")
        assert (await story(house)).switches == Switches(silent=True)
        await house.editor.forges(f"story.undo:1:{version + 1}")
        assert (await story(house)).switches == Switches()


async def test_who_may_not_edit_turns_no_switch() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"story.switch:1:{(await story(house)).version}:silent")
        assert (await story(house)).switches == Switches()


def test_a_story_from_before_there_were_switches_has_the_usual_ones() -> None:
    article = article_from_json({"headline": "تیتر", "lede": "لید"})
    assert (article.switches.preview, article.buttons, article.headline_proposed) == (Preview.NONE, (), False)
