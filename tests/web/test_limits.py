"""Who asks: known by what trusted proxies say, and by nothing that anybody may write."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from bot.web.limits import address_of
from bot.web.settings import ServerSettings

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
