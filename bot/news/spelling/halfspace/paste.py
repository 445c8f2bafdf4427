"""A text and its words once gaps were filled, without reading all of it again; it knows no spelling."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from bot.news.spelling.halfspace.letters import NON_JOINING, ZWNJ, Word, shape_of


class Refilled(NamedTuple):
    text: str
    words: list[Word]  # as reading the text would find them
    fresh: list[int]  # those that are new, or next to one that is none any more


def refilled(
    text: str, words: list[Word], gaps: Mapping[int, list[int]], spaces: Collection[int]
) -> Refilled:
    """The text with half-spaces in `gaps`, by word, and in place of the space after each word in `spaces`.

    The words given are used up: those that stay are moved.
    """
    out: list[str] = []
    after: list[Word] = []
    fresh: set[int] = set()
    done = ahead = 0  # up to where the text is written; by how much it has grown
    for first, last in _groups(len(words), spaces):
        word = words[first]
        if first == last and first not in gaps:
            word.start += ahead
            word.end += ahead
            after.append(word)
            continue
        raw = _joined(text, words, first, last, gaps)
        out += (text[done : word.start], raw)
        start, done = word.start + ahead, words[last].end
        ahead = start + len(raw) - done
        fresh.add(len(after))
        shape = shape_of(raw)
        if shape is not None:
            after.append(Word(start, start + len(raw), *shape, follows=words[last].follows))
        elif after:  # two words with a vowel mark each make what is no Persian word
            after[-1].follows = False
            fresh.add(len(after) - 1)
    return Refilled("".join((*out, text[done:])), after, sorted(i for i in fresh if i < len(after)))


def _groups(number: int, spaces: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of the words that become one."""
    first = 0
    for i in range(number):
        if i not in spaces:
            yield first, i
            first = i + 1


def _joined(text: str, words: list[Word], first: int, last: int, gaps: Mapping[int, list[int]]) -> str:
    parts: list[str] = []
    for i in range(first, last + 1):
        word, at = words[i], words[i].start
        for gap in gaps.get(i, ()):
            parts += (text[at : word.place(gap)], ZWNJ)
            at = word.place(gap)
        parts.append(text[at : word.end])
        if i < last and word.letters[-1] not in NON_JOINING:
            parts.append(ZWNJ)
    return "".join(parts)
