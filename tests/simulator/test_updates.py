"""How the bot learns what people did: getUpdates as Telegram's server answers it."""

import asyncio
import time
from typing import Any

from bot.simulator.people import Person
from bot.simulator.world import World
from tests.simulator.calling import api

NEWS = -1001000000001


async def ids(world: World, **parameters: Any) -> list[int]:
    return [update["update_id"] for update in (await api(world, "getUpdates", **parameters))["result"]]


async def test_updates_come_in_order_and_again_until_they_are_confirmed(world: World) -> None:
    Person(world, 101).send("یک")
    Person(world, 101).send("دو")

    first, second = await ids(world)
    assert await ids(world, offset=first) == [first, second]
    assert await ids(world, offset=second) == [second]
    assert await ids(world, offset=second + 1) == []
    Person(world, 101).send("سه")
    assert await ids(world, offset=0) == [second + 1]


async def test_a_negative_offset_keeps_only_the_newest(world: World) -> None:
    for word in ("یک", "دو", "سه"):
        Person(world, 101).send(word)

    assert len(await ids(world, offset=-1)) == 1
    assert len(await ids(world, offset=1)) == 1


async def test_limit_holds_and_nonsense_means_a_hundred(world: World) -> None:
    for number in range(4):
        Person(world, 101).send(str(number))

    assert len(await ids(world, limit=3)) == 3
    assert len(await ids(world, offset=2, limit=-5)) == 4


async def test_the_same_question_at_once_again_gets_one_update(world: World) -> None:
    Person(world, 101).send("یک")
    Person(world, 101).send("دو")

    assert len(await ids(world)) == 2
    assert len(await ids(world)) == 1


async def test_waiting_ends_when_somebody_writes(world: World) -> None:
    waiting = asyncio.ensure_future(ids(world, timeout=30))
    await asyncio.sleep(0)
    began = time.monotonic()
    Person(world, 102).send("سلام")

    assert len(await waiting) == 1
    assert time.monotonic() - began < 1


async def test_a_second_poller_ends_the_first_with_a_conflict(world: World) -> None:
    first = asyncio.ensure_future(api(world, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(api(world, "getUpdates", timeout=30, offset=1))

    body = await first
    Person(world, 101).send("سلام")
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request; make sure")
    assert len((await second)["result"]) == 1


async def test_allowed_kinds_hold_until_others_are_asked_for(world: World) -> None:
    await api(world, "getUpdates", allowed_updates=["channel_post"])
    Person(world, 101).send("پیام")
    Person(world, 103).send("پست", NEWS)
    updates = (await api(world, "getUpdates", offset=1))["result"]
    assert [set(update) - {"update_id"} for update in updates] == [{"channel_post"}]

    await api(world, "getUpdates", allowed_updates="[]", offset=2)
    Person(world, 101).send("پیام")
    assert "message" in (await api(world, "getUpdates", offset=3))["result"][-1]


async def test_a_webhook_ends_the_waiting_of_who_polls(world: World) -> None:
    polling = asyncio.ensure_future(api(world, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    await api(world, "setWebhook", url="https://example.com/x")

    answer = await polling
    assert answer["error_code"] == 409
    assert answer["description"] == "Conflict: terminated by setWebhook request"


async def test_a_webhook_shuts_the_other_door(world: World) -> None:
    assert (await api(world, "setWebhook", url="http://x.ir"))["description"].startswith(
        "Bad Request: bad webhook: An"
    )
    assert (await api(world, "setWebhook", url="https://x.ir/hook"))["ok"]
    assert (await api(world, "getWebhookInfo"))["result"]["url"] == "https://x.ir/hook"
    conflict = await api(world, "getUpdates")
    assert conflict["error_code"] == 409
    assert "webhook is active" in conflict["description"]

    Person(world, 101).send("سلام")
    assert (await api(world, "setWebhook", url="https://x.ir", secret_token="ی"))["description"].startswith(
        "Bad Request: secret"
    )
    assert (await api(world, "deleteWebhook", drop_pending_updates=True))["ok"]
    assert await ids(world) == []


async def test_closing_the_world_answers_whoever_waits(world: World) -> None:
    waiting = asyncio.ensure_future(ids(world, timeout=50))
    await asyncio.sleep(0)
    world.close()

    assert await asyncio.wait_for(waiting, 1) == []
