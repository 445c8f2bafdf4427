"""What another program sends as a story: in our own words, or as IPTC ninjs. Knows no HTTP."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, ValidationError

from bot.news.model import RelatedLink
from bot.news.structure import hypertext, intake

Line = Annotated[str, Field(max_length=500)]


_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


def _written(given: Any) -> Any:
    """A moment as JSON writes it. Pydantic also takes numbers, and "1405" would be a moment of 1970."""
    if given is None or isinstance(given, datetime):
        return given
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) and ":" in given else None
    except ValueError:
        at = None
    if at is None:
        raise ValueError("is no moment such as 2026-12-01T18:30:00+03:30")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _number(given: Any) -> Any:
    if isinstance(given, str | bool):
        raise ValueError("is no number")  # noqa: TRY004 - of pydantic, which makes a fault of it
    return given


Moment = Annotated[datetime | None, BeforeValidator(_written)]
Urgency = Annotated[int | None, Field(ge=1, le=9), BeforeValidator(_number)]


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
    urgency: Urgency = None
    embargoed_until: Moment = None
    keywords: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    hashtags: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    related: Annotated[tuple[Link, ...], Field(max_length=20)] = ()
    note: Annotated[str, Field(max_length=2_000, description="for the staff")] = ""
    status: Annotated[
        Literal["usable", "withdrawn"], Field(description="withdrawn: it shall not stand any more")
    ] = "usable"
    submit: Annotated[
        bool, Field(strict=True, description="hand it in to the editors; false: leave it a draft")
    ] = True


class Said(BaseModel):
    """Words in ninjs 2 and 3, which has lists of them; of several the first."""

    value: str | None = None
    contenttype: str | None = None


class Named(BaseModel):
    """A subject or a source in ninjs."""

    name: str | None = None
    literal: str | None = None


class Ninjs(BaseModel):
    """IPTC ninjs 1 to 3 (https://iptc.org/standards/ninjs/), told by its `uri`; other fields are not read."""

    uri: Annotated[str, Field(max_length=1000)]
    pubstatus: Literal["usable", "withheld", "canceled"] | None = None
    headline: str | None = None
    headlines: tuple[Said, ...] | None = None
    body_text: str | None = None
    body_html: str | None = None
    body_xhtml: str | None = None
    bodies: tuple[Said, ...] | None = None
    description_text: str | None = None
    descriptions: tuple[Said, ...] | None = None
    byline: str | None = None
    bylines: tuple[Said, ...] | None = None
    by: str | None = None
    source: str | None = None
    infosources: tuple[Named, ...] | None = None
    subject: tuple[Named, ...] | None = None
    subjects: tuple[Named, ...] | None = None
    located: str | None = None
    urgency: Urgency = None
    embargoed: Moment = None
    keywords: tuple[str, ...] | None = None
    ednote: str | None = None


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
    told = _valid(OurStory, content)
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
        "embargoed_until": told.embargoed_until,
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
    told = _valid(Ninjs, content)
    uri = told.uri.strip()
    if not uri:
        raise NotAStory(("uri", "is missing"))
    withdrawn = told.pubstatus in {"canceled", "withheld"}
    headline = " ".join(_first(told.headline, told.headlines).split())
    body, summary = _body(told), _first(told.description_text, told.descriptions)
    if not withdrawn:
        _require(headline, body, summary)
    given = {
        "byline": _first(told.byline, told.bylines) or (told.by or "").strip(),
        "source": (told.source or "").strip() or _named(told.infosources),
        "source_url": uri if uri.startswith(("http://", "https://")) else None,
        "category": _named(told.subject) or _named(told.subjects),
        "dateline": (told.located or "").strip(),
        "urgency": told.urgency,
        "embargoed_until": told.embargoed,
        "keywords": (told.keywords or ())[:50],
        "ed_note": (told.ednote or "").strip(),
    }
    return Sent(
        item=uri,
        copy=_copy(headline, "" if body else summary, body),
        fields={name: value for name, value in given.items() if value},
        withdrawn=withdrawn,
    )


def _valid[Told: BaseModel](kind: type[Told], content: dict[str, Any]) -> Told:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        faults = [(".".join(map(str, each["loc"])) or "body", each["msg"]) for each in error.errors()]
        raise NotAStory(*faults) from None


def _require(headline: str, *texts: str) -> None:
    if not any(map(str.strip, (headline, *texts))):
        raise NotAStory(("headline", "there is no headline and no text"))


def _copy(*parts: str) -> str:
    copy = "\n\n".join(part.strip() for part in parts if part.strip())
    if len(copy) > intake.MAX_COPY:
        raise NotAStory(("text", f"has more than {intake.MAX_COPY} characters"))
    return copy


def _body(told: Ninjs) -> str:
    """The text: plain where it is given so, else out of the markup."""
    bodies = told.bodies or ()
    said = next((each.value for each in bodies if each.contenttype == "text/plain" and each.value), "")
    if plain := (told.body_text or "").strip() or said.strip():
        return plain
    return hypertext.plain(_first(told.body_html, None) or _first(told.body_xhtml, bodies))


def _first(words: str | None, several: Sequence[Said] | None) -> str:
    """The words; without them the first of several that has any."""
    found = (each.value.strip() for each in several or () if each.value)
    return (words or "").strip() or next(filter(None, found), "")


def _named(several: Sequence[Named] | None) -> str:
    first = next(iter(several or ()), Named())
    return (first.name or "").strip() or (first.literal or "").strip()
