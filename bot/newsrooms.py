"""Several newsrooms under one set of settings: what each has of its own, and what all have in common.

What stands outside `[[newsrooms]]` holds for all of them but what can be one's alone: its token, its server,
its database.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.config import Settings, valid
from bot.errors import ConfigError, StorageError
from storage.address import is_name, of_newsroom, parsed

_ALONE: Final = ("newsrooms", "network", "server", "database")
"""What none has from the settings around it."""
_TOKEN: Final = ("token", "token_file")


def of[Kind: Settings](settings: Kind, name: str, own: Mapping[str, Any]) -> Kind:
    """The settings of one newsroom, under those of its environment (`MONADI_NEWSROOM_NAME__…`).

    Args:
        settings: what holds for all.
        name: the newsroom's.
        own: its own settings, as they were written; of a table, only what is named there is its own.

    Raises:
        ConfigError: with every fault and its place, `newsrooms.NAME…`.
    """
    try:
        words = {**_joined(settings, name, own), "_env_prefix": f"MONADI_NEWSROOM_{name.upper()}__"}
        return valid(lambda: type(settings)(**words))
    except ConfigError as error:
        raise ConfigError(tuple((f"newsrooms.{name}.{at}", fault) for at, fault in error.faults)) from None


def declared[Kind: Settings](settings: Kind) -> dict[str, Kind]:
    """The newsrooms that stand in the settings, by name.

    Raises:
        ConfigError: one is wrong, or two have the same name, database or server.
    """
    names = [room.name for room in settings.newsrooms]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigError((("newsrooms", f"twice there: {', '.join(twice)}"),))
    if names and (settings.telegram.token.get_secret_value() or settings.telegram.token_file):
        raise ConfigError((("telegram.token", "with [[newsrooms]] each has a token of its own"),))
    found = {room.name: of(settings, room.name, room.own()) for room in settings.newsrooms}
    _see_that_none_is_shared(found)
    return found


def chosen(settings: Settings, name: str | None) -> Settings:
    """The settings of the newsroom that a command is for.

    Raises:
        ConfigError: there are several, and none was named; or none of that name stands in the settings.
    """
    rooms = declared(settings)
    if name in rooms:
        return rooms[name]
    if name is None and settings.is_network:
        raise ConfigError((("--newsroom", f"which one? {', '.join(sorted(rooms)) or 'its name'}"),))
    if name is None:
        return settings
    if settings.network.added and is_name(name):
        return of(settings, name, {})  # its token and its staff stand in the network's table
    raise ConfigError((("--newsroom", f"there is no {name} in the settings"),))


def _joined(settings: Settings, name: str, own: Mapping[str, Any]) -> dict[str, Any]:
    common = settings.model_dump(exclude_unset=True, exclude=set(_ALONE))
    common["telegram"] = {
        key: value for key, value in common.get("telegram", {}).items() if key not in _TOKEN
    }
    if "database" not in own:
        try:
            common["database"] = of_newsroom(settings.database, name)
        except StorageError as error:
            raise ConfigError((("database", str(error)),)) from None
    for key, value in own.items():
        is_table = isinstance(value, Mapping) and isinstance(common.get(key), dict)
        common[key] = {**common[key], **value} if is_table else value
    return common


def _see_that_none_is_shared(rooms: Mapping[str, Settings]) -> None:
    databases = {name: parsed(room.database).render_as_string() for name, room in rooms.items()}
    addresses = {name: room.server.address for name, room in rooms.items() if room.server.address}
    faults = []
    for what, places in (("database", databases), ("server.address", addresses)):
        first: dict[str, str] = {}
        for name, place in places.items():
            if (other := first.setdefault(place, name)) != name:
                faults.append((f"newsrooms.{name}.{what}", f"is that of {other}, too"))
    if faults:
        raise ConfigError(tuple(faults))
