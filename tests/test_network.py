"""Several newsrooms: their settings, how they are shared out, and that one's fault is nobody else's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot import config, network, newsrooms
from bot.config import Settings
from bot.delivery import lease
from bot.delivery.lease import Process
from bot.errors import ConfigError, StorageError
from bot.network import Carrier
from bot.news.model import Role
from bot.sharing_out import shares
from bot.simulator.serving import serving
from bot.simulator.world import World
from storage import Storage
from storage.address import of_newsroom, schema_of
from storage.engine import pool_for
from storage.network import Network
from tests.newsroom import NOON
from tests.storage.conftest import Server, postgres

__all__ = ["postgres"]
ROOT = Path(__file__).parents[1]

TWO = """
database = "{database}"
language = "en"
[telegram]
proxy = "socks5://127.0.0.1:1"
[staff]
owner = [1]
editor = [2]
[[newsrooms]]
name = "tehran"
telegram = {{ token = "1:tehran" }}
[[newsrooms]]
name = "shiraz"
language = "fa"
[newsrooms.telegram]
token = "2:shiraz"
[newsrooms.staff]
owner = [9]
"""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in os.environ:
        if name.startswith("MONADI_"):
            monkeypatch.delenv(name)


def loaded(tmp_path: Path, text: str, **values: str) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(text.format(database=f"sqlite:///{tmp_path}/monadi.db", **values), encoding="utf-8")
    return config.load(path)


def test_a_newsroom_has_what_is_set_for_all_but_for_its_own_words(tmp_path: Path) -> None:
    rooms = newsrooms.declared(loaded(tmp_path, TWO))
    tehran, shiraz = rooms["tehran"], rooms["shiraz"]

    assert (tehran.language, shiraz.language) == ("en", "fa")
    assert (tehran.telegram.secret(), shiraz.telegram.secret()) == ("1:tehran", "2:shiraz")
    assert tehran.telegram.proxy == shiraz.telegram.proxy == "socks5://127.0.0.1:1"
    assert (tehran.staff.owner, shiraz.staff.owner) == ((1,), (9,))
    assert shiraz.staff.editor == (2,), "of a table only what is named is one's own"
    assert tehran.database == f"sqlite:///{tmp_path}/tehran.db"
    assert not tehran.is_network


def test_on_postgresql_each_has_a_schema(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TWO.format(database="postgresql://a:b@host/c"), encoding="utf-8")
    rooms = newsrooms.declared(config.load(path))

    assert {name: schema_of(room.database) for name, room in rooms.items()} == {
        "tehran": "tehran",
        "shiraz": "shiraz",
    }


def test_a_newsrooms_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONADI_NEWSROOM_TEHRAN__TELEGRAM__TOKEN", "1:environment")
    rooms = newsrooms.declared(loaded(tmp_path, TWO))

    assert rooms["tehran"].telegram.secret() == "1:environment"
    assert rooms["shiraz"].telegram.secret() == "2:shiraz"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (TWO.replace('"shiraz"', '"tehran"'), "newsrooms"),
        (TWO.replace('"shiraz"', '"Shiraz"'), "newsrooms.1.name"),
        (TWO.replace('"shiraz"', '"public"'), "newsrooms.1.name"),
        (TWO.replace('proxy = "socks5://127.0.0.1:1"', 'token = "3:x"'), "telegram.token"),
        (TWO.replace('language = "fa"', 'langauge = "fa"'), "newsrooms.shiraz.langauge"),
        (TWO.replace('language = "fa"', 'database = "{database}"') + '[newsrooms.style]\ndigits = "x"', "newsrooms.shiraz.style.digits"),
        (TWO.replace('language = "fa"', 'database = "sqlite:///same.db"').replace('name = "tehran"', 'name = "tehran"\ndatabase = "sqlite:///same.db"'), "newsrooms.shiraz.database"),
        (TWO.replace("sqlite:///", "").replace("{database}", "sqlite://"), "newsrooms.tehran.database"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_is_said_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ConfigError) as caught:
        newsrooms.declared(loaded(tmp_path, text))

    assert [found for found, _ in caught.value.faults] == [place]


def test_no_complaint_and_no_settings_show_a_newsrooms_token(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        newsrooms.declared(loaded(tmp_path, TWO.replace("token = ", "tokn = ")))

    assert "shiraz" not in str(caught.value).replace("newsrooms.shiraz", "")
    settings = loaded(tmp_path, TWO)
    assert "2:shiraz" not in repr(settings) + str(settings) + repr(newsrooms.declared(settings))


def test_a_command_is_for_one_newsroom(tmp_path: Path) -> None:
    settings = loaded(tmp_path, TWO)

    assert newsrooms.chosen(settings, "shiraz").telegram.secret() == "2:shiraz"
    for name in (None, "qom"):
        with pytest.raises(ConfigError):
            newsrooms.chosen(settings, name)
    alone = config.load(None)
    assert newsrooms.chosen(alone, None) is alone


# ── Sharing out ─────────────────────────────────────────────────────────────────────────────────────


@given(
    carried=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60)),
    capacities=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1),
    total=st.integers(0, 300),
)
def test_shares_are_even_and_none_is_above_its_capacity(
    carried: dict[str, int], capacities: dict[str, int], total: int
) -> None:
    found = shares(carried, capacities, total)

    assert sum(found.values()) == min(total, sum(capacities.values()))
    assert all(0 <= found[id] <= capacities[id] for id in capacities)
    most = max(found.values())
    assert all(most - found[id] <= 1 or found[id] == capacities[id] for id in capacities)


@given(st.integers(1, 6), st.integers(0, 100), st.data())
def test_what_is_even_already_stays_where_it_is(processes: int, total: int, data: st.DataObject) -> None:
    ids = data.draw(st.permutations("abcdef"[:processes]))
    even = {id: total // processes + (rank < total % processes) for rank, id in enumerate(ids)}

    assert shares(even, dict.fromkeys(ids, 1000), total) == even


# ── Carrying ────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Wall:
    """A clock that is set."""

    now: datetime = NOON

    async def __call__(self) -> datetime:
        return self.now

    def goes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(eq=False)
class Work:
    """Stands in for the newsrooms: notes who carries what, and fails where it shall."""

    at_it: set[str] = field(default_factory=set)
    failing: dict[str, Exception] = field(default_factory=dict)

    async def __call__(self, settings: Settings, clock: object, stop: asyncio.Event, *, pool: object) -> bool:
        del clock, pool
        name = schema_of(settings.database) or Path(settings.database).stem
        if name in self.failing:
            raise self.failing[name]
        assert name not in self.at_it
        self.at_it.add(name)
        await stop.wait()
        self.at_it.discard(name)
        return False


ROOMS = tuple(f"room{number}" for number in range(7))


@pytest.fixture
async def network_url(postgres: Server, request: pytest.FixtureRequest) -> str:
    return await postgres.create(f"network {abs(hash(request.node.name)) % 10**9}")


def carrier(
    url: str, wall: Wall, tmp_path: Path, id: str, *, capacity: int = 50, rooms: tuple[str, ...] = ROOMS
) -> Carrier:
    tables = "".join(
        f'[[newsrooms]]\nname = "{name}"\ntelegram = {{ token = "1:{name}" }}\n' for name in rooms
    )
    path = tmp_path / f"{id}.toml"
    path.write_text(f'database = "{url}"\n[network]\ncapacity = {capacity}\nadded = {str("postgres" in url).lower()}\n{tables}', encoding="utf-8")  # fmt: skip
    found = Carrier.of(config.load(path))
    found.clock = wall
    work: network.Work = Work()
    found.work = work
    found.me = Process(id=f"{id}.1", host=id, pid=1)  # of a machine of its own
    return found


def at_it(carrier: Carrier) -> set[str]:
    assert isinstance(carrier.work, Work)
    return carrier.work.at_it


async def beats(wall: Wall, *carriers: Carrier, times: int = 4) -> None:
    """Each looks in turn, and what it has begun or stopped gets to it."""
    for _ in range(times):
        for each in carriers:
            await each.beat()
            for _ in range(20):
                await asyncio.sleep(0)
        wall.goes(2)


@asynccontextmanager
async def ending(*carriers: Carrier) -> AsyncIterator[None]:
    try:
        yield
    finally:
        stopped = asyncio.Event()
        stopped.set()
        for each in carriers:
            await each.run(stopped)


@pytest.mark.postgres
async def test_newsrooms_are_spread_evenly_and_move_when_a_process_joins_or_leaves(
    network_url: str, tmp_path: Path
) -> None:
    wall = Wall()
    one, two, three = (carrier(network_url, wall, tmp_path, id) for id in ("one", "two", "three"))
    async with ending(one, two, three):
        await beats(wall, one)
        assert at_it(one) == set(ROOMS)
        await beats(wall, one, two)
        assert sorted([len(at_it(one)), len(at_it(two))]) == [3, 4]
        await beats(wall, one, two, three)
        assert sorted([len(at_it(one)), len(at_it(two)), len(at_it(three))]) == [2, 2, 3]
        assert at_it(one) | at_it(two) | at_it(three) == set(ROOMS)
        stop = asyncio.Event()
        stop.set()
        await three.run(stop)  # SIGTERM
        assert not at_it(three)
        await beats(wall, one, two, times=1)
        assert at_it(one) | at_it(two) == set(ROOMS)


@pytest.mark.postgres
async def test_what_a_dead_process_carried_is_taken_up_once_it_counts_as_dead(
    network_url: str, tmp_path: Path
) -> None:
    wall = Wall()
    one, two = carrier(network_url, wall, tmp_path, "one"), carrier(network_url, wall, tmp_path, "two")
    async with ending(one, two):
        await beats(wall, one, two)
        died_at = wall.now
        while at_it(two) != set(ROOMS):
            await beats(wall, two, times=1)
            assert wall.now - died_at <= timedelta(seconds=14)
        await beats(
            wall, one, two
        )  # it was only frozen: it sees that it carries nothing any more, and shares anew
        assert not at_it(one) & at_it(two)
        assert at_it(one) | at_it(two) == set(ROOMS)


@pytest.mark.postgres
async def test_nobody_carries_more_than_its_capacity_and_what_is_paused_is_carried_by_none(
    network_url: str, tmp_path: Path
) -> None:
    wall = Wall()
    one, two = (carrier(network_url, wall, tmp_path, id, capacity=2) for id in ("one", "two"))
    pool = pool_for(network_url, 2)
    assert pool is not None
    async with ending(one, two):
        await beats(wall, one, two)
        assert (len(at_it(one)), len(at_it(two))) == (2, 2)
        books_of = await Network.open(pool)
        async with books_of.begin() as books:
            for name in ROOMS[1:]:
                assert await books.pause(name, paused=True)
        await beats(wall, one, two)
        assert at_it(one) | at_it(two) == {"room0"}
        async with books_of.begin() as books:
            await books.pause("room1", paused=False)
        await beats(wall, one, two)
        assert at_it(one) | at_it(two) == {"room0", "room1"}
    await pool.close()


@pytest.mark.postgres
async def test_a_newsroom_may_be_added_while_processes_run_and_removed_again(
    network_url: str, tmp_path: Path
) -> None:
    from bot import newsroom_commands as commands

    wall = Wall()
    one = carrier(network_url, wall, tmp_path, "one", rooms=("room0",))
    token = tmp_path / "token"
    token.write_text("7:added")
    async with ending(one):
        await beats(wall, one)
        await commands.add(one.settings, "qom", token_file=token, owner=5)
        await beats(wall, one)
        assert at_it(one) == {"room0", "qom"}
        assert one._settings_of("qom").telegram.secret() == "7:added"
        assert one._settings_of("qom").staff.owner == (5,)
        lines = {line.name: line.state for line in await commands.listed(one.settings)}
        assert lines == dict.fromkeys(("room0", "qom"), "carried by process 1 on one")
        with pytest.raises(StorageError):
            await commands.add(one.settings, "qom", token_file=token, owner=5)
        with pytest.raises(StorageError):
            await commands.remove(one.settings, "room0")
        await commands.remove(one.settings, "qom")
        await beats(wall, one)
        assert at_it(one) == {"room0"}
    kept = await Storage.open(of_newsroom(network_url, "qom"))
    async with kept.begin() as db:
        assert await db.channels.count() == 0, "what it held stays"
    await kept.close()


@pytest.mark.parametrize(
    "fault", [ConfigError((("telegram.token", "x"),)), StorageError("x"), ZeroDivisionError("a bug")]
)
async def test_one_newsrooms_fault_stops_no_other_and_it_is_tried_again(
    fault: Exception, tmp_path: Path
) -> None:
    wall = Wall()
    one = carrier(f"sqlite:///{tmp_path}/monadi.db", wall, tmp_path, "one", rooms=("room0", "room1"))
    assert isinstance(one.work, Work)
    one.work.failing["room0"] = fault
    async with ending(one):
        await beats(wall, one)
        assert at_it(one) == {"room1"}
        del one.work.failing["room0"]
        wall.goes(300)
        await beats(wall, one)
        assert at_it(one) == {"room0", "room1"}


async def test_two_real_newsrooms_run_beside_one_whose_token_telegram_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "HANDOVER", 600)  # a slow disk is no reason to leave the lease behind here
    worlds = {name: World(frozen=True, now=NOON) for name in ("tehran", "shiraz", "qom")}
    worlds["qom"].faults.add(method="getMe", kind="401", times=1000)
    async with AsyncExitStack() as stack:
        rooms = ""
        for number, (name, world) in enumerate(worlds.items(), 1):
            port = await stack.enter_async_context(serving(world))
            rooms += (
                f'[[newsrooms]]\nname = "{name}"\nstaff = {{ owner = [{number}] }}\n'
                f'telegram = {{ token = "{number}:{name}", base_url = "http://127.0.0.1:{port}" }}\n'
            )
        path = tmp_path / "config.toml"
        path.write_text(f'database = "sqlite:///{tmp_path}/monadi.db"\n{rooms}', encoding="utf-8")
        one, stop = Carrier.of(config.load(path)), asyncio.Event()
        with capture_logs(processors=[merge_contextvars]) as said:
            running = asyncio.create_task(one.run(stop))
            while not all(worlds[name].transcript.count > 1 for name in ("tehran", "shiraz")) or not (
                [line for line in said if line["event"] == "newsroom_failed"]
            ):
                assert not running.done()
                await asyncio.sleep(0.01)  # they run on the wall clock
            stop.set()
            await running

    assert [line["newsroom"] for line in said if line["event"] == "newsroom_failed"] == ["qom"]
    for number, name in enumerate(("tehran", "shiraz"), 1):
        storage = await Storage.open(f"sqlite:///{tmp_path}/{name}.db")
        async with storage.begin() as db:
            holder = await db.lease.current()
            assert [person.id for person in await db.staff.with_role(Role.OWNER)] == [number]
        assert holder is not None
        assert not holder.id, "handed over"
        await storage.close()
