"""Pastes after real habits, each line with its truth: how many lines and pastes come out right, and that no word is lost.

The pastes are our own. Those in `data/pastes` are what the rules were made on, those in `data/pastes/aside` are not.
A file has one line of the paste a line, after its label and a tab; `data/pastes/known.json` says which lines of
which pastes come out wrong, and why that is left so.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.news import copydesk
from bot.news.model import Article, BulletList, Quote, content_json
from bot.news.spelling import orthography
from bot.news.structure import frames, intake, lines, parts
from bot.news.structure.frames import Frame
from bot.news.structure.labels import Label
from bot.news.structure.marks import shape

PASTES = Path(__file__).parents[1] / "data" / "pastes"
SEEN = sorted(PASTES.glob("*.txt"))
ASIDE = sorted((PASTES / "aside").glob("*.txt"))
KNOWN: dict[str, dict[str, list[str]]] = json.loads((PASTES / "known.json").read_text())
DROPPED = {Frame.END, Frame.SHARE, Frame.COUNTS}
NAMED = {
    Label.META,
    Label.AUTHOR,
    Label.RELATED,
}  # a label before their colon, or a word before a name, is no loss
BEFORE_NAMES = {"به", "قلم", "گزارش", "گفتوگو", "از", "نوشته", "ترجمه", "by", "گروه", "سرویس"}
NUMBER = re.compile(r"\A\W*\d+")

type Paste = list[tuple[Label, str]]


def paste(path: Path) -> Paste:
    rows = (row.split("\t", 1) for row in path.read_text().rstrip("\n").split("\n"))
    return [(Label(label), text) for label, text in rows]


def wrong(truth: Paste) -> list[tuple[Label, Label, str]]:
    """The lines that are not what they should be: what each should be, what it is read as, its text."""
    found = lines.label([text for _, text in truth])
    return [
        (label, read, text) for (label, text), read in zip(truth, found, strict=True) if label is not read
    ]


def right(paths: Sequence[Path]) -> tuple[int, int, int, int]:
    """Lines, lines right, pastes, pastes right; blank lines aside."""
    truths = [[(label, text) for label, text in paste(path) if text.strip()] for path in paths]
    errors = [len(wrong(paste(path))) for path in paths]
    total = sum(map(len, truths))
    return total, total - sum(errors), len(paths), errors.count(0)


@pytest.mark.parametrize("path", [*SEEN, *ASIDE], ids=lambda path: path.stem)
def test_a_paste_is_read_as_an_editor_reads_it(path: Path) -> None:
    known = KNOWN.get(path.stem, {})

    assert [text for _, _, text in wrong(paste(path))] == known.get("lines", [])


def test_what_comes_out_right_is_as_the_documents_say() -> None:
    assert (right(SEEN), right(ASIDE)) == ((673, 673, 84, 84), (166, 166, 20, 20))


@pytest.mark.parametrize("path", [*SEEN, *ASIDE], ids=lambda path: path.stem)
def test_no_word_of_a_paste_is_lost(path: Path) -> None:
    truth = paste(path)
    article = copydesk.read("\n".join(text for _, text in truth))
    kept = words(json.dumps(content_json(article), ensure_ascii=False))

    assert words("\n".join(text for _, text in truth)) - kept <= may_go(truth)


def may_go(truth: Paste) -> set[str]:
    """The words of buttons and end marks, and those that only say what a line is."""
    gone = [
        text
        for label, text in truth
        if label is Label.RELATED_HEADING or frames.frame(text.strip()) in DROPPED
    ]
    gone += [text.partition(":")[0] for label, text in truth if label in NAMED or parts.named(shape(text))]
    gone += [number for label, text in truth if label is Label.BULLET for number in NUMBER.findall(text)]
    return words("\n".join(gone)) | BEFORE_NAMES


def words(text: str) -> set[str]:
    text = orthography.repaired(intake.clean(text.replace("\\n", "\n").replace("\\t", " ")))
    plain = text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("\u200c", "")
    return set(re.findall(r"\w+", plain.casefold()))


def test_a_tables_head_introduces_its_rows() -> None:
    text = "تیتر خبر تازه\nلید خبر است.\nنام\tبرد\tباخت\nالف\t۱\t۲\nب\t۳\t۴"

    assert lines.label(text.split("\n"))[2:] == (Label.LIST_INTRO, Label.BULLET, Label.BULLET)


def test_a_line_that_announces_a_list_stays_where_no_list_follows() -> None:
    article = copydesk.read("تیتر خبر تازه\nلید خبر است.\nجدول:\nنام\tبرد\tباخت\nالف\t۱\t۲\nب\t۳\t۴")
    kept = json.dumps(content_json(article), ensure_ascii=False)

    assert "جدول" in kept
    assert "باخت" in kept


def test_a_signature_is_the_byline_and_an_office_a_note_for_the_staff() -> None:
    signed = copydesk.read("\n".join(text for _, text in paste(PASTES / "oped_signature_end.txt")))
    office = copydesk.read("\n".join(text for _, text in paste(PASTES / "press_release_plain.txt")))

    assert (signed.byline, signed.author_bio) == ("کامران فرضی", "پژوهشگر شهری")
    assert (office.byline, office.ed_note) == (None, "روابط عمومی شهربازی نمونه")


def test_a_dateline_over_the_headline_is_the_place() -> None:
    article = copydesk.read("\n".join(text for _, text in paste(PASTES / "english_wire.txt")))

    assert (article.dateline, article.headline) == (
        "SAMPLETOWN (Sample Press)",
        "Harbour bridge to close for two weekends",
    )


def test_verses_stay_together_in_one_quotation() -> None:
    article = copydesk.read("\n".join(text for _, text in paste(PASTES / "poem_inside.txt")))

    assert [block.text.count("\n") for block in article.sections[0].blocks if isinstance(block, Quote)] == [3]


def test_a_list_of_names_is_no_list_of_key_points() -> None:
    article = copydesk.read("\n".join(text for _, text in paste(PASTES / "statement_signatories.txt")))

    assert not {point.text for point in article.key_points} & {"سارا فرضی", "نیما فرضی"}
    assert [block.intro for block in article.sections[0].blocks if isinstance(block, BulletList)] == [
        "امضاکنندگان:"
    ]


def article(name: str) -> Article:
    return copydesk.read("\n".join(text for _, text in paste(PASTES / f"{name}.txt")))


def test_the_names_of_parts_are_no_part_of_them() -> None:
    read = article("third_parts_same_line")

    assert (read.kicker, read.headline) == (
        "در نشست شورای شهر نمونه‌شهر",
        "کتابخانه مرکزی شبانه‌روزی می‌شود",
    )
    assert read.lede.startswith("کتابخانه مرکزی نمونه‌شهر")
    assert [section.heading for section in read.sections] == [None, "سالن کودک هم می‌ماند"]
    assert read.sections[0].paragraphs[0].startswith("رئیس کتابخانه گفت")
    assert read.ed_note is None


def test_a_part_may_stand_under_its_name() -> None:
    read = article("third_parts_next_line")

    assert (read.headline, read.source) == ("برداشت زعفران در نمونه‌دشت آغاز شد", "نمونه‌پرس")
    assert read.lede == "برداشت زعفران در نمونه‌دشت از امروز با ده روز تأخیر آغاز شد."
    assert read.ed_note is None


def test_a_books_title_among_its_facts_is_no_headline() -> None:
    read = copydesk.read(
        "شهر خاموش بازچاپ شد\nاین رمان پس از ده سال به کتاب‌فروشی‌ها بازگشت.\n"
        "عنوان: شهر خاموش\nناشر: نشر نمونه\nصفحه: ۲۰۰"
    )

    assert read.headline == "شهر خاموش بازچاپ شد"


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("سلام", "ممنون"),
        ("سلام وقتتون بخیر\nلطفا این خبر رو بزنید", "مرسی"),
        ("با سلام و عرض ادب و احترام خدمت شما همکار گرامی", "با تشکر از همکاری شما\nمینا فرضی"),
        ("سردبیر محترم خبرگزاری نمونه\nبا سلام؛ احتراماً خبر زیر جهت انتشار تقدیم می‌گردد.", "ارادتمند"),
        ("Dear Editor,\nPlease find attached the press release.", "Many thanks, Dana\nSent from my iPhone"),
        ("---------- Forwarded message ---------", "Get Outlook for Android"),
    ],
)
def test_the_letter_round_a_story_is_for_the_staff(over: str, under: str) -> None:
    title, lede = "پل عابر میدان بهار باز شد", "پل عابر میدان بهار صبح امروز به روی مردم باز شد."
    body = "شهرداری می‌گوید پله‌برقی پل هم تا پایان ماه به کار می‌افتد."

    read = copydesk.read(f"{over}\n\n{title}\n{lede}\n{body}\n\n{under}")

    assert (read.headline, read.lede, read.byline) == (title, lede, None)
    assert [section.paragraphs for section in read.sections] == [(body,)]


@pytest.mark.parametrize(
    "headline",
    [
        "سلام دوباره اتوبوس‌ها به خیابان بهار",
        "با تشکر از مردم، شهردار کنار رفت",
        "لطفا به آهوها غذا ندهید",
        "Hello, autumn",
        "Thank you, nurses: city honours its staff",
        "این خبر را دیگران هم منتشر کردند",
    ],
)
def test_a_headline_may_greet(headline: str) -> None:
    lede = "نخستین اتوبوس پس از دو سال دیروز از پایانه بیرون آمد."

    assert copydesk.read(f"{headline}\n{lede}\nراننده گفت خوشحال است.").headline == headline


@pytest.mark.parametrize(
    ("signed", "name", "about"),
    [
        ("نویسنده: مینا فرضی\nعکس: نیما فرضی", "مینا فرضی", None),
        ("مینا فرضی\nخبرنگار محیط زیست", "مینا فرضی", "خبرنگار محیط زیست"),
        ("مینا فرضی\nنویسنده و پژوهشگر", "مینا فرضی", "نویسنده و پژوهشگر"),
        ("دکتر سارا فرضی\nروان‌شناس", "دکتر سارا فرضی", "روان‌شناس"),
        ("نویسنده:\nمینا فرضی", "مینا فرضی", None),
        ("متن: مینا فرضی\nعکس‌ها: نیما فرضی", "مینا فرضی", None),
        ("گزارش و عکس: مینا فرضی", "مینا فرضی", None),
        ("✍️ مینا فرضی\n📷 نیما فرضی", "مینا فرضی", None),
        ("نویسنده: مینا فرضی\nعکس از نیما فرضی", "مینا فرضی", None),
        ("نگارنده: مینا فرضی\nویراستار: نیما فرضی", "مینا فرضی", "نیما فرضی - ویراستار"),
        ("By: Dana Sample\nPhotos by Ali Sample", "Dana Sample", None),
    ],
)
def test_a_byline_of_two_lines(signed: str, name: str, about: str | None) -> None:
    body = "نانوا می‌گوید تنور را پدربزرگش ساخته و هیچ‌گاه خاموش نشده است."

    read = copydesk.read(f"نانوایی صدساله شد\nنانوایی کوچه چنار این هفته صد ساله شد.\n{body}\n{signed}")

    assert (read.byline, read.author_bio) == (name, about)
    assert [section.paragraphs for section in read.sections] == [(body,)]


@pytest.mark.parametrize("title", ["برف تهران", "گزارش برف تهران", "برف", "زمستان تهران آغاز شد"])
@pytest.mark.parametrize("end", ["", "."])
def test_a_short_title_over_a_long_lede_is_the_headline(title: str, end: str) -> None:
    lede = (
        "برف از بامداد امروز در شمال تهران آغاز شد و به گفته هواشناسی تا فردا شب در همه مناطق شهر می‌بارد"
        + end
    )

    read = copydesk.read(f"{title}\n{lede}\nمترو تا نیمه‌شب کار می‌کند. مدرسه‌های شمال شهر فردا تعطیل است.")

    assert (read.kicker, read.headline, read.lede) == (None, title, lede)


def test_links_in_the_text_are_links_to_read_besides() -> None:
    read = article("third_markdown_links")

    assert read.lede == "به گزارش نمونه‌پرس، دو هزار درخت در پارک جنگلی نمونه کاشته می‌شود."
    assert "[" not in "".join(read.sections[0].paragraphs)
    assert [(link.title, link.url) for link in read.related] == [
        ("نهال رایگان از کجا بگیریم", "https://sample.example/n/4"),
        ("نقشه پارک جنگلی", "https://sample.example/n/5"),
        ("نمونه‌پرس", "https://sample.example/n/12"),
        ("https://sample.example/join", "https://sample.example/join"),
        ("هزار نهال", "https://sample.example/n/3"),
    ]


def test_what_whatsapp_stamps_on_a_message_is_for_the_staff() -> None:
    read = copydesk.read(
        "[14:20, 20/8/1404] نیما فرضی: انبار لاستیک آتش گرفت\nانباری در جاده نمونه آتش گرفت و دود آن دیده شد."
    )

    assert (read.headline, read.byline) == ("انبار لاستیک آتش گرفت", None)


@pytest.mark.parametrize(
    "line",
    [
        "اینستاگرام: @sample_press",
        "📷 اینستاگرام نمونه‌پرس: https://instagram.example/sample",
        "شماره تماس مشاوره: ۰۲۱-۸۸۸۸۰۰۰۰",
        "شماره تلفن پشتیبانی: 02100000000",
        "www.sample.example | pr@sample.example",
        "👁 12.4K | ⏰ ۰۹:۱۲",
    ],
)
def test_where_else_to_read_or_call_is_no_paragraph(line: str) -> None:
    story = "سیل پل نمونه را برد\nسیل بامداد امروز پل نمونه را برد و راه سه روستا بسته شد."

    read = copydesk.read(f"{story}\n{line}")

    assert read.headline == "سیل پل نمونه را برد"
    assert line[:9] not in f"{read.lede}{read.sections}{read.key_points}"


@pytest.mark.parametrize(
    "line",
    [
        "تلگرام: پیام‌رسانی که نیمی از شهر دارد",
        "بله: او گفت که @sample را خوانده است.",
        "شماره ۷ تیم: ۲۰ گل زد",
    ],
)
def test_a_line_that_tells_something_stays(line: str) -> None:
    read = copydesk.read(f"سیل پل نمونه را برد\nسیل بامداد امروز پل نمونه را برد.\n{line}")

    assert line[:9] in f"{read.lede}{read.sections}{read.key_points}"
