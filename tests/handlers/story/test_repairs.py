"""What the bot mended is seen, taken back and remembered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.model import Repair
from bot.news.spelling import orthography, repairs
from bot.news.spelling.house_style import HouseStyle
from tests.newsroom import newsroom

SLIPS = (
    "شهرداري سپيدكوه 20 اتوبوس خريد\n"
    'شهرداری سپیدکوه "امروز" گفت که مردم ميروند و باز ميروند .\n'
    "اتوبوس‌ها از 3 روز دیگر در خط یک کار می‌کنند و همه ميروند ..."
)


def test_each_repair_is_counted_once_with_its_context() -> None:
    before = "او ميرود. ما ميرويم و او ميرود."
    text = orthography.repaired(before)
    found = repairs.listed(before, text)

    assert text == "او می‌رود. ما می‌رویم و او می‌رود."
    assert Repair(
        before="ميرود", after="می‌رود", count=1, left="او ", right=". ما ميرويم و او"
    ) in found or any(one.before.startswith("ميرود") and one.count == 2 for one in found)


def test_taking_all_back_brings_the_copy_back() -> None:
    article = copydesk.read(SLIPS, record=True)
    assert article.headline == "شهرداری سپیدکوه ۲۰ اتوبوس خرید"
    back = repairs.taken_back(article, *article.repairs)

    assert back.headline == "شهرداري سپيدكوه 20 اتوبوس خريد"
    assert '"امروز"' in back.lede
    assert back.repairs == ()


def test_taking_one_back_leaves_the_others_and_parts_of_words_alone() -> None:
    article = copydesk.read("کتاب ٥ است\nکتاب ٥٥ و ٥ در این‌جا آمده است.", record=True)
    one = next(repair for repair in article.repairs if repair.after == "۵")
    back = repairs.taken_back(article, one)

    assert back.headline == "کتاب ٥ است"
    assert "۵۵" in back.lede


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["ميرود", "كتاب", "٥", '"نقل"', "شد ،", "کتاب‌ها", "Latin", "..."]),
        min_size=2,
        max_size=20,
    )
)
def test_what_is_not_taken_back_stays(words: list[str]) -> None:
    article = copydesk.read("تیتر خبر\n" + " ".join(words) + " پایان", record=True)

    assert repairs.taken_back(article) == article
    assert repairs.taken_back(article, *article.repairs).repairs == ()


def test_a_kept_form_is_left_alone() -> None:
    style = HouseStyle(kept=frozenset({"كتاب"}))

    assert "كتاب" in copydesk.read("تیتر كتاب خوب\nمتن خبر.", style).headline


async def test_the_card_counts_the_repairs_and_shows_each() -> None:
    async with newsroom() as house:
        await house.reporter.sends(SLIPS)
        label = next(b for b in await house.reporter.page() if "اصلاح" in b)
        assert label.startswith("🩹 ")
        await house.reporter.presses(label)

        assert "شهرداري ← شهرداری" in house.reporter.text()
        assert "↶ واگرد همه" in house.reporter.buttons()


async def test_a_repair_is_taken_back_on_the_card() -> None:
    async with newsroom() as house:
        await house.reporter.sends(SLIPS)
        await house.reporter.presses("اصلاح")
        await house.reporter.presses("واگرد ۱")
        assert house.reporter.card()["text"].startswith("شهرداري")
        await house.reporter.presses("واگرد همه")

        assert house.reporter.card()["text"].startswith("شهرداري سپيدكوه 20 اتوبوس خريد")


async def test_never_again_goes_into_the_house_style_of_editors() -> None:
    async with newsroom() as house:
        await house.editor.sends(SLIPS)
        await house.editor.presses("اصلاح")
        assert "دست‌نخورده می‌ماند" in await house.editor.presses("اصلاح نشود ۱")
        await house.reporter.sends(SLIPS)
        assert house.reporter.card()["text"].startswith("شهرداري سپیدکوه ۲۰")
        await house.reporter.presses("اصلاح")
        assert "این کار فقط از" in await house.reporter.presses("اصلاح نشود ۱")


async def test_the_owner_changes_the_house_style() -> None:
    async with newsroom() as house:
        await house.owner.sends("/style")
        assert "رقم‌ها: فارسی" in house.owner.buttons()
        await house.owner.presses("رقم‌ها")
        assert "رقم‌ها: لاتین" in house.owner.buttons()
        await house.owner.sends("/style همزمان=هم‌زمان")
        assert "همزمان ← هم‌زمان" in house.owner.text()
        await house.reporter.sends("تیتر ۲۰ خبر\nدو رویداد همزمان رخ داد و همه آمدند.")
        assert house.reporter.card()["text"].startswith("تیتر 20 خبر\n\nدو رویداد هم‌زمان رخ داد")
        assert (
            "دو املای یک واژه نیستند"
            in [m.get("text", "") for m in await _after(house, "/style سگ=گربه")][-2]
        )
        await house.owner.sends("/style همزمان")
        assert "همزمان ← هم‌زمان" not in house.owner.text()
        assert "این کار فقط از مالک" in await house.editor.sends("/style")


async def _after(house, text: str):
    await house.owner.sends(text)
    return house.owner.reads()


async def test_the_style_page_lists_what_approvals_have_settled_and_not_every_pair_of_words() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/style")
        assert "آموخته" not in house.owner.text(), "one story settles nothing"
        async with house.newsroom.storage.begin() as db:
            counts = {"زرینکلاته": {"زرین\u200cکلاته": 3}}
            await db.spellings.keep(counts, now=house.world.clock.now())
        await house.owner.sends("/style")
        assert "آموخته از خبرهای تأییدشده: زرین\u200cکلاته." in house.owner.text()


async def test_an_empty_ledger_says_that_nothing_is_out() -> None:
    async with newsroom() as house:
        await house.owner.sends("/posts")
        assert "هنوز چیزی منتشر نشده است" in house.owner.text()
