"""Fetching under guard, against servers that are really there."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
import zlib
from pathlib import Path

import pytest

from bot.errors import FetchError
from bot.intake import fetching
from bot.intake.fetching import PAGES, Way, fetch
from bot.intake.outside import Address
from tests.intake.web import Names, answer, elsewhere, local, serving

HELLO = "<p>سلام از می‌دان</p>"


async def reason(url: str, way: Way, names: Names | None = None) -> str:
    with pytest.raises(FetchError) as refused:
        await fetch(url, way, kinds=PAGES, resolve=names or local())
    return refused.value.reason


async def test_a_page_is_fetched_by_its_name() -> None:
    async with serving({"/a?b=%D8%A7": answer(HELLO, kind="text/html; charset=utf-8")}) as web:
        got = await fetch(web.url("/a?b=ا#c"), web.way(), kinds=PAGES, resolve=local())

    assert got.body.decode() == HELLO
    assert (got.status, got.kind, got.url) == (200, "text/html", web.url("/a?b=%D8%A7"))
    assert f"Host: site.example:{web.port}" in web.asked[0]
    assert "Cookie" not in web.asked[0]


@pytest.mark.parametrize(
    "inner",
    [
        "127.0.0.1",
        "10.0.0.5",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "64:ff9b::7f00:1",
        "224.0.0.1",
    ],
)
async def test_a_name_that_leads_inside_is_not_asked(inner: str) -> None:
    async with serving({"/": answer(HELLO)}) as web:
        names = Names(known={"evil.example": [[inner]], "mixed.example": [["93.184.216.34", inner]]})
        way = Way(ports=frozenset({web.port}))

        assert await reason(web.url("/", "evil.example"), way, names) == "inside"
        assert await reason(web.url("/", "mixed.example"), way, names) == "inside"
        assert web.asked == []


async def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_outside", lambda address: str(address) == "127.0.0.2")
    async with (
        serving({"/": answer("outer")}, host="127.0.0.2") as outer,
        serving({"/": answer("inner")}, port=outer.port) as inner,
    ):
        names = Names(known={"rebinding.example": [["127.0.0.2"], ["127.0.0.1"]]})
        url = outer.url("/", "rebinding.example")
        way = Way(ports=frozenset({outer.port}))

        got = await fetch(url, way, kinds=PAGES, resolve=names)
        assert await reason(url, way, names) == "inside"

    assert got.body == b"outer"
    assert f"Host: rebinding.example:{outer.port}" in outer.asked[0]
    assert inner.asked == []
    assert names.asked == ["rebinding.example"] * 2  # once a step


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "http://169.254.169.254/latest/", "//127.1/x",
        "http://evil.example/", "http://localhost/", "https://0x7f.1/",
    ],
)  # fmt: skip
async def test_a_redirect_is_guarded_like_the_first_step(to: str) -> None:
    async with serving({"/": elsewhere(to)}) as web:
        names = Names(known={"site.example": [["127.0.0.1"]], "evil.example": [["10.0.0.1"]]})

        assert await reason(web.url(), web.way(), names) == "inside"


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://site.example/", "http://a:b@site.example/", "javascript:x"]
)
async def test_a_redirect_to_no_web_address_is_refused(to: str) -> None:
    async with serving({"/": elsewhere(to)}) as web:
        assert await reason(web.url(), web.way()) == "address"


async def test_redirects_are_followed_and_those_for_ever_are_told() -> None:
    answers = {
        "/1": elsewhere("/2", 301),
        "/2": elsewhere("3", 308),
        "/3": elsewhere("/4"),
        "/4": answer(HELLO),
    }
    async with serving(dict(answers)) as web:
        got = await fetch(web.url("/1"), web.way(), kinds=PAGES, resolve=local())

    assert got.url == web.url("/4")
    assert got.moved == web.url("/3")


async def test_a_ring_of_redirects_ends() -> None:
    async with serving({"/1": elsewhere("/2"), "/2": elsewhere("/1")}) as web:
        assert await reason(web.url("/1"), web.way()) == "redirects"
        assert len(web.asked) == 6


@pytest.mark.parametrize(
    ("status", "word"),
    [(404, "gone"), (410, "gone"), (401, "closed"), (403, "closed"), (500, "status"), (429, "status")],
)
async def test_a_refusal_has_its_word(status: int, word: str) -> None:
    async with serving({"/": answer(HELLO, "Retry-After: 60", status=status)}) as web:
        with pytest.raises(FetchError) as refused:
            await fetch(web.url(), web.way(), kinds=PAGES, resolve=local())

    assert (refused.value.reason, refused.value.status, refused.value.retry_after) == (word, status, "60")


async def test_only_the_kinds_that_are_wanted_are_read() -> None:
    async with serving(
        {"/": answer(b"\x00", kind="application/zip"), "/bare": answer(HELLO, kind="")}
    ) as web:
        assert await reason(web.url(), web.way()) == "kind"
        assert (await fetch(web.url("/bare"), web.way(), kinds=PAGES, resolve=local())).body.decode() == HELLO


async def test_what_is_unchanged_is_told() -> None:
    async with serving({"/": answer(b"", "ETag: x", status=304, kind="")}) as web:
        got = await fetch(web.url(), web.way(), kinds=PAGES, headers={"If-None-Match": "x"}, resolve=local())

    assert (got.status, got.body, got.headers["etag"]) == (304, b"", "x")
    assert "If-None-Match: x" in web.asked[0]


async def test_a_longer_answer_than_allowed_is_not_read() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    async with serving({"/": endless, "/told": answer(b"x" * 2000)}) as web:
        assert await reason(web.url(), web.way(max_bytes=50_000)) == "large"
        assert await reason(web.url("/told"), web.way(max_bytes=1000)) == "large"


async def test_a_packed_answer_is_unpacked_to_the_limit_only() -> None:
    bomb = gzip.compress(b"x" * 50_000_000)
    packed = "Content-Encoding: gzip"
    answers = {
        "/": answer(gzip.compress(HELLO.encode()), packed),
        "/deflate": answer(zlib.compress(HELLO.encode()), "Content-Encoding: deflate"),
        "/bomb": answer(bomb, packed),
        "/twice": answer(gzip.compress(bomb), "Content-Encoding: gzip, gzip"),
        "/other": answer(HELLO, "Content-Encoding: br"),
        "/broken": answer(HELLO, packed),
    }
    async with serving(dict(answers)) as web:
        assert (await fetch(web.url(), web.way(), kinds=PAGES, resolve=local())).body.decode() == HELLO
        assert (
            await fetch(web.url("/deflate"), web.way(), kinds=PAGES, resolve=local())
        ).body.decode() == HELLO
        assert await reason(web.url("/bomb"), web.way(max_bytes=1_000_000)) == "large"
        for path in ("/twice", "/other", "/broken"):
            assert await reason(web.url(path), web.way()) == "packed"


async def test_a_slow_answer_is_not_waited_for() -> None:
    async def dripping(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def silent(writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async def resolving(host: str, port: int) -> list[Address]:
        await asyncio.Event().wait()
        return []

    async with serving({"/": dripping, "/silent": silent}) as web:
        assert await reason(web.url(), web.way(seconds=0.3)) == "slow"
        assert await reason(web.url("/silent"), web.way(seconds=0.3)) == "slow"
        with pytest.raises(FetchError, match="slow"):
            await fetch(web.url(), web.way(seconds=0.2), kinds=PAGES, resolve=resolving)


async def test_what_is_not_there_has_its_word() -> None:
    async def hanging_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def gibberish(writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    async with serving({"/": hanging_up, "/ssh": gibberish}) as web:
        assert await reason(web.url(), web.way()) == "unreachable"
        assert await reason(web.url("/ssh"), web.way()) == "unreachable"
        assert await reason("http://nowhere.example/", web.way()) == "unknown_host"
    assert await reason(web.url(), web.way()) == "unreachable"  # it has closed


async def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    async with serving({"/": answer(HELLO)}) as web:
        names = Names(known={"site.example": [["127.0.0.9", "127.0.0.1"]]})
        got = await fetch(web.url(), web.way(), kinds=PAGES, resolve=names)

    assert got.body.decode() == HELLO


async def test_through_a_proxy_the_proxy_looks_the_name_up() -> None:
    async with serving() as proxy:
        proxy.answers["http://site.example/x"] = answer(HELLO)
        way = Way(proxy=f"http://127.0.0.1:{proxy.port}")
        got = await fetch("http://site.example/x", way, kinds=PAGES, resolve=Names(known={}))

        assert got.body.decode() == HELLO
        for url in (
            "http://127.1/",
            "http://localhost/",
            "http://[::ffff:10.0.0.1]/",
            "http://inner.example/",
        ):
            names = Names(known={"inner.example": [["10.0.0.1"]]})
            assert await reason(url, way, names) == "inside"
        assert len(proxy.asked) == 1


async def test_the_environments_proxy_is_not_ours_to_take(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({"/": answer(HELLO)}) as web:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
        assert (await fetch(web.url(), web.way(), kinds=PAGES, resolve=local())).status == 200


def certified(folder: Path) -> tuple[Path, Path]:
    """A key and the certificate of site.example, signed by nobody else."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=site.example -addext subjectAltName=DNS:site.example"
    subprocess.run(
        ["openssl", *asked.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    return key, certificate


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate")
async def test_tls_asks_for_the_name_and_wants_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = certified(tmp_path)
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(certificate, key)
    told: list[str | None] = []
    serves.sni_callback = lambda _socket, name, _context: told.append(name)
    async with serving({"/": answer(HELLO)}, tls=serves) as web:
        url = web.url().replace("http:", "https:")
        assert await reason(url, web.way()) == "certificate"

        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(fetching, "_certificates", lambda: trusting)
        assert (await fetch(url, web.way(), kinds=PAGES, resolve=local())).body.decode() == HELLO
        other = url.replace("site.example", "other.example")
        way = Way(allow_hosts=frozenset({f"other.example:{web.port}"}))
        assert await reason(other, way, local("other.example")) == "certificate"

    assert told == ["site.example", "site.example", "other.example"]
