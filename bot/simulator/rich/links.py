"""Where links may lead, and what they become. It knows no markup and looks nothing up."""

import re

from bot.simulator.rich.case import Case, Json, RichText, telegram

_HTTP = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#@:\[\]]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?",
    re.IGNORECASE,
)
_TG = re.compile(r"tg://[a-z0-9_-]+.*", re.IGNORECASE)
_MENTION = re.compile(r"tg://user\?id=([1-9][0-9]{0,15})", re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?(?:[0-9][ ().-]*){3,20}", re.ASCII)
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")


def http_host(url: str) -> str | None:
    """The host of an address of the web, None for anything else."""
    found = None if _SPACE_OR_CONTROL.search(url) else _HTTP.fullmatch(url)
    return found["host"].lower().rstrip(".") if found else None


def is_web(url: str) -> bool:
    host = http_host(url)
    return host is not None and ("." in host.strip(".") or host.startswith("["))


def is_tg(url: str) -> bool:
    return _TG.fullmatch(url) is not None and not _SPACE_OR_CONTROL.search(url)


def checked(url: str) -> str:
    """A link's target, as it is.

    Raises:
        Refused: nothing that Telegram opens; one such link refuses the whole message.
    """
    scheme = url.partition(":")[0].lower()
    if scheme == "mailto":
        email(url[7:])
    elif scheme == "tel":
        phone(url[4:])
    elif not (is_web(url) or is_tg(url) or (url.startswith("#") and not _SPACE_OR_CONTROL.search(url))):
        raise telegram("RICH_MESSAGE_URL_INVALID")
    return url


def email(address: str) -> str:
    if not _EMAIL.fullmatch(address.partition("?")[0]):
        raise telegram("RICH_MESSAGE_EMAIL_INVALID")
    return address


def phone(number: str) -> str:
    if not _PHONE.fullmatch(number):
        raise telegram("RICH_MESSAGE_PHONE_INVALID")
    return number


def user(identifier: int) -> Json:
    return {"id": identifier, "is_bot": False, "first_name": ""}


def reference(name: str, text: RichText, case: Case) -> Json:
    """A reference without text is an anchor."""
    if not text:
        case.anchors.add(name)
        return {"type": "anchor", "name": name}
    case.references.add(name)
    return {"type": "reference", "text": text, "name": name}


def link(url: str, text: RichText, case: Case) -> Json:
    """The node that a link of HTML or Markdown becomes, by its target."""
    checked(url)
    if url.startswith("#"):
        node: Json = {"type": "anchor_link", "text": text, "anchor_name": url[1:]}
        case.jumps.append(node)
        return node
    scheme, _, rest = url.partition(":")
    if scheme.lower() == "mailto":
        return {"type": "email_address", "text": text, "email_address": rest}
    if scheme.lower() == "tel":
        return {"type": "phone_number", "text": text, "phone_number": rest}
    if mention := _MENTION.fullmatch(url):
        return {"type": "text_mention", "text": text, "user": user(int(mention[1]))}
    return {"type": "url", "text": text, "url": url}
