"""Who asks: known by what trusted proxies say, and by nothing that anybody may write."""

from ipaddress import ip_network

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from bot import outlets
from bot.line.letterbox import PATH
from bot.web.limits import address_of
from bot.web.settings import ServerSettings
from tests.newsroom import House, newsroom

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("fd00::/8"))


def asked(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return Request({"type": "http", "client": (peer, 5), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("198.51.100.1",), "192.0.2.7"),  # no proxy of ours: its word counts nothing
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("203.0.113.9, 198.51.100.1",), "198.51.100.1"),  # the first was written by whoever asks
        ("127.0.0.1", ("203.0.113.9, 198.51.100.1, 10.1.1.1",), "198.51.100.1"),
        ("127.0.0.1", ("203.0.113.9", "198.51.100.1"), "198.51.100.1"),
        ("10.0.0.1", ("nonsense",), "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.1, nonsense",), "10.0.0.1"),
        ("10.0.0.1", ("",), "10.0.0.1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("::ffff:10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        ("fd00::1", ("2001:db8:1:2:ffff::1",), "2001:db8:1:2::/64"),
    ],
)
def test_who_asks(peer: str, forwarded: tuple[str, ...], who: str) -> None:
    assert address_of(asked(peer, *forwarded), TRUSTED) == who


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_what_a_stranger_writes_never_makes_them_somebody_else(text: str) -> None:
    request = Request(
        {
            "type": "http",
            "client": ("192.0.2.7", 5),
            "headers": [(b"x-forwarded-for", text.encode("latin-1"))],
        }
    )
    assert address_of(request, TRUSTED) == "192.0.2.7"


@given(st.text(st.characters(max_codepoint=255, exclude_characters=","), max_size=60))
def test_nor_does_it_behind_a_proxy_that_adds_who_they_are(text: str) -> None:
    told = f"{text}, 198.51.100.1".encode("latin-1")
    request = Request({"type": "http", "client": ("10.0.0.1", 5), "headers": [(b"x-forwarded-for", told)]})
    assert address_of(request, TRUSTED) == "198.51.100.1"


def test_the_settings_name_addresses_or_networks() -> None:
    settings = ServerSettings.model_validate({"trusted_proxies": ["127.0.0.1", "10.0.0.0/8"]})
    assert settings.trusted_proxies == TRUSTED[1::-1]


# ── How often ───────────────────────────────────────────────────────────────────────────────────────

EVERYTHING = ServerSettings(
    metrics=True,
    base_url="https://news.example",
    requests_per_minute=3,
    trusted_proxies=(ip_network("10.0.0.0/8"),),
)
PARTS = ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/stories/1", "/nothing", PATH)


async def statuses(house: House, peer: str, path: str, times: int, **headers: str) -> list[int]:
    """How one address is answered, asking that often at once."""
    app = outlets.application_of(house.newsroom, EVERYTHING, now=lambda: 0.0)
    transport = httpx.ASGITransport(app=app, client=(peer, 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://here", headers=headers) as client:
        answers = [await client.get(path) for _ in range(times)]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "retry-after" in answer.headers or answer.status_code != 429
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("path", PARTS)
async def test_each_part_has_its_limit_and_its_headers(path: str) -> None:
    async with newsroom() as house:
        found = await statuses(house, "192.0.2.7", path, 5)

    assert 429 not in found[:3]
    assert found[3:] == [429, 429]


async def test_behind_a_trusted_proxy_each_reader_has_their_own_share() -> None:
    async with newsroom() as house:
        app = outlets.application_of(house.newsroom, EVERYTHING, now=lambda: 0.0)
        transport = httpx.ASGITransport(app=app, client=("10.0.0.1", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            for reader in ("198.51.100.1", "198.51.100.2"):
                asked = [await client.get("/healthz", headers={"X-Forwarded-For": reader}) for _ in range(4)]
                assert [answer.status_code for answer in asked] == [200, 200, 200, 429]


async def test_the_machine_itself_asks_as_often_as_it_likes() -> None:
    async with newsroom() as house:
        for here in ("127.0.0.1", "::1"):
            assert set(await statuses(house, here, "/healthz", 50)) == {200}


async def test_a_word_of_anybody_s_makes_nobody_this_machine() -> None:
    async with newsroom() as house:
        found = await statuses(house, "192.0.2.7", "/healthz", 5, **{"X-Forwarded-For": "127.0.0.1"})
        assert found[3:] == [429, 429]


async def test_telegram_brings_as_much_as_it_likes_and_who_says_to_be_it_does_not() -> None:
    hooked = EVERYTHING.model_copy(update={"webhook": True, "address": "127.0.0.1:8090"})
    async with newsroom(server=hooked) as house:
        letterbox = house.newsroom.letterbox
        assert letterbox is not None
        app = outlets.application_of(house.newsroom, EVERYTHING, now=lambda: 0.0)
        transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            for secret, expected in (
                (letterbox.hook.secret, [200] * 6),
                ("x", [403, 403, 403, 429, 429, 429]),
            ):
                known = {"X-Telegram-Bot-Api-Secret-Token": secret}
                asked = [await client.post(PATH, headers=known, json={"update_id": n}) for n in range(6)]
                assert [answer.status_code for answer in asked] == expected
