"""The fields of a feed and of its items, gathered from its elements: none of them has to be closed."""

import html
from dataclasses import dataclass, field

from bot.intake.feeds.markup import Closing, Opening, Text, Token
from bot.intake.feeds.wording import line, plain_line

_FIELDS = 300  # of one item
_LONGEST_TEXT = 400_000
_ROOTS = {"rss": "rss", "RDF": "rdf", "feed": "atom", "urlset": "sitemap", "sitemapindex": "index"}
_OURS = frozenset({"", "atom", "sitemap", "rdf"})
"""Whose elements are the feed's own, and need no prefix to be told apart."""
_ITEMS = frozenset({"item", "entry", "url", "sitemap"})
_ONLY_OF = {"url": "sitemap", "sitemap": "index"}
"""Items of one kind of feed only."""
_SEE_THROUGH = {("news", "news"), ("news", "publication"), ("media", "group"), ("media", "content")}
_SHORT = frozenset(
    {"title", "link", "guid", "id", "pubDate", "published", "updated", "date", "loc", "lastmod"}
)
"""Fields that hold no other: one that is not closed ends where the next begins."""
_NEXT = _SHORT | {"description", "summary", "content", "category", "author", "enclosure", "source"}
_BESIDE = frozenset({"image", "textInput", "textinput"})
"""What has a title and a link of its own within a channel."""


@dataclass(slots=True)
class Field:
    """One element with what stands in it."""

    name: str  # "dc:date"; ":title" of the feed's own
    attributes: dict[str, str]
    parts: list[Text] = field(default_factory=list)
    room: int = _LONGEST_TEXT

    def take(self, text: Text) -> None:
        """Add what stands in it, up to its greatest length."""
        if self.room > 0:
            self.parts.append(
                text if len(text.text) <= self.room else Text(text.text[: self.room], text.plain)
            )
            self.room -= len(text.text)

    @property
    def markup(self) -> str:
        """What stands in it, as the HTML that it means."""
        kind = self.attributes.get("type", "").lower()
        if kind in {"xhtml", "application/xhtml+xml"} and self.attributes.get("mode") != "escaped":
            return "".join(part.text for part in self.parts)
        return self.text

    @property
    def text(self) -> str:
        return "".join(part.text if part.plain else html.unescape(part.text) for part in self.parts)

    @property
    def line(self) -> str | None:
        if self.attributes.get("type", "").lower() in {"text", "text/plain"} and self.name == ":title":
            return plain_line(self.text)  # what looks like a tag there is meant so
        return line(self.markup)


@dataclass(slots=True)
class Raw:
    """The fields of one item, or of the feed itself."""

    about: str | None = None
    base: str | None = None
    fields: list[Field] = field(default_factory=list)

    def first(self, *names: str) -> Field | None:
        """The first of the names that says anything."""
        for name in names:
            for found in self.fields:
                if found.name == name and any(part.text.strip() for part in found.parts):
                    return found
        return None

    def every(self, *names: str) -> list[Field]:
        return [found for found in self.fields if found.name in names]


@dataclass(slots=True)
class Reader:
    """Goes through the tokens; knows in which item and in which field it is."""

    kind: str | None = None
    language: str | None = None
    head: Raw = field(default_factory=Raw)
    raws: list[Raw] = field(default_factory=list)
    _item: Raw | None = None
    _field: Field | None = None
    _beside: str | None = None

    def take(self, token: Token) -> None:
        match token:
            case Text():
                if self._field is not None:
                    self._field.take(token)
            case Opening():
                self._open(token)
            case Closing():
                self._close(named(token.space, token.name))

    def _open(self, token: Opening) -> None:
        own = token.space in _OURS
        if own and token.name in _ROOTS:
            self.kind = self.kind or _ROOTS[token.name]
            self.language = self.language or token.attributes.get("xml:lang")
            self.head.base = self.head.base or token.attributes.get("xml:base")
            return
        if own and token.name in _ITEMS and self.kind == _ONLY_OF.get(token.name, self.kind):
            self._begin(token)
            return
        name = named(token.space, token.name)
        if self._field is not None:
            self._within(token, name)
            if self._field is not None:
                return
        self._start(token, name)

    def _within(self, token: Opening, name: str) -> None:
        """An element within a field: text, unless the field was not closed."""
        assert self._field is not None
        inside = self._field.name[1:]
        if name in {":name", "dc:name"} and inside == "author":
            self._field.parts.clear()
        elif name[0] == ":" and inside in _SHORT and token.name in _NEXT and not self._is_markup():
            self._field = None

    def _is_markup(self) -> bool:
        assert self._field is not None
        return self._field.attributes.get("type", "") in {"xhtml", "html"}

    def _start(self, token: Opening, name: str) -> None:
        if token.space is None or (token.space, token.name) == ("xhtml", "link"):
            return
        if self._item is None and token.space in _OURS and token.name in _BESIDE and not token.is_empty:
            self._beside = name
        if self._beside and self._item is None:
            return
        if self._item is None and token.name == "channel":
            self.head.base = self.head.base or token.attributes.get("xml:base")
        see_through = (token.space, token.name) in _SEE_THROUGH
        found = Field(name, token.attributes)
        into = self._item or self.head
        if len(into.fields) < _FIELDS:
            into.fields.append(found)
        if not token.is_empty and not see_through and token.name not in {"channel", "group"}:
            self._field = found

    def _begin(self, token: Opening) -> None:
        self._field = self._beside = None
        about = next(
            (value for key, value in token.attributes.items() if key.rpartition(":")[2] == "about"), None
        )
        self._item = Raw(about=about, base=token.attributes.get("xml:base"))
        self.raws.append(self._item)
        if token.is_empty:
            self._item = None

    def _close(self, name: str) -> None:
        if name == self._beside:
            self._beside = None
        if self._field is not None and (
            name == self._field.name or (name == ":name" and self._field.name == ":author")
        ):
            self._field = None
        elif name[1:] in _ITEMS and name[0] == ":" and (self._field is None or name != ":url"):
            self._item = self._field = None
        elif name in {":channel", ":feed", ":rss", ":RDF"}:
            self._field = None


def named(space: str | None, name: str) -> str:
    return f":{name}" if space in _OURS else f"{space}:{name}"
