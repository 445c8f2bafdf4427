"""What a story consists of, field by field, each as a text: to be compared, and to be written anew."""

from bot.news.model import Article
from bot.news.posts import difference
from bot.news.posts.markup import Styled
from bot.news.structure import notation

TEXTS = (
    "kicker",
    "headline",
    "lede",
    "key_points",
    "text",
    "related",
    "buttons",
    "byline",
    "author_bio",
    "dateline",
    "source",
    "source_url",
    "category",
    "keywords",
    "hashtags",
    "ed_note",
)
"""The fields that are told as texts, in the order in which a story is read."""


def text_of(article: Article, field: str) -> str:
    """A field as a text, a line each where it has several; "" where there is nothing."""
    match field:
        case "key_points":
            return "\n".join(map(notation.point_text, article.key_points))
        case "text":
            return notation.written(article.sections)
        case "related":
            return "\n".join(" ".join(filter(None, [link.title, link.url])) for link in article.related)
        case "buttons":
            return "\n".join(f"{button.text} {button.url}" for button in article.buttons)
        case "hashtags":
            return " ".join(f"#{tag}" for tag in article.hashtags)
        case "keywords":
            return "\n".join(article.keywords)
        case _:
            return str(getattr(article, field) or "")


def differences(was: Article, now: Article) -> tuple[tuple[str, Styled], ...]:
    """Each text field that is another one, by its name, with what is out and in (`difference.shown`)."""
    return tuple(
        (field, difference.shown(difference.steps(*texts)))
        for field in TEXTS
        if (texts := (text_of(was, field), text_of(now, field)))[0] != texts[1]
    )
