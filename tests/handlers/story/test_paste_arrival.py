"""Long pastes as Telegram's apps cut them, and copy that is no copy."""

from typing import Any

import pytest

from bot.news import copydesk
from bot.news.model import ArticleState, Entity
from bot.news.structure import intake
from tests.newsroom import COPY, newsroom
from tests.telegram_judge import judge

PARAGRAPH = "این بند از متن بلندی است که گزارشگر یک‌جا چسبانده است. " * 12


def long_copy(characters: int) -> str:
    body = "\n".join(f"بند شمارهٔ {number}: {PARAGRAPH}" for number in range(characters // len(PARAGRAPH) + 1))
    return f"تیتر متن بلند\nلید متن بلند در یک جمله.\n{body}"[:characters]


async def test_a_cut_paste_gets_its_card_at_the_first_part_and_is_edited_once() -> None:
    async with newsroom() as house:
        copy = long_copy(9_000)
        await house.reporter.sends(copy)
        first = house.reporter.card()
        assert len([m for m in house.reporter.reads() if m.get("reply_markup")]) == 1
        assert "edit_date" not in first
        await house.passes(3)
        card = house.reporter.card()
        edits = [c for c in house.world.transcript.since(0) if "edit" in c["method"].lower()]

        assert card["message_id"] == first["message_id"]
        assert len(edits) <= 1
        async with house.newsroom.storage.begin() as db:
            [article] = await db.articles.in_states(ArticleState.DRAFT)
        body = " ".join(p for section in article.sections for p in section.paragraphs)
        assert body.count("بند شمارهٔ") == copy.count("بند شمارهٔ")


@pytest.mark.parametrize("characters", [2_000, 3_900, 9_000])
async def test_copy_is_read_once_however_many_parts_it_comes_in(
    characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, read = list[str](), copydesk.read

    def counted(copy: str, *given: Any, **named: Any) -> Any:
        reads.append(copy)
        return read(copy, *given, **named)

    monkeypatch.setattr(copydesk, "read", counted)
    async with newsroom() as house:
        await house.reporter.sends(long_copy(characters))
        assert "تیتر متن بلند" in house.reporter.card()["text"], "something is there at once"
        await house.passes(3)

        [copy] = reads
        assert len(copy) >= characters - 10, "whole, but for what a cut swallows"


async def test_a_paste_past_the_limit_is_refused_once_and_earlier_drafts_stand() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        earlier = house.reporter.card()
        await house.reporter.sends(long_copy(intake.MAX_COPY + 30_000))
        await house.passes(5)
        refusals = [m for m in house.reporter.reads() if "۲۰۰٬۰۰۰" in m.get("text", "")]
        await house.reporter.sends("/drafts")

        assert len(refusals) == 1
        assert house.reporter.buttons()[0].startswith("شهرداری سپیدکوه")
        assert earlier["text"] in [m.get("text") for m in house.reporter.reads()]
        await house.reporter.sends(COPY)
        assert house.reporter.card()["text"] == earlier["text"]


async def test_two_short_stories_in_a_row_are_two_drafts() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.sends("خبری دیگر\nاین لید خبری دیگر است که پشت سر آن آمد.")

        assert len([m for m in house.reporter.reads() if m.get("reply_markup")]) == 2


async def test_copy_without_a_word_gets_a_clear_answer() -> None:
    async with newsroom() as house:
        for nothing in ("😀😀🎉", "...", "\u200c\u200c\u200e!", "———"):
            assert "واژه‌ای نیست" in await house.reporter.sends(nothing)


async def test_hostile_text_becomes_a_card_that_telegram_takes_unchanged() -> None:
    async with newsroom() as house:
        for copy in (
            "\u202eوارونه\u202c و \u2066\u2066\u2066باز\nلید با \u202b نشانه‌های جهت",
            "تیتر" + "\u200c" * 500 + "سیل\nلید" + "\u200b" * 500,
            "<b>تیتر</b> &lt &amp; **ستاره** [پیوند](x)\n`کد` <script>",
            "خصوصی \ue000\uf8ff و ناموجود \U000e0fff\nلید",
            "تیتر\n" + "\n".join(f"- نکتهٔ {n}" for n in range(500)),
            "تیتری که تمام نمی‌شود " * 170,
        ):
            await house.reporter.sends(copy)
            await house.passes(3)
            card = house.reporter.card()
            ours = [
                Entity(type=e["type"], offset=e["offset"], length=e["length"], url=e.get("url"))
                for e in card.get("entities", [])
                if e["type"] in {"bold", "text_link", "expandable_blockquote"}
            ]

            assert judge(card["text"], ours, "message")[0] == card["text"]


async def test_a_photo_with_copy_is_a_post_with_a_photo() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY, photo="bus.jpg")
        card = house.reporter.card()

        assert card["photo"]
        assert card["caption"].startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")


async def test_a_photo_is_set_and_taken_away_by_the_button() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("عکس")
        await house.reporter.sends("", photo="bus.jpg")
        assert house.reporter.card()["photo"]
        await house.reporter.presses("عکس")
        await house.reporter.sends("هیچ")

        assert "photo" not in house.reporter.card()
        assert house.reporter.card()["text"].startswith("شهرداری سپیدکوه")
