"""A story beside the week board: its post as the channel will show it, and the whole of it, as HTML."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bot.news.model import Article, Entity, Message
from bot.news.posts import links
from bot.news.posts.direction import right_to_left
from bot.web import story_page

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "code"}
_QUOTES = {"blockquote", "expandable_blockquote"}


@dataclass(frozen=True, kw_only=True)
class StoryShown:
    """A story with its post. A rich one has no `messages`: apps set its headings and lists themselves."""

    article: Article
    messages: tuple[Message, ...]
    title: str  # such as "So it will look in …"
    about: tuple[str, ...]  # lines on when and how it stands
    whole: str  # the heading above the whole story
    files: str  # what is said of pictures and other files, with `{count}`
    close: str


def shown(story: StoryShown) -> str:
    """What stands in the dialog."""
    article = story.article
    direction = "rtl" if right_to_left(article.language) else "ltr"
    lines = "".join(f"<p>{_text(line)}</p>" for line in story.about)
    headline = f"<h3>{_text(article.headline)}</h3>"
    whole = f'<div class="whole" dir="{direction}" lang="{_text(article.language)}">'
    content = f"{whole}{headline}{story_page.content(article)}</div>"
    if story.messages:
        bubbles = "".join(_bubble(message, direction, story.files) for message in story.messages)
        body = f"{bubbles}<details><summary>{_text(story.whole)}</summary>{content}</details>"
    else:
        body = f'<div class="bubble">{content}</div>'
    return (
        f'<h2 id="beside-title">{_text(story.title)}</h2><div class="told-of">{lines}</div>{body}'
        f'<button type="button" class="plain" data-close>{_text(story.close)}</button>'
    )


def _bubble(message: Message, direction: str, files: str) -> str:
    pictures = (
        f'<p class="files">{_text(files.replace("{count}", str(len(message.media))))}</p>'
        if message.media
        else ""
    )
    buttons = "".join(f'<span class="under">{_text(button.text)}</span>' for button in message.buttons)
    text = f'<div class="words" dir="{direction}">{formatted(message.text, message.entities)}</div>'
    above, below = (text, pictures) if message.above else (pictures, text)
    return f'<div class="bubble">{above}{below}{buttons}</div>'


def formatted(text: str, entities: tuple[Entity, ...]) -> str:
    """The text with its entities as HTML: quotations outside, all else in pieces that overlap nothing."""
    units = text.encode("utf-16-le", "surrogatepass")
    end = len(units) // 2
    cuts = {0, end}
    for entity in entities:
        cuts |= {min(entity.offset, end), min(entity.offset + entity.length, end)}
    order = sorted(cuts)
    html, quoted = "", False
    for start, stop in pairwise(order):
        over = [each for each in entities if each.offset <= start and stop <= each.offset + each.length]
        in_quote = any(each.type in _QUOTES for each in over)
        if in_quote != quoted:
            html += "<blockquote>" if in_quote else "</blockquote>"
            quoted = in_quote
        html += _piece(units[2 * start : 2 * stop].decode("utf-16-le", "replace"), over)
    return html + "</blockquote>" * quoted


def _piece(text: str, over: list[Entity]) -> str:
    html = _text(text)
    for entity in over:
        if tag := _TAGS.get(entity.type):
            html = f"<{tag}>{html}</{tag}>"
        elif entity.type == "text_link" and (url := links.usable(entity.url)):
            html = f'<a href="{_text(url)}" target="_blank" rel="noopener noreferrer">{html}</a>'
    return html


def _text(said: object) -> str:
    return escape(str(said or ""))
