"""Buttons and messages that are old, twice, forged, from strangers, or not what was asked for."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.news.model import ArticleState
from bot.simulator import places
from handlers import PRESSES
from tests.newsroom import COPY, NEWS, House, newsroom


async def everything(house: House) -> object:
    """What the newsroom has decided, to see that nothing of it has changed."""
    async with house.newsroom.storage.begin() as db:
        articles = await db.articles.in_states(*ArticleState)
        return articles, await db.posts.of_channel(NEWS), await db.channels.all()


async def test_a_stranger_gets_their_id_and_nothing_else() -> None:
    async with newsroom() as house:
        before = await everything(house)
        for text in ("/start", "/help", "/queue", COPY):
            await house.reader.sends(text)
            assert "105" in house.reader.text()
            assert "این ربات ویژهٔ یک تحریریه است" in house.reader.text()
        assert "این ربات ویژهٔ" in await house.reader.forges("approve:1:1")
        assert await everything(house) == before


async def test_an_old_card_says_so_and_changes_nothing() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتر تازه")
        before = await everything(house)
        for old in ("submit:1:1", "edit:1:1:lede", "spike:1:1", "undo:1:1"):
            assert "عوض شده است" in await house.reporter.forges(old)
        assert await everything(house) == before


async def test_a_second_press_does_no_harm_and_says_so() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        card = house.reporter.card()
        both = [asyncio.create_task(house.reporter.phone.press("📤 ارسال به دبیر", card)) for _ in range(2)]
        await asyncio.sleep(0)
        await house.settles()
        answers = [str((await one or {}).get("text")) for one in both]

        assert answers[0] == "به دست دبیران رسید."
        assert "اکنون نمی‌شود" in answers[1]
        assert sum("را فرستاده است" in m.get("text", "") for m in house.editor.reads()) == 1


FORGED = (
    "", "x", "submit", "submit:1", "submit:a:b", "approve:1:1:1:1", "approve:999:1", "slot:1:1:5", "post:77",
    "dropslot:1:1", "view:1:1", "edit:1:1:photo:x", "edit:1:1:nothing", "language:xx",
    "at:1:1:1:99999999999999999", "at:1:1:1:4503599627370495", "now:1:1:-1001000000001", "approve:٣:1",
    "approve:-1:1", "approve:1:99999999999999999999", "view:1:1:plan:9:9:9",
)  # fmt: skip


async def test_a_forged_button_does_no_harm_and_says_so() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        before = await everything(house)
        for person in (house.reporter, house.editor, house.admin):
            await person.sends("/help")
            for data in FORGED:
                answer = await person.forges(data)
                assert answer, data
                assert "خطایی از سوی ما" not in answer, data
                assert await everything(house) == before, data


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(PRESSES)),
            st.lists(st.sampled_from(["1", "2", "-1001000000001", "0", "x", "plan"]), max_size=5),
        ),
        max_size=30,
    )
)
def test_no_button_whatever_it_holds_meets_a_fault_of_ours(presses: list[tuple[str, list[str]]]) -> None:
    asyncio.run(_press_all(presses))


async def _press_all(presses: list[tuple[str, list[str]]]) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/start")
        for verb, data in presses:
            answer = await house.owner.forges(":".join([verb, *data]))
            assert "خطایی از سوی ما" not in answer


async def test_commands_are_for_those_who_have_the_role() -> None:
    async with newsroom() as house:
        assert "مدیر کانال" in await house.reporter.sends("/queue")
        assert "این کار نقش دیگری می‌خواهد" in await house.admin.sends(COPY)
        assert "نمی‌شناسم" in await house.reporter.sends("/nothing")
        assert "queue" not in await house.reporter.sends("/help")
        assert "queue" in await house.admin.sends("/help")


async def test_the_language_is_each_persons_own() -> None:
    async with newsroom() as house:
        assert await house.reporter.sends("/language en") == "From now on I speak English to you."
        await house.reporter.sends(COPY)
        assert "📤 Submit to the editors" in house.reporter.buttons()
        await house.reporter.presses("Submit to the editors")
        assert "✅ تأیید" in house.editor.buttons()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("دیروز ۸", "گذشته است"),
        ("۳۰ اسفند ۱۴۰۵ ساعت ۱۰", "چنین روز یا ساعتی نداریم"),
        ("30 Feb 10:00", "چنین روز یا ساعتی نداریم"),
        ("فردا ۲۵:۰۰", "چنین روز یا ساعتی نداریم"),
        ("سلام خوبی", "زمانی نفهمیدم"),
        ("امروز ساعت ۸", "گذشته است"),
        ("فردا", "چند معنا دارد"),
        ("x" * 5000, "زمانی نفهمیدم"),
    ],
)
async def test_a_wrong_time_gets_a_clear_answer_and_the_question_stays_open(typed: str, answer: str) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("در زمانی دیگر")
        assert answer in await house.admin.sends(typed)
        await house.admin.sends("فردا ۸:۳۰")

        assert "در صف «خبر»" in house.admin.text()


async def test_a_time_with_two_readings_is_asked_about_with_buttons() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("در زمانی دیگر")
        await house.admin.sends("فردا ۱۲ شب")
        options = house.admin.buttons(house.admin.reads()[-1])
        assert len(options) == 2
        await house.admin.presses(options[0])

        assert "در صف «خبر»" in house.admin.text()


@pytest.mark.parametrize("typed", ["هر وقت شد", "شنبه ۲۵", "شنبه تا ۸", "", "x" * 4000])
async def test_wrong_slots_get_a_clear_answer_and_change_nothing(typed: str) -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        before = await everything(house)
        await house.admin.sends("/slots " + typed)
        assert house.admin.text()
        assert "خطایی" not in house.admin.text()
        assert await everything(house) == before


async def test_slots_are_removed_one_by_one() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots جمعه ۱۰ و ۱۸")
        await house.admin.presses("برداشتن")
        await house.admin.presses("✖️ جمعه: ۱۰:۰۰")

        assert "۱۸:۰۰" in house.admin.text()
        assert "۱۰:۰۰" not in house.admin.text()


@pytest.mark.parametrize(
    ("name", "answer"),
    [("@nowhere", "نمی‌بینم"), ("-1001000000003", "کانال نیست"), ("نام بی‌معنا", "نمی‌بینم")],
)
async def test_a_channel_that_can_not_be_connected_says_why(name: str, answer: str) -> None:
    async with newsroom() as house:
        assert answer in await house.admin.sends(f"/connect {name}")


async def test_a_channel_where_the_bot_or_the_person_has_no_rights_is_not_connected() -> None:
    async with newsroom() as house:
        places.enroll(house.world, NEWS, 103, "member", by=104)
        assert "فقط مدیر" in await house.admin.sends("/connect @news")
        places.enroll(house.world, NEWS, "bot", "administrator", rights={"can_post_messages": False}, by=104)
        await house.settles()
        assert "حق فرستادن پیام ندارم" in await house.owner.sends("/connect @news")


async def test_a_question_can_be_dropped() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش لید")
        await house.reporter.presses("بی‌خیال")
        await house.reporter.sends("این دیگر پاسخ نیست\nیک خبر تازه است که باید پیش‌نویس شود.")

        assert house.reporter.card()["text"].startswith("این دیگر پاسخ نیست")


async def test_two_editors_on_one_field_the_second_is_told() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.owner.sends("/desk")
        await house.owner.presses("شهرداری سپیدکوه")
        await house.editor.presses("ویرایش تیتر")
        await house.owner.presses("ویرایش تیتر")
        await house.editor.sends("تیتر دبیر")
        await house.owner.sends("تیتر مالک")

        assert any("کس دیگری آن را عوض کرده است" in m.get("text", "") for m in house.owner.reads())
        assert house.editor.card()["text"].startswith("تیتر دبیر")
        await house.owner.sends("تیتر مالک")
        assert house.editor.card()["text"].startswith("تیتر مالک")


async def test_the_desk_group_hears_commands_only() -> None:
    async with newsroom() as house:
        group = -1001000000003
        house.editor.phone.send(COPY, chat=group)
        house.editor.phone.send("/desk", chat=group)
        await house.settles()
        said = [m["text"] for m in house.editor.reads(group) if m["from"]["is_bot"]]

        assert len(said) == 1
