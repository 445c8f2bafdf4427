"""A post of a queue: its own page, what a scheduler can do there, and what was seen when it was pressed."""

from typing import Any

from bot.desk import embargo, places
from bot.desk.order import Planning
from bot.desk.stories import GONE, WAITING
from bot.errors import TypedTimeError, WrongState
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Post, PostState
from bot.news.posts import withdrawal
from bot.news.times import calendar, typed_time
from bot.words import N_
from handlers.phrases import EXAMPLES, POST_STATES, because
from handlers.plan import board
from handlers.plan.board import headline
from handlers.plan.scheduling import echo, moment, warn
from handlers.posts import afterwards, posted, seen
from handlers.posts.doubts import offer
from handlers.story import warnings
from handlers.talk import Talk, button, titled
from handlers.wanted import for_post


async def post_page(talk: Talk, post_id: int) -> None:
    """One post's page: what it is, when it goes, what can be done."""
    await talk.amend(*await page(talk, await talk.schedule.post(post_id)))
    await talk.answer()


async def page_below(talk: Talk, post_id: int) -> None:
    """The same as a message of its own: the card it was asked for from stays as it is."""
    await talk.reply(*await page(talk, await talk.schedule.post(post_id)))
    await talk.answer()


async def page(talk: Talk, post: Post) -> tuple[Message, Keyboard]:
    """The page of a post: channel, time, state, and what can be done."""
    say = talk.words
    channel = await talk.schedule.channel(post.channel_id)
    about = [
        say("Channel: {channel}", channel=channel.title),
        say("Time: {time}", time=echo(talk, post.due_at, channel)),
        say("State: {state}", state=say(POST_STATES[post.state])),
    ]
    if post.reason:
        about.append(say("Reason: {reason}", reason=because(post.reason, say)))
    if paused := board.paused_line(channel, say):
        about.append(paused)
    about += await posted.told(talk.desk, post, channel)
    if post.state is not PostState.SENT:  # of what is out, the moment is known
        about += afterwards.told(post, say)
    if post.state in WAITING:
        about += [warnings.line(one, say) for one in await warnings.of_post(talk.desk, post, channel)]
    if post.state is PostState.SENT and post.message_ids:
        rows = await posted.ways(talk.desk, post, channel)
    else:
        rows = await _ways(talk, post, channel) + await posted.post_again(talk.desk, post)
        rows += afterwards.row(post, say)
    if post.recurrence_id is not None:
        rows.append([button(say("🔁 Every week"), "plan.recurrence", post.recurrence_id)])
    rows.append(
        [
            button(say("📄 The story"), "open", post.article_id),
            button(say("‹ Queue"), "plan.queue", channel.id),
        ]
    )
    return titled(await headline(talk, post), "\n".join(about)), rows


async def _ways(talk: Talk, post: Post, where: Channel) -> Keyboard:
    say, key = talk.words, (post.id, seen.of(post))
    if post.state is PostState.PENDING and post.due_at <= talk.now and where.paused_at is None:
        return [[button(say("🔄 Refresh"), "plan.post", post.id)]]  # it is going out
    if post.state in {PostState.PENDING, PostState.HELD}:
        return await _waiting(talk, post, where)
    if post.state is PostState.UNCONFIRMED:
        return posted.unsure(post, where, say)
    if not await _wanted(talk, post):
        return []
    if post.state is PostState.FAILED:
        return [
            [
                button(say("🔁 Send again"), "plan.send_again", post.id),
                button(say("✖️ Drop it"), "plan.cancel_post", *key),
            ]
        ]
    if post.state is PostState.CANCELED and post.due_at > talk.now:
        entry = await Planning(schedule=talk.schedule).undoable(post)
        back = ("plan.undo_plan", entry.id) if entry else ("plan.restore", *key)
        return [[button(say("↶ Back into the queue"), *back)]]
    return []


async def _wanted(talk: Talk, post: Post) -> bool:
    """Whether its story is still to be published: else nothing brings the post back."""
    story = await talk.db.articles.get(post.article_id)
    return story is not None and story.state not in GONE


async def _waiting(talk: Talk, post: Post, where: Channel) -> Keyboard:
    say, key, planning = talk.words, (post.id, seen.of(post)), Planning(schedule=talk.schedule)
    near = await planning.neighbours(post)
    before, after = near
    open_to = await planning.exchangeable(post, [each for each in near if each], where)
    beside = [
        button(f"{say(text)}: {at(talk, other, where)}", verb, *key, other.id, seen.of(other))
        for verb, text, other in (
            ("plan.earlier", N_("⬆️ Earlier"), before),
            ("plan.later", N_("⬇️ Later"), after),
        )
        if other in open_to
    ]
    others = await talk.db.posts.count(where.id, *WAITING) > 1
    swap = [button(say("🔀 Swap"), "plan.swap", *key)] if others else []
    rows = [
        [button(say("👁 See it"), "plan.preview", post.id)],
        beside,
        [*await _next_free(talk, post, where), *swap],
        [
            button(say("📅 Calendar"), "plan.month", for_post(post)),
            button(say("⌨️ Another time"), "plan.move_time", *key),
        ],
        [
            *_hold(talk, post),
            *await _now(talk, post, where),
            button(say("✖️ Cancel"), "plan.cancel_post", *key),
        ],
    ]
    if entry := await planning.undoable(post):
        rows.append([afterwards.undo(entry, say)])
    return [row for row in rows if row]


def _hold(talk: Talk, post: Post) -> list[dict[str, str]]:
    """To hold it, or to release it while its time is still to come."""
    key = (post.id, seen.of(post))
    if post.state is PostState.PENDING:
        return [button(talk.words("⏸ Hold"), "plan.hold", *key)]
    return [button(talk.words("▶️ Release"), "plan.release", *key)] if post.due_at > talk.now else []


async def _now(talk: Talk, post: Post, where: Channel) -> list[dict[str, str]]:
    """To let it go out at once, with when that is where quiet hours keep it; not under an embargo."""
    embargoed = await embargo.until(talk.db, post.article_id)
    end = await places.kept_till(talk.db, where, talk.now, post)
    if embargoed is not None and (end or talk.now) < embargoed:
        return []
    said = talk.words("🚀 Now")
    if end is not None:
        time = calendar.relative(end, talk.now, where.time_zone, talk.words.language)
        said = talk.words("🌙 After quiet hours: {time}", time=time)
    return [button(said, "plan.move_now", post.id, seen.of(post))]


async def _next_free(talk: Talk, post: Post, where: Channel) -> list[dict[str, str]]:
    """To the next free slot, where there is one, with its time."""
    free = await talk.schedule.next_free(where, await talk.desk.article(post.article_id), post)
    if free is None:
        return []
    time = calendar.relative(free, talk.now, where.time_zone, talk.words.language)
    return [
        button(talk.words("🕰 Next free slot: {time}", time=time), "plan.move_slot", post.id, seen.of(post))
    ]


async def as_seen(talk: Talk, post_id: int, was: str) -> Post | None:
    """The post, if it is as the presser saw it; else that is said and shown, and None.

    What a person said long ago, or a message of before there were marks, has none: it is taken as it comes.
    """
    post = await talk.schedule.post(post_id)
    if was and str(was) != seen.of(post):
        await redraw(talk, post)
        return None
    return post


async def redraw(talk: Talk, changed_one: Post, *, shown: Post | None = None) -> None:
    """Say that it has changed since it was seen, and show how it is now."""
    await seen.has_changed(talk, changed_one)
    await talk.amend(*await page(talk, shown or changed_one))


def when(talk: Talk, post: Post, where: Channel) -> str:
    return talk.words("Time: {time}", time=echo(talk, post.due_at, where))


def at(talk: Talk, post: Post, where: Channel) -> str:
    """A post's time, as short as is clear."""
    return calendar.relative(post.due_at, talk.now, where.time_zone, talk.words.language)


async def move_to_slot(talk: Talk, post_id: int, was: str = "") -> None:
    if await as_seen(talk, post_id, was):
        await changed(talk, await talk.schedule.move_to_slot(post_id), talk.words("Moved."))


async def move_to_now(talk: Talk, post_id: int, was: str = "") -> None:
    if not await as_seen(talk, post_id, was):
        return
    post = await talk.schedule.move_to_now(post_id)
    where = await talk.schedule.channel(post.channel_id)
    said = talk.words("It is on its way.")
    if where.paused_at is not None:
        said = talk.words("The channel is paused: it goes out once that is over.")
    elif post.due_at > talk.now:
        said = talk.words("It goes out at {time}.", time=at(talk, post, where))
    await changed(talk, post, said)


async def hold(talk: Talk, post_id: int, was: str = "") -> None:
    if await as_seen(talk, post_id, was):
        said = talk.words("Held. It stays until you release it.")
        await changed(talk, await talk.schedule.hold(post_id), said)


async def release(talk: Talk, post_id: int, was: str = "") -> None:
    if await as_seen(talk, post_id, was):
        await changed(talk, await talk.schedule.release(post_id), talk.words("Released."))


async def there(talk: Talk, post_id: int) -> None:
    """Ask once more before a post counts as published because a person says so."""
    post = await talk.schedule.post(post_id)
    if post.state is not PostState.UNCONFIRMED:
        raise WrongState(post.state)
    where = await talk.schedule.channel(post.channel_id)
    warning = talk.words(
        "Have you seen it in {channel} yourself? It then counts as published and is not sent again.",
        channel=where.title,
    )
    sure = [
        [button(talk.words("✅ Yes, I have seen it there"), "plan.is_there", post.id)],
        [button(talk.words("‹ Back"), "plan.post", post.id)],
    ]
    await talk.amend(titled(await headline(talk, post), warning), sure)
    await talk.answer()


async def is_there(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.schedule.confirm_sent(post_id), talk.words("Noted: it is in the channel."))


async def drop(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.schedule.drop(post_id), talk.words("Dropped: it is not sent again."))


async def again(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.schedule.send_again(post_id), talk.words("It is sent again."))


async def pin(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.published.pin(post_id), talk.words("It is being pinned."))


async def unpin(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.published.unpin(post_id), talk.words("It is being unpinned."))


async def keep(talk: Talk, post_id: int) -> None:
    """What was to be taken down later stays."""
    await changed(talk, await talk.published.keep(post_id), talk.words("It stays in the channel."))


async def ask_to_take_down(talk: Talk, post_id: int) -> None:
    """The last question before a post that is out is deleted."""
    post = await talk.schedule.post(post_id)
    if post.state is not PostState.SENT:
        raise WrongState(post.state)
    where = await talk.schedule.channel(post.channel_id)
    warning = talk.words(
        posted.STAYS_AS_WITHDRAWN if withdrawal.is_old(post, talk.now) else posted.GOES, channel=where.title
    )
    message = titled(await headline(talk, post), warning)
    await talk.amend(message, posted.sure(post, where, talk.words))
    await talk.answer()


async def take_down(talk: Talk, post_id: int) -> None:
    await changed(talk, await talk.published.take_down(post_id), talk.words("It is being taken down."))


async def retry(talk: Talk, change_id: int) -> None:
    """Try again what failed, from the post's page, a card or a report: each has its own way to show it."""
    await talk.published.retry(change_id)
    await talk.answer(talk.words("It is tried again."))


async def post_anew(talk: Talk, post_id: int) -> None:
    """What was taken down can go out again: the story's card, open where a time is chosen."""
    post = await talk.schedule.post(post_id)
    if not await posted.post_again(talk.desk, post):
        raise WrongState(post.state)
    await talk.show_card(post.article_id, f"plan:{post.channel_id}", anew=True)
    await talk.answer()


async def changed(talk: Talk, post: Post, said: str) -> None:
    await talk.amend(*await page(talk, post))
    await talk.answer(said)


async def ask_time(talk: Talk, post_id: int, was: str = "") -> None:
    """Ask for a post's new time; the next message is the answer."""
    post = await as_seen(talk, post_id, was)
    if post is None:
        return
    question = talk.words("To which time should “{headline}” be moved?", headline=await headline(talk, post))
    await talk.ask("move", f"{question}\n{talk.words(EXAMPLES)}", post=post.id, seen=seen.of(post))


async def time_answered(talk: Talk, about: dict[str, Any]) -> None:
    post = await talk.schedule.post(about["post"])
    channel = await talk.schedule.channel(post.channel_id)
    was = about.get("seen", seen.of(post))
    if seen.of(post) != was:
        await talk.close_question()
        await talk.reply(talk.words(seen.CHANGED))
        await talk.reply(*await page(talk, post))
        return
    try:
        due_at = typed_time.parse(talk.text, talk.now, channel.time_zone)
    except TypedTimeError as error:
        await offer(talk, error, channel.time_zone, about["key"], "plan.move_to", post.id, was)
        return
    moved = await talk.schedule.move(post.id, due_at)
    await warn(talk, moved, due_at)
    await talk.reply(*await page(talk, moved))
    await talk.close_question()


async def move_to(talk: Talk, post_id: int, was: str, minute: int) -> None:
    """A press on one of the readings of a vague time."""
    if await as_seen(talk, post_id, was):
        await move_at(talk, post_id, minute)


async def move_at(talk: Talk, post_id: int, minute: int) -> None:
    """Give a post a time that was chosen by a press."""
    post = await talk.schedule.move(post_id, moment(minute))
    await warn(talk, post, moment(minute))
    await talk.close_question()
    await changed(talk, post, talk.words("Moved."))
