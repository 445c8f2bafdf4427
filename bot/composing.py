"""Raw copy to finished posts in one step, outside any newsroom: what `monadi compose` does."""

from typing import Any

from bot.news import copydesk
from bot.news.model import Article, Look, content_json
from bot.news.posts import brief, message, rich
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.news.subjects import keywords, named, reading_time, slug, tags
from bot.news.subjects.hashtags import JOINERS, Joiner

_KINDS = {"people": "person", "places": "place", "organisations": "organisation"}


def composed(
    copy: str,
    look: Look | None = None,
    form: str | None = None,
    *,
    style: HouseStyle = DEFAULT,
    about: bool = False,
) -> dict[str, Any]:
    """The article and its posts as JSON values, in the shape that docs/design.md promises.

    Args:
        copy: raw copy.
        look: the posts' look; the default one if None.
        form: "classic" or "rich" for one form only.
        style: the house style it is spelled in.
        about: whether to tell as well what goes with the story (`about_json`).

    Raises:
        CopyError: no story can be made of it.
    """
    article, look = copydesk.read(copy, style), look or Look()
    posts: dict[str, Any] = {}
    if form != "rich":
        posts["classic"] = message.as_json(message.compose(article, look))
    if form != "classic":
        posts["rich"] = rich.rich_message(article, look)
    made = {"article": article_json(article), "posts": posts}
    return {**made, "about": about_json(article, JOINERS[style.hashtags])} if about else made


def about_json(article: Article, joiner: Joiner = "_") -> dict[str, Any]:
    """What goes with a story: read from it and offered, where the article itself has what the copy says.

    Names, keywords and hashtags (without their sign) have the most important first.
    """
    told = named.told(article)
    return {
        "language": article.language,
        "reading_minutes": reading_time.minutes(article),
        "names": {
            plural: [each.text for each in told if each.kind == kind] for plural, kind in _KINDS.items()
        },
        "keywords": list(dict.fromkeys((*article.keywords, *keywords.of(article)))),
        "hashtags": list(tags.offered(article, joiner)),
        "slug": slug.of(article.headline),
        "caption": brief.caption(article),
    }


def article_json(article: Article) -> dict[str, Any]:
    """The content of an article; a section has its paragraphs and first list beside its blocks.

    `media` are its files, each with its `type`.
    """
    content = content_json(article)
    content["media"] = [{"type": each["kind"], "file_id": each["file_id"]} for each in content["media"]]
    for section, shown in zip(article.sections, content["sections"], strict=True):
        shown["paragraphs"] = list(section.paragraphs)
        lists = [block for block in shown["blocks"] if block["type"] == "list"]
        shown["list"] = {key: lists[0][key] for key in ("intro", "items")} if lists else None
    return content


def shown(composed: dict[str, Any]) -> str:
    """The posts as plain text for a terminal."""
    forms = composed["posts"]
    if "classic" in forms:
        return "\n\n".join(part["text"] for part in forms["classic"])
    return "\n\n".join(_block_text(block) for block in forms["rich"]["blocks"])


def _block_text(block: object) -> str:
    match block:
        case str():
            return block
        case list():
            return "".join(_block_text(one) for one in block)
        case {"items": items}:
            return "\n".join("• " + _block_text(item) for item in items)
        case {"summary": summary, "blocks": blocks}:
            return "\n\n".join([_block_text(summary), *(_block_text(one) for one in blocks)])
        case {"blocks": blocks}:
            return "\n\n".join(_block_text(one) for one in blocks)
        case {"text": text}:
            return _block_text(text)
        case _:
            return ""
