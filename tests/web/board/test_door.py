"""Who gets into the week board: nobody by what is forged, stale, foreign or was used, and nobody without a role."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import TOKEN
from bot.desk import board_door
from bot.news.model import Role
from bot.web.board import assets
from bot.web.board.initdata import signed
from bot.web.settings import ServerSettings
from tests.newsroom import ADMIN, EDITOR, OWNER, READER, REPORTER, House, newsroom
from tests.web.board.hands import BASE, OURS, board, enters, init_data, site

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def opened(raw: str, token: str = TOKEN, now: datetime = NOW) -> int | None:
    found = signed(raw, token, now, lasts=HOUR)
    return found.person_id if found else None


def test_what_telegram_signs_is_known() -> None:
    assert opened(init_data(ADMIN, NOW)) == ADMIN
    assert opened(init_data(ADMIN, NOW - HOUR)) == ADMIN


@given(st.data())
def test_whatever_is_changed_of_it_nobody_gets_in(data: st.DataObject) -> None:
    good = init_data(ADMIN, NOW, start_param=data.draw(st.text(max_size=8)))
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.text(min_size=0, max_size=3))
    forged = good[:at] + other + good[at + 1 :]
    same = sorted(parse_qsl(forged, keep_blank_values=True)) == sorted(
        parse_qsl(good, keep_blank_values=True)
    )

    assert opened(forged) is None or same


@given(st.text(max_size=300), st.text(max_size=70))
def test_no_text_gets_in(raw: str, claimed: str) -> None:
    assert opened(raw) is None
    assert opened(urlencode({"user": raw, "hash": claimed}, errors="surrogatepass")) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "x"]), inner, max_size=2)
    ),
)


@given(_JSON.map(json.dumps) | st.text(max_size=20), st.text(max_size=14))
def test_what_is_signed_but_names_nobody_or_no_time_gets_nobody_in(user: str, at: str) -> None:
    named = user.startswith('{"id": ') or '"id": ' in user
    who = opened(init_data(ADMIN, NOW, user=user))

    assert who is None or (named and 0 < who < 2**52)
    assert opened(init_data(ADMIN, NOW, auth_date=at)) is None


@pytest.mark.parametrize("age", [HOUR + timedelta(seconds=1), 24 * HOUR, -2 * timedelta(minutes=1)])
def test_what_is_old_or_of_the_future_gets_nobody_in(age: timedelta) -> None:
    assert opened(init_data(ADMIN, NOW - age)) is None


def test_what_another_bot_has_signed_gets_nobody_in() -> None:
    assert opened(init_data(ADMIN, NOW, token="1:other")) is None
    plain = hmac.new(hashlib.sha256(TOKEN.encode()).digest(), b"", hashlib.sha256).hexdigest()
    assert opened(init_data(ADMIN, NOW).rpartition("=")[0] + "=" + plain) is None


def test_a_field_that_is_there_twice_gets_nobody_in() -> None:
    good = init_data(ADMIN, NOW)

    assert opened(f"{good}&user={json.dumps({'id': OWNER})}") is None
    assert opened(f"user={json.dumps({'id': OWNER})}&{good}") is None


async def knock(client: httpx.AsyncClient, **body: str) -> httpx.Response:
    return await client.post("/board/session", json=body, headers=OURS)


async def test_what_was_used_once_opens_nothing_more() -> None:
    async with newsroom() as house, site(house) as client:
        raw = init_data(ADMIN, house.world.clock.now())

        assert [(await knock(client, init=raw)).status_code for _ in range(3)] == [200, 401, 401]


async def test_the_link_of_the_bot_opens_it_once_and_sets_a_cookie_that_no_script_reads() -> None:
    async with newsroom(server={"board": True, "address": "127.0.0.1:8090", "base_url": BASE}) as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/week")
        keys = house.admin.reads()[-1]["reply_markup"]["inline_keyboard"]
        assert {"text": "🗂 تابلوی هفته", "web_app": {"url": f"{BASE}/board"}} in [
            one for row in keys for one in row
        ]
        await house.admin.presses("در مرورگر")
        url = house.admin.reads()[-1]["reply_markup"]["inline_keyboard"][0][0]["url"]
        address, _, link = url.partition("#link=")
        async with site(house) as client:
            assert address == f"{BASE}/board"
            answer = await knock(client, link=link)
            cookie = answer.headers["set-cookie"]
            assert answer.status_code == 200
            assert answer.json() == {"done": True}
            for word in (
                "__Host-monadi_board=",
                "HttpOnly",
                "Secure",
                "SameSite=strict",
                "Max-Age=28800",
                "Path=/",
            ):
                assert word in cookie
            week = await client.post("/board/week", json={}, headers=OURS)
            assert week.status_code == 200
            assert (await knock(client, link=link)).status_code == 401
            left = await client.post("/board/leave", json={}, headers=OURS)
            assert left.status_code == 200
            client.cookies.set("__Host-monadi_board", cookie.split("=")[1].split(";")[0])
            assert (await client.post("/board/week", json={}, headers=OURS)).status_code == 401


async def test_a_link_lasts_minutes_and_only_the_newest_one() -> None:
    async with newsroom(server={"board": True, "address": "127.0.0.1:8090", "base_url": BASE}) as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/week")
        links = []
        for _ in range(2):
            await house.admin.presses("plan.week_board")
            links.append(
                house.admin.reads()[-1]["reply_markup"]["inline_keyboard"][0][0]["url"].partition("=")[2]
            )
        async with site(house) as client:
            assert (await knock(client, link=links[0])).status_code == 401
            await house.passes(board_door.LINK_LASTS.total_seconds() + 1)
            assert (await knock(client, link=links[1])).status_code == 401


@pytest.mark.parametrize("person", [READER, REPORTER, EDITOR])
async def test_who_plans_nothing_sees_nothing(person: int) -> None:
    async with board() as (house, admin):
        hand = await enters(admin.client, house, person)
        answer = await hand.asks("week")

        assert answer.status_code == (401 if person == READER else 409)
        assert "html" not in answer.json()


async def test_a_role_that_has_ended_ends_the_board_at_once() -> None:
    async with board() as (house, hand):
        assert (await hand.asks("week")).status_code == 200
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(ADMIN, Role.CHANNEL_ADMIN)

        assert (await hand.asks("week")).status_code in {401, 409}


async def test_a_session_ends_after_a_working_day() -> None:
    async with board() as (house, hand):
        await house.passes(board_door.SESSION_LASTS.total_seconds() + 1)

        assert (await hand.asks("week")).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"x-monadi-board": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://web.telegram.org"},
        {"origin": "null"},
    ],
)
async def test_another_site_can_do_nothing_in_somebodys_name(headers: dict[str, str]) -> None:
    async with board() as (_, hand):
        told = {**OURS, "authorization": f"Board {hand.session}", **headers}
        answer = await hand.client.post("/board/week", json={}, headers=told)

        assert (answer.status_code, answer.json()["error"]) == (403, "another_site")


async def test_the_page_holds_nothing_and_asks_nobody_else() -> None:
    async with board() as (_, hand):
        page = await hand.client.get("/board")
        policy = page.headers["content-security-policy"]

        assert page.status_code == 200
        assert "frame-ancestors https://web.telegram.org" in policy
        assert "x-frame-options" not in page.headers
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert "unsafe" not in policy
        assert "://" not in page.text
        for address in assets.addresses().values():
            file = await hand.client.get(f"/{address}")
            assert file.status_code == 200
            assert "immutable" in file.headers["cache-control"]
        assert (await hand.client.get("/board/sessions.db")).status_code == 404
        assert (await hand.client.get("/board/..%2fdoor.py")).status_code == 404


async def test_knocking_is_bounded_by_address() -> None:
    async with newsroom() as house, site(house) as client:
        answers = [(await knock(client, link="x" * 43)).status_code for _ in range(32)]

        assert answers == [401] * 30 + [429] * 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b'{"channel": "1"}', b'{"week": 1e99}', b'{"week": true}', b"[" * 5000]
)
async def test_what_is_no_page_of_ours_is_refused(body: bytes) -> None:
    async with board() as (_, hand):
        headers = {**OURS, "authorization": f"Board {hand.session}", "content-type": "application/json"}
        answer = await hand.client.post("/board/week", content=body, headers=headers)

        assert answer.status_code == 400


async def test_it_is_there_only_where_it_is_switched_on() -> None:
    off = ServerSettings(address="127.0.0.1:8090", base_url=BASE)
    async with newsroom() as house, site(house, off) as client:
        assert (await client.get("/board")).status_code == 404
    with pytest.raises(ValueError, match="board needs a base_url with https"):
        ServerSettings(address="127.0.0.1:8090", base_url="http://news.example.com", board=True)
    with pytest.raises(ValueError, match="board needs address and base_url"):
        ServerSettings(board=True)


def test_sortable_is_what_its_makers_have_published() -> None:
    body = (assets.FOLDER / "sortable.min.js").read_bytes()

    assert hashlib.sha256(body).hexdigest() == assets.SORTABLE
    assert body.startswith(b"/*! Sortable 1.15.7 - MIT")
    assert "MIT License" in (assets.FOLDER / "sortable.LICENSE").read_text(encoding="utf-8")


async def keys_kept(house: House) -> list[str]:
    from sqlalchemy import select

    from storage.schema_board import board_keys

    async with house.newsroom.storage.begin() as db:
        rows = await db._connection.execute(select(board_keys.c.hash))
        return [row[0] for row in rows]


async def test_of_a_key_only_a_digest_is_kept_and_what_is_over_goes() -> None:
    async with board() as (house, hand):
        kept = await keys_kept(house)
        assert len(kept) == 2  # the session, and what has opened it
        assert hashlib.sha256(hand.session.encode()).hexdigest() in kept

        await house.passes(9 * 3600)
        await house.newsroom.tidy()
        assert await keys_kept(house) == []
