"""The layers are law: news knows nobody; storage and intake know news; the desk knows storage; delivery asks the desk;
the line carries; handlers know them; only the wiring knows everyone."""

import ast
from collections.abc import Container
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.imports import imports, tree

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for package in ("bot", "handlers", "storage") for path in (ROOT / package).rglob("*.py")
)
OURS = ("bot", "handlers", "storage", "tests")
WIRING = (
    "bot.app",
    "bot.asking",
    "bot.errands",
    "bot.furnishing",
    "bot.bringing_in",
    "bot.personal",
    "bot.checking",
    "bot.cli",
    "bot.demo",
    "bot.network",
    "bot.newsroom_commands",
    "bot.outlets",
    "bot.rounds",
    "bot.service",
)
VAGUE = {"utils", "helpers", "common", "manager", "services", "base", "misc"}

BELOW_THE_DESK = ("storage", "bot.news", "bot.errors", "bot.clock", "bot.loops", "bot.counting")
BELOW_THE_LINE = (*BELOW_THE_DESK, "bot.aside", "bot.booking", "bot.config", "bot.striking")
# Who may import what of ours: the longest matching prefix decides.
ALLOWED = {
    "bot.errors": ("bot.news",),
    "bot.news": ("bot.news", "bot.errors"),
    "bot.simulator": ("bot.simulator",),
    "bot.intake": ("bot.intake", "bot.news", "bot.errors"),
    "storage": ("storage", "bot.news", "bot.errors"),
    "bot.desk": ("bot.desk", *BELOW_THE_DESK),
    "bot.web": ("bot.web", "bot.desk", "bot.strict", *BELOW_THE_LINE),
    "bot.archive": ("bot.archive", "bot.intake.feeds.dates", *BELOW_THE_DESK),
    "bot.line": ("bot.line", *BELOW_THE_LINE),
    "bot.delivery": ("bot.delivery", "bot.desk", "bot.line", "bot.drawing", *BELOW_THE_LINE),
    "handlers": ("handlers", "storage", "bot"),
    "bot": ("bot", "storage"),
    **dict.fromkeys(WIRING, OURS),
}
FLOORS = ("posts", "story", "plan", "channels", "people", "record", "feeds", "archive")
"""The rooms of the handlers: each may know those before it."""
PURE = {
    "asyncio",
    "logging",
    "structlog",
    "httpx",
    "telegram",
    "sqlalchemy",
    "aiosqlite",
    "starlette",
    "socket",
    "time",
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def forbidden(path: Path) -> list[str]:
    name = module_name(path)
    layer = max((prefix for prefix in ALLOWED if within(name, (prefix,))), key=len)
    ours = {found for found in imports(path) if found.split(".")[0] in OURS}
    wrong = {found for found in ours if not within(found, ALLOWED[layer])}
    if layer not in WIRING:
        wrong |= {found for found in ours if within(found, WIRING)}
        wrong |= {found for found in ours if within(found, ("bot.simulator",)) and layer != "bot.simulator"}
    return sorted(f"{name} imports {found}" for found in wrong)


def test_every_module_keeps_to_its_layer() -> None:
    assert [fault for path in SOURCES for fault in forbidden(path)] == []


def test_a_planted_violation_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    for name, line in {
        "bot/news/x.py": "import storage",
        "storage/x.py": "from bot import desk",
        "handlers/x.py": "from bot.app import Newsroom",
        "bot/simulator/x.py": "def f():\n    from bot.news import model",
        "bot/desk/stories.py": "from handlers import talk",
        "bot/desk/order.py": "from bot.delivery import publisher",
        "bot/line/mail.py": "from bot.desk import stories",
        "bot/intake/pages.py": "from storage import Storage",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line)

        assert forbidden(path), name


def knows() -> dict[str, set[str]]:
    """Every file of ours with the files it imports, also inside functions and for types alone."""
    files = {module_name(path): path for path in SOURCES}
    return {
        name: {known for found in imports(path) if (known := file_of(found, files)) and known != name}
        for name, path in files.items()
    }


def file_of(imported: str, files: Container[str]) -> str | None:
    """The file that an imported name stands in."""
    while imported and imported not in files:
        imported = imported.rpartition(".")[0]
    return imported or None


def test_no_files_import_each_other_in_a_ring() -> None:
    order = list(TopologicalSorter(knows()).static_order())  # raises CycleError at a ring

    assert order.index("bot.desk.logbook") < order.index("bot.desk.stories")


def test_the_rooms_of_the_handlers_know_each_other_one_way_only() -> None:
    for name, known in knows().items():
        match name.split("."):
            case ["handlers", room, *_] if room in FLOORS:
                above = FLOORS[FLOORS.index(room) + 1 :]
                assert not [
                    one for one in known if within(one, tuple(f"handlers.{each}" for each in above))
                ], name


def test_a_room_says_what_is_in_it_and_who_may_know_it() -> None:
    for room in (
        "bot.desk",
        "bot.delivery",
        "bot.line",
        "bot.intake",
        "bot.archive",
        *(f"handlers.{each}" for each in FLOORS),
    ):
        said = ast.get_docstring(tree(ROOT / room.replace(".", "/") / "__init__.py"))
        assert said, room
        assert len(said.splitlines()) >= 4, room
        assert "now" in said, room


def topic(module: str) -> str | None:
    """The part of `bot.news` that a module belongs to: a package, or one of the few nouns beside them."""
    match module.split("."):
        case ["bot", "news", part, *_]:
            return part
    return None


def test_the_topics_of_the_news_know_each_other_one_way_only() -> None:
    knows: dict[str, set[str]] = {}
    for path in (ROOT / "bot/news").rglob("*.py"):
        if part := topic(module_name(path)):
            known = {topic(name) for name in imports(path) if name.startswith("bot.news.")}
            knows.setdefault(part, set()).update(found for found in known if found and found != part)

    order = list(TopologicalSorter(knows).static_order())  # raises CycleError at a ring

    assert (
        order.index("grammar") < order.index("spelling") < order.index("structure") < order.index("copydesk")
    )


def test_the_news_is_pure() -> None:
    for path in (ROOT / "bot/news").rglob("*.py"):
        assert not {name.split(".")[0] for name in imports(path)} & PURE, path
        nodes = list(ast.walk(tree(path)))
        assert not [node for node in nodes if isinstance(node, ast.AsyncFunctionDef | ast.Await)], path
        calls = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
        assert not calls & {"datetime.now", "date.today", "open", "print"}, path


def test_sql_stays_in_storage_and_hazm_in_one_module() -> None:
    for path in SOURCES:
        roots = {name.split(".")[0] for name in imports(path)}
        if not path.is_relative_to(ROOT / "storage"):
            assert not roots & {"sqlalchemy", "aiosqlite", "alembic", "asyncpg"}, path
        if path.name != "orthography.py":
            assert "hazm" not in roots, path


def test_files_are_named_for_the_thing_inside_and_say_what_it_is() -> None:
    for path in SOURCES:
        assert path.stem not in VAGUE, path
        assert ast.get_docstring(tree(path)), path


def test_no_file_is_too_long_to_be_one_thing() -> None:
    assert [str(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > 350] == []
