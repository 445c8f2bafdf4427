"""What an edit has changed of a story that is planned: shown to those whose post it is, before and after."""

from bot.desk import audience, spiking
from bot.desk.stories import APPROVERS
from bot.news.model import Article, ArticleState, Post, PostState
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.phrases import called
from handlers.posts import seen
from handlers.talk import Talk, button, called_by

SHOWN = 600
"""Characters of a field that are shown of each text."""
_FIELDS = {
    "headline": N_("Headline"),
    "lede": N_("Lede"),
    "key_points": N_("Key points"),
    "hashtags": N_("Hashtags"),
}


async def tell_planners(talk: Talk, before: Article) -> None:
    """An approver has changed an approved story: whoever planned it hears what, and can hold it."""
    article = await talk.desk.article(before.id)
    if article.state is not ArticleState.APPROVED or article.version == before.version:
        return
    for post in await spiking.hanging_on(talk.db, article.id):
        for person in await audience.of_post(talk.db, post):
            if person.id == talk.who.id:
                continue
            say = words(person.language)
            rows = [[button(say("📄 Its card"), "open", article.id)]]
            if post.state is PostState.PENDING:
                rows.insert(0, [button(say("⏸ Hold"), "plan.hold", post.id, seen.of(post))])
            if person.roles & APPROVERS:
                rows.insert(1, [button(say("↶ Undo edit"), "story.undo", article.id, article.version)])
            text = await _told(talk, (before, article), post, say)
            await talk.reply(text, rows, to=person.id)


async def _told(talk: Talk, versions: tuple[Article, Article], post: Post, say: Words) -> str:
    before, after = versions
    where = await talk.db.channels.get(post.channel_id)
    assert where is not None  # channels are never deleted
    time = calendar.relative(post.due_at, talk.now, where.time_zone, say.language)
    lines = [
        say(
            "{name} has changed “{headline}”, which is in the queue of {channel}: {time}",
            name=called(talk.who, say),
            headline=called_by(before).removeprefix("📄 "),
            channel=where.title,
            time=time,
        ),
        *differences(before, after, say),
    ]
    return "\n".join(lines)


def differences(before: Article, after: Article, say: Words) -> list[str]:
    """Each field that is another one, as it was and as it is."""
    lines = []
    for field, name in _FIELDS.items():
        was, now = _text(before, field), _text(after, field)
        if was != now:
            lines += ["", say(name), say("Before: {text}", text=was), say("After: {text}", text=now)]
    if before.media != after.media:
        counts = {"before": len(before.media), "after": len(after.media)}
        lines += ["", say("Photos: {before} before, {after} now", **counts)]
    return lines


def _text(article: Article, field: str) -> str:
    match field:
        case "key_points":
            value = "\n".join(
                f"{each.label}: {each.text}" if each.label else each.text for each in article.key_points
            )
        case "hashtags":
            value = " ".join(f"#{tag}" for tag in article.hashtags)
        case _:
            value = str(getattr(article, field))
    return value if len(value) <= SHOWN else value[: SHOWN - 1].rstrip() + "…"
