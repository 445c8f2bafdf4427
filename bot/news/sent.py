"""What another program sends as a story: in our own words, or as IPTC ninjs. Knows no HTTP."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from bot.news.model import RelatedLink
from bot.news.structure import hypertext, intake

Line = Annotated[str, Field(max_length=500)]


_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


class Link(BaseModel):
    """A title to read more under."""

    model_config = ConfigDict(extra="forbid")
    title: Line
    url: HttpUrl | None = None


class OurStory(BaseModel):
    """A story in our own words. `text` is copy like any paste; what is given beside it counts before it."""

    model_config = ConfigDict(extra="forbid")
    id: Annotated[
        str | None, Field(max_length=1000, description="yours; the same one again is an update")
    ] = None
    headline: Line = ""
    text: Annotated[str, Field(max_length=intake.MAX_COPY)] = ""
    html: Annotated[str, Field(max_length=2 * intake.MAX_COPY)] = ""
    lede: Annotated[str, Field(max_length=5_000)] = ""
    byline: Line = ""
    source: Line = ""
    url: Annotated[HttpUrl | None, Field(description="where the story stands")] = None
    category: Line = ""
    urgency: Annotated[int | None, Field(ge=1, le=9)] = None
    embargoed_until: datetime | None = None
    keywords: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    hashtags: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    related: Annotated[tuple[Link, ...], Field(max_length=20)] = ()
    note: Annotated[str, Field(max_length=2_000, description="for the staff")] = ""
    status: Annotated[
        Literal["usable", "withdrawn"], Field(description="withdrawn: it shall not stand any more")
    ] = "usable"
    submit: Annotated[bool, Field(description="hand it in to the editors; false: leave it a draft")] = True


class NotAStory(ValueError):
    """What was sent can't be taken: `faults` are (place, what is wrong)."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__("; ".join(f"{place}: {what}" for place, what in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A story as it was sent: `fields` of an article that were given count before what its copy says."""

    item: str | None
    copy: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    submit: bool = True
    withdrawn: bool = False


def read(body: bytes) -> Sent:
    """What was sent; ninjs is told by its `uri`.

    Raises:
        NotAStory: it is none.
    """
    try:
        content = _storable(json.loads(body))
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise NotAStory(("body", "is not JSON")) from None
    if not isinstance(content, dict):
        raise NotAStory(("body", "is not an object"))
    return from_ninjs(content) if "uri" in content else _ours(content)


def _storable(content: Any) -> Any:
    """The same without what no database can hold: NUL and lone surrogates, which JSON can write."""
    match content:
        case str():
            return content.translate(_UNSTORABLE)
        case list():
            return [_storable(each) for each in content]
        case dict():
            return {name.translate(_UNSTORABLE): _storable(value) for name, value in content.items()}
    return content


def _ours(content: dict[str, Any]) -> Sent:
    try:
        told = OurStory.model_validate(content)
    except ValidationError as error:
        faults = [(".".join(map(str, each["loc"])) or "body", each["msg"]) for each in error.errors()]
        raise NotAStory(*faults) from None
    withdrawn = told.status == "withdrawn"
    body = told.text or hypertext.plain(told.html)
    if not withdrawn:
        _require(told.headline, body, told.lede)
    elif not told.id:
        raise NotAStory(("id", "is needed to withdraw"))
    given: dict[str, Any] = {
        "byline": told.byline,
        "source": told.source,
        "source_url": str(told.url) if told.url else None,
        "category": told.category,
        "urgency": told.urgency,
        "embargoed_until": _aware(told.embargoed_until),
        "keywords": told.keywords,
        "hashtags": tuple(each.lstrip("#") for each in told.hashtags),
        "related": tuple(
            RelatedLink(title=each.title, url=str(each.url) if each.url else None) for each in told.related
        ),
        "ed_note": told.note,
    }
    return Sent(
        item=told.id or None,
        copy=_copy(told.headline, told.lede, body),
        fields={name: value for name, value in given.items() if value},
        submit=told.submit,
        withdrawn=withdrawn,
    )


def from_ninjs(content: dict[str, Any]) -> Sent:
    """A story of ninjs 1 to 3.

    Raises:
        NotAStory: it has no `uri`, no text, or fields of another kind than the standard's.
    """
    uri = _words(content, "uri")
    if not uri or len(uri) > 1000:
        raise NotAStory(("uri", "is missing or too long"))
    withdrawn = _words(content, "pubstatus") in {"canceled", "withheld"}
    headline, body = _headline(content), _body(content)
    summary = _words(content, "description_text") or _value(content, "descriptions")
    if not withdrawn:
        _require(headline, body, summary)
    urgency = content.get("urgency")
    given = {
        "byline": _words(content, "byline") or _value(content, "bylines") or _words(content, "by"),
        "source": _words(content, "source") or _named(content, "infosources"),
        "source_url": uri if uri.startswith(("http://", "https://")) else None,
        "category": _named(content, "subject") or _named(content, "subjects"),
        "dateline": _words(content, "located"),
        "urgency": urgency if isinstance(urgency, int) and 1 <= urgency <= 9 else None,
        "embargoed_until": _moment(content),
        "keywords": tuple(each for each in _list(content, "keywords") if isinstance(each, str))[:50],
        "ed_note": _words(content, "ednote"),
    }
    return Sent(
        item=uri,
        copy=_copy(headline, "" if body else summary, body),
        fields={name: value for name, value in given.items() if value},
        withdrawn=withdrawn,
    )


def _require(headline: str, *texts: str) -> None:
    if not any(map(str.strip, (headline, *texts))):
        raise NotAStory(("headline", "there is no headline and no text"))


def _copy(*parts: str) -> str:
    copy = "\n\n".join(part.strip() for part in parts if part.strip())
    if len(copy) > intake.MAX_COPY:
        raise NotAStory(("text", f"has more than {intake.MAX_COPY} characters"))
    return copy


def _headline(content: dict[str, Any]) -> str:
    return " ".join((_words(content, "headline") or _value(content, "headlines")).split())


def _body(content: dict[str, Any]) -> str:
    """The text: plain where it is given so, else out of the markup."""
    bodies = [each for each in _list(content, "bodies") if isinstance(each, dict)]
    plain = _words(content, "body_text") or next(
        (_words(each, "value") for each in bodies if each.get("contenttype") == "text/plain"), ""
    )
    if plain:
        return plain
    marked = _words(content, "body_html") or _words(content, "body_xhtml")
    return hypertext.plain(marked or next((_words(each, "value") for each in bodies), ""))


def _words(content: dict[str, Any], name: str) -> str:
    found = content.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise NotAStory((name, "is no text"))
    return found.strip()


def _list(content: dict[str, Any], name: str) -> list[Any]:
    found = content.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise NotAStory((name, "is no list"))
    return found


def _value(content: dict[str, Any], name: str) -> str:
    first = next((each for each in _list(content, name) if isinstance(each, dict)), {})
    return _words(first, "value")


def _named(content: dict[str, Any], name: str) -> str:
    first = next((each for each in _list(content, name) if isinstance(each, dict)), {})
    return _words(first, "name") or _words(first, "literal")


def _moment(content: dict[str, Any]) -> datetime | None:
    written = _words(content, "embargoed")
    try:
        return _aware(datetime.fromisoformat(written)) if written else None
    except ValueError:
        raise NotAStory(("embargoed", "is no moment")) from None


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
