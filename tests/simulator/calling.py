"""A world called as a bot calls Telegram, without one."""

from typing import Any

from bot.simulator import dispatch
from bot.simulator.world import World


async def api(world: World, method: str, files: Any = None, **parameters: Any) -> dict[str, Any]:
    """Whatever the world answers."""
    return (await dispatch.call(world, "1:t", method, parameters, files)).body


async def done(world: World, method: str, files: Any = None, **parameters: Any) -> Any:
    """The result of a call that goes through."""
    body = await api(world, method, files, **parameters)
    assert body["ok"], body
    return body["result"]


async def refused(world: World, method: str, files: Any = None, **parameters: Any) -> tuple[int, str]:
    """Code and words of a call that does not."""
    body = await api(world, method, files, **parameters)
    assert not body["ok"], body
    return body["error_code"], body["description"]
