"""A public post as Telegram's own page shows it (`t.me/channel/1?embed=1`)."""

from bot.intake import pages_dates, pages_tree
from bot.intake.pages_marked import source_of
from bot.intake.pages_tree import Block, Node, text_of

HOSTS = frozenset(("t.me", "telegram.me", "telegram.dog"))
_CLASS = "tgme_widget_message"


def post(root: Node) -> Node | None:
    """The element that holds the post; None on other pages."""
    return next(iter(root.xpath(f"//*[contains(concat(' ', @class, ' '), ' {_CLASS} ')][@data-post]")), None)


def is_preview(root: Node) -> bool:
    """Whether it is the page that sends its visitor to the app."""
    return bool(root.xpath("//*[contains(concat(' ', @class, ' '), ' tgme_page ')]"))


def told(descriptions: list[str]) -> list[str]:
    """The lines of what the page says of the post."""
    return [line.strip() for text in descriptions[:1] for line in text.split("\n") if line.strip()]


def address(found: Node) -> str:
    """The post's own address."""
    return f"https://t.me/{found.get('data-post')}"


def channel(found: Node) -> str:
    """What the channel calls itself."""
    return next((text for node in _named(found, "owner_name") if (text := text_of(node))), "")


def lines(found: Node) -> tuple[Block, ...]:
    """The post's words; none where it is only a picture."""
    texts = [
        node for node in _named(found, "text") if not any(_is(outer, "reply") for outer in _over(node, found))
    ]
    return tuple(pages_tree.blocks(texts[-1])) if texts else ()


def published(found: Node) -> pages_dates.When | None:
    times = [node.get("datetime") or "" for node in found.iter("time")]
    return next((moment for text in reversed(times) if text and (moment := pages_dates.read(text))), None)


def picture(found: Node) -> str | None:
    nodes = [
        *_named(found, "photo_wrap"),
        *_named(found, "video_thumb"),
        *_named(found, "link_preview_image"),
    ]
    return next((source for node in nodes if (source := source_of(node))), None)


def _named(found: Node, part: str) -> list[Node]:
    return [node for node in found.iter() if isinstance(node.tag, str) and _is(node, part)]


def _is(node: Node, part: str) -> bool:
    return f"{_CLASS}_{part}" in (node.get("class") or "").split()


def _over(node: Node, root: Node) -> list[Node]:
    found = []
    for outer in pages_tree.above(node):
        if outer is root:
            break
        found.append(outer)
    return found
