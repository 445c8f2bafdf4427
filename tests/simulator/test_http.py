"""The HTTP door: Telegram's addresses and the controls, for anybody on this machine and nobody else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import NetworkError

from bot.simulator.files import blank_picture
from bot.simulator.http import create_app
from bot.simulator.people import Person
from bot.simulator.serving import serve, serving
from bot.simulator.world import World

NEWS = -1001000000001


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        yield client


@pytest.mark.parametrize("way", ["json", "data", "params", "files"])
async def test_every_way_to_send_parameters_and_any_case(client: httpx.AsyncClient, way: str) -> None:
    parameters = {"chat_id": "101", "text": "سلام", "reply_markup": '{"force_reply":true}'}
    given: Any = {name: (None, value) for name, value in parameters.items()} if way == "files" else parameters
    answer = await client.request("GET" if way == "params" else "POST", "/bot1:t/SENDmessage", **{way: given})

    assert answer.json()["result"]["text"] == "سلام"


async def test_uploads_and_downloads(client: httpx.AsyncClient) -> None:
    files = {"photo": ("a.png", blank_picture(), "image/png")}
    sent = (await client.post("/bot1:t/sendPhoto", data={"chat_id": 101}, files=files)).json()["result"]
    file = (await client.get("/bot1:t/getFile", params={"file_id": sent["photo"][0]["file_id"]})).json()[
        "result"
    ]

    assert (await client.get(f"/file/bot1:t/{file['file_path']}")).content == blank_picture()
    assert (await client.get(f"/sim/files/{file['file_id']}")).content == blank_picture()
    assert (await client.get(f"/file/bot2:u/{file['file_path']}")).status_code == 404


async def test_answers_have_real_status_codes(client: httpx.AsyncClient) -> None:
    await client.post("/sim/faults", json={"kind": 429, "method": "getMe", "retry_after": 9})
    slow_down = await client.get("/bot1:t/getMe")

    assert (slow_down.status_code, slow_down.headers["retry-after"]) == (429, "9")
    assert slow_down.json()["parameters"] == {"retry_after": 9}
    assert (await client.get("/bot2:u/getMe")).status_code == 401
    assert (await client.get("/bot1:t/getNothing")).json()["description"] == "Not Found: method not found"
    assert (await client.get("/nowhere")).json() == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }
    assert (
        await client.post("/bot1:t/getMe", content=b"[", headers={"content-type": "application/json"})
    ).status_code == 400
    assert (await client.get("/bot1:t/getMe")).json()["ok"]


async def test_people_over_http(client: httpx.AsyncClient) -> None:
    written = (await client.post("/sim/messages", json={"chat": 101, "from": 101, "text": "ا" * 5000})).json()
    seen = (await client.get("/sim/chats/101/messages")).json()

    assert [len(message["text"]) for message in written] == [4096, 904]
    assert seen == written
    assert (await client.get("/sim/chats/@news/messages")).json() == []
    members = {
        "chat": "@news",
        "user": "bot",
        "status": "administrator",
        "rights": {"can_post_messages": False},
    }
    assert (await client.post("/sim/members", json=members)).json()["rights"]["can_post_messages"] is False
    founded = (
        await client.post("/sim/chats", json={"type": "channel", "title": "تازه", "username": "fresh"})
    ).json()
    assert (await client.post("/sim/chats", json={"id": founded["id"], "protected": True})).json()[
        "username"
    ] == "fresh"


async def test_a_press_over_http_waits_for_the_bot(world: World, client: httpx.AsyncClient, bot: Any) -> None:
    keys = {"inline_keyboard": [[{"text": "تأیید", "callback_data": "ok"}]]}
    sent = await bot.send_message(101, "کارت", reply_markup=None, api_kwargs={"reply_markup": keys})
    press = {"chat": 101, "message_id": sent.message_id, "from": 101, "text": "تأیید"}
    pressing = asyncio.ensure_future(client.post("/sim/presses", json=press))
    (update,) = await bot.get_updates(timeout=5)
    await update.callback_query.answer("باشد")

    assert (await pressing).json() == {"text": "باشد", "show_alert": False}
    missing = await client.post("/sim/presses", json={**press, "text": "نیست"})
    assert (missing.status_code, missing.json()["error"]) == (404, "no button 'نیست' on that message")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sim/messages", {"text": "x"}, 400),
        ("/sim/messages", {"from": 101, "text": ""}, 400),
        ("/sim/messages", {"from": 101, "text": "x", "sticker": 1}, 400),
        ("/sim/messages", {"chat": -1, "from": 101, "text": "x"}, 404),
        ("/sim/faults", {"kind": "earthquake"}, 400),
        ("/sim/faults", {"kind": "429", "wait": 1}, 400),
        ("/sim/faults", {"kind": "429", "times": "many"}, 400),
        ("/sim/messages", {"from": 101, "text": 5}, 400),
        ("/sim/clock", {}, 400),
        ("/sim/clock", {"now": "tomorrow"}, 400),
        ("/sim/clock", {"advance": 1e300}, 400),
        ("/sim/members", {"chat": NEWS, "user": "bot", "status": "king"}, 400),
        ("/sim/presses", {"chat": 101, "message_id": 1, "from": 101}, 404),
        ("/sim/presses", [], 400),
    ],
)
async def test_controls_say_what_is_wrong(
    client: httpx.AsyncClient, path: str, body: Any, status: Any
) -> None:
    answer = await client.post(path, json=body)

    assert answer.status_code == status
    assert answer.json()["error"]


async def test_clock_faults_and_calls_over_http(client: httpx.AsyncClient) -> None:
    assert (
        (await client.post("/sim/clock", json={"now": "2026-11-22T12:00:00+03:30"}))
        .json()["now"]
        .startswith("2026-11-22T08:30")
    )
    moved = (await client.post("/sim/clock", json={"advance": 60})).json()
    assert (await client.get("/sim/clock")).json() == moved
    await client.post("/sim/faults", json={"kind": "lost", "method": "sendMessage"})
    assert (await client.get("/sim/faults")).json()[0]["kind"] == "lost"
    assert (await client.delete("/sim/faults")).json() == []
    await client.post("/bot1:t/sendMessage", json={"chat_id": 101, "text": "x"})
    (call,) = (await client.get("/sim/calls", params={"since": 0})).json()
    assert (call["method"], call["parameters"], call["time"]) == (
        "sendMessage",
        {"chat_id": 101, "text": "x"},
        moved["now"],
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8080"},
        {"Host": "127.0.0.1:8081"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost:x"},
        {"Host": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ],
)
async def test_pages_from_elsewhere_can_not_drive_the_world(
    world: World, client: httpx.AsyncClient, headers: Any
) -> None:
    for path in ("/sim/messages", "/bot1:t/sendMessage"):
        answer = await client.post(path, json={"from": 101, "chat_id": 101, "text": "x"}, headers=headers)
        assert answer.status_code == 403
    assert Person(world, 101).reads() == []


@pytest.mark.parametrize("path", ["/bot1:t/getMe", "/file/bot1:t/x", "/sim/chats", "/page", "/nowhere"])
async def test_no_door_opens_to_another_name(path: str) -> None:
    async def page(_: Any) -> Response:
        return Response("page")

    app = create_app(World(), extra_routes=[Route("/page", page)])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8080"
    ) as client:
        assert (await client.get(path, headers={"Host": "evil.example:8080"})).status_code == 403
        for name in ("localhost:8080", "127.0.0.1:8080", "[::1]:8080"):
            assert (await client.get(path, headers={"Host": name})).status_code in (200, 404)
    assert app.state.world.token in (None, "1:t")


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/plain;charset=UTF-8", "multipart/form-data; boundary=x"]
)
async def test_controls_take_no_body_that_any_page_may_send(
    world: World, client: httpx.AsyncClient, kind: str
) -> None:
    body = b'{"from": 101, "text": "x"}'
    answer = await client.post("/sim/messages", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 415
    assert Person(world, 101).reads() == []


@pytest.mark.parametrize("path", ["/sim/messages", "/bot1:t/sendMessage"])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("told", [True, False])
async def test_a_body_without_end_is_not_read_to_its_end(
    client: httpx.AsyncClient, path: str, kind: str, told: bool
) -> None:
    pieces = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal pieces
        while pieces < 100:
            pieces += 1
            yield b"x" * (1 << 20)

    headers = {"Content-Type": kind} | ({"Content-Length": str(100 << 20)} if told else {})
    answer = await client.post(path, content=body(), headers=headers)

    assert answer.status_code == (415 if path == "/sim/messages" and "form" in kind and not told else 413)
    assert (pieces < 10) or told


async def test_its_own_page_can(client: httpx.AsyncClient) -> None:
    answer = await client.post("/sim/clock", json={"advance": 1}, headers={"Origin": "http://127.0.0.1:8080"})

    assert answer.status_code == 200


async def test_other_machines_can_not(world: World) -> None:
    transport = httpx.ASGITransport(app=create_app(world), client=("192.0.2.7", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.post("/sim/messages", json={"from": 101, "text": "x"})).status_code == 403


async def test_over_a_socket_connections_really_break_and_streams_do_not_hold_the_end(world: World) -> None:
    world.faults.add(kind="lost", method="sendMessage")
    world.faults.add(kind="drop", method="sendMessage")
    async with asyncio.timeout(10), serving(world) as port:
        base = f"http://127.0.0.1:{port}"
        async with Bot("1:t", base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
            for text in ("رسید", "نرسید"):
                with pytest.raises(NetworkError, match="RemoteProtocolError"):
                    await bot.send_message(101, text)
            await bot.send_message(101, "پس از آن")
            waiting = asyncio.ensure_future(bot.get_updates(timeout=40))
            client = httpx.AsyncClient(base_url=base)
            async with client, client.stream("GET", "/sim/events") as stream:
                lines = stream.aiter_lines()
                assert await anext(lines) == ": listening"
                Person(world, 101).send("سلام")
                assert [await anext(lines), await anext(lines)] == ["", 'data: {"chat": 101}']
                assert len(await waiting) == 1
                waiting = asyncio.ensure_future(bot.get_updates(offset=1 << 30, timeout=40))
                await asyncio.sleep(0.05)
                world.close()
                assert await waiting == ()
                assert [line async for line in lines] == [""]
    assert [message["text"] for message in Person(world, 101).reads()] == ["رسید", "پس از آن", "سلام"]


async def test_an_open_stream_ends_with_the_server(world: World) -> None:
    async with asyncio.timeout(5), contextlib.AsyncExitStack() as clients:
        async with serving(world) as port:
            client = await clients.enter_async_context(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}"))
            stream = await client.send(client.build_request("GET", "/sim/events"), stream=True)
            lines = stream.aiter_lines()
            await anext(lines)
        assert [line async for line in lines] == [""]


async def test_a_webhook_is_called_with_its_secret_until_it_answers_well(
    world: World, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.webhook.RETRY", 0)
    came: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
    answers = iter([500, 200, 200])

    async def hook(request: Any) -> Response:
        came.put_nowait(
            (request.headers["x-telegram-bot-api-secret-token"], (await request.json())["update_id"])
        )
        return Response(status_code=next(answers))

    app = create_app(World(), extra_routes=[Route("/hook", hook, methods=["POST"])])
    async with asyncio.timeout(5), serving(app) as port:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="abc")
        Person(world, 101).send("یک")
        first, again = await came.get(), await came.get()
        assert first == again == ("abc", first[1])
        Person(world, 101).send("دو")
        assert (await came.get())[1] == first[1] + 1
        await bot.delete_webhook()
    world.close()


async def test_serving_until_it_is_stopped_tells_the_address_and_a_taken_port(world: World) -> None:
    address = asyncio.get_running_loop().create_future()
    task = asyncio.ensure_future(serve(world, announce=address.set_result))
    port = int((await address).rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        async with serving(World(), port):
            pytest.fail("two servers on one port")
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


async def test_half_a_request_is_none(world: World) -> None:
    """A bot that dies while it writes has asked for nothing, and the world goes on."""
    body = '{"chat_id": 101, "text": "نیمه'.encode()
    head = b"POST /bot1:t/sendMessage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    async with serving(world) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            chats = (await client.get("/sim/chats")).json()

    assert (len(chats), world.transcript.count) == (8, 0)
