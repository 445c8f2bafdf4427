"""A channel's queue as a board that is walked about in: what is coming, and each post's own page."""

from zoneinfo import ZoneInfo

from bot.channel import Keyboard
from bot.errors import VagueTime, WrongState
from bot.news import calendar, typed_time
from bot.news.model import Channel, Message, Post, PostState
from handlers import holding, posted
from handlers.phrases import EXAMPLES, POST_STATES, because
from handlers.scheduling import echo, moment, offer
from handlers.talk import Talk, button, titled
from handlers.wanted import for_post

SHOWN = 20
"""Posts on one board: it stays under Telegram's 4,096 characters and 100 buttons."""


async def command(talk: Talk, words: str) -> None:
    """`/queue`, or `/queue @name`."""
    channels = await talk.schedule.boards()
    if words:
        channels = tuple(c for c in channels if (c.username or "").lower() == words.lower().lstrip("@"))
    if not channels:
        await talk.reply(talk.words("No such channel is connected. Connect one with /connect @name."))
    for channel in channels:
        await talk.reply(*await _board(talk, channel))


async def show(talk: Talk, channel_id: int) -> None:
    """The board again, in the message whose button was pressed."""
    await talk.amend(*await _board(talk, await talk.schedule.channel(channel_id)))
    await talk.answer()


async def _board(talk: Talk, channel: Channel) -> tuple[Message, Keyboard]:
    say = talk.words
    posts = await talk.schedule.queue(channel.id)
    lines: list[str] = []
    rows: Keyboard = []
    day = ""
    for post in posts[:SHOWN]:
        today = calendar.show_day(post.due_at.astimezone(ZoneInfo(channel.time_zone)).date(), say.language)
        if today != day:
            lines.append(f"\n{today}")
            day = today
        line = f"{_hour(talk, post, channel)} {await _headline(talk, post)}"
        lines.append(line + ("" if post.state is PostState.PENDING else f" ({say(POST_STATES[post.state])})"))
        rows.append([button(_short(line, 40), "post", post.id)])
    if len(posts) > SHOWN:
        lines.append("\n" + say("… and {count} more", count=len(posts) - SHOWN))
    title = say("The queue of {channel}", channel=channel.title)
    caution, ways = await holding.caution(talk.desk, say)
    rows += [*ways, [button(say("🔄 Refresh"), "queue", channel.id)]]
    text = "\n".join(lines).strip("\n") or say("Nothing is queued.")
    return titled(title, f"{caution}\n\n{text}" if caution else text), rows


async def post_page(talk: Talk, post_id: int) -> None:
    """One post's page: what it is, when it goes, what can be done."""
    await talk.amend(*await _page(talk, await talk.schedule.post(post_id)))
    await talk.answer()


async def page_below(talk: Talk, post_id: int) -> None:
    """The same as a message of its own: the card it was asked for from stays as it is."""
    await talk.reply(*await _page(talk, await talk.schedule.post(post_id)))
    await talk.answer()


async def _page(talk: Talk, post: Post) -> tuple[Message, Keyboard]:
    say = talk.words
    channel = await talk.schedule.channel(post.channel_id)
    about = [
        say("Channel: {channel}", channel=channel.title),
        say("Time: {time}", time=echo(talk, post.due_at, channel)),
        say("State: {state}", state=say(POST_STATES[post.state])),
    ]
    if post.reason:
        about.append(say("Reason: {reason}", reason=because(post.reason, say)))
    about += await posted.told(talk.desk, post)
    if post.state is PostState.SENT and post.message_ids:
        rows = await posted.ways(talk.desk, post, channel)
    else:
        rows = _ways(talk, post) + await posted.post_again(talk.desk, post)
    rows.append(
        [button(say("📄 The story"), "open", post.article_id), button(say("‹ Queue"), "queue", channel.id)]
    )
    return titled(await _headline(talk, post), "\n".join(about)), rows


def _ways(talk: Talk, post: Post) -> Keyboard:
    say = talk.words
    if post.state is PostState.PENDING and post.due_at <= talk.now:
        return [[button(say("🔄 Refresh"), "post", post.id)]]  # it is going out
    if post.state in {PostState.PENDING, PostState.HELD}:
        keep = (
            button(say("⏸ Hold"), "hold", post.id)
            if post.state is PostState.PENDING
            else button(say("▶️ Release"), "release", post.id)
        )
        return [
            [button(say("🕰 Next free slot"), "moveslot", post.id)],
            [
                button(say("📅 Calendar"), "month", for_post(post)),
                button(say("⌨️ Another time"), "movetime", post.id),
            ],
            [keep, button(say("🚀 Now"), "movenow", post.id), button(say("✖️ Cancel"), "cancelpost", post.id)],
        ]
    if post.state is PostState.UNCONFIRMED:
        return [
            [button(say("👁 It is there"), "there", post.id), button(say("🔁 Send again"), "again", post.id)],
            [button(say("✖️ Drop it"), "drop", post.id)],
        ]
    if post.state is PostState.FAILED:
        return [
            [button(say("🔁 Send again"), "again", post.id), button(say("✖️ Drop it"), "cancelpost", post.id)]
        ]
    if post.state is PostState.CANCELED and post.due_at > talk.now:
        return [[button(say("↶ Back into the queue"), "restore", post.id)]]
    return []


async def move_to_slot(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.move_to_slot(post_id), talk.words("Moved."))


async def move_to_now(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.move_to_now(post_id), talk.words("It is on its way."))


async def hold(talk: Talk, post_id: int) -> None:
    await _changed(
        talk, await talk.schedule.hold(post_id), talk.words("Held. It stays until you release it.")
    )


async def release(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.release(post_id), talk.words("Released."))


async def cancel(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.cancel(post_id), talk.words("Canceled; you can still undo it."))


async def restore(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.restore(post_id), talk.words("It is in the queue again."))


async def there(talk: Talk, post_id: int) -> None:
    await _changed(
        talk, await talk.schedule.confirm_sent(post_id), talk.words("Noted: it is in the channel.")
    )


async def drop(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.drop(post_id), talk.words("Dropped: it is not sent again."))


async def again(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.schedule.send_again(post_id), talk.words("It is sent again."))


async def pin(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.published.pin(post_id), talk.words("It is being pinned."))


async def unpin(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.published.unpin(post_id), talk.words("It is being unpinned."))


async def ask_to_take_down(talk: Talk, post_id: int) -> None:
    """The last question before a post that is out is deleted."""
    post = await talk.schedule.post(post_id)
    if post.state is not PostState.SENT:
        raise WrongState(post.state)
    where = await talk.schedule.channel(post.channel_id)
    warning = talk.words(
        "It will be deleted in {channel}, with its views and replies. The story itself stays, and can be "
        "posted there again.",
        channel=where.title,
    )
    message = titled(await _headline(talk, post), warning)
    await talk.amend(message, posted.sure(post, where, talk.words))
    await talk.answer()


async def take_down(talk: Talk, post_id: int) -> None:
    await _changed(talk, await talk.published.take_down(post_id), talk.words("It is being taken down."))


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


async def _changed(talk: Talk, post: Post, said: str) -> None:
    await talk.amend(*await _page(talk, post))
    await talk.answer(said)


async def ask_time(talk: Talk, post_id: int) -> None:
    """Ask for a post's new time; the next message is the answer."""
    post = await talk.schedule.post(post_id)
    question = talk.words("To which time should “{headline}” be moved?", headline=await _headline(talk, post))
    await talk.ask("move", f"{question}\n{talk.words(EXAMPLES)}", post=post.id)


async def time_answered(talk: Talk, about: dict[str, int]) -> None:
    post = await talk.schedule.post(about["post"])
    channel = await talk.schedule.channel(post.channel_id)
    try:
        due_at = typed_time.parse(talk.text, talk.now, channel.time_zone)
    except VagueTime as vague:
        if not vague.options:
            raise
        await offer(talk, vague, channel, "moveat", post.id)
        return
    await talk.reply(*await _page(talk, await talk.schedule.move(post.id, due_at)))
    await talk.close_question()


async def move_at(talk: Talk, post_id: int, minute: int) -> None:
    """A press on one of the readings of a vague time."""
    post = await talk.schedule.move(post_id, moment(minute))
    await talk.close_question()
    await _changed(talk, post, talk.words("Moved."))


def _hour(talk: Talk, post: Post, channel: Channel) -> str:
    return calendar.show_hour(post.due_at, channel.time_zone, talk.words.language)


async def _headline(talk: Talk, post: Post) -> str:
    article = await talk.db.articles.get(post.article_id)
    return _short(article.headline if article else "", 80)


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
