"""What the newsroom's approved stories teach of its spelling."""

from datetime import datetime

from bot.news.model import Article
from bot.news.spelling import own
from bot.news.spelling.halfspace.letters import words_of
from bot.news.subjects import keywords
from storage import Db

_READ = 4000  # characters, some milliseconds: how a story spells shows early


async def learn(db: Db, article: Article, now: datetime) -> None:
    """Count how an approved version spells its words; nothing is learnt from a draft."""
    story = own.taught("\n".join(part for part, _ in keywords.texts(article))[:_READ])
    before = await db.spellings.of(story)
    await db.spellings.keep(
        {letters: own.learnt(before.get(letters, {}), has) for letters, has in story.items()}, now=now
    )


def letters_of(form: str) -> str:
    """By which a word or a pair is known, however it is spelled."""
    return "".join(word.letters for word in words_of(form))
