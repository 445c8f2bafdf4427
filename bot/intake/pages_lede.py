"""A page's lede: what it shows between headline and text, or tells machines of itself. Invents none."""

from collections.abc import Sequence

from bot.intake.pages_body import Body
from bot.intake.pages_marked import Marked
from bot.intake.pages_said import Said
from bot.intake.pages_tree import Block, Node, above, tag, text_of
from bot.news.folding import folded

_LEAST, _MOST = 5, 140
_LEAST_BOLD = 10
_LONGEST = 6_000  # letters of what is looked at
_MANY = 80
_NEAR = 90
_TOP = 5
_OWN_WORDS = 0.5
"""The share of a description's words that come in the story; a site's slogan has less."""
_CUT = ("…", "...", "[…]", "[...]", "[&hellip;]")


def lede(
    marked: Marked, said: Said, title: Node | None, body: Body, *, headline: str, blocks: Sequence[Block]
) -> str:
    """The lede; "" where the story's first paragraph is."""
    told = [*said.of("description", "og:description", "twitter:description"), *said.text("description")]
    shown = _shown(marked, title, body, headline)
    if shown:
        agreed = [text for text in shown if any(_agree(text, other) for other in told)]
        return (agreed or shown)[0]
    texts = [line.text for line in body.lines]
    first = [line for line in texts[:_TOP] if any(_is_same(line, other) for other in told)]
    if first:  # what comes before it is a summary, a kicker, a credit
        return first[0]
    if between := _between(marked, title, body, blocks, told):
        return between
    start = folded(" ".join(texts[:4]))
    for text in told:
        if (
            _is_told(text, headline)
            and not _stands_in(text, start, texts)
            and _is_of(text, [headline, *texts])
        ):
            return text
    return ""


def _shown(marked: Marked, title: Node | None, body: Body, headline: str) -> list[str]:
    """What stands between headline and text by its name."""
    end = marked.order.get(body.lines[0].node, 1 << 30) if body.lines else 1 << 30
    at = marked.order.get(title, 0) if title is not None else 0
    found = []
    holders = {outer for node in marked.ledes[:_MANY] for outer in above(node) if outer is not node}
    for node in marked.ledes[:_MANY]:
        if node in holders:  # a frame round the lede, with its picture
            continue
        place = marked.order[node]
        if marked.zones.of(node) != "" or any(tag(outer) in ("li", "aside", "nav") for outer in above(node)):
            continue
        if not (at - 25 <= place <= max(end, at) + 6) or place > at + _NEAR:
            continue
        text = text_of(node) if marked.zones.letters(node) <= _LONGEST else ""
        if _is_told(text, headline) and (body.inside is None or not _holds(node, body.inside)):
            found.append(text)
    return found


def _between(
    marked: Marked, title: Node | None, body: Body, blocks: Sequence[Block], told: Sequence[str]
) -> str:
    """A line between headline and text that the page tells machines as well, or that is all bold."""
    if title is None or not body.lines:
        return ""
    start, end = marked.order.get(title, 0), marked.order.get(body.lines[0].node, 0)
    for block in blocks:
        at = marked.order.get(block.node, 0)
        if not start < at < end or marked.zones.of(block.node) or block.linked > 0.5:
            continue
        said = any(_is_same(block.text, other) for other in told)
        if said or (block.bold > 0.95 and _LEAST_BOLD <= len(block.text.split()) <= _MOST):
            return block.text
    return ""


def _holds(node: Node, inner: Node) -> bool:
    return any(outer is node for outer in above(inner))


def _is_told(text: str, headline: str) -> bool:
    return _LEAST <= len(text.split()) <= _MOST and folded(text) != folded(headline)


def _agree(text: str, other: str) -> bool:
    one, two = sorted((folded(text), folded(other)), key=len)
    return len(one) > 15 and two.startswith(one[:60])


def _is_same(text: str, other: str) -> bool:
    """Whether a line is what the page says of itself, and no beginning of something longer."""
    one, two = sorted((folded(text), folded(other)), key=len)
    if text.endswith(_CUT) or other.endswith(_CUT):
        return False
    return len(one) > 25 and two.startswith(one) and len(one) > len(two) * 0.9


def _stands_in(text: str, start: str, texts: Sequence[str]) -> bool:
    """Whether a description is only the beginning of the text, or of one of its paragraphs."""
    key = folded(text.rstrip("".join(_CUT)))[:70]
    return not key or key in start or any(key in folded(line) for line in texts)


def _is_of(text: str, texts: Sequence[str]) -> bool:
    words = {folded(word) for word in text.split() if len(word) > 2}
    known = {folded(word) for line in texts for word in line.split()}
    return bool(words) and len(words & known) >= len(words) * _OWN_WORDS and not text.endswith(_CUT)
