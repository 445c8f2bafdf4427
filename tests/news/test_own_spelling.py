"""The newsroom's own spelling: what approved stories teach, when it decides and how it is unlearnt."""

from dataclasses import replace

from bot.news.spelling import own
from bot.news.spelling.house_style import HouseStyle
from bot.news.spelling.orthography import repaired

PLAIN = HouseStyle.plain()
JOINED = "باشگاه گل‌گهر در لیگ ماند و هواداران را شاد کرد."
APART = "باشگاه گل گهر در لیگ ماند و هواداران را شاد کرد."


def after(*stories: str) -> own.Own:
    counts: dict[str, dict[str, int]] = {}
    for story in stories:
        for letters, spellings in own.taught(story).items():
            counts[letters] = own.learnt(counts.get(letters, {}), spellings)
    return own.decided(counts)


def test_stories_tip_a_pair_that_the_weights_doubt() -> None:
    damaged = f"{APART} کتاب ها می رسند و خانه ها ماندند."
    joins, leaves = (replace(PLAIN, own=after(*[story] * 5)) for story in (JOINED, APART))

    assert "گل\u200cگهر" in repaired(damaged, joins)
    assert "گل گهر" in repaired(damaged, leaves)


def test_one_story_settles_no_word() -> None:
    fused = "نشست در زرین‌کلاته برپا شد."

    assert not after(fused).gaps
    assert after(*[fused] * 3).gaps["زرینکلاته"] == frozenset({3})


def test_a_name_that_stories_write_gets_its_half_space_back() -> None:
    style = replace(PLAIN, own=after(*["نشست در زرین‌کلاته برپا شد."] * 3))

    assert "زرین‌کلاته" in repaired("مردم زرینکلاته آمدند.", style)


def test_what_editors_keep_undoing_is_unlearnt() -> None:
    pair = "گل گهر"

    assert after(*[JOINED] * 5).pairs[pair] > 2
    assert after(*[JOINED] * 5, *[APART] * 3).pairs[pair] < 0


def test_an_old_habit_counts_no_more_than_so_many_stories() -> None:
    assert own.learnt({"گل‌گهر": 30}, ["گل‌گهر"]) == {"گل‌گهر": 30}
    assert own.learnt({"گل‌گهر": 2}, ["گل گهر"]) == {"گل گهر": 1}


def test_what_is_asked_for_covers_what_is_taught() -> None:
    assert own.taught(JOINED).keys() <= own.asked(JOINED)
    assert "گلگهر" in own.asked(APART)


def test_endings_and_verbs_are_no_business_of_stories() -> None:
    assert not own.taught("کتاب‌ها می‌رسند و خانه‌ای می‌سازند.")
