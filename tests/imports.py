"""What a Python file imports, and what that makes of a file of tests. Reads the files; imports none of them."""

import ast
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
HEAVY: Final = frozenset({"storage", "handlers", "telegram", "sqlalchemy", "httpx", "starlette"})
"""What the unit part does without, besides all of `bot` but the news and the errors."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, also inside functions; `from a import b` counts as a.b."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def of_the_news_alone(path: Path) -> bool:
    """Whether a file needs only `bot.news`, `bot.errors` and such files of `tests`."""
    return all(_light(name) for name in imports(path))


def _light(name: str) -> bool:
    match name.split("."):
        case ["bot", "news" | "errors", *_]:
            return True
        case ["tests", file, *_]:
            helper = ROOT / "tests" / f"{file}.py"
            return helper.is_file() and of_the_news_alone(helper)
        case [first, *_]:
            return first != "bot" and first not in HEAVY
    return False
