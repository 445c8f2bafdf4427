"""What Telegram has signed of whoever opens a Mini App: whether it has, and of whom. Knows no database.

By Telegram's "Validating data received via the Mini App" (core.telegram.org/bots/webapps): the fields but
`hash`, sorted, a line each, signed with HMAC-SHA-256 by a key that is made of the bot's token.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

LONGEST = 8_000
"""Characters; Telegram's has a few hundred."""
AHEAD = timedelta(minutes=1)
"""By so much Telegram's clock may be before ours."""
_FIELDS = 40


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who opens it, and what makes this one opening itself."""

    person_id: int
    at: datetime
    hash: str


def signed(raw: str, token: str, now: datetime, *, lasts: timedelta) -> Signed | None:
    """What was signed by the bot of `token`, at most `lasts` ago; None of everything else."""
    fields = _fields(raw)
    if fields is None:
        return None
    told = fields.pop("hash", "")
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    ours = hmac.new(key, lines.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(ours.encode(), told.encode("utf-8", "surrogatepass")):
        return None
    at, person_id = _moment(fields.get("auth_date", "")), _person(fields.get("user", ""))
    if at is None or person_id is None or not now - lasts <= at <= now + AHEAD:
        return None
    return Signed(person_id=person_id, at=at, hash=ours)


def _fields(raw: str) -> dict[str, str] | None:
    """None of what is too long, or names a field twice: which of the two was signed?"""
    if len(raw) > LONGEST:
        return None
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return None
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else None


def _moment(said: str) -> datetime | None:
    if not (said.isascii() and said.isdigit() and len(said) <= 11):
        return None
    return datetime.fromtimestamp(int(said), UTC)


def _person(said: str) -> int | None:
    try:
        user = json.loads(said)
    except (ValueError, RecursionError):
        return None
    id = user.get("id") if isinstance(user, dict) else None
    return id if type(id) is int and 0 < id < 2**52 else None
