"""On which terms a story may go out, as its card shows them: its urgency, past the queue. Changes nothing."""

from bot.desk.stories import Desk
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel
from bot.news.quiet import URGENT
from bot.words import Words, words
from handlers.talk import button


def choice(article: Article, say: Words) -> Keyboard:
    """The page where the urgency is chosen: 1 is the highest."""
    key = (article.id, article.version)
    numbers = [
        button(f"{'✅ ' if n == article.urgency else ''}{say.number(n)}", "story.urgency", *key, n)
        for n in range(1, 10)
    ]
    return [
        [button(say("⚡️ 1 is the most urgent; 1 and 2 can be published at once"), "story.status", *key)],
        *(numbers[start : start + 3] for start in (0, 3, 6)),
        [button(say("‹ Back"), "story.view", *key, "main")],
    ]


def urgent_row(article: Article, where: Channel, say: Words, *, confirm: bool) -> Keyboard:
    """The way past slots and quiet hours, for an urgent story."""
    if article.urgency > URGENT:
        return []
    key = (article.id, article.version)
    if confirm:
        text = say("🚨 {channel}, urgent: ask for a second person's word", channel=where.title)
        return [[button(text, "story.urgent", *key, where.id) | {"style": "danger"}]]
    text = say("🚨 {channel}, urgent: past the queue and quiet hours", channel=where.title)
    return [[button(text, "story.view", *key, "urgent", where.id) | {"style": "danger"}]]


async def sure(desk: Desk, article: Article, where: Channel) -> Keyboard:
    """The last question, where no second person is asked."""
    say = words(desk.who.language)
    key = (article.id, article.version)
    return [
        [
            button(
                say("🚨 Yes, publish in {channel} at once", channel=where.title),
                "story.urgent",
                *key,
                where.id,
            )
        ],
        [button(say("‹ Back"), "story.view", *key, "plan", where.id)],
    ]
