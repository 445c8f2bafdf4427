"""The tags that a story is offered, and whom and what it names."""

from dataclasses import replace

from hypothesis import given, settings

from bot.news.model import Article, Entity, Paragraph, Section
from bot.news.posts.direction import RLM
from bot.news.posts.markup import utf16_length
from bot.news.subjects import named, tags
from bot.news.subjects.hashtags import JOINERS
from bot.news.subjects.named import Named
from tests.any_article import ARTICLES
from tests.newsroom import newsroom
from tests.telegram_judge import automatic

BRIDGE = Article(
    headline="نمونه\u200cپور: پل تازهٔ اهواز پاییز باز می\u200cشود",
    lede="محمدرضا نمونه\u200cپور، شهردار اهواز، گفت پل تازه با کمک وزارت نیرو ساخته شده است.",
    sections=(
        Section(
            blocks=(
                Paragraph(
                    text="مریم رضایی، مدیر طرح، گفت کارگران از شیراز آمده\u200cاند و پل تازه ۴ خط دارد."
                ),
                Paragraph(text="نمونه\u200cپور افزود پل تازه از اهواز به جادهٔ خرمشهر می\u200cرسد."),
            )
        ),
    ),
)
COPY = (
    "سازمان هواشناسی: گردوخاک به خوزستان می‌رسد\n"
    "توفان گردوخاک از فردا خوزستان را فرا می‌گیرد و کیفیت هوا ناسالم می‌شود.\n"
    "به گزارش سازمان هواشناسی، کانون‌های گردوخاک در جنوب اهواز فعال شده‌اند. کیفیت هوا در ۱۲ ایستگاه قرمز است."
)


def test_each_name_is_told_once_and_whole_with_those_of_the_headline_first():
    told = named.told(BRIDGE)

    assert told[:2] == (
        Named(text="محمدرضا نمونه\u200cپور", kind="person"),
        Named(text="اهواز", kind="place"),
    )
    assert {each.text for each in told[2:]} == {"وزارت نیرو", "مریم رضایی", "شیراز", "خرمشهر"}
    assert told[2].text == "وزارت نیرو"


def test_names_are_among_the_tags_after_what_the_story_is_about():
    offered = tags.offered(BRIDGE)

    assert {"محمدرضا_نمونه\u200cپور", "اهواز", "وزارت_نیرو"} <= set(offered)
    assert len(tags.offered(BRIDGE, limit=2)) == 2
    assert len({tag.replace("_", "").replace("\u200c", "") for tag in offered}) == len(offered) <= 6


def test_tags_are_joined_as_the_house_says():
    assert "وزارت\u200cنیرو" in tags.offered(BRIDGE, "\u200c")


def test_the_keywords_of_the_copy_come_first():
    own = replace(BRIDGE, keywords=("محیط زیست", "یک کلیدواژه که برای برچسب بسیار بلند است", "۱۴۰۵"))

    assert tags.offered(own)[0] == "محیط_زیست"
    assert not any("کلیدواژه" in tag or tag.isdigit() for tag in tags.offered(own))


def test_an_empty_story_is_offered_nothing():
    assert tags.offered(Article(headline="و از به")) == ()
    assert named.told(Article(headline="")) == ()


@settings(max_examples=15, deadline=None)
@given(ARTICLES)
def test_of_any_article_each_tag_is_one_tag_to_telegram(article):
    for joiner in JOINERS.values():
        for tag in tags.offered(article, joiner):
            found = automatic(f"{RLM}#{tag} #b")[0]
            assert found == Entity(type="hashtag", offset=1, length=utf16_length(f"#{tag}"))


async def test_the_card_offers_tags_with_the_names_and_takes_them_as_they_are():
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("🏷 هشتگ‌ها")
        await house.reporter.presses("نوشتن هشتگ‌ها")
        offered = house.reporter.text().split("\n")[-1]
        assert {"#سازمان_هواشناسی", "#خوزستان", "#اهواز"} <= set(offered.split())
        await house.reporter.sends(offered)

        assert offered in house.reporter.card()["text"]


async def test_the_owner_has_tags_joined_by_half_spaces():
    async with newsroom() as house:
        await house.owner.sends("/style")
        await house.owner.presses("میان واژه‌های هشتگ: _")
        assert "میان واژه‌های هشتگ: نیم‌فاصله" in house.owner.buttons()
        await house.reporter.sends(COPY)
        await house.reporter.presses("🏷 هشتگ‌ها")
        await house.reporter.presses("نوشتن هشتگ‌ها")
        offered = house.reporter.text().split("\n")[-1]
        assert "#سازمان\u200cهواشناسی" in offered.split()
        await house.reporter.sends(offered)

        assert offered in house.reporter.card()["text"]
