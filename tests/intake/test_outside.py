"""No form of an address leads inside."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.intake.outside import is_outside, target

INSIDE = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://017700000001/ http://0x7f000001/
http://0x7f.0.0.1/ http://0177.0.0.1/ http://0177.0x0.0.1/ http://127.0.0.1./ http://127.000.000.001/ http://0/
http://0.0.0.0/ http://0x0/ http://10.0.0.1/ http://10.1/ http://172.16.0.1/ http://172.31.255.255/
http://192.168.1.1/ http://192.168.257/ http://169.254.169.254/latest/meta-data/ http://2852039166/
http://0xa9fea9fe/ http://169.254.43518/ http://100.100.100.200/ http://192.0.0.192/ http://168.63.129.16/
http://100.64.0.1/ http://198.18.0.1/ http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/
http://255.255.255.255/ http://192.0.2.1/ http://203.0.113.7/ http://192.88.99.1/ http://4294967295/
http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/
http://[::ffff:a9fe:a9fe]/ http://[0:0:0:0:0:ffff:10.0.0.1]/ http://[::127.0.0.1]/ http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::8.8.8.8]/ http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::]/ http://[2001:0:53aa:64c:0:0:80ff:fffe]/ http://[fe80::1]/ http://[fec0::1]/
http://[fc00::1]/ http://[fd00:ec2::254]/ http://[ff02::1]/ http://[2001:db8::1]/ http://[3fff::1]/
http://[2a00:1450::5efe:127.0.0.1]/ http://[2a00:1450:0:0:200:5efe:10.0.0.1]/ http://[100::1]/
http://localhost/ http://LOCALHOST/ http://localhost./ http://x.localhost/ http://printer.local/ http://router/
http://metadata.google.internal/ http://db.internal/ http://nas.lan/ http://box.home.arpa/ http://intranet/
http://１２７.０.０.１/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/ http://１６９.２５４.１６９.２５４/
http://0x7f。1/ http://127.0.0.0x1/ http://1.2.3.4.5/ http://0x/
""".split()

NONE = """
ftp://site.example/ file:///etc/passwd gopher://site.example/ javascript:alert(1) data:text/html,x
http:site.example http:///x https:// site.example/x //site.example/x http://user@site.example/
http://user:pass@site.example/ http://site.example@127.0.0.1/ http://127.0.0.1@site.example/
http://site.example:80:80/ http://site.example:x/ http://site.example:99999/ http://site%2eexample/
http://127%2e0%2e0%2e1/ http://[::1 http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/ http://[v1.x]/ http://[127.0.0.1]/
http://-x.example/ http://x..example/ http://.example/ http://site.example\\@127.0.0.1/ http:\\\\site.example\\
http://127.0.0.1\\.site.example/ http://si<te.example/ http://site.example:٨٠a/ http://+.example/ http://*.example/
""".split()


@pytest.mark.parametrize("url", INSIDE)
def test_every_form_of_an_inner_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        target(url)

    assert refused.value.reason in ("inside", "address")


@pytest.mark.parametrize("url", NONE)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        target(url)

    assert refused.value.reason in ("inside", "address")


@pytest.mark.parametrize("hidden", ["\t", "\n", "\r", " ", "\x00", "\x0b", "\xa0", "\u2028", "\ufeff"])
def test_hidden_blanks_within_an_address_are_refused(hidden: str) -> None:
    with pytest.raises(FetchError):
        target(f"http://127.0{hidden}.0.1/")
    with pytest.raises(FetchError):
        target(f"ht{hidden}tp://site.example/")


@pytest.mark.parametrize("port", [1, 22, 25, 81, 3306, 5432, 6379, 8080, 8443, 9200, 0])
def test_ports_are_those_of_the_web(port: int) -> None:
    with pytest.raises(FetchError) as refused:
        target(f"http://site.example:{port}/")

    assert refused.value.reason == "port"


def test_the_settings_may_open_a_port() -> None:
    assert target("http://site.example:8080/", ports={80, 443, 8080}).port == 8080


def test_an_opened_host_is_opened_at_its_port_only() -> None:
    opened = {"127.0.0.1:8081", "wiki.lan"}

    assert target("http://127.0.0.1:8081/x", allow_hosts=opened).url == "http://127.0.0.1:8081/x"
    assert target("http://wiki.lan/", allow_hosts=opened).host == "wiki.lan"
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8082/", "http://wiki.lan:8081/", "http://x.wiki.lan/"):
        with pytest.raises(FetchError):
            target(url, allow_hosts=opened)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTP://Site.EXAMPLE", "http://site.example/"),
        ("https://site.example:443/خبر/۱۲?الف=ب#x", None),
        ("http://site.example:80/a%20b?x=1&y[]=2", "http://site.example/a%20b?x=1&y[]=2"),
        ("https://خبر.example/", "https://xn--mgbak4c.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:4700::1111]/", "http://[2606:4700:4700::1111]/"),
        ("https://under_score.example/", "https://under_score.example/"),
        ("https://site.example./x", "https://site.example/x"),
    ],
)
def test_outer_addresses_are_taken_in_one_plain_form(url: str, plain: str | None) -> None:
    found = target(url)

    assert found.url.isascii()
    assert "#" not in found.url
    if plain and "xn--" not in plain:
        assert found.url == plain


@given(st.integers(0, 2**32 - 1))
def test_an_address_in_disguise_is_judged_as_what_it_is(number: int) -> None:
    plain = is_outside(IPv4Address(number))

    assert is_outside(IPv6Address(0xFFFF << 32 | number)) is plain
    assert is_outside(IPv6Address(0x64FF9B << 96 | number)) is plain
    if not plain:
        for form in (str(number), hex(number), f"0{number:o}", f"[::ffff:{IPv4Address(number)}]"):
            with pytest.raises(FetchError):
                target(f"http://{form}/")


@given(st.integers(0, 2**32 - 1) | st.integers(0, 2**128 - 1))
def test_what_python_calls_private_is_never_outside(number: int) -> None:
    address = ip_address(number)

    if is_outside(address) and not (isinstance(address, IPv6Address) and (number >> 96) in (0, 0x64FF9B)):
        assert address.is_global
        assert not address.is_multicast


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://[", "http://127.0.0.1"]))
def test_any_text_is_an_outer_address_or_refused(text: str, start: str) -> None:
    try:
        found = target(start + text)
    except FetchError:
        return
    assert found.url.isascii()
    assert found.literal is None or is_outside(found.literal)
