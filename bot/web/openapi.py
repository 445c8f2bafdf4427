"""What can be asked over HTTP, as OpenAPI 3.1 and as a page for people."""

import html
import json
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.news.sent import Ninjs, OurStory
from bot.web import described
from bot.web.described import Described

_ANSWERS = {
    "200": "The story that was sent before followed it, or nothing has changed.",
    "201": "A new story.",
    "400": "The body is no JSON object.",
    "401": "The token is missing, unknown or revoked.",
    "408": "The body did not come in time.",
    "409": "That Idempotency-Key was used for another body, or the newsroom's rules say no.",
    "413": "It is too large.",
    "415": "It is not application/json.",
    "422": "It is no story; `faults` says why.",
    "429": "Too many at once; `Retry-After` says when again.",
    "503": "The database does not answer; send it again.",
}


_WORDS = r"[\p{L}\p{N}]"  # what the copy desk takes for a word has a letter or a digit
_MARKED_UP = r"(^|>)[^<>&]*[\p{L}\p{N}]"  # words beside the tags
_HAS_WORDS = {"type": "string", "pattern": _WORDS}
_HAS_VALUES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["value"], "properties": {"value": _HAS_WORDS}},
}


def document(parts: Iterable[Described] = ()) -> Described:
    """The OpenAPI document of `POST /articles` and of what else is there."""
    paths: Described = {"/articles": {"post": _post()}}
    for part in parts:
        paths |= part
    return {
        "openapi": "3.1.0",
        "info": {"title": "Monadi", "version": "1", "description": "Stories in and out, over HTTP."},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _schemas() -> Described:
    story = OurStory.model_json_schema(ref_template="#/components/schemas/{model}")
    ninjs = Ninjs.model_json_schema(ref_template="#/components/schemas/{model}")
    kinds = {**story.pop("$defs", {}), **ninjs.pop("$defs", {})}
    usable, withdrawn = {"const": "usable"}, ["canceled", "withheld"]
    marked_up = {"required": ["html"], "properties": {"html": {"pattern": _MARKED_UP}, "status": usable}}
    withdrawal = {
        "required": ["id", "status"],
        "properties": {"id": {"type": "string", "minLength": 1}, "status": {"const": "withdrawn"}},
    }
    story["anyOf"] = [*_with_words("headline", "text", "lede", status=usable), marked_up, withdrawal]
    ninjs["properties"]["uri"] |= {"pattern": _WORDS}
    takes_back = {"required": ["pubstatus"], "properties": {"pubstatus": {"enum": withdrawn}}}
    values = [
        {"required": [name], "properties": {name: _HAS_VALUES}} for name in ("headlines", "descriptions")
    ]
    ninjs["anyOf"] = [*_with_words("headline", "body_text", "description_text"), *values, takes_back]
    return {**kinds, "Story": story, "Ninjs": ninjs, "Answer": _ANSWER, "Refusal": _REFUSAL}


def _with_words(*names: str, **others: Described) -> list[Described]:
    """At least one of these fields says something."""
    return [{"required": [name], "properties": {name: _HAS_WORDS, **others}} for name in names]


_ANSWER = {
    "type": "object",
    "required": ["id", "version", "state", "outcome"],
    "properties": {
        "id": {"type": "integer"},
        "version": {"type": "integer"},
        "state": {"type": "string"},
        "outcome": {
            "type": "string",
            "enum": ["created", "updated", "unchanged", "waits", "withdrawn", "closed"],
        },
    },
}
_REFUSAL = {
    "type": "object",
    "required": ["error", "detail"],
    "properties": {
        "error": {"type": "string"},
        "detail": {"type": "string"},
        "faults": {"type": "array", "items": {"type": "object"}},
    },
}


def _post() -> Described:
    schema = {"oneOf": [{"$ref": "#/components/schemas/Story"}, {"$ref": "#/components/schemas/Ninjs"}]}
    key = {"name": "Idempotency-Key", "in": "header", "required": False}
    return {
        "summary": "Send a story, an update of it, or its withdrawal.",
        "operationId": "sendStory",
        "parameters": [{**key, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {status: _answered(status, said) for status, said in _ANSWERS.items()},
    }


def _answered(status: str, said: str) -> Described:
    name = "Answer" if status[0] == "2" else "Refusal"
    kinds: Described = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    if status in _OF_THE_SERVER:
        kinds["text/plain"] = {"schema": {"type": "string"}}
    return {"description": said, "content": kinds}


_OF_THE_SERVER = frozenset({"400", "429", "503"})
"""What the server itself answers where it understands no request, or has too many: it knows no JSON."""


def page(parts: Iterable[Described] = ()) -> str:
    """The same for people, without a script."""
    fields = "".join(
        f"<tr><td><code>{html.escape(name)}</code></td><td>{html.escape(_kind(about))}</td>"
        f"<td>{html.escape(about.get('description', ''))}</td></tr>"
        for name, about in OurStory.model_json_schema()["properties"].items()
    )
    answers = "".join(
        f"<tr><td>{code}</td><td>{html.escape(said)}</td></tr>" for code, said in _ANSWERS.items()
    )
    others = "".join(
        f"<tr><td><code>{html.escape(path)}</code></td><td>{html.escape(about['get']['summary'])}</td></tr>"
        for part in parts
        for path, about in part.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Monadi over HTTP</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
        "<h1>POST /articles</h1><p><code>Authorization: Bearer …</code>, <code>Content-Type: application/json"
        "</code>, and an <code>Idempotency-Key</code> that makes it safe to repeat. The body is a story as "
        'below, or <a href="https://iptc.org/standards/ninjs/">IPTC ninjs</a>. '
        '<a href="openapi.json">OpenAPI</a>.</p>'
        f"<table>{fields}</table><h2>Answers</h2><table>{answers}</table>"
        f"<h2>To read</h2><table>{others}</table></body></html>"
    )


def _kind(about: Described) -> str:
    kinds = [about, *about.get("anyOf", ())]
    return ", ".join(dict.fromkeys(str(each["type"]) for each in kinds if "type" in each)) or "text"


def routes(parts: Sequence[Described] = ()) -> list[Route]:
    """`/openapi.json` and `/docs`, of `POST /articles` and of the other parts that are mounted."""
    there = [*parts, described.itself()]
    told, shown = json.dumps(document(there), ensure_ascii=False), page(there)

    async def as_json(_: Request) -> Response:
        return Response(told, media_type="application/json")

    async def as_page(_: Request) -> Response:
        return HTMLResponse(shown)

    return [Route("/openapi.json", as_json), Route("/docs", as_page)]
