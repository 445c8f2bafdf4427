"""On which terms a story may go out, as its card shows them: its embargo and its urgency. Changes nothing."""

from bot.desk.stories import APPROVERS, EDITABLE, Desk
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel
from bot.news.quiet import URGENT
from bot.news.times import calendar
from bot.words import Words, words
from handlers.talk import House, button


def rows(desk: Desk, article: Article, house: House) -> Keyboard:
    """Lines of a card: the embargo while there is one, and the editors' ways to change both."""
    say, key = words(desk.who.language), (article.id, article.version)
    may = desk.may(APPROVERS) and article.state in EDITABLE
    there = article.embargoed_until is not None and article.embargoed_until > desk.now
    found: Keyboard = []
    if there and article.embargoed_until is not None:
        time = calendar.show(article.embargoed_until, house.time_zone, say.language)
        found.append([button(say("🔒 Not before {time}", time=time), "plan.embargo", *key)])
    urgency = button(_urgency(article, say), "story.view", *key, "urgency")
    if may and there:
        found.append([button(say("🔓 Lift the embargo"), "plan.lift", *key), urgency])
    elif may:
        found.append([button(say("🔒 Embargo"), "plan.embargo", *key), urgency])
    return found


def _urgency(article: Article, say: Words) -> str:
    return say("⚡️ Urgency: {number}", number=article.urgency)


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
        return [[button(say("🚨 Urgent: ask for a second person's word"), "story.urgent", *key, where.id)]]
    return [
        [button(say("🚨 Urgent: past the queue and quiet hours"), "story.view", *key, "urgent", where.id)]
    ]


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
