"""Where a story's links lead, and what is odd about them by their look alone. Fetches nothing, asks nobody.

What it can't see: a site that was taken over, a redirect, a name that is only alike in plain ASCII
(`paypa1`, `irna.ir.example`): for these every host is shown.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

import regex

from bot.news.model import Article, BulletList

LONG = 300
"""Characters: an address that hides its end."""
_SCHEME = r"[a-z][a-z\d+.-]{1,20}+://"
_FOUND = regex.compile(
    rf"(?:(?<![a-z\d+.-]){_SCHEME}|(?<![\w@./-])(?=(?:[\w-]++\.(?=[\w-]))++(?:[a-z]{{2,24}}|xn--[\w-]++)\b))[^\s<>«»\"]++",
    regex.IGNORECASE,
)
_MAY_HOLD_ONE = regex.compile(r"\.[\w-]|://")  # what every match of the one above has
_ADDRESS = regex.compile(
    r"(?:(?P<scheme>[a-z][a-z\d+.-]*+):(?://)?)?(?P<place>[^/?#\\]*+)(?P<rest>.*+)",
    regex.IGNORECASE | regex.DOTALL,
)
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_START = regex.compile(r"[?&](?:start|startgroup|startapp|startchannel|startattach)=?", regex.IGNORECASE)
_INSIDE = regex.compile(
    r"(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)"
    r"|(?:.*[.-])?(?:127|10|169[.-]254|192[.-]168)[.-]\d+[.-]\d+(?:[.-]\d+)?\.(?:nip|sslip|xip)\.io",
    regex.IGNORECASE,
)
_WEB = frozenset({"http", "https"})
_HARMLESS = frozenset({"mailto", "tel"})
_SCRIPTS = ("Latin", "Arabic", "Cyrillic", "Greek", "Armenian", "Hebrew", "Cherokee", "Georgian", "Coptic")
_OF = {name: regex.compile(rf"\p{{Script={name}}}") for name in _SCRIPTS}
_OTHER = regex.compile(
    r"[^\p{Script=Common}\p{Script=Inherited}" + "".join(rf"\p{{Script={n}}}" for n in _SCRIPTS) + "]"
)
_HOST_LETTER = regex.compile(r"[\p{L}\p{M}\p{Nd}\-\u00b7_]")
_LIKE_LATIN = frozenset("абвгеєзикмнорстухчшьъіїјѕһԁԛԝӏҽ" + "αβγεηικνορτυχωϲϳ" + "աեհոսցօզղյ")
"""Letters of other alphabets that pass for Latin ones (Unicode's confusables, those of one letter)."""


class Odd(StrEnum):
    """What is odd about a link."""

    LOOKALIKE = "lookalike"  # letters that pass for others
    INSIDE = "inside"  # this machine, a private network
    NUMBER = "number"  # a bare address instead of a name
    SCHEME = "scheme"  # opens an app, not a page
    BOT = "bot"  # starts a bot
    PASSWORD = "password"  # a name or password before the host  # noqa: S105 - what there is to warn of
    LONG = "long"
    MASKED = "masked"  # its words name another site


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link's host as it is shown (in Punycode also that), and what is odd about it."""

    host: str
    odd: tuple[Odd, ...] = ()


def of_story(article: Article) -> tuple[Link, ...]:
    """Every place that the story's links and the addresses in its text lead to, each once."""
    found: dict[str, set[Odd]] = {}
    for url, title in _addresses(article):
        link = read(url, title)
        if link.host:
            found.setdefault(link.host, set()).update(link.odd)
    return tuple(
        Link(host=host, odd=tuple(kind for kind in Odd if kind in odd)) for host, odd in found.items()
    )


def read(url: str, title: str = "") -> Link:
    """One address; `title` are the words that it stands behind."""
    parts = _ADDRESS.fullmatch(url.strip())
    if parts is None:
        return Link(host="")
    scheme = (parts["scheme"] or "https").lower()
    before, at, place = parts["place"].rpartition("@")
    if scheme not in _WEB:
        harmless = scheme in _HARMLESS
        return Link(
            host="" if harmless else f"{scheme}://{place[:40]}", odd=() if harmless else (Odd.SCHEME,)
        )
    host = _bare(place)
    number = _number(host)
    odd = {
        Odd.LOOKALIKE: _passes_for_another(host),
        Odd.INSIDE: (number is not None and not _public(number)) or bool(_INSIDE.fullmatch(host)),
        Odd.NUMBER: number is not None and _public(number),
        Odd.BOT: host.removeprefix("www.") in _TELEGRAM and bool(_START.search(parts["rest"])),
        Odd.PASSWORD: bool(at and before),
        Odd.LONG: len(url) > LONG,
        Odd.MASKED: _is_masked(host, title),
    }
    return Link(host=_shown(host), odd=tuple(kind for kind, is_so in odd.items() if is_so))


def _addresses(article: Article) -> Iterator[tuple[str, str]]:
    for link in article.related:
        if link.url:
            yield link.url, link.title
    if article.source_url:
        yield article.source_url, article.source or ""
    for text in _texts(article):
        if _MAY_HOLD_ONE.search(text):
            yield from ((found.group().rstrip(".,;:!?)؟،؛…"), "") for found in _FOUND.finditer(text))


def _texts(article: Article) -> Iterable[str]:
    texts = [article.headline, article.lede, article.kicker, article.byline, article.author_bio]
    points = list(article.key_points)
    for section in article.sections:
        texts.append(section.heading)
        for block in section.blocks:
            if isinstance(block, BulletList):
                points += block.items
                texts.append(block.intro)
            else:
                texts.append(block.text)
    return filter(
        None, [*texts, *(point.text for point in points), *(link.title for link in article.related)]
    )


def _bare(place: str) -> str:
    """The host without port and final dot, small."""
    if place.startswith("["):
        return place[1:].partition("]")[0].lower()
    return place.partition(":")[0].rstrip(".").lower()


def _number(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is by itself, also written as browsers take it: decimal, hex, octal, short."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    parts = host.split(".")
    try:
        values = [_integer(part) for part in parts]
    except ValueError:
        return None
    if len(parts) > 4 or any(value > 255 for value in values[:-1]):
        return None
    whole = sum(value << 8 * (3 - at) for at, value in enumerate(values[:-1])) + values[-1]
    return IPv4Address(whole) if whole < 2**32 else None


def _integer(part: str) -> int:
    """A part of a number, as C reads it.

    Raises:
        ValueError: it is none.
    """
    if len(part) > 40:
        raise ValueError("no part of an address")
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)


def _public(number: IPv4Address | IPv6Address) -> bool:
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and int(number) in _NAT64:
            inner = IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global
    return number.is_global


_NAT64 = range(int(IPv6Address("64:ff9b::")), int(IPv6Address("64:ff9b::1:0:0")))


def _decoded(host: str) -> str:
    """The host in its letters."""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)


def _shown(host: str) -> str:
    """As a person reads it; beside letters that are not ASCII what the network calls it."""
    decoded = "".join(char for char in _decoded(host) if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})
    if decoded.isascii() and decoded == host:
        return host[:80]
    try:
        wire = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        wire = ""
    return f"{decoded[:60]} ({wire[:60]})" if wire and wire != decoded else decoded[:80]


def _passes_for_another(host: str) -> bool:
    """Whether letters of it look like others: mixed alphabets, one like Latin, what is no letter."""
    decoded = _decoded(host)
    if decoded.isascii() or _number(host) is not None:
        return False
    return unicodedata.normalize("NFKC", decoded) != unicodedata.normalize("NFC", decoded) or any(
        map(_odd_label, decoded.split("."))
    )


def _odd_label(label: str) -> bool:
    if label.isascii():
        return False
    if not all(map(_HOST_LETTER.fullmatch, label)):
        return True
    scripts = {name for name, pattern in _OF.items() if pattern.search(label)}
    if len(scripts) > 1 or (scripts and _OTHER.search(label)):
        return True
    letters = [char for char in label if char.isalpha()]
    return "Latin" in scripts or (bool(letters) and all(char in _LIKE_LATIN for char in letters))


def _is_masked(host: str, title: str) -> bool:
    """Whether the words of a link are an address, and another one."""
    named = _FOUND.fullmatch(title.strip())
    if named is None:
        return False
    parts = _ADDRESS.fullmatch(named.group())
    said = _bare(parts["place"].rpartition("@")[2]).removeprefix("www.") if parts else ""
    return bool(said) and host != said and not host.endswith("." + said)
