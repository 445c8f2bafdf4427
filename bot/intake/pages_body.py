"""Which lines of a page are the story's text: those that most voices take, and what stands between them.

The voices: the name of the element a line stands in, JSON-LD's `articleBody`, and the two extractors. A
line that two of them take is certain; the story is in the innermost element that holds nine tenths of what
is certain, from the first certain line to the last, and in the whole of it where the element's name says
that it is the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.intake.pages_peers import Peer, key_of
from bot.intake.pages_tree import Block, Node, above
from bot.intake.pages_zones import Zones, is_body
from bot.news.folding import folded

_SHARE = 0.9
_MOSTLY = 0.6
_LINK = 0.8
_FEW = 0.4
_LONG = 14
"""Words of a paragraph that is text where nobody says so."""
_LABELS = frozenset(
    map(
        folded,
        "بیشتر بخوانید|بیشتر بدانید|همچنین بخوانید|همچنین ببینید|این خبر را بخوانید|این مطلب را بخوانید|"
        "مطلب مرتبط"
        "|مطالب مرتبط|خبر مرتبط|اخبار مرتبط|مرتبط|در همین زمینه|در همین باره|این را هم بخوانید|بخوانید|"
        "ببینید|پیشنهاد ما"
        "|read more|read also|also read|see also|related|related story|more on this|read next".split("|"),
    )
)


@dataclass(frozen=True, slots=True)
class Body:
    """The story's lines, the element they stand in, and the links to other stories among them."""

    lines: tuple[Block, ...] = ()
    inside: Node | None = None
    links: tuple[Block, ...] = ()


def chosen(blocks: Sequence[Block], zones: Zones, peers: Sequence[Peer]) -> Body:
    """The lines of the story."""
    open_lines = [block for block in blocks if zones.of(block.node) == ""]
    votes = {id(block): _votes(block, zones, peers) for block in open_lines}
    certain = _certain(open_lines, votes)
    if not certain:
        return Body()
    inside, named = _holder(certain)
    within = [block for block in blocks if any(outer is inside for outer in above(block.node))]
    kept = [block for block in within if zones.of(block.node) == ""]
    if not named:
        kept = _between(kept, certain)
    links = [block for block in within if _is_link(block, zones)]
    texts = [block for block in kept if not leads_away(block)]
    return Body(tuple(_once(texts)), inside, tuple(links))


def _votes(block: Block, zones: Zones, peers: Sequence[Peer]) -> int:
    key = key_of(block.text)
    said = sum(peer.takes(key) for peer in peers) if len(key) > 8 else 0
    return said + zones.in_body(block.node)


def _certain(blocks: Sequence[Block], votes: dict[int, int]) -> list[Block]:
    """The lines with two votes; if those are few, those with one; if nobody has any, long paragraphs."""
    telling = [block for block in blocks if not leads_away(block) and block.kind != "caption"]
    taken = {least: [block for block in telling if votes[id(block)] >= least] for least in (2, 1)}
    certain, likely = (_words(taken[least]) for least in (2, 1))
    if certain >= max(_LONG, likely * _FEW):
        return taken[2]
    if likely >= _LONG:
        return taken[1]
    return [
        block
        for block in telling
        if block.kind in ("paragraph", "quote") and _words([block]) >= _LONG and block.linked < 0.4
    ]


def _words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _holder(certain: Sequence[Block]) -> tuple[Node, bool]:
    """The element the story stands in, and whether its name says so."""
    weights: dict[Node, int] = {}
    depth: dict[Node, int] = {}
    total = 0
    for block in certain:
        words = len(block.text.split())
        total += words
        for deep, outer in enumerate(reversed(list(above(block.node)))):
            weights[outer] = weights.get(outer, 0) + words
            depth[outer] = deep
    named = [node for node, weight in weights.items() if weight >= total * _MOSTLY and is_body(node)]
    if named:
        return max(named, key=lambda node: (weights[node], depth[node])), True
    holding = [node for node, weight in weights.items() if weight >= total * _SHARE]
    return max(holding, key=lambda node: depth[node]), False


def _between(kept: Sequence[Block], certain: Sequence[Block]) -> list[Block]:
    """From the first certain line to the last, and paragraphs behind it that stand beside one."""
    sure = {id(block) for block in certain}
    places = [at for at, block in enumerate(kept) if id(block) in sure]
    if not places:
        return []
    beside = {block.node.getparent() for block in certain}
    end = places[-1] + 1
    while (
        end < len(kept)
        and kept[end].node.getparent() in beside
        and kept[end].kind in ("paragraph", "heading")
    ):
        end += 1
    return list(kept[places[0] : end])


def leads_away(block: Block) -> bool:
    """Whether a line is a link to another story, or to several things, and no more."""
    if block.linked >= _LINK:
        return True
    label = folded(block.text.replace(block.link, "", 1)) if block.link else ""
    return block.linked > 0.4 and label in _LABELS


def _is_link(block: Block, zones: Zones) -> bool:
    zone = zones.of(block.node)
    told = bool(block.url) and len(block.link.split()) >= 3
    return told and (leads_away(block) if zone == "" else zone == "related")


def _once(blocks: Sequence[Block]) -> list[Block]:
    """Without lines that the page shows twice, one after the other."""
    return [
        block
        for at, block in enumerate(blocks)
        if at == 0 or blocks[at - 1].text != block.text or len(block.text) < 20
    ]
