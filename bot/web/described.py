"""What there is to read, as paths of OpenAPI 3.1: health, metrics, what was published, and this itself.

Each description stands for all that a server answers, so that programs can be made of it, and tests hold the
server to it (tests/web/test_schemathesis.py).
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.web.serving import BUSY, TOO_OFTEN

type Described = dict[str, Any]

_MOMENT: Final = {"type": ["string", "null"], "format": "date-time"}
_STANDING: Final = {
    "type": "object",
    "required": ["status", "faults"],
    "properties": {
        "status": {"type": "string", "enum": ["ok", "not_ready"]},
        "faults": {
            "type": "array",
            "items": {"type": "string", "enum": ["database", "lease", "telegram", "late"]},
        },
        "telegram_heard_at": _MOMENT,
        "late_seconds": {"type": "integer", "minimum": 0},
        "troubles": {"type": "array", "items": {"type": "string"}},
    },
}
_LIVES: Final = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"type": "string", "enum": ["ok"]}},
}
_NINJS_OUT: Final = {
    "type": "object",
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "pubstatus": {"type": "string", "enum": ["usable", "canceled"]},
    },
}
_FEED: Final = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"type": "string"},
        "title": {"type": "string"},
        "items": {"type": "array", "items": {"type": "object", "required": ["id", "url", "content_html"]}},
    },
}
_ANYTHING: Final = {"type": "string"}
_ETAG: Final = {"ETag": {"schema": {"type": "string"}}}
_NAME: Final = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "the channel's, without @",
    "example": "news",
    "schema": {"type": "string", "minLength": 1},
}
_ID: Final = {
    "name": "id",
    "in": "path",
    "required": True,
    "example": 1,
    "schema": {"type": "integer", "minimum": 0},
}
_OPENMETRICS: Final = "application/openmetrics-text"


def health() -> Described:
    """`/healthz` and `/readyz`."""
    ready = {
        "200": _said("It does its work.", {"application/json": _STANDING}),
        "503": _said("It can't do its work; `faults` says why.", {"application/json": _STANDING, **_PLAIN}),
    }
    return {
        "/healthz": _got("Does the process live?", {"200": _said("Yes.", {"application/json": _LIVES})}),
        "/readyz": _got("Can it do its work?", ready),
    }


def metrics() -> Described:
    """`/metrics`."""
    kinds = {"text/plain": _ANYTHING, _OPENMETRICS: _ANYTHING}
    return {"/metrics": _got("Numbers for Prometheus.", {"200": _said("All of them.", kinds)})}


def published() -> Described:
    """Feeds, pages and ninjs."""
    rss, feed = {"application/rss+xml": _ANYTHING}, {"application/feed+json": _FEED}
    ninjs, page = {"application/json": _NINJS_OUT}, {"text/html": _ANYTHING}
    return {
        "/channels/{name}/feed.xml": _shown("A channel's stories as RSS 2.0.", _NAME, rss, gone=False),
        "/channels/{name}/feed.json": _shown("The same as JSON Feed 1.1.", _NAME, feed, gone=False),
        "/stories/{id}.json": _shown("A story as IPTC ninjs 3.0.", _ID, ninjs),
        "/stories/{id}": _shown("A story as a page.", _ID, page),
    }


def itself() -> Described:
    """`/openapi.json` and `/docs`."""
    return {
        "/openapi.json": _got(
            "This.", {"200": _said("OpenAPI 3.1.", {"application/json": {"type": "object"}})}
        ),
        "/docs": _got("The same for people.", {"200": _said("A page.", {"text/html": _ANYTHING})}),
    }


def _shown(
    summary: str, parameter: Described, kinds: Mapping[str, Described], *, gone: bool = True
) -> Described:
    answers = {
        "200": {**_said("As it was approved last.", kinds), "headers": _ETAG},
        "304": {"description": "It is still what `If-None-Match` named.", "headers": _ETAG},
        "404": _said("There is no such thing.", _PLAIN),
        "503": _said("The database does not answer; ask again.", _PLAIN),
    }
    if gone:
        answers["410"] = {**_said("It was withdrawn.", kinds), "headers": _ETAG}
    return _got(summary, answers, [parameter])


def _got(
    summary: str, answers: Mapping[str, Described], parameters: list[Described] | None = None
) -> Described:
    told = {
        "summary": summary,
        "security": [],
        "responses": {"503": _said(BUSY, _PLAIN), "429": _said(TOO_OFTEN, _PLAIN), **answers},
    }
    return {"get": told | ({"parameters": parameters} if parameters else {})}


def _said(description: str, kinds: Mapping[str, Described]) -> Described:
    return {"description": description, "content": {kind: {"schema": is_} for kind, is_ in kinds.items()}}


_PLAIN: Final = {"text/plain": _ANYTHING}
