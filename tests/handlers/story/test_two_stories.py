"""Two stories in one paste: whoever sent it is asked, and nothing is lost whatever they say."""

import pytest

from bot.news.model import Article, ArticleState
from tests.newsroom import House, newsroom

FIRST = (
    "پل تازه نیل‌آباد پاییز به راه می‌افتد\n"
    "شهردار نیل‌آباد از پایان کار پل تازه و گشایش آن در آبان خبر داد.\n"
    "این پل دو سوی رود را به هم می‌رساند و راه دانش‌آموزان چهار محله را کوتاه می‌کند.\n"
    "انتهای پیام"
)
SECOND = (
    "باران سه روزه در راه است\n"
    "سازمان هواشناسی از باران سه روزه در نیل‌آباد و دریابار خبر داد.\n"
    "بارش از بامداد پنجشنبه آغاز می‌شود و تا عصر شنبه در همه شهرها ادامه دارد.\n"
    "انتهای پیام"
)
BOTH = f"{FIRST}\n\n{SECOND}"


async def drafts(house: House) -> list[Article]:
    async with house.newsroom.storage.begin() as db:
        return sorted(await db.articles.in_states(ArticleState.DRAFT), key=lambda each: each.id)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def words_of(*articles: Article) -> str:
    return " ".join(
        letters(text)
        for each in articles
        for text in (
            each.headline,
            each.lede,
            *(section.heading or "" for section in each.sections),
            *(paragraph for section in each.sections for paragraph in section.paragraphs),
        )
    )


async def test_two_stories_become_two_drafts_by_a_press_and_nothing_is_lost() -> None:
    async with newsroom() as house:
        await house.reporter.sends(BOTH)
        [asked] = [each["text"] for each in house.reporter.reads() if "یک خبر است یا" in each["text"]]
        assert all(copy.split("\n")[0] in asked for copy in (FIRST, SECOND))
        [whole] = await drafts(house)

        await house.reporter.presses("۲ خبر است")
        first, second = await drafts(house)

        assert (first.id, first.headline) == (whole.id, FIRST.split("\n", maxsplit=1)[0])
        assert second.headline == SECOND.split("\n", maxsplit=1)[0]
        assert second.lede in SECOND
        assert all(
            letters(line) in words_of(first, second) for line in BOTH.split("\n") if line.endswith(".")
        )


async def test_one_story_stays_one() -> None:
    async with newsroom() as house:
        await house.reporter.sends(BOTH)
        [before] = await drafts(house)
        await house.reporter.presses("یک خبر است")

        assert await drafts(house) == [before]
        assert all(letters(line) in words_of(before) for line in BOTH.split("\n") if line.endswith("."))


async def test_a_draft_that_was_edited_meanwhile_is_not_parted() -> None:
    async with newsroom() as house:
        await house.reporter.sends(BOTH)
        [draft] = await drafts(house)
        await house.reporter.forges(f"story.several:1:{draft.version + 1}")

        assert await drafts(house) == [draft]


async def test_only_who_sent_it_parts_it() -> None:
    async with newsroom() as house:
        await house.reporter.sends(BOTH)
        [draft] = await drafts(house)
        await house.editor.sends("/drafts")
        await house.editor.forges(f"story.several:1:{draft.version}")
        await house.editor.forges("story.one:1")

        assert await drafts(house) == [draft]
        await house.reporter.presses("۲ خبر است")
        assert len(await drafts(house)) == 2


async def test_a_long_paste_is_asked_about_once_all_of_it_is_there() -> None:
    long = "این بند از متن بلندی است که گزارشگر یک‌جا چسبانده است و چند بار می‌آید. " * 60
    async with newsroom() as house:
        await house.reporter.sends(f"{FIRST.removesuffix('انتهای پیام')}{long}\nانتهای پیام\n\n{SECOND}")
        await house.passes(3)
        await house.reporter.presses("۲ خبر است")

        assert [each.headline for each in await drafts(house)] == [
            FIRST.split("\n", maxsplit=1)[0],
            SECOND.split("\n", maxsplit=1)[0],
        ]


@pytest.mark.parametrize("copy", [FIRST, FIRST + "\n\nآخرین خبرها\nباران سه روزه در راه است\nنظر شما"])
async def test_one_story_is_not_asked_about(copy: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(copy)

        assert not any("خبر دارد" in (message.get("text") or "") for message in house.reporter.reads())
