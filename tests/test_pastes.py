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

from bot.news import copydesk, frames, intake, lines, orthography
from bot.news.frames import Frame
from bot.news.labels import Label
from bot.news.model import BulletList, Quote, content_json

PASTES = Path(__file__).parent / "data" / "pastes"
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
    assert (right(SEEN), right(ASIDE)) == ((479, 479, 55, 55), (136, 134, 16, 15))


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
    gone += [text.partition(":")[0] for label, text in truth if label in NAMED]
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
