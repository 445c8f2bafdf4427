"""Buttons and messages that are old, twice, forged, from strangers, or not what was asked for."""

import asyncio
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.news.model import ArticleState, PostState
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
        answers = [m["text"] for m in house.reader.reads() if m["from"]["is_bot"]]
        assert len(answers) == 1  # an hour
        assert "105" in answers[0]
        assert "این ربات ویژهٔ یک تحریریه است" in answers[0]
        assert "این ربات ویژهٔ" in await house.reader.forges("story.approve:1:1")
        assert await everything(house) == before


async def test_an_old_card_says_so_and_changes_nothing() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتر تازه")
        before = await everything(house)
        for old in ("story.submit:1:1", "story.edit:1:1:lede", "story.spike:1:1", "story.undo:1:1"):
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
        assert "در وضعیت" in answers[1]
        assert sum("در انتظار دبیر" in m.get("text", "") for m in house.editor.reads()) == 1


FORGED = (
    "", "x", "submit", "story.submit:1", "story.submit:a:b", "story.approve:1:1:1:1", "story.approve:999:1", "plan.into_slot:1:1:5", "plan.post:77",
    "channels.drop_slot:1:1", "story.view:1:1", "story.edit:1:1:photo:x", "story.edit:1:1:nothing", "language:xx",
    "plan.at:1:1:1:99999999999999999", "plan.at:1:1:1:4503599627370495", "plan.now:1:1:-1001000000001", "story.approve:٣:1",
    "story.approve:-1:1", "story.approve:1:99999999999999999999", "story.view:1:1:plan:9:9:9",
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
        assert "خبر را خبرنگار و دبیر می‌فرستند" in await house.admin.sends(COPY)
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
        ("سلام خوبی", "به‌عنوان زمان نفهمیدم"),
        ("امروز ساعت ۸", "گذشته است"),
        ("فردا", "روشن نیست"),
        ("x" * 3000, "به‌عنوان زمان نفهمیدم"),
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
        assert len(options) == 3
        assert "انصراف" in options[-1]
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
        await house.reporter.presses("انصراف")
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


async def test_a_question_that_can_not_be_answered_any_more_does_not_trap_its_person() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("در زمانی دیگر")
        await house.editor.presses("کنار بگذار")
        assert "در وضعیت" in await house.admin.sends("فردا ۸")
        assert "منتظر پاسخی" in await house.admin.sends("فردا ۹")  # taken as copy: nothing is asked any more


async def test_a_time_is_still_taken_when_the_story_was_edited_meanwhile() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("در زمانی دیگر")
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتر دبیر")

        assert "در صف «خبر»" in await house.admin.sends("فردا ۸:۳۰")


async def test_changes_are_asked_for_only_where_there_is_someone_to_make_them() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        assert "در وضعیت «پیش‌نویس»" in await house.editor.forges("story.request_changes:1:1")
        await house.editor.sends(COPY)

        assert house.editor.text().startswith("شهرداری سپیدکوه")


async def test_an_old_questions_button_leaves_the_open_question_alone() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        keyboard = house.reporter.reads()[-1]["reply_markup"]["inline_keyboard"]
        await house.reporter.sends("تیتر تازه")
        await house.reporter.presses("ویرایش لید")
        assert "دیگر باز نیست" in await house.reporter.forges(keyboard[0][0]["callback_data"])
        await house.reporter.sends("لید تازه‌ای که پاسخ است.")

        assert "لید تازه‌ای که پاسخ است." in house.reporter.card()["text"]


async def test_an_answer_that_is_too_long_is_refused_with_its_tail() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        before = await everything(house)
        await house.reporter.presses("ویرایش نکته‌ها")
        await house.reporter.sends("نکته‌ای که تمام نمی‌شود " * 250)
        assert await everything(house) == before
        await house.passes(5)
        await house.reporter.sends("نکتهٔ کوتاه")

        assert "🔹 نکتهٔ کوتاه" in house.reporter.card()["text"]


async def test_a_headline_and_one_endless_paragraph_are_one_story() -> None:
    async with newsroom() as house:
        await house.reporter.sends("تیتر کوتاه خبر\n" + "جمله‌ای از بندی که خیلی بلند است. " * 180)
        await house.passes(3)

        assert len([m for m in house.reporter.reads() if m.get("reply_markup")]) == 1
        said = [m["text"] for m in house.reporter.reads() if m["from"]["is_bot"]]
        assert said[0].startswith("تیتر کوتاه خبر\n\nجمله‌ای")


async def test_a_lost_channels_queue_is_shown_and_what_it_missed_is_held_on_its_return() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        places.enroll(house.world, NEWS, "bot", "kicked")
        await house.settles()
        assert "شهرداری سپیدکوه" in await house.admin.sends("/queue")
        await house.admin.presses("۱ · ۱۲:۳۰")
        assert "مدیر «خبر» نیستم" in await house.admin.presses("همین حالا")
        await house.passes(3600)
        places.enroll(house.world, NEWS, "bot", "administrator", by=105)  # not one of our staff
        await house.settles()
        await house.passes(60)

        assert house.posts() == []
        assert "۱ پست گذشته بود" in house.admin.text()


async def test_a_failed_post_can_be_sent_again() -> None:
    async with newsroom() as house:
        await house.approved()
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=1, retry_after=1)
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        async with house.newsroom.storage.begin() as db:
            assert await db.posts.claim(1, now=house.world.clock.now())
            await db.posts.settle(1, PostState.FAILED, now=house.world.clock.now(), reason="Bad Request: x")
        await house.admin.sends("/queue")
        await house.admin.presses("۱ · ۱۲:۳۰")
        await house.admin.presses("دوباره بفرست")
        await house.passes(1800)
        await house.passes(5)

        assert len(house.posts()) == 1


async def test_a_question_asked_in_the_group_is_answered_in_private() -> None:
    async with newsroom() as house:
        group = -1001000000003
        await house.admin.sends("/connect @news")
        house.admin.phone.send("/slots", chat=group)
        await house.settles()
        await house.admin.presses("افزودن", message=house.admin.reads(group)[-1])
        board = house.admin.reads(group)[-1]
        assert "خصوصی" in await house.admin.presses("با یک جمله", message=board)
        await house.admin.sends("جمعه ۱۰")

        assert "جمعه: " in house.admin.text()


async def test_a_command_for_another_bot_is_not_ours() -> None:
    async with newsroom() as house:
        group = -1001000000003
        house.editor.phone.send("/desk@other_bot", chat=group)
        await house.settles()

        assert len(house.editor.reads(group)) == 1


async def test_strangers_make_us_ask_telegram_nothing() -> None:
    async with newsroom() as house:
        await house.reader.sends("/connect @nowhere")

        assert "این ربات ویژهٔ" in house.reader.text()
        assert "getChat" not in [call["method"] for call in house.world.transcript.since(0)]


async def test_editors_are_told_when_an_approved_story_was_changed() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتر دیگر")

        assert any("دوباره منتظر شماست" in m.get("text", "") for m in house.editor.reads())
        assert "✅ تأیید" in house.editor.buttons(house.editor.reads()[-1])


async def test_the_address_behind_a_pasted_title_is_kept() -> None:
    async with newsroom() as house:
        title = "خبری که پیوند دارد و خواندنی است"
        text = f"{COPY}\nمطالب مرتبط\n- {title}"
        link = {
            "type": "text_link",
            "offset": text.index(title),
            "length": len(title),
            "url": "https://example.com/a",
        }
        await house.reporter.sends(text, entities=[link])
        links = [e for e in house.reporter.card()["entities"] if e["type"] == "text_link"]

        assert [e["url"] for e in links] == ["https://example.com/a"]


async def test_a_channel_is_connected_by_its_link_too() -> None:
    async with newsroom() as house:
        assert "وصل شد" in await house.admin.sends("/connect https://t.me/news")


def test_the_examples_we_give_can_be_read() -> None:
    from bot.news.times import typed_slots, typed_time
    from bot.words import words
    from handlers.phrases import EXAMPLES, SLOT_EXAMPLES
    from tests.newsroom import NOON

    for language in ("fa", "en"):
        example = words(language)(SLOT_EXAMPLES).partition(":")[2]
        assert len(typed_slots.parse(example)) == 16
        for time in words(language)(EXAMPLES).partition(":")[2].replace("،", ",").split(","):
            assert typed_time.parse(time.strip(), NOON, "Asia/Tehran") > NOON


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_examples_of_every_other_question_can_be_read(language: str) -> None:
    from bot.news.times import holidays, typed_quiet, typed_recurrence, typed_slots
    from bot.words import words
    from handlers.channels import holidays as public_holidays
    from handlers.channels import rhythm, timetable
    from handlers.plan import recurring
    from tests.newsroom import NOON

    def examples(of: str, between: str) -> list[str]:
        said = words(language)(of).partition(":")[2]
        return [one.strip() for one in said.split(between)]

    for quiet in examples(rhythm.EXAMPLES, "·"):
        assert len(typed_quiet.parse(quiet)) == 1
    for end in examples(recurring._END_EXAMPLES, "–"):
        assert typed_recurrence.parse_end(end, NOON, "Asia/Tehran") > NOON
    for kind in examples(timetable._KIND_EXAMPLES, "·"):
        [slot] = typed_slots.parse(kind)
        assert slot.category or slot.urgency
    day = examples(public_holidays._EXAMPLE, ";" if language == "en" else "؛")[0]
    assert holidays.read(day)[0] == "2026-06-26"


async def test_every_line_of_the_help_is_read_from_the_right_in_persian() -> None:
    """A line takes its direction from its first strong letter (Unicode UAX #9, P2), and a command's is Latin."""
    async with newsroom() as house:
        help_text = await house.owner.sends("/help")
        for line in help_text.splitlines():
            first = next(d for d in map(unicodedata.bidirectional, line) if d in {"L", "R", "AL"})
            assert first != "L", line
