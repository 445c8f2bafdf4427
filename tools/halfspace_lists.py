"""The word lists bot.news.spelling.halfspace learns from, as their makers publish them: docs/halfspace.md."""

import csv
from collections.abc import Iterator
from pathlib import Path

import hazm
import regex

from bot.news.spelling.halfspace.letters import LONGEST, NON_JOINING, ZWNJ, words_of
from bot.news.spelling.halfspace.tables import conjugated

_HAZM, _SHEKAR, _LILAK = 1, 2, 4  # bits of a form with half-spaces
_JUNK = ("ها", "های", "هایی")


def _form(raw: str) -> str:
    """A listed word in folded letters with the half-spaces that show; nothing if it is no single word."""
    found = words_of(raw)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(raw)) or len(found[0].letters) > LONGEST:
        return ""
    return ZWNJ.join(found[0].parts())


def listed_forms(lilak: Path, shekar: Path) -> tuple[dict[str, int], list[str]]:
    """Each listed form with its code, and the stems of verbs."""
    data = Path(hazm.__file__).parent / "data"
    roots = [_stems(line) for line in (data / "verbs.dat").read_text(encoding="utf-8").split() if "#" in line]
    listed: dict[str, int] = {}
    for form, plain, joined in (*_hazm(data / "words.dat"), *_shekar(shekar), *_lilak(lilak)):
        folded = _form(form)
        if code := joined if ZWNJ in folded else plain:
            listed[folded] = listed.get(folded, 0) | code
    listed.pop("", None)
    verbs, _ = conjugated(roots)
    fused = {form for form in listed if ZWNJ not in form}
    for form in fused:
        if not listed[form] & 3 and _is_junk(form, fused, verbs):
            del listed[form]
    return listed, roots


def _stems(line: str) -> str:
    return "#".join(_form(stem) for stem in line.split("#"))


def _is_junk(form: str, plain: set[str], verbs: frozenset[str]) -> bool:
    """Whether it is a word that lost its half-space: «میشود», «سیاستهای»."""
    for prefix in ("می", "نمی"):
        if form.startswith(prefix) and form.removeprefix(prefix) in verbs:
            return True
    stems = [form.removesuffix(ending) for ending in _JUNK if form.endswith(ending)]
    return any(len(stem) > 2 and stem in plain and stem[-1] not in NON_JOINING for stem in stems)


def _level(count: int, middle: int, high: int) -> int:
    return 1 if count < middle else 2 if count < high else 3


def _hazm(path: Path) -> Iterator[tuple[str, int, int]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        form, count, kind = line.split("\t")
        # Without a frequency or a part of speech the list holds words that lost their half-spaces.
        yield form, _level(int(count), 100, 100_000) if count != "0" or kind != "0" else 0, _HAZM


def _shekar(folder: Path) -> Iterator[tuple[str, int, int]]:
    with (folder / "vocab.csv").open(encoding="utf-8", newline="") as file:
        for form, count in csv.reader(file):
            yield form, _level(int(count), 5_000, 200_000) << 2, _SHEKAR
    for line in (folder / "compound_words.csv").read_text(encoding="utf-8").splitlines():
        yield line.strip(), 0, _SHEKAR


def _lilak(path: Path) -> Iterator[tuple[str, int, int]]:
    verbal = regex.compile(rf"^(?:ه?ن?می|(?:بر|در|باز|فرا|وا|فرو)ن?می){ZWNJ}|ه{ZWNJ}(?:ام|ای|ایم|اید|اند)$")
    for line in path.read_text(encoding="utf-8").splitlines():
        form = line.strip().partition("/")[0]
        if not (ZWNJ in form and verbal.search(form)):  # verbs are conjugated here, not listed
            yield form, 16, _LILAK
