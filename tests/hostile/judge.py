"""Compares what was asked for with what was seen of an afternoon. Knows no bot."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.demo.newsroom import TOKEN
from bot.news.model import PostState
from bot.simulator import places
from tests.crash.stories import marks
from tests.hostile.afternoon import Seen
from tests.hostile.staff import Press

ON_TIME = 2.0
"""Seconds: a post, or the answer to a press, that no fault was near."""
NEAR = 150.0
"""Seconds for which a fault may hold up its channel: a call may be out 70 s after it, and then the pace counts."""
PACE = 10.0
"""Seconds that a channel's own pace may ask for once many have gone at once: twenty messages a minute."""
STEP = 60 / 20
"""Seconds of that pace between two: what is due right behind one that a fault held up waits so long, calm or not."""
OF_ALL = ("429", "401")
"""A 429 may be meant for all chats; a token that is refused to one call is refused: nothing is tried for some seconds."""
AT_LAST = 200.0
"""Seconds by which everything is out or answered."""
MEMORY = 16_000_000
"""Bytes by which the second half may need more than the first: what people see of the world is among them."""
LINES = 400
"""Lines of the log for ten minutes full of faults."""


def judged(seen: Seen) -> list[str]:
    """Everything that is not as it should be; empty is a good afternoon."""
    return [
        *_of_posts(seen),
        *_of_presses(seen),
        *_of_pastes(seen),
        *_of_the_log(seen),
        *_of_the_rest(seen),
    ]


def _of_posts(seen: Seen) -> Iterator[str]:
    scene = seen.scene
    there = {
        place.id: [mark for message in places.seen(scene.world, place.id) for mark in marks(message)]
        for place in scene.places
    }
    held_up: dict[int, float] = {}  # by channel: how long one waits there behind others that a fault held up
    for order in sorted(seen.orders, key=lambda order: order.due):
        got = tuple(mark.sentence for mark in there[order.place.id] if mark.story == order.story)
        name = f"story {order.story} in {order.place.name}, due at {order.due:.1f}"
        if got != order.sentences:
            yield f"{name}: {len(got)} sentences of {len(order.sentences)}, {len(set(got))} different"
            continue
        key = order.place.id, order.story
        late = scene.witness.first[key] - order.due
        behind = order.due <= held_up.get(order.place.id, -60.0) + (PACE if order.place.stormy else STEP)
        disturbed = behind or _disturbed(seen, order.place.id, order.due, order.due + late)
        if disturbed:
            held_up[order.place.id] = scene.witness.last[key]
        if late > (AT_LAST if disturbed else ON_TIME):
            yield f"{name}: {late:.1f} s late"
        if late < -0.5:
            yield f"{name}: {-late:.1f} s early"
    twice = [key for key, times in scene.witness.sent.items() if times > 1 and key[2] == 0]
    yield from (f"story {story} was sent more than once to {chat}" for chat, story, _ in twice)
    states = Counter(post.state for post in seen.posts)
    if set(states) - {PostState.SENT}:
        yield f"posts: {dict(states)}"


def _disturbed(seen: Seen, chat_id: int, begins: float, ends: float) -> bool:
    """Whether a fault struck there, or everywhere, not long before or meanwhile."""
    return any(
        begins - (10 if strike.kind in OF_ALL else NEAR) < strike.at <= ends
        for strike in seen.scene.weather.strikes
        if strike.kind in OF_ALL or strike.chat_id == chat_id or strike.of_all
    )


def _of_presses(seen: Seen) -> Iterator[str]:
    for press in seen.notes.presses:
        if press.answered_at is None:
            yield f"{press.who} pressed {press.data!r} at {press.at:.1f} and was never answered"
        elif press.answered_at - press.at > (AT_LAST if _held_up(seen, press) else ON_TIME):
            yield f"{press.who} pressed {press.data!r} at {press.at:.1f}: answered after {press.answered_at - press.at:.1f} s"


def _held_up(seen: Seen, press: Press) -> bool:
    """Whether a fault was near a press: in its chat, when answers were given, or when mail was asked for."""
    assert press.answered_at is not None
    ours = {"getUpdates", "answerCallbackQuery", "getWebhookInfo", "deleteWebhook"}
    return any(
        press.at - 60 < strike.at <= press.answered_at
        for strike in seen.scene.weather.strikes
        if strike.chat_id == press.who or strike.method in ours
    )


def _of_pastes(seen: Seen) -> Iterator[str]:
    for paste in seen.notes.pastes:
        if paste.heard_at is None:
            yield f"{paste.who} pasted {paste.what} at {paste.at:.1f} and heard nothing"


def _of_the_log(seen: Seen) -> Iterator[str]:
    rightly = r"\] (?:sent|update_unreadable) "  # one for each post, and for each update that nobody can read
    lines = [line for line in seen.log.splitlines() if not re.search(rightly, line)]
    if TOKEN in seen.log or TOKEN.partition(":")[2] in seen.log:
        yield "the token is in the log"
    if "letmein" in seen.log:
        yield "another program's secret is in the log"
    if "آزمایشی" in seen.log or "سپیدکوه" in seen.log:
        yield "somebody's text is in the log"
    if len(lines) > LINES:
        yield f"{len(lines)} lines of log"
    bugs = set(re.findall(r"^(?:\w+\.)*(\w*(?:Error|Exception|Wanted))\b(?!: a bug)", seen.log, re.MULTILINE))
    if bugs:
        yield f"unexpected in the log: {sorted(bugs)}"


def _of_the_rest(seen: Seen) -> Iterator[str]:
    if len(seen.removed_heard) > 1:  # that they do not work here
        yield f"who was removed heard {seen.removed_heard}"
    middle, end = seen.memory
    if end - middle > MEMORY:
        yield f"memory grew by {(end - middle) / 1e6:.1f} MB in the second half"
    if seen.waiting:
        yield f"{seen.waiting} things are still to be done"


def told(seen: Seen) -> list[str]:
    """What happened, in some lines."""
    scene, middle, end = seen.scene, *seen.memory
    late = [
        scene.witness.first[order.place.id, order.story] - order.due
        for order in seen.orders
        if (order.place.id, order.story) in scene.witness.first
    ]
    waits = [press.answered_at - press.at for press in seen.notes.presses if press.answered_at is not None]
    return [
        f"{len(seen.orders)} posts, the latest {max(late):.1f} s, half within {sorted(late)[len(late) // 2]:.2f} s",
        f"{len(seen.notes.presses)} presses, the longest {max(waits):.1f} s; {len(seen.notes.pastes)} pastes",
        f"{len(seen.notes.published)} stories of the staff published; faults: {dict(scene.weather.struck)}",
        f"{scene.witness.methods.total()} calls, {len(seen.log.splitlines())} lines of log, thrown in {sorted(seen.thrown)}",
        f"memory {middle / 1e6:.1f} MB, then {end / 1e6:.1f} MB; {seen.took:.1f} s of the processor",
        *(f"{seconds * 1000:.1f} ms on the loop: {what}" for seconds, what in seen.longest.found),
    ]
