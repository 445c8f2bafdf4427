"""A message that is Telegram's "reply" to a card: it is about that story, and its sender says what it is."""

from typing import Any

from bot.desk.review import LONGEST
from bot.errors import DeskError
from bot.news.model import Article
from bot.news.structure import intake
from bot.news.structure.captions import tells_a_story
from bot.news.talk import Question
from handlers import doubtful
from handlers.story import albums, attachments, editing
from handlers.story.under_card import story_under
from handlers.talk import Talk


async def to_card(talk: Talk, question: Question | None) -> bool:
    """Whether a message replies to a story's card, and it was asked what it shall be there."""
    asked = talk.message.reply_to_message
    article_id = (
        story_under(asked.reply_markup) if asked and asked.from_user and asked.from_user.is_bot else 0
    )
    if not article_id or (question is not None and question.about.get("article") == article_id):
        return False
    try:
        article = await talk.desk.article(article_id)
    except DeskError:
        return False
    if question is not None:
        await talk.lapse_question(question)
    if await _is_its_file(talk, article):
        return True
    ways = _ways(talk, article)
    said = (
        talk.words("You replied to this story. What is your message?")
        if ways
        else talk.words("You replied to this story, which you can't change now. I did nothing with it.")
    )
    await doubtful.hold(talk, said, ways, article_id=article.id)
    return True


async def _is_its_file(talk: Talk, article: Article) -> bool:
    """Whether a message is a file for the story, without a story of its own under it: it is added."""
    file = attachments.media_of(talk.message)
    if file is None or "edit" not in talk.desk.allowed(article) or tells_a_story(talk.text):
        return False
    await albums.begin_answer(talk, article, replaces=False)
    return True


def _ways(talk: Talk, article: Article) -> dict[str, dict[str, Any]]:
    """What a message can be for the story, as far as its sender may change it."""
    may, text = talk.desk.allowed(article), intake.clean(talk.text)
    about = {"article": article.id, "key": talk.update.update_id}
    kinds: list[str] = []
    if "edit" in may and attachments.media_of(talk.message):
        kinds.append("photo")
    elif "edit" in may and any(map(str.isalnum, text)):
        several = len(text.splitlines()) > 1
        if not several and len(text) <= editing.MAX_HEADLINE:
            kinds.append("headline")
        if len(text) <= editing.MAX_LEDE:
            kinds.append("lede")
        if several:
            kinds.append("key_points")
    if "request_changes" in may and text and article.reporter_id != talk.who.id:
        kinds.append("note")
    if text and len(text) <= LONGEST:
        kinds.append("comment")
    return {kind: {**about, "was": editing.present_of(article, kind)} for kind in kinds}
