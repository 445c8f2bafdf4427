"""Files that come by themselves after their story: added to it, asked about where there are several."""

import pytest

from bot.news.model import Article, ArticleState
from tests.albums import publish
from tests.files_sent import file_in
from tests.newsroom import COPY, NEWS, House, Person, newsroom

OTHER = "تیم والیبال دریابار قهرمان شد\nتیم والیبال دریابار جام ساحلی را برد و به خانه بازگشت."
THIRD = "بندر نیل‌آباد باز شد\nبندر نیل‌آباد پس از دو سال دوباره باز شد و کشتی‌ها آمدند."


async def stories(house: House) -> dict[str, Article]:
    async with house.newsroom.storage.begin() as db:
        found = await db.articles.in_states(*ArticleState)
    return {article.headline[:6]: article for article in found}


async def files(house: House, copy: str) -> list[str]:
    return [each.file_id for each in (await stories(house))[copy[:6]].media]


async def sends_alone(person: Person, *, minutes: float = 0, **file: str) -> str:
    """A file without words, so long after what was sent last; its id."""
    await person.house.passes(3 + 60 * minutes)
    [sent] = person.phone.send(**file)
    await person.house.settles()
    await person.house.passes(3)
    return file_in(sent).file_id


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice"])
@pytest.mark.parametrize("minutes", [0, 1, 9])
async def test_a_file_that_comes_after_its_story_is_added_to_it(kind: str, minutes: int) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        sent = await sends_alone(house.reporter, minutes=minutes, **{kind: "a"})

        assert await files(house, COPY) == [sent]
        said = [m.get("text", "") for m in house.reporter.reads()]
        assert any("این را به خبری" in each and COPY[:20] in each for each in said), "it is said to which"


async def test_a_late_file_after_submission_is_the_storys_as_well_and_decided_stories_stay() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        first = await sends_alone(house.reporter, minutes=1, photo="a.jpg")
        assert await files(house, COPY) == [first]

        await house.editor.presses("تأیید")
        await sends_alone(house.reporter, minutes=1, photo="b.jpg")
        assert await files(house, COPY) == [first]
        assert "منتظر خبر است" in house.reporter.text()


async def test_after_ten_minutes_it_waits_for_a_story_of_its_own() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        sent = await sends_alone(house.reporter, minutes=11, photo="a.jpg")
        assert "منتظر خبر است" in house.reporter.text()
        await house.reporter.sends(OTHER)
        await house.passes(3)

        assert await files(house, COPY) == []
        assert await files(house, OTHER) == [sent]


async def test_where_it_was_guessed_wrong_one_press_frees_it_for_the_story_that_comes() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        sent = await sends_alone(house.reporter, minutes=8, photo="a.jpg")
        await house.reporter.presses("برای خبر دیگری")
        assert await files(house, COPY) == []
        await house.passes(8 * 60)
        await house.reporter.sends(OTHER)
        await house.passes(3)
        assert await files(house, OTHER) == [sent]
        assert await files(house, COPY) == []

        await house.reporter.presses(
            f"story.media_elsewhere:2:{(await stories(house))[COPY[:6]].id}", forged=True
        )
        assert await files(house, OTHER) == [sent], "an old button does nothing"


async def test_which_of_several_is_asked_and_one_press_decides() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(60)
        await house.reporter.sends(OTHER)
        sent = [await sends_alone(house.reporter, minutes=0.5, photo=name) for name in ("a.jpg", "b.jpg")]
        assert await files(house, COPY) == await files(house, OTHER) == []
        assert "۲ عکس منتظر" in house.reporter.text()
        await house.reporter.presses("تیم والیبال")

        assert await files(house, OTHER) == sent
        assert await files(house, COPY) == []
        assert not [b for b in house.reporter.buttons() if b.startswith("📄 تیم")], "the question is closed"


async def test_a_text_takes_files_that_were_asked_about() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(60)
        await house.reporter.sends(OTHER)
        sent = await sends_alone(house.reporter, minutes=1, photo="a.jpg")
        await house.reporter.sends(THIRD)
        await house.passes(3)

        assert await files(house, THIRD) == [sent]
        assert not [b for b in house.reporter.buttons() if b.startswith("📄 تیم")]


async def test_nobody_gives_their_files_to_a_story_that_is_not_theirs_to_change() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        await sends_alone(house.reporter, minutes=1, photo="a.jpg")
        assert await files(house, COPY) == []
        await house.reporter.forges("story.media_to:2:1")
        assert await files(house, COPY) == []
        await house.editor.forges("story.media_to:2:1")
        assert await files(house, COPY) == []


async def test_files_that_nobody_answered_for_are_let_go_with_a_word() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(60)
        await house.reporter.sends(OTHER)
        await sends_alone(house.reporter, minutes=1, video="a.mp4")
        await house.passes(11 * 60)

        assert "کنارشان گذاشتم" in house.reporter.text()
        assert not [b for b in house.reporter.buttons() if b.startswith("📄 تیم")]


@pytest.mark.parametrize("count", [1, 3])
async def test_a_reply_with_files_to_a_card_adds_them_to_its_story(count: int) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        card = house.reporter.card()["message_id"]
        await house.reporter.sends(OTHER)
        await house.passes(20 * 60)
        album = {"media_group_id": "r"} if count > 1 else {}
        for number in range(count):
            house.reporter.phone.send(video=f"{number}.mp4", reply_to_message_id=card, **album)
        await house.settles()
        await house.passes(3)

        assert len(await files(house, COPY)) == count
        assert await files(house, OTHER) == []


async def test_words_without_a_letter_under_a_file_lose_neither() -> None:
    async with newsroom() as house:
        [sent] = house.reporter.phone.send("🙂🙂", photo="a.jpg")
        await house.settles()
        await house.passes(3)
        assert "منتظر خبر است" in "".join(m.get("text", "") for m in house.reporter.reads())
        await house.reporter.sends("!!!")
        await house.reporter.sends(COPY)
        await house.passes(3)

        assert await files(house, COPY) == [file_in(sent).file_id]


async def test_a_mixture_that_no_message_holds_is_said_at_once_and_sent_in_lawful_messages() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        for kind in ("photo", "document", "video"):
            await sends_alone(house.reporter, minutes=0, **{kind: "a"})
        said = [m.get("text", "") for m in house.reporter.reads()]
        assert sum("در یک پیام جا نمی‌شوند" in each for each in said) == 2, (
            "once it is one, and each time after"
        )

        await publish(house)
        post = house.reader.reads(NEWS)
        assert [sorted({"photo", "video", "document"} & m.keys()) for m in post] == [
            ["photo"],
            ["video"],
            ["document"],
        ]
        assert post[2]["caption"] == COPY.split("\n", 1)[0]
        assert post[0]["caption"].startswith(post[2]["caption"])
