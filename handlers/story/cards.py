"""The card of an article: exactly the post as the channel will show it, and under it what one may do."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot import drawing
from bot.aside import worked_out
from bot.desk import places
from bot.desk.approval import decided_on
from bot.desk.logbook import last_edit, took_back
from bot.desk.schedule import Schedule
from bot.desk.stories import APPROVERS, OUT, SCHEDULERS, WAITING, Desk
from bot.errors import DeskError
from bot.line.calls import Keyboard
from bot.line.showing import Face, Portrait, Read
from bot.news.media import MediaKind
from bot.news.model import Article, Channel, Form, Look, Message, Post, PostState, Staff, UrlButton
from bot.news.posts import for_staff, rich
from bot.news.posts.links import post_link
from bot.news.posts.printable import printable_look
from bot.news.subjects import reading_time
from bot.news.talk import AuditEntry, Card
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers import which_channel
from handlers.phrases import ARTICLE_STATES, POST_STATES, called
from handlers.posts import posted
from handlers.story import changed, headline, repairs, terms, warnings
from handlers.story.known import Known, Story
from handlers.talk import House, button
from handlers.wanted import for_story
from storage import Db

SHOWN = 20
"""Channels named at once: a keyboard has room for 100 buttons, a person's eye for fewer."""


def portraits(db: Db, now: datetime, read: Read, *, house: House) -> Portrait:
    """Draws cards that are shown at the same time, from one reading of what they need."""
    return partial(_portrait, Known(db=db, now=now, read=read), house)


async def _portrait(known: Known, house: House, card: Card) -> Face | None:
    """The card as its chat may see it now; None if the person there may not (any more)."""
    who, story = await known.person(card.chat_id), await known.story(card.article_id)
    if who is None or story is None:
        return None
    desk, posts = Desk(db=known.db, who=who, now=known.now), story.posts
    try:
        article = desk.shown(story.article)
    except DeskError:
        return None
    chosen = _chosen(card.view)
    channels = await known.channels(frozenset({chosen, *(post.channel_id for post in posts)}))
    where = _shown_in(channels, posts, chosen)
    content, look = await decided_on(desk, article), where.look if where else house.look
    keyboard = await _behind(desk, story, card.view, where, channels, house=house)
    if keyboard is None:
        keyboard = await _main(desk, story, channels, known, house=house)
        if desk.may(APPROVERS | SCHEDULERS) and desk.allowed(article) & {"approve", "spike", "schedule"}:
            found = await known.warnings(desk, content, where, look, posts)
            keyboard[1:1] = warnings.rows(found, article, where, words(who.language))
    return _face(content, look, keyboard, known.now, words(who.language))


def _chosen(view: str) -> int:
    """The channel that is chosen on a page; else 0, or how many of a list's channels are passed over."""
    return int(view.partition(":")[2] or 0)


async def _behind(
    desk: Desk,
    story: Story,
    view: str,
    where: Channel | None,
    channels: list[Channel],
    *,
    house: House,
) -> Keyboard | None:
    """The page that is open behind the main one; None where none is, or the person may not see it."""
    article = story.article
    say, may = words(desk.who.language), desk.allowed(article)
    verb = view.partition(":")[0]
    if verb == "kill" and "kill" in may:
        return await _kill(desk, story, channels)
    if verb == "urgency" and "edit" in may:
        return terms.choice(article, say)
    if "schedule" not in may:
        return None
    if _chosen(view) < 0 and (where is None or where.id != _chosen(view)):
        return None  # the channel is lost meanwhile: what was to be done there is not done elsewhere
    if verb == "plan":
        planned = where if _chosen(view) < 0 or len(channels) == 1 else None  # ids of channels are negative
        if planned is None:
            return await _which(desk, article, max(0, _chosen(view)))
        return await _plan(desk, article, planned, channels, house=house)
    if where is not None and verb in _SURE:
        return await _SURE[verb](desk, article, where)
    return None


def _shown_in(channels: list[Channel], posts: tuple[Post, ...], chosen: int | None) -> Channel | None:
    """Whose look the card has: the chosen channel's, else that of its post, else the first one's."""
    wanted = [chosen, *(post.channel_id for post in posts if post.state is not PostState.CANCELED)]
    for channel_id in wanted:
        for channel in channels:
            if channel.id == channel_id:
                return channel
    return channels[0] if channels else None


def _face(article: Article, look: Look, keyboard: Keyboard, now: datetime, say: Words) -> Face:
    article, today = for_staff.story(article), now.astimezone(ZoneInfo(look.time_zone)).date()
    if look.form is Form.RICH and (blocks := drawing.rich_message(article, look, on=today)):
        messages = rich.beside(article)
    else:
        blocks, messages = None, drawing.messages(article, replace(look, form=Form.CLASSIC), on=today)
    if messages and len(messages[-1].media) > 1:
        left_out = () if blocks or any(each.buttons for each in messages) else printable_look(look).buttons
        messages += (_below_album(messages, left_out, say),)
    return Face(rich=blocks, messages=messages, keyboard=keyboard)


def _below_album(messages: tuple[Message, ...], left_out: tuple[UrlButton, ...], say: Words) -> Message:
    """Where an album is the last of it, what carries the card's buttons: Telegram lets an album have none."""
    album = messages[-1].media
    if len(messages) == 1 and all(each.kind is MediaKind.PHOTO for each in album):
        lines = [say("⬆️ One post with {count} photos", count=len(album))]
    else:
        lines = [say("⬆️ The last message of the post has {count} files", count=len(album))]
    if left_out:
        shown = " · ".join(button.text for button in left_out)
        lines.append(say("Under an album there can be no buttons; left out: {buttons}", buttons=shown))
    return Message(text="\n".join(lines))


async def _main(desk: Desk, story: Story, channels: list[Channel], known: Known, *, house: House) -> Keyboard:
    article, posts = story.article, story.posts
    say, may = words(desk.who.language), desk.allowed(article)
    key = (article.id, article.version)
    decide = {
        "submit": say("📤 Submit to the editors"),
        "approve": say("✅ Approve"),
        "correct": _confirm(posts, say),
        "request_changes": say("↩️ Ask for changes"),
    }
    frame = say("⬆️ The story’s text · {status}", status=_status(article, say))  # above are not our words
    log = await known.log(article)
    since = await changed.since_approval(desk.db, article, log, say)
    rows: Keyboard = [[button(text, "story.status", *key)] for text in (frame, since) if text]
    rows += [[button(text, f"story.{verb}", *key)] for verb, text in decide.items() if verb in may]
    rows.append([button(say("📖 Full text"), "story.text", *key)])
    rows += headline.rows(article, say) if "edit" in may else []
    if "edit" in may:
        fields = {"headline": say("✏️ Headline"), "lede": say("✏️ Lede"), "key_points": say("✏️ Key points")}
        rows.append([button(text, "story.edit", *key, field) for field, text in fields.items()])
        rows.append(
            [
                button(say("🏷 Hashtags"), "story.edit", *key, "hashtags"),
                button(say("🖼 Photo"), "story.edit", *key, "photo"),
            ]
        )
        if house.assistant:
            rows.append([button(say("🤖 Ask for a proposal"), "story.propose", *key)])
        ways = _undo(article, last_edit(log, article.version), say)
        if "withdraw_approval" in may:
            ways.append(button(say("↩️ Withdraw the approval"), "story.unapprove", *key))
        ways += [button(say("🗑 Spike"), "story.spike", *key)] if "spike" in may else []
        rows += [ways] if ways else []
    if "edit" in may and article.repairs:
        rows.insert(
            1,
            [
                button(
                    say("🩹 {count} {count:repair|repairs}", count=repairs.count(article)),
                    "story.repairs",
                    *key,
                )
            ],
        )
    rows += terms.rows(desk, article, house)
    if "unspike" in may:
        rows.append([button(say("♻️ Bring back"), "story.unspike", *key)])
    if "schedule" in may:
        rows.append([button(say("🗓 Schedule"), "story.view", *key, "plan")])
    rows += [row for post in posts if (row := await _post_row(desk, post, channels))]
    if "kill" in may:
        rows.append([button(say("⛔️ Take down everywhere"), "story.view", *key, "kill")])
    return rows


def _undo(article: Article, last: AuditEntry | None, say: Words) -> list[dict[str, str]]:
    """The way back before the last edit; where that was an undo itself, it makes the edit again."""
    if last is None:
        return []
    text = say("↷ Redo edit") if took_back(last) else say("↶ Undo edit")
    return [button(text, "story.undo", article.id, article.version)]


def _status(article: Article, say: Words) -> str:
    """The state; of a story that is out also whether a newer version waits to be confirmed."""
    waits = article.state in OUT and article.version != article.approved_version
    text = N_("{state} · version {version} is not out yet") if waits else N_("{state} · version {version}")
    return say(text, state=say(ARTICLE_STATES[article.state]).capitalize(), version=article.version)


def _confirm(posts: tuple[Post, ...], say: Words) -> str:
    count = sum(post.state is PostState.SENT for post in posts)
    if not count:
        return say("✅ Approve the correction")
    return say("✅ Publish the correction in {count} {count:channel|channels}", count=count)


async def _kill(desk: Desk, story: Story, channels: list[Channel]) -> Keyboard:
    """The last question before a story is taken down: from where, with a way to see it, and what waits."""
    article, posts, say = story.article, story.posts, words(desk.who.language)
    out = [(post, where) for post in posts for where in channels if post.channel_id == where.id]
    rows: Keyboard = [
        [{"text": f"📣 {where.title}", "url": post_link(where, post.message_ids[0])}]
        for post, where in out
        if post.message_ids
    ]
    sure = say("⛔️ Yes, take it down there, for good") if rows else say("⛔️ Yes, never publish it again")
    waiting = [post for post in posts if post.state in WAITING and not post.message_ids]
    rows += [row for post in waiting if (row := await _post_row(desk, post, channels))]
    return [
        *rows[:SHOWN],
        [button(sure, "story.kill", article.id, article.version)],
        [button(say("‹ Back"), "story.view", article.id, article.version, "main")],
    ]


async def _post_row(desk: Desk, post: Post, channels: list[Channel]) -> list[dict[str, str]] | None:
    """One line a post: where and when, and a way to it."""
    where = next((channel for channel in channels if channel.id == post.channel_id), None)
    if where is None or post.state is PostState.CANCELED:
        return None
    say = words(desk.who.language)
    if post.state is PostState.SENT and post.message_ids:
        return await _out_row(desk, post, where)
    when = calendar.relative(post.due_at, desk.now, where.time_zone, say.language)
    state = say(POST_STATES[post.state])
    if where.paused_at is not None and post.state is PostState.PENDING:
        state = say("⏸ the channel is paused")
    text = say("{channel}: {time} · {state}", channel=where.title, time=when, state=state)
    return [button(text, "plan.page", post.id)]


async def _out_row(desk: Desk, post: Post, where: Channel) -> list[dict[str, str]]:
    """Those who schedule come to the post's page, the others to the post."""
    say, news = words(desk.who.language), await posted.in_short(desk, post)
    if desk.may(SCHEDULERS):
        return [button(f"📣 {where.title}: {news or say(POST_STATES[post.state])}", "plan.page", post.id)]
    text = say("👁 See it in {channel}", channel=where.title)
    return [{"text": f"{text} · {news}" if news else text, "url": post_link(where, post.message_ids[0])}]


async def _which(desk: Desk, article: Article, skip: int) -> Keyboard:
    """First which channel: a leaf of them."""
    say, key = words(desk.who.language), (article.id, article.version)
    shown = await desk.db.channels.page(skip=skip, limit=SHOWN + 1)
    rows: Keyboard = [
        [button(f"📣 {channel.title}", "story.view", *key, "plan", channel.id)] for channel in shown[:SHOWN]
    ]
    rows += which_channel.leaves(say, skip, "view", *key, "plan", more=len(shown) > SHOWN)
    return [
        *(rows or [[button(say("No channel is connected yet"), "channels.no_channel")]]),
        [button(say("‹ Back"), "story.view", *key, "main")],
    ]


async def _plan(
    desk: Desk, article: Article, where: Channel, channels: list[Channel], *, house: House
) -> Keyboard:
    """Then when."""
    say, key = words(desk.who.language), (article.id, article.version)
    back = [button(say("‹ Back"), "story.view", *key, "main")]
    rows: Keyboard = [[button(f"📣 {where.title}", "story.view", *key, "plan")]] if len(channels) > 1 else []
    free = await Schedule(desk=desk).next_free(where, article)
    if free is not None:
        when = calendar.relative(free, desk.now, where.time_zone, say.language)
        rows.append([button(say("🕰 Next free slot: {time}", time=when), "plan.into_slot", *key, where.id)])
    else:
        rows.append([button(say("🕰 No slots yet: add some"), "channels.add_slots", where.id)])
    rows.append(
        [
            button(say("📅 Calendar"), "plan.pick", for_story(article, where)),
            button(say("⌨️ At another time"), "plan.ask_time", *key, where.id),
        ]
    )
    rows.append(
        [
            button(say("🔁 Every week"), "plan.repeat", *key, where.id),
            button(say("🚀 Now"), "story.view", *key, "now", where.id),
        ]
    )
    rows += terms.urgent_row(article, where, say, confirm=house.urgent.confirm)
    found = await warnings.of_plan(desk, article, where, free)
    return [*warnings.rows(found, article, where, say), *rows, back]


async def _now(desk: Desk, article: Article, where: Channel) -> Keyboard:
    say, key = words(desk.who.language), (article.id, article.version)
    sure = say("🚀 Yes, publish in {channel} now", channel=where.title)
    if end := await places.kept_till(desk.db, where, desk.now):
        time = calendar.relative(end, desk.now, where.time_zone, say.language)
        sure = say("🌙 Quiet hours in {channel}: publish {time}", channel=where.title, time=time)
    return [
        [button(sure, "plan.now", *key, where.id)],
        [button(say("‹ Back"), "story.view", *key, "plan", where.id)],
    ]


_SURE = {"now": _now, "urgent": terms.sure}
"""The last questions before something goes out at once."""


def status_line(article: Article, who: Staff | None, say: Words) -> str:
    """What the status button tells: the state, who wrote it, what was approved."""
    lines = [_status(article, say)]
    if who is not None:
        lines.append(say("By {name}", name=called(who, say)))
    if article.approved_version:
        lines.append(say("Approved: version {version}", version=article.approved_version))
    minutes = worked_out(reading_time.minutes, drawing.size_of(article) // 4, article)
    lines.append(say("Reading time: {minutes} min", minutes=minutes))
    return "\n".join(lines)
