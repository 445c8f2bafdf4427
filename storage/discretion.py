"""Errors without rows: a database's complaint is logged, and what stood in the row is the newsroom's copy.

SQLAlchemy leaves parameters out by itself (`hide_parameters`); what drivers and PostgreSQL quote is cut here.
"""

import re
from typing import Final

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

_QUOTED: Final = (
    re.compile(r"\n?DETAIL:.*", re.DOTALL),  # "Key (name)=(…) already exists", "Failing row contains (…)"
    re.compile(r"(?<=for query argument )(\$\d+): .*", re.DOTALL),  # asyncpg, of a value it can't send
    re.compile(r"(?<=invalid input )((?:syntax|value) for [^:\n]*): .*", re.DOTALL),  # PostgreSQL's class 22
)


def keep_rows_out_of_errors(engine: Engine) -> None:
    """Have every error of this engine lose what it quotes, in each of its layers."""
    event.listen(engine, "handle_error", _cut)


def _cut(context: ExceptionContext) -> None:
    error: BaseException | None = context.sqlalchemy_exception or context.original_exception
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        error.args = tuple(discreet(word) if isinstance(word, str) else word for word in error.args)
        if getattr(error, "detail", None) and hasattr(error, "sqlstate"):
            error.detail = None  # type: ignore[attr-defined]  # asyncpg's, which it appends to its text
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__


def discreet(text: str) -> str:
    """An error's text without the values it quotes."""
    for quoted in _QUOTED:
        text = quoted.sub(lambda found: (found[1] + ": …") if found.re.groups else "", text)
    return text
