"""Who has a story: claimed for a while by one editor, taken over, let go, handed to a colleague."""

from bot.desk import audience, claimed, review
from bot.desk.review import Taken
from bot.desk.rights import DECIDERS
from bot.line.calls import Keyboard
from bot.news.model import Article, Message, Staff
from bot.news.posts import for_staff
from bot.words import N_, words
from handlers import prompts
from handlers.paging import SIZE, page_of, turning
from handlers.phrases import called
from handlers.talk import Talk, button, called_by, show_anew, titled


async def claim(talk: Talk, article_id: int, version: int) -> None:
    """A press on "I have it", also on a colleague's: that is asked."""
    del version  # an older card claims as well
    found = await review.claim(talk.desk, article_id)
    if isinstance(found, Taken):
        await talk.answer(talk.words("It is yours for {minutes} minutes.", minutes=_minutes()))
    else:
        await _ask_to_take_over(talk, article_id, found)


async def _ask_to_take_over(talk: Talk, article_id: int, holder: Staff) -> None:
    say, key = talk.words, talk.update.update_id
    article = await talk.desk.article(article_id)
    rows: Keyboard = [
        [button(say("✋ Yes, I take it over"), "story.claim_sure", article_id, key)],
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    title = say("{name} has this story. Take it over?", name=called(holder, say))
    lines = [
        called_by(article),
        say("They hear of it. It would be free by itself 30 minutes after their last step."),
    ]
    await talk.prompt(titled(title, "\n".join(lines)), rows, key, {"claim": article_id})
    if not talk.private:
        await talk.answer(say("I have asked you in our private chat."), alert=True)
    await talk.answer()


async def claim_surely(talk: Talk, article_id: int, key: int) -> None:
    """The answer to that question; who had the story hears of it."""
    waited = await prompts.close(talk.db, talk.who.id, key)
    if not any(prompt.about.get("claim") == article_id and prompt.until > talk.now for prompt in waited):
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return
    found = await review.claim(talk.desk, article_id, over=True)
    assert isinstance(found, Taken)  # taken over from whoever had it
    if found.before is not None:
        await _tell(talk, found.before, found.article, N_("{name} has taken over “{headline}” from you."))
    await show_anew(talk.db, article_id, talk.who)
    await talk.answer(talk.words("It is yours for {minutes} minutes.", minutes=_minutes()))


async def release(talk: Talk, article_id: int, version: int) -> None:
    del version
    await review.release(talk.desk, article_id)
    await talk.show_card(article_id)
    await talk.answer(talk.words("It is free again."))


async def ask_for_colleague(talk: Talk, article_id: int, version: int) -> None:
    """A press on "hand it over": to whom."""
    del version
    await talk.reply(*await _colleagues(talk, article_id, 0), to=talk.who.id)
    await talk.answer()


async def turn(talk: Talk, article_id: int, page: int) -> None:
    await talk.amend(*await _colleagues(talk, article_id, page))
    await talk.answer()


async def _colleagues(talk: Talk, article_id: int, number: int) -> tuple[Message, Keyboard]:
    article = await talk.desk.article(article_id)
    talk.desk.require(DECIDERS)
    others = [each for each in await audience.holders(talk.db, DECIDERS) if each.id != talk.who.id]
    page = page_of(number, len(others))
    here = others[page.skip : page.skip + SIZE]
    rows: Keyboard = [[button(f"👤 {_name(each)}", "story.hand_to", article_id, each.id)] for each in here]
    rows += turning(talk.words, page, "story.hand_page", article_id)
    return titled(talk.words("To whom do you hand it over?"), called_by(article)), rows


async def hand_to(talk: Talk, article_id: int, person_id: int) -> None:
    """The story is a colleague's now, who hears of it and gets its card."""
    colleague = await review.hand_over(talk.desk, article_id, person_id)
    article = await talk.desk.article(article_id)
    await _tell(talk, colleague, article, N_("{name} has handed “{headline}” over to you."))
    await show_anew(talk.db, article_id, colleague)
    await talk.amend(talk.words("It is with {name} now.", name=_name(colleague)))
    await talk.answer()


async def _tell(talk: Talk, person: Staff, article: Article, message: str) -> None:
    for heard in await audience.of_story(talk.db, article, person.id):
        say = words(heard.language)
        headline = for_staff.shortened(article.headline, 100)
        card = [button(say("📄 Its card"), "open", article.id)]
        await talk.reply(say(message, name=called(talk.who, say), headline=headline), [card], to=heard.id)


def _name(who: Staff) -> str:
    return for_staff.name(who.name) or str(who.id)


def _minutes() -> int:
    return int(claimed.LASTS.total_seconds()) // 60
