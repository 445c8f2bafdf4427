"""Stories that programs send over HTTP, against the running application."""

import asyncio
import contextlib
import json
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import which
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import outlets
from bot.desk import sent as desk_sent
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.news.model import Article, ArticleState, Role
from bot.news.sent import NotAStory, OurStory, read
from bot.web import openapi
from bot.web.limits import Bucket
from bot.web.serving import serving
from bot.web.settings import ServerSettings
from tests.newsroom import NEWS, House, newsroom

TEXT = (
    "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد. این اتوبوس‌ها از هفتهٔ آینده در خط یک کار می‌کنند.\n"
    "به گفتهٔ مدیر ناوگان، هر اتوبوس با یک بار شارژ ۲۵۰ کیلومتر راه می‌رود."
)
STORY = {
    "id": "p-17",
    "headline": "شهرداری سپیدکوه بیست اتوبوس برقی خرید",
    "text": TEXT,
    "url": "https://paper.example/17",
}
NINJS = {
    "uri": "urn:paper:18",
    "type": "text",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "fa",
    "headline": "کتابخانهٔ سپیدکوه دو شعبه گشود",
    "byline": "مهتاب ادیب",
    "body_html": f"<p>{TEXT}</p><script>x()</script>",
    "subject": [{"code": "x", "name": "فرهنگ"}],
    "infosources": [{"name": "خبرگزاری نمونه"}],
}


class Site:
    """A program with a token, beside its newsroom."""

    def __init__(self, house: House, client: httpx.AsyncClient, token: str) -> None:
        self.house, self.client, self.token = house, client, token

    async def posts(self, body: Any = None, *, raw: bytes | None = None, **headers: str) -> httpx.Response:
        told = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.client.post(
            "/articles", content=raw if raw is not None else json.dumps(body), headers=told
        )
        await self.house.settles()
        return answer

    async def story(self, number: int = 1) -> Article:
        async with self.house.newsroom.storage.begin() as db:
            found = await db.articles.get(number)
        assert found is not None
        return found

    async def count(self) -> int:
        async with self.house.newsroom.storage.begin() as db:
            return len([id for id in range(1, 20) if await db.articles.get(id)])


async def new_token(house: House, name: str = "وب‌سایت ما") -> str:
    async with house.newsroom.storage.begin() as db:
        owner = await db.staff.get(house.owner.id)
        assert owner is not None
        return await desk_sent.new_token(Desk(db=db, who=owner, now=house.world.clock.now()), name)


@contextlib.asynccontextmanager
async def site(**more: Any) -> AsyncIterator[Site]:
    async with newsroom() as house:
        app = outlets.application_of(house.newsroom, ServerSettings(**more))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://monadi") as client:
            yield Site(house, client, await new_token(house))


async def test_a_story_is_handed_in_and_every_editor_has_its_card() -> None:
    async with site() as it:
        answer = await it.posts(STORY)
        assert (answer.status_code, answer.json()) == (
            201,
            {"id": 1, "version": 1, "state": "submitted", "outcome": "created"},
        )
        story = await it.story()
        assert (story.headline, story.source_url, story.state) == (
            STORY["headline"],
            STORY["url"],
            ArticleState.SUBMITTED,
        )
        assert STORY["headline"] in it.house.editor.card()["text"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


async def test_ninjs() -> None:
    async with site() as it:
        assert (await it.posts(NINJS)).status_code == 201
        story = await it.story()
        assert (story.byline, story.category, story.urgency, story.source) == (
            "مهتاب ادیب",
            "فرهنگ",
            3,
            "خبرگزاری نمونه",
        )
        assert "x()" not in str(story)


async def test_a_draft_where_that_is_wished() -> None:
    async with site() as it:
        assert (await it.posts({**STORY, "submit": False})).json()["state"] == "draft"


async def test_sent_again_it_is_one_story() -> None:
    async with site() as it:
        first = await it.posts(STORY, idempotency_key="k1")
        again = await it.posts(STORY, idempotency_key="k1")
        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert (await it.posts({**STORY, "headline": "دیگر"}, idempotency_key="k1")).status_code == 409
        assert (await it.posts(STORY)).json()["outcome"] == "unchanged"
        assert await it.count() == 1


async def test_an_update_follows_the_story_and_leaves_what_people_changed() -> None:
    async with site() as it:
        await it.posts(STORY)
        async with it.house.newsroom.storage.begin() as db:
            editor = await db.staff.get(it.house.editor.id)
            assert editor is not None
            await Desk(db=db, who=editor, now=it.house.world.clock.now()).edit(1, 1, headline="تیتر دبیر")
        answer = await it.posts({**STORY, "headline": "تیتر تازهٔ سایت", "byline": "آرش نیک"})
        assert answer.json()["outcome"] == "updated"
        story = await it.story()
        assert (story.headline, story.byline) == ("تیتر دبیر", "آرش نیک")


async def test_an_update_of_what_was_approved_waits_again() -> None:
    async with site() as it:
        await it.posts(STORY)
        await it.house.editor.presses("تأیید")
        await it.posts({**STORY, "byline": "آرش نیک"})
        story = await it.story()
        assert (story.state, story.approved_version) == (ArticleState.SUBMITTED, 1)


async def published(it: Site) -> None:
    await it.house.admin.sends("/connect @news")
    await it.posts(STORY)
    await it.house.editor.presses("تأیید")
    async with it.house.newsroom.storage.begin() as db:
        owner = await db.staff.get(it.house.owner.id)
        assert owner is not None
        await Schedule(desk=Desk(db=db, who=owner, now=it.house.world.clock.now())).publish_now(1, 1, NEWS)
    await it.house.settles()
    assert (await it.story()).state is ArticleState.PUBLISHED


async def test_a_correction_of_what_is_out_waits_for_an_editor() -> None:
    async with site() as it:
        await published(it)
        answer = await it.posts({**STORY, "byline": "آرش نیک"})
        assert answer.json()["outcome"] == "waits"
        story = await it.story()
        assert (story.state, story.version, story.approved_version) == (ArticleState.PUBLISHED, 2, 1)
        assert any("نسخهٔ تازه" in message.get("text", "") for message in it.house.editor.reads())
        assert not any("آرش نیک" in post for post in it.house.posts())


async def test_a_withdrawal_stops_it_or_waits_for_an_editor() -> None:
    async with site() as it:
        await it.posts(NINJS)
        answer = await it.posts({"uri": NINJS["uri"], "pubstatus": "canceled"})
        assert answer.json()["outcome"] == "withdrawn"
        assert (await it.story()).state is ArticleState.SPIKED
        assert (await it.posts(NINJS)).json()["outcome"] == "closed"
        assert (await it.posts({"id": "never", "status": "withdrawn"})).status_code == 409
    async with site() as it:
        await published(it)
        answer = await it.posts({"id": STORY["id"], "status": "withdrawn"})
        assert answer.json()["outcome"] == "waits"
        assert (await it.story()).state is ArticleState.PUBLISHED
        assert any("پس گرفته" in message.get("text", "") for message in it.house.editor.reads())


@pytest.mark.parametrize(("token", "status"), [("", 401), ("monadi_wrong", 401), ("x" * 5000, 401)])
async def test_without_a_good_token_nothing_is_taken(token: str, status: int) -> None:
    async with site() as it:
        it.token = token
        answer = await it.posts(STORY)
        assert answer.status_code == status
        assert await it.count() == 0


async def test_tokens_are_made_told_once_and_revoked_by_owners() -> None:
    async with site() as it:
        owner = it.house.owner
        await owner.sends("/tokens")
        await owner.presses("کلید تازه")
        said = await owner.sends("سایت ورزشی")
        it.token = next(word for word in said.split() if word.startswith("monadi_"))
        assert (await it.posts(STORY)).status_code == 201
        async with it.house.newsroom.storage.begin() as db:
            assert it.token not in str(await db.tokens.good())
        await owner.sends("/tokens")
        await owner.presses("لغو سایت ورزشی")
        assert (await it.posts({**STORY, "id": "other"})).status_code == 401


async def test_a_new_token_of_the_same_name_knows_the_stories_and_another_name_does_not() -> None:
    async with site() as it:
        await it.posts(STORY)
        it.token = await new_token(it.house)
        assert (await it.posts(STORY)).json()["outcome"] == "unchanged"
        it.token = await new_token(it.house, "دیگری")
        assert (await it.posts(STORY)).json()["outcome"] == "created"


async def test_the_person_of_the_token_has_gone() -> None:
    async with site() as it:
        async with it.house.newsroom.storage.begin() as db:
            await db.staff.take(it.house.owner.id, Role.OWNER)
        assert (await it.posts(STORY)).status_code == 409


async def test_too_many_and_too_much() -> None:
    async with site(per_minute=3, max_kilobytes=1) as it:
        assert (await it.posts({**STORY, "text": "آ" * 2000})).status_code == 413
        assert (await it.posts(raw=b"x", content_type="text/xml")).status_code == 415
        assert (await it.posts({"headline": "خبر کوتاه شهر"})).status_code == 201
        answer = await it.posts({"headline": "خبر کوتاه شهر"})
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 20


def test_a_bucket_fills_again_and_forgets() -> None:
    now = 0.0
    bucket = Bucket(per_minute=2, now=lambda: now)
    assert [bucket.wait("a") for _ in range(3)] == [0, 0, 30]
    now = 31.0
    assert bucket.wait("a") == 0
    for number in range(25_000):
        bucket.wait(str(number))
    assert len(bucket._left) <= 10_000


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (b"{}", 422),
        (b'{"headline":7}', 422),
        (b'{"headline":"x","no":1}', 422),
        (b'{"uri":7,"headline":"x"}', 422),
        (b'{"uri":"x","headlines":"x"}', 422),
        (b'{"uri":"x","headline":"x","embargoed":"soon"}', 422),
        (b'{"uri":"x","headline":"x","embargoed":"1405"}', 422),
        (b'{"headline":"x","embargoed_until":"1405"}', 422),
        (b'{"headline":"x","embargoed_until":1405}', 422),
        (b'{"uri":"x","headline":"x","pubstatus":"cancelled"}', 422),
        (b'{"uri":"x","headline":"x","urgency":true}', 422),
        (b'{"headline":"x","urgency":"3"}', 422),
        (b'{"headline":"x","submit":"false"}', 422),
        (b'{"uri":"x","headlines":[{"value":" "},{"value":"\xd8\xae\xd8\xa8\xd8\xb1"}]}', 201),
        (b'{"uri":"x","headline":"x","urgency":3.0,"embargoed":"2026-12-01T10:00:00Z","new":[1]}', 201),
        (b'{"headline":"\\ud800\\u0000 \xd8\xae\xd8\xa8\xd8\xb1"}', 201),
        (b'{"headline":"x","urgency":' + b"9" * 6000 + b"}", 400),
    ],
)
async def test_what_is_no_story_is_refused_with_its_place(raw: bytes, status: int) -> None:
    async with site() as it:
        answer = await it.posts(raw=raw)
        assert answer.status_code == status, answer.text
        assert status == 201 or answer.json()["detail"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
OURS = st.dictionaries(st.sampled_from(sorted(OurStory.model_fields)), JSON, max_size=8)
THEIRS = st.fixed_dictionaries(
    {"uri": st.text(max_size=10) | JSON},
    optional=dict.fromkeys(("headline", "headlines", "body_text", "body_html", "bodies", "byline", "subject", "urgency", "embargoed", "keywords", "pubstatus", "infosources"), JSON),
)  # fmt: skip


@given(OURS | THEIRS | JSON)
def test_no_body_breaks_the_reading(content: Any) -> None:
    with contextlib.suppress(NotAStory):
        read(json.dumps(content).encode())


@given(st.lists(OURS | THEIRS, min_size=5, max_size=5))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
async def test_every_answer_is_one_of_the_document(bodies: list[Any]) -> None:
    """From the OpenAPI document: whatever is sent, the answer is among those that it promises, and never 500."""
    answers = openapi.document()["paths"]["/articles"]["post"]["responses"]
    async with site(per_minute=10_000) as it:
        for body in bodies:
            answer = await it.posts(body)
            assert str(answer.status_code) in answers
            schema = answers[str(answer.status_code)]["content"]["application/json"]["schema"]["$ref"]
            required = openapi.document()["components"]["schemas"][schema.rpartition("/")[2]]["required"]
            assert set(required) <= answer.json().keys()


async def test_the_pages() -> None:
    async with site() as it:
        document = (await it.client.get("/openapi.json")).json()
        assert document["openapi"] == "3.1.0"
        page = await it.client.get("/docs")
        assert "POST /articles" in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await it.client.get("/articles")).status_code == 405


DOCS = Path(__file__).parents[2] / "docs" / "http.md"


@pytest.mark.skipif(which("curl") is None, reason="curl is not installed")
async def test_the_curl_example_of_the_docs_works_against_the_running_server() -> None:
    (example,) = re.findall(r"```sh\n(curl.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    async with newsroom() as house:
        token = await new_token(house)
        app = outlets.application_of(house.newsroom, ServerSettings())
        async with serving(app, "127.0.0.1", 0) as port:
            command = example.replace("http://127.0.0.1:8090", f"http://127.0.0.1:{port}")
            ran = await asyncio.to_thread(
                subprocess.run,
                ["bash", "-c", command],
                env={"MONADI_TOKEN": token, "PATH": "/usr/bin:/bin"},
                capture_output=True,
                check=True,
            )
            assert json.loads(ran.stdout)["outcome"] == "created"


async def test_what_the_wordpress_example_sends_is_taken() -> None:
    (example,) = re.findall(r"```php\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    (body,) = re.findall(r"wp_json_encode\(\s*\[(.*?)\]\s*\)", example, re.DOTALL)
    names = re.findall(r"'(\w+)'\s*=>", body)
    values = {
        "id": "https://paper.example/?p=1",
        "headline": "خبر سایت",
        "html": f"<p>{TEXT}</p>",
        "url": "https://paper.example/1",
        "byline": "مهتاب ادیب",
        "category": "شهر",
        "status": "usable",
    }
    assert set(names) == set(values)
    async with site() as it:
        assert (
            await it.posts({name: values[name] for name in names}, idempotency_key="x")
        ).status_code == 201
    assert "'Idempotency-Key'" in example
    assert "'Authorization'" in example
