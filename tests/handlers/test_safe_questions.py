"""Questions are safe: each says which story it is of, lapses, loses its buttons, and takes no story for an answer."""

import pytest

from bot.news.model import Article, ArticleState
from bot.news.structure.small_talk import SmallTalk, kind_of
from tests.newsroom import COPY, House, Person, newsroom, story

OTHER = (
    "موزهٔ سپیدکوه پس از دو سال بازگشایی شد\nاین موزه از فردا هر روز از ساعت ۹ تا ۱۷ پذیرای بازدیدکنندگان است."
)
ARTICLE = OTHER + "\n" + "مدیر موزه گفت که سه تالار تازه برای نمایش سفالینه‌های کهن ساخته شده است. " * 60


async def headlines(house: House) -> list[str]:
    async with house.newsroom.storage.begin() as db:
        found: tuple[Article, ...] = await db.articles.in_states(*ArticleState)
    return [each.headline for each in found]


def with_keyboards(person: Person, words: str) -> list[str]:
    """The bot's messages with these words that still have buttons."""
    return [
        m["text"]
        for m in person.reads()
        if words in m.get("text", "") and m.get("reply_markup", {}).get("inline_keyboard")
    ]


async def asked_for_headline(house: House) -> None:
    await house.reporter.sends(COPY)
    await house.reporter.presses("ویرایش تیتر")


@pytest.mark.parametrize("later", [5, 3700, 26 * 3600])
async def test_a_second_story_does_not_become_the_headline_of_the_first(later: int) -> None:
    async with newsroom() as house:
        await asked_for_headline(house)
        await house.passes(later)
        await house.reporter.sends(OTHER)
        assert (await story(house)).headline.startswith("شهرداری سپیدکوه")
        assert "شهرداری سپیدکوه" in house.reporter.text(), "it says of which story it asks"

        await house.reporter.presses("خبر تازه")
        assert (await story(house)).headline.startswith("شهرداری سپیدکوه")
        assert "موزهٔ سپیدکوه پس از دو سال بازگشایی شد" in await headlines(house)
        assert not with_keyboards(house.reporter, "هنوز کاری")


async def test_what_is_held_can_be_the_answer_after_all() -> None:
    async with newsroom() as house:
        await asked_for_headline(house)
        await house.reporter.sends("سپیدکوه\nاتوبوس برقی می‌خرد")
        await house.reporter.presses("تیتر تازه")
        assert (await story(house)).headline == "سپیدکوه اتوبوس برقی می‌خرد"
        assert len(await headlines(house)) == 1
        assert not with_keyboards(house.reporter, "تیتر تازه را بفرستید")


async def test_a_whole_article_sent_as_a_headline_can_become_a_story() -> None:
    async with newsroom() as house:
        await asked_for_headline(house)
        await house.reporter.sends(ARTICLE)
        assert len(await headlines(house)) == 1
        await house.reporter.presses("خبر تازه")
        await house.passes(10)
        assert len(await headlines(house)) == 2


async def test_a_forward_or_a_picture_is_no_answer_to_a_question_for_words() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش نکته")
        await house.reporter.sends("عکس موزه", photo="museum.jpg")
        assert "هنوز کاری با آن نکرده‌ام" in house.reporter.text()
        await house.reporter.presses("هیچ‌کدام")
        assert len(await headlines(house)) == 1


async def test_a_question_loses_its_buttons_when_it_is_answered_dropped_replaced_or_lapsed() -> None:
    async with newsroom() as house:
        words = "تیتر تازه را بفرستید"
        await asked_for_headline(house)
        assert with_keyboards(house.reporter, words)
        await house.reporter.sends("سپیدکوه اتوبوس برقی خرید")
        assert not with_keyboards(house.reporter, words)

        for close in ("/cancel", "/drafts"):
            await house.reporter.presses("ویرایش تیتر")
            assert with_keyboards(house.reporter, words)
            await house.reporter.sends(close)
            assert not with_keyboards(house.reporter, words)

        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.presses("ویرایش لید")
        assert not with_keyboards(house.reporter, words)
        assert with_keyboards(house.reporter, "لید تازه را بفرستید")
        await house.passes(3700)
        assert not with_keyboards(house.reporter, "لید تازه را بفرستید")


async def test_after_an_hour_or_something_else_an_answer_is_asked_about() -> None:
    async with newsroom() as house:
        await asked_for_headline(house)
        await house.reporter.sends("/drafts")
        await house.reporter.sends("سپیدکوه اتوبوس برقی خرید")
        assert len(await headlines(house)) == 1
        await house.reporter.presses("تیتر تازه")
        assert (await story(house)).headline == "سپیدکوه اتوبوس برقی خرید"


async def test_what_is_held_is_decided_once() -> None:
    async with newsroom() as house:
        await asked_for_headline(house)
        await house.reporter.sends(OTHER)
        held = house.reporter.reads()[-1]
        data = [b["callback_data"] for row in held["reply_markup"]["inline_keyboard"] for b in row]
        as_story = next(each for each in data if each.endswith(":story"))
        await house.reporter.forges(as_story)
        await house.reporter.forges(as_story)
        assert len(await headlines(house)) == 2
        await house.editor.sends("/start")
        await house.editor.forges(as_story)
        assert len(await headlines(house)) == 2, "what somebody else sent is theirs"


async def test_a_reply_to_a_card_is_about_its_story() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        first = house.reporter.card()["message_id"]
        await house.reporter.sends(OTHER)
        await house.reporter.sends("سپیدکوه برقی شد", reply_to_message_id=first)
        assert len(await headlines(house)) == 2
        assert "شهرداری سپیدکوه ۲۰ اتوبوس" in house.reporter.text()
        await house.reporter.presses("تیتر تازه")
        assert (await story(house)).headline == "سپیدکوه برقی شد"


async def test_what_was_done_names_its_story() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش لید")
        await house.reporter.sends("بیست اتوبوس برقی از شنبه در سپیدکوه کار می‌کنند.")
        said = [m["text"] for m in house.reporter.reads() if "لید عوض شد" in m.get("text", "")]
        assert said
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in said[-1]


@pytest.mark.parametrize("said", ["سلام", "ممنون", "مرسی، خسته نباشید", "👍", "باشه چشم", "Hello!", "thanks"])
async def test_small_talk_is_answered_and_makes_no_draft(said: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(said)
        assert await headlines(house) == []
        assert house.reporter.reads()[-1]["from"]["is_bot"]
        await asked_for_headline(house)
        await house.reporter.sends(said)
        assert (await story(house)).headline.startswith("شهرداری سپیدکوه")
        await house.reporter.sends("سپیدکوه اتوبوس برقی خرید")
        assert (await story(house)).headline == "سپیدکوه اتوبوس برقی خرید", "the question was still open"


@pytest.mark.parametrize("said", ["چطور خبر بفرستم؟", "میشه تیتر رو عوض کنی؟", "https://t.me/somebody"])
async def test_a_question_to_the_bot_or_a_link_alone_can_still_be_a_story(said: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(said)
        assert await headlines(house) == []
        await house.reporter.presses("خبر تازه")
        assert len(await headlines(house)) == 1


@pytest.mark.parametrize(
    "copy",
    [
        "سلام خبر رسید که زلزله شد",
        "آیا بنزین گران می‌شود؟",
        "فوری/ زلزله در سپیدکوه",
        "۱۲ کشته در تصادف",
        "تشکر وزیر از مردم سپیدکوه",
        COPY,
    ],
)
def test_a_word_of_news_is_no_small_talk(copy: str) -> None:
    assert kind_of(copy) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("سلام وقت بخیر", SmallTalk.GREETING),
        ("سلام، خوبی؟", SmallTalk.GREETING),
        ("خیلی ممنون", SmallTalk.THANKS),
        ("دستت درد نکنه", SmallTalk.THANKS),
        ("چشم", SmallTalk.NOD),
        ("🙏🙏", SmallTalk.SIGN),
        ("…", SmallTalk.SIGN),
        ("how do I send a story?", SmallTalk.QUESTION),
    ],
)
def test_kinds_of_small_talk(said: str, kind: SmallTalk) -> None:
    assert kind_of(said) is kind
