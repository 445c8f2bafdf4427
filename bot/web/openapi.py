"""What can be asked over HTTP, as OpenAPI 3.1 and as a page for people."""

import html
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.news.sent import OurStory

_NINJS = {
    "type": "object",
    "description": "IPTC ninjs 1 to 3 (https://iptc.org/standards/ninjs/); told by its `uri`.",
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "minLength": 1, "maxLength": 1000},
        "pubstatus": {"type": "string", "enum": ["usable", "withheld", "canceled"]},
        "headline": {"type": "string"},
        "body_text": {"type": "string"},
        "body_html": {"type": "string"},
        "byline": {"type": "string"},
        "source": {"type": "string"},
        "language": {"type": "string"},
        "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
        "embargoed": {"type": "string", "format": "date-time"},
    },
}
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


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    story = OurStory.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = {
        **story.pop("$defs", {}),
        "Story": story,
        "Ninjs": _NINJS,
        "Answer": _ANSWER,
        "Refusal": _REFUSAL,
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Monadi", "version": "1", "description": "Stories in, over HTTP."},
        "paths": {"/articles": {"post": _post()}},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


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


def _post() -> dict[str, Any]:
    schema = {"oneOf": [{"$ref": "#/components/schemas/Story"}, {"$ref": "#/components/schemas/Ninjs"}]}
    key = {"name": "Idempotency-Key", "in": "header", "required": False}
    answers = {
        status: {
            "description": said,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{'Answer' if status[0] == '2' else 'Refusal'}"}
                }
            },
        }
        for status, said in _ANSWERS.items()
    }
    return {
        "summary": "Send a story, an update of it, or its withdrawal.",
        "operationId": "sendStory",
        "parameters": [{**key, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": answers,
    }


def page() -> str:
    """The same for people, without a script."""
    fields = "".join(
        f"<tr><td><code>{html.escape(name)}</code></td><td>{html.escape(_kind(about))}</td>"
        f"<td>{html.escape(about.get('description', ''))}</td></tr>"
        for name, about in OurStory.model_json_schema()["properties"].items()
    )
    answers = "".join(
        f"<tr><td>{code}</td><td>{html.escape(said)}</td></tr>" for code, said in _ANSWERS.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Monadi over HTTP</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
        "<h1>POST /articles</h1><p><code>Authorization: Bearer …</code>, <code>Content-Type: application/json"
        "</code>, and an <code>Idempotency-Key</code> that makes it safe to repeat. The body is a story as "
        'below, or <a href="https://iptc.org/standards/ninjs/">IPTC ninjs</a>. '
        '<a href="openapi.json">OpenAPI</a>.</p>'
        f"<table>{fields}</table><h2>Answers</h2><table>{answers}</table></body></html>"
    )


def _kind(about: dict[str, Any]) -> str:
    kinds = [about, *about.get("anyOf", ())]
    return ", ".join(dict.fromkeys(str(each["type"]) for each in kinds if "type" in each)) or "text"


def routes() -> list[Route]:
    """`/openapi.json` and `/docs`."""
    told, shown = json.dumps(document(), ensure_ascii=False), page()

    async def as_json(_: Request) -> Response:
        return Response(told, media_type="application/json")

    async def as_page(_: Request) -> Response:
        return HTMLResponse(shown)

    return [Route("/openapi.json", as_json), Route("/docs", as_page)]
