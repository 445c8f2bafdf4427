"""Where word lists overrule the weights: words they agree on, names and words a half-space would break."""

from bot.news.grammar.given_names import FAMILY_NAMES, GIVEN_NAMES
from bot.news.spelling.halfspace.inner import ENDINGS, PLURAL, VERBAL
from bot.news.spelling.halfspace.tables import Chances, Tables, stems

HAZM = 3  # bits of `Tables.plain`
_SHEKAR, _SHEKAR_RARE = 12, 4
_PERSONS = ("م", "د", "ند", "ید", "یم")
_ALL = 7  # bits of `Tables.joined`: each of the lists
_UNLIKELY, _LIKELY = 0.1, 0.9
_BEFORE_SURNAMES = GIVEN_NAMES | {"شهید", "حاج"}


def consulted(word: str, chances: Chances, tables: Tables) -> Chances:
    """The chances of a word's gaps with the lists heard."""
    listed = tables.joined.get(word, {})
    fused = tables.plain.get(word, 0)
    number, _ = tables.seen(word)
    heard = dict(chances)
    for gap in chances:
        if listed.get(gap) == _ALL and not fused and not number:
            heard[gap] = max(heard[gap], _LIKELY)
        elif not _is_written(word, gap, tables) and _breaks(word, gap, chances, tables):
            heard[gap] = min(heard[gap], _UNLIKELY)
    return heard


def is_full_name(before: str, left: str, right: str) -> bool:
    """Whether the two are somebody's first name and family name: «علی محمدی», but «سعید علی‌محمدی»."""
    return right in FAMILY_NAMES and left in GIVEN_NAMES and before not in _BEFORE_SURNAMES


def _is_written(word: str, gap: int, tables: Tables) -> bool:
    if word in tables.joined:
        return gap in tables.joined[word]
    return gap in tables.seen(word)[1] or any(gap in tables.joined.get(stem, ()) for stem in stems(word))


def _breaks(word: str, gap: int, chances: Chances, tables: Tables) -> bool:
    """Whether a half-space here would leave what is no word, or cut one in two.

    As in «می‌نور», «بی‌کاکچیچ», «کری‌دورهای».
    """
    left = word[: gap + 1]
    end = next((other for other in sorted(chances) if other > gap and chances[other] > 0.5), len(word) - 1)
    right = word[gap + 1 : end + 1]
    if left in VERBAL:
        return not any(_is_verbal(part, tables) for part in (right, *stems(right)))
    if len(left) < 3:
        return right not in ENDINGS and not any(tables.code(part) for part in (right, *stems(right)))
    bases = [word.removesuffix(ending) for ending in PLURAL if word.endswith(ending)]
    return any(gap < len(base) - 1 and _is_one(base, tables) for base in bases)


def _is_verbal(piece: str, tables: Tables) -> bool:
    if piece in tables.verbs or piece in tables.participles or piece in tables.rights:
        return True
    return len(piece) > 2 and piece.endswith(_PERSONS)  # no list has all verbs: «می‌چرند»


def _is_one(word: str, tables: Tables) -> bool:
    listed = tables.plain.get(word, 0)
    return bool(listed & HAZM) or listed & _SHEKAR > _SHEKAR_RARE
