"""Whether the copy supports a headline or a point that somebody proposes. Strikes in doubt; mends nothing.

A proposal stands if it is plain text of a fair length, its quotations are the copy's own, each of its amounts
counts in the copy what it counts here, each of its words stands in the copy (endings and words without news
aside), and what is denied, or not yet done, in the sentence of the copy that says most of it, is so here too.
Who did it to whom is not looked at: that is left to the editor, who sees that it is a proposal.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from bot.news.grammar import moods
from bot.news.summary import claims
from bot.news.summary.claims import Claim, Reading, Stance, Token

MAX_HEADLINE = 120
"""Characters."""
MAX_POINT_WORDS = 40
_MAX_CHARACTERS = 800  # of a point
_CONTROL = regex.compile(r"[\p{C}\p{Zl}\p{Zp}--\u200c]", regex.V1)
_MARKUP = regex.compile(r"[*`_~^|\\<>{}\[\]\uFFFC\uFFFD]|^\s*(?:#|[-–—+•▪●]\s|\p{Nd}{1,2}[.)]\s)")
_LINK = regex.compile(
    r"(?:[a-z][a-z0-9+.\-]{1,15}://|www\.|mailto:)\S+"
    r"|[\w.+\-]{1,64}@[\w.\-]+|[@#][\w\u200c]+|(?<![\w.\-])(?:[\w\-]{1,63}\.){1,8}[a-z]{2,24}(?![\w])(?:/\S*)?",
    regex.IGNORECASE,
)
_LEFTOVER = regex.compile(
    r"\bas an? (?:ai|artificial|language model|assistant)|\bi(?:'|’)?m sorry|\bi (?:cannot|can't|am unable)"
    r"|ignore (?:all |the |any )?(?:previous|prior|above)|system prompt|^(?:sure|certainly|here (?:is|are))\b"
    r"|^(?:assistant|system|user|json|headline|points?|title|تیتر|عنوان|نکته|نکات)\s*[:：]"
    r"|(?:به\s?عنوان|من|بعنوان) (?:یک )?(?:مدل|هوش مصنوعی|دستیار)|(?:مدل زبانی|هوش مصنوعی) هستم"
    r"|دستور(?:ات|های)? (?:قبلی|بالا) را نادیده",
    regex.IGNORECASE,
)
_QUOTES = {"«": "»", "“": "”", "„": "”", "‹": "›", '"': '"'}
_QUOTE_MARKS = frozenset((*_QUOTES, *_QUOTES.values()))
_COUNTERS = frozenset("نفر تن مورد دستگاه فقره درصد درصدی people percent persons cases".split())
_PERCENT = ("درصد", "درصدی", "percent")
_OVER = frozenset("بیش بیشتر حداقل دستکم over least".split())
_UNDER = frozenset("کمتر زیر حداکثر under most fewer less".split())
_WINDOW = 8  # words on each side of an amount that it may count
_BOUND_WINDOW = 3


@dataclass(frozen=True, kw_only=True)
class _Copy:
    """The copy, made ready to be asked."""

    claims: Mapping[str, Sequence[Claim]]  # by key
    counts: Mapping[str, Sequence["_Count"]]  # by value
    said: str  # its words with a blank around each
    joined: str  # its words with nothing between
    edges: frozenset[int]  # in `joined`
    links: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Count:
    """What stands around an amount, up to the next one."""

    counted: frozenset[str]  # keys of words it may count
    around: frozenset[str]  # keys of all words near it
    bound: int  # 1: more than the amount, -1: less


def checked_headline(headline: str, copy: str) -> str | None:
    """The headline with single blanks, or None if the copy doesn't support it."""
    text = _tidy(headline)
    if text is None or len(text) > MAX_HEADLINE:
        return None
    return text if _is_supported(text, _ready(copy)) else None


def checked_points(points: Sequence[str], copy: str) -> tuple[str, ...]:
    """Those of the points that the copy supports, in order, none twice."""
    tidy = [text for point in points if (text := _tidy(point)) is not None]
    fair = [text for text in dict.fromkeys(tidy) if len(text.split()) <= MAX_POINT_WORDS]
    ready = _ready(copy) if fair else None
    return tuple(text for text in fair if ready and _is_supported(text, ready))


def _tidy(text: str) -> str | None:
    """Without blanks around and with single ones inside; None if it can't be a line of plain text."""
    text = text[: _MAX_CHARACTERS + 1].strip(" \t\r\n")
    if not text or len(text) > _MAX_CHARACTERS or _CONTROL.search(text):
        return None
    if _LEFTOVER.search(claims.folded(text).replace("\u200c", " ")):
        return None
    return " ".join(text.split())


def _ready(copy: str) -> _Copy:
    reading = claims.read(copy)
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        for key in claims.keys(claim.token.text):
            by_key[key].append(claim)
    counts: dict[str, list[_Count]] = defaultdict(list)
    for at, token in enumerate(reading.tokens):
        if token.kind == "number":
            counts[token.value].append(_count(reading.tokens, at))
    words = _words(reading)
    return _Copy(
        claims=by_key,
        counts=counts,
        said=f" {' '.join(words)} ",
        joined="".join(words),
        edges=frozenset(_edges(words)),
        links=frozenset(found.casefold() for found in _LINK.findall(copy)),
    )


def _words(reading: Reading) -> list[str]:
    """The words in one spelling without half-spaces, those of amounts apart."""
    return [word for each in reading.tokens if each.kind in ("word", "number") for word in each.word.split()]


def _edges(words: Iterable[str]) -> Iterator[int]:
    at = 0
    yield at
    for word in words:
        at += len(word)
        yield at


def _is_supported(text: str, copy: _Copy) -> bool:
    if any(link.casefold() not in copy.links for link in _LINK.findall(text)):
        return False
    if _MARKUP.search(_LINK.sub(" ", text)) or not _quotes_stand(text, copy):
        return False
    reading = claims.read(text)
    return bool(reading.claims) and _amounts_stand(reading, copy) and _claims_stand(reading, copy)


def _quotes_stand(text: str, copy: _Copy) -> bool:
    """Whether all marks of quotation pair, and what they hold is in the copy word for word."""
    opened: list[tuple[str, int]] = []
    for at, mark in enumerate(text):
        if mark not in _QUOTE_MARKS:
            continue
        if opened and mark == opened[-1][0]:
            words = _words(claims.read(text[opened.pop()[1] : at]))
            if not words or f" {' '.join(words)} " not in copy.said:
                return False
        elif mark in _QUOTES:
            opened.append((_QUOTES[mark], at + 1))
        else:
            return False
    return not opened


def _amounts_stand(reading: Reading, copy: _Copy) -> bool:
    for at, token in enumerate(reading.tokens):
        if token.kind != "number":
            continue
        counted, beside = _demands(reading.tokens, at)
        bound = _count(reading.tokens, at).bound
        if not any(
            there.bound == bound
            and all(there.counted & claims.keys(word) for word in counted)
            and all(there.around & claims.keys(word) for word in beside)
            for there in copy.counts.get(token.value, ())
        ):
            return False
    return True


def _count(tokens: Sequence[Token], at: int) -> _Count:
    before, after = _beside(tokens, at, -1), _beside(tokens, at, 1)
    noun = next((token for token in after if token.word not in _COUNTERS), None)
    percent = bool(after) and after[0].word in _PERCENT
    if noun and noun.means and not (percent or moods.is_verb((noun.text,), 0)):
        counted = _keys(after)
    else:
        counted = _keys([*before, *after])
    near = {token.word for token in before[:_BOUND_WINDOW]}
    return _Count(
        counted=counted, around=_keys([*before, *after]), bound=bool(near & _OVER) - bool(near & _UNDER)
    )


def _keys(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(key for token in tokens for key in claims.keys(token.text))


def _beside(tokens: Sequence[Token], at: int, step: int) -> list[Token]:
    """The words on one side of an amount that it may count: up to a mark, «و», another amount."""
    found: list[Token] = []
    for place in range(at + step, at + step * (_WINDOW + 1), step):
        if not 0 <= place < len(tokens) or tokens[place].kind != "word" or tokens[place].word in ("و", "and"):
            break
        found.append(tokens[place])
    return found


def _demands(tokens: Sequence[Token], at: int) -> tuple[list[str], list[str]]:
    """The words an amount counts (the one behind it, also behind «نفر»), and others that belong to it."""
    before, after = _beside(tokens, at, -1), _beside(tokens, at, 1)
    counters = list(takewhile(lambda token: token.word in _COUNTERS, after))
    counted = [*counters, *(token for token in after[len(counters) :][:1] if token.means)]
    beside: list[Token] = []
    if before and before[0].means and (not counted or counted[0].word in _PERCENT):
        beside.append(before[0])
    verb = next((place for place, token in enumerate(after) if moods.is_verb((token.text,), 0)), 0)
    beside += [token for token in after[:verb] if token.means][-1:]  # «۱۲ نفر در … کشته شدند»
    return [token.text for token in counted], [token.text for token in beside]


def _claims_stand(reading: Reading, copy: _Copy) -> bool:
    """Whether each word stands in the copy, and stands there as it does here."""
    found = [(here, _places(here, copy)) for here in reading.claims]
    sentences: Counter[int] = Counter()
    clauses: Counter[tuple[int, int]] = Counter()  # of the proposal and of the copy
    for here, there in found:
        sentences.update({each.sentence for each in there})
        clauses.update({(here.clause, each.clause) for each in there})
    for here, there in found:
        # The sentence that says most of the proposal, in it the clause that says most of this clause.
        weights = [(sentences[each.sentence], clauses[here.clause, each.clause]) for each in there]
        most = max(weights, default=None)
        best = [each for each, weight in zip(there, weights, strict=True) if weight == most]
        if best and not any(_agree(here, each) for each in best):
            return False
        if not best and not _is_joined_otherwise(reading.tokens, here.place, copy):
            return False
    return True


def _places(claim: Claim, copy: _Copy) -> list[Claim]:
    """Where a word stands in the copy; each place once."""
    spellings = claims.keys(claim.token.text)
    found = {each.place: each for key in spellings for each in copy.claims.get(key, ())}
    return list(found.values())


def _is_joined_otherwise(tokens: Sequence[Token], at: int, copy: _Copy) -> bool:
    """«گفتوگو» for «گفت و گو»: whether the word is several in the copy, or one with its neighbours."""
    for start in range(max(0, at - 2), at + 1):
        for end in range(at + 1, min(len(tokens), start + 3) + 1):
            together = tokens[start:end]
            if all(each.kind == "word" for each in together):
                word = "".join(each.word for each in together)
                if (end - start > 1 and not copy.claims.keys().isdisjoint(claims.keys(word))) or (
                    end - start == 1 and _is_in_parts(word, copy)
                ):
                    return True
    return False


def _is_in_parts(word: str, copy: _Copy) -> bool:
    at = copy.joined.find(word)
    while at >= 0:
        if at in copy.edges and at + len(word) in copy.edges:
            return True
        at = copy.joined.find(word, at + 1)
    return False


def _agree(here: Claim, there: Claim) -> bool:
    stances = {here.stance, there.stance}
    if not here.complement:
        return stances != {Stance.PLAIN, Stance.DENIED}
    if (here.stance is Stance.PLAIN) != (there.stance is Stance.PLAIN) or here.mood is not there.mood:
        return False
    return not (here.side and there.side) or here.side == there.side
