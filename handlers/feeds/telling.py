"""How a look at a feed went, told to who waits for it, or once to who has to know."""

from bot.desk import feeds
from bot.desk.feeds import Looked
from bot.line import calls
from bot.line.calls import Keyboard
from bot.words import Words, words
from handlers.feeds.adding import added_and_there
from handlers.feeds.board import fault_in_words, named
from handlers.talk import button, titled
from storage import Db


async def tell(db: Db, looked: Looked) -> None:
    """Queue the words for it, if anybody has to hear of it."""
    waits = await db.staff.get(looked.asked_by) if looked.asked_by else None
    if waits is not None and waits.roles:
        await _say(db, waits.id, looked, words(waits.language))
    elif looked.tell_of_fault or looked.recovered:
        who = await feeds.answers_for(db, looked.source)
        if who is not None:
            await _say(db, who.id, looked, words(who.language))


async def _say(db: Db, person_id: int, looked: Looked, say: Words) -> None:
    source = looked.source
    rows: Keyboard = [] if looked.listed else [[button(say("📡 Its page"), "feeds.one", source.id)]]
    await db.notices.add(
        person_id, *calls.message_call(person_id, titled(named(source), _told(looked, say)), rows)
    )


def _told(looked: Looked, say: Words) -> str:
    if looked.listed:
        return "\n".join(added_and_there(say, *looked.listed))
    if looked.fault:
        why = "⚠️ " + fault_in_words(looked.fault, say)
        if looked.tell_of_fault:
            return f"{why}\n" + say("I go on trying, and tell you when it works again.")
        return why
    if looked.first:
        return say(
            "Read: {count} {count:item|items} stand there now, and none is sent. What comes from now on is.",
            count=looked.total,
        )
    if looked.recovered:
        return say("It can be read again. {count} new.", count=looked.waiting)
    return say("It can be read. {count} new since the last look.", count=looked.waiting)
