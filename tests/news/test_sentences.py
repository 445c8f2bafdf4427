"""Where sentences end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.grammar import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("باران آمد. زمین تر شد.", ["باران آمد.", "زمین تر شد."]),
        ("چرا آمدی؟ کار داشتم! خب…برو.", ["چرا آمدی؟", "کار داشتم!", "خب…برو."]),
        ("نرخ ۱۲.۵ درصد شد. بازار آرام است.", ["نرخ ۱۲.۵ درصد شد.", "بازار آرام است."]),
        ("دکتر م. ر. فرضی آمد. او رفت.", ["دکتر م. ر. فرضی آمد.", "او رفت."]),
        (
            "در ۱۳۴۸ (۱۹۶۹م.) و پس از آن ماند. رفت در ۱۹۷۰م. بعد آمد.",
            ["در ۱۳۴۸ (۱۹۶۹م.) و پس از آن ماند.", "رفت در ۱۹۷۰م.", "بعد آمد."],
        ),
        ("سال ۱۲۸۵ ه. ش. بود. بعد گذشت.", ["سال ۱۲۸۵ ه. ش. بود.", "بعد گذشت."]),
        ("نشانی sample.example/a. است. تمام.", ["نشانی sample.example/a.", "است.", "تمام."]),
        ("او گفت: «می‌آیم. صبر کنید.» سپس رفت.", ["او گفت: «می‌آیم. صبر کنید.»", "سپس رفت."]),
        ("«می‌آیم. صبر کنید» پاسخ او بود. تمام.", ["«می‌آیم. صبر کنید» پاسخ او بود.", "تمام."]),
        ("«می‌آیم.» او این را گفت.", ["«می‌آیم.»", "او این را گفت."]),
        ("۱. آب را ببندید. نان بخرید.", ["۱. آب را ببندید.", "نان بخرید."]),
        ("Dr. Doe came at 5 p.m. on Monday. He left.", ["Dr. Doe came at 5 p.m. on Monday.", "He left."]),
        (
            "Fares rise on Saturday, Dec. 13. Few like it.",
            ["Fares rise on Saturday, Dec. 13.", "Few like it."],
        ),
        ("از کوه آمد … و ماند. خب … برو.", ["از کوه آمد … و ماند.", "خب …", "برو."]),
        ("یک « دو. سه. چهار", ["یک « دو.", "سه.", "چهار"]),
        ("سطر یک\nسطر دو", ["سطر یک", "سطر دو"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, found: list[str]) -> None:
    assert [each.strip() for each in sentences.split(text)] == found


@given(st.text(st.sampled_from("ابپ .!؟…«»\n۱2AD\u200c"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_joined_they_give_the_text_back(text: str) -> None:
    assert "".join(sentences.split(text)) == text
