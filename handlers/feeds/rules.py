"""A feed's rules asked for and changed."""

from typing import Any

from bot.desk.feeds import Feeds
from bot.line.calls import Keyboard
from bot.news.feeds import MOST_A_DAY, Rules
from handlers.feeds.board import page_of_feed
from handlers.feeds.rule_words import EXAMPLE, in_words, parsed
from handlers.talk import Talk, button, titled


async def ask(talk: Talk, feed_id: int) -> None:
    source = await Feeds(desk=talk.desk).get(feed_id)
    say = talk.words
    told = titled(say("Which of its items do you want?"), say(EXAMPLE))
    await talk.ask("feedrules", told, feed=source.id)
    if source.rules != Rules():
        rows: Keyboard = [[button(say("✖️ No rules any more"), "feeds.no_rules", source.id)]]
        await talk.reply(titled(say("The rules now"), "\n".join(in_words(source.rules, say))), rows)
    await talk.answer()


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The rules in lines; what can't be read leaves the question open."""
    rules = parsed(talk.text)
    if isinstance(rules, str):
        text = talk.words("I could not read this line: “{line}”.", line=rules[:80])
        await talk.reply(f"{text}\n{talk.words(EXAMPLE)}")
        return
    source = await Feeds(desk=talk.desk).set_rules(about["feed"], rules)
    await talk.close_question()
    await talk.reply(*await page_of_feed(talk, source))


async def drop(talk: Talk, feed_id: int) -> None:
    await Feeds(desk=talk.desk).set_rules(feed_id, Rules())
    await talk.close_question()
    await talk.strip_pressed()
    await talk.answer(talk.words("Without rules, at most {count} a day.", count=MOST_A_DAY))
