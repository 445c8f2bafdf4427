"""What an edit has changed of a story that is planned: shown to those whose post it is, before and after."""

from bot.desk import audience, logbook, spiking
from bot.desk.stories import APPROVERS
from bot.news.model import Article, ArticleState, Block, BulletList, KeyPoint, Post, PostState
from bot.news.posts.taken_over import apart
from bot.news.talk import AuditEntry
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.phrases import called
from handlers.posts import seen
from handlers.talk import Talk, button, called_by
from storage import Db

SHOWN = 600
"""Characters of a field that are shown of each text."""
_FIELDS = {
    "kicker": N_("Kicker"),
    "headline": N_("Headline"),
    "lede": N_("Lede"),
    "key_points": N_("Key points"),
    "related": N_("Related links"),
    "byline": N_("Byline"),
    "dateline": N_("Dateline"),
    "source": N_("Source"),
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
    if before.sections != after.sections:
        was, now = apart("\n".join(_paragraphs(before)), "\n".join(_paragraphs(after)), SHOWN)
        lines += ["", say("Full text"), say("Before: {text}", text=was), say("After: {text}", text=now)]
    if before.media != after.media:
        counts = {"before": len(before.media), "after": len(after.media)}
        lines += ["", say("Files: {before} before, {after} now", **counts)]
    return lines


async def since_approval(db: Db, article: Article, log: tuple[AuditEntry, ...], say: Words) -> str:
    """Who approved a story that somebody else has edited since, and who that was; else nothing."""
    pair = logbook.edited_since_approval(log) if article.state is ArticleState.APPROVED else None
    people = [await db.staff.get(person_id) for person_id in pair or ()]
    approver, editor = [called(person, say) if person else "?" for person in people] or ("", "")
    if not pair:
        return ""
    return say("Approved by {approver}, edited by {editor} since", approver=approver, editor=editor)


def _paragraphs(article: Article) -> list[str]:
    return [
        text
        for section in article.sections
        for text in (section.heading or "", *map(_block, section.blocks))
        if text
    ]


def _block(block: Block) -> str:
    if isinstance(block, BulletList):
        return "\n".join(filter(None, [block.intro, *map(_point, block.items)]))
    return block.text


def _point(point: KeyPoint) -> str:
    return f"{point.label}: {point.text}" if point.label else point.text


def _text(article: Article, field: str) -> str:
    match field:
        case "key_points":
            value = "\n".join(map(_point, article.key_points))
        case "related":
            value = "\n".join(" ".join(filter(None, [link.title, link.url])) for link in article.related)
        case "hashtags":
            value = " ".join(f"#{tag}" for tag in article.hashtags)
        case _:
            value = str(getattr(article, field) or "")
    return _short(value)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
