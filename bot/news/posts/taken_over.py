"""A story takes over what somebody has changed in its post, where that falls into its fields."""

from dataclasses import replace

from bot.news.model import Article, Block, BulletList, KeyPoint, Section
from bot.news.posts.difference import changed_lines


def taken_over(article: Article, was: str, now: str) -> Article | None:
    """The story with each changed line of the post in the field that it shows; None where that can't be told.

    Whoever asks compares the post of the new story with what stands: only then it is the same.
    """
    old, new = was.split("\n"), now.split("\n")
    for i, j, k, m in changed_lines(old, new):
        if j - i != m - k:
            return None
        for line, instead in zip(old[i:j], new[k:m], strict=True):
            found = _with_line(article, line, instead)
            if found is None:
                return None
            article = found
    return article


def apart(was: str, now: str, limit: int) -> tuple[str, str]:
    """The lines that only one of two texts has, at most so many characters of each."""
    old, new = was.split("\n"), now.split("\n")
    stretches = list(changed_lines(old, new))
    before = "\n".join(line for i, j, _, _ in stretches for line in old[i:j])
    after = "\n".join(line for _, _, k, m in stretches for line in new[k:m])
    return _short(before, limit), _short(after, limit)


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _with_line(article: Article, line: str, instead: str) -> Article | None:
    """The story with that line of its post replaced, in the longest piece of a field that it shows."""
    pieces = {piece for text in _texts(article) for piece in text.split("\n") if piece and piece in line}
    for piece in sorted(pieces, key=len, reverse=True):
        before, _, after = line.partition(piece)
        if instead.startswith(before) and instead.endswith(after) and len(instead) > len(before + after):
            return _replaced(article, piece, instead[len(before) : len(instead) - len(after)])
    return None


def _texts(article: Article) -> list[str]:
    plain = [article.headline, article.kicker, article.lede, article.byline, article.dateline, article.source]
    points = [text for point in article.key_points for text in (point.label, point.text)]
    related = [link.title for link in article.related]
    body = [text for section in article.sections for text in _of_section(section)]
    return [text for text in (*plain, *points, *related, *body) if text]


def _of_section(section: Section) -> list[str]:
    texts = [section.heading or ""]
    for block in section.blocks:
        if isinstance(block, BulletList):
            texts += [block.intro or "", *(item.text for item in block.items)]
        else:
            texts.append(block.text)
    return texts


def _replaced(article: Article, piece: str, instead: str) -> Article:
    """Every field that has the piece as one of its lines has another there."""

    def new[Text: (str, str | None)](text: Text) -> Text:
        return text and "\n".join(instead if line == piece else line for line in text.split("\n"))

    def point(each: KeyPoint) -> KeyPoint:
        return replace(each, label=new(each.label), text=new(each.text))

    def block(each: Block) -> Block:
        if isinstance(each, BulletList):
            return replace(each, intro=new(each.intro), items=tuple(map(point, each.items)))
        return replace(each, text=new(each.text))

    return replace(
        article,
        headline=new(article.headline),
        kicker=new(article.kicker),
        lede=new(article.lede),
        byline=new(article.byline),
        dateline=new(article.dateline),
        source=new(article.source),
        key_points=tuple(map(point, article.key_points)),
        related=tuple(replace(link, title=new(link.title)) for link in article.related),
        sections=tuple(
            replace(section, heading=new(section.heading), blocks=tuple(map(block, section.blocks)))
            for section in article.sections
        ),
    )
