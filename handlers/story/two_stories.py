"""Two stories in one paste: the draft has all of it, and whoever sent it says how many they are."""

from bot.aside import worked_out
from bot.desk.stories import WRITERS
from bot.errors import DeskError
from bot.news.model import Article, ArticleState, Message
from bot.news.posts import for_staff
from bot.news.structure import several
from bot.news.talk import Paste
from handlers import prompts
from handlers.story import which_story
from handlers.story.reading import read
from handlers.talk import NAMED, Talk, button

_AT_ONCE = 15_000  # characters that are looked through on the loop
_MOST = 3
"""Stories that are parted by a press; more are better sent one by one."""


async def ask(talk: Talk, sent: Paste, draft: Article) -> None:
    """Ask where another title with its own text stands under the end of the first, once all is there."""
    if sent.settles_at is not None:
        return
    stories = _stories(sent.text)
    if len(stories) < 2:
        return
    titles = "\n".join(f"{number}. {_title(copy)}" for number, copy in enumerate(stories, start=1))
    if len(stories) > _MOST:
        await talk.reply(
            talk.words(
                "This looks like {count} {count:story|stories} in one message; the draft has all of it "
                "as one. Send each by itself, please, and spike this draft.",
                count=len(stories),
            )
            + f"\n{titles}"
        )
        return
    text = talk.words(
        "This looks like {count} {count:story|stories} in one message; for now the draft has all of it "
        "as one. Is it one story, or {count}?",
        count=len(stories),
    )
    rows = [
        [
            button(
                talk.words("✂️ {count} {count:story|stories}", count=len(stories)),
                "story.several",
                sent.id,
                draft.version,
            )
        ],
        [button(talk.words("📄 One story"), "story.one", sent.id)],
    ]
    await talk.prompt(Message(text=f"{text}\n{titles}"), rows, which_story.key_of(sent), {"stories": sent.id})


async def one(talk: Talk, paste_id: int) -> None:
    """A press that says that it is one story: the draft stays as it is."""
    talk.desk.require(WRITERS)
    await prompts.close(talk.db, talk.who.id, -paste_id)
    await talk.answer(talk.words("It stays one story."))


async def part(talk: Talk, paste_id: int, version: int) -> None:
    """A press that says that they are several: the draft keeps the first, and each other becomes a draft."""
    talk.desk.require(WRITERS)
    sent = await talk.db.pastes.get(paste_id)
    await prompts.close(talk.db, talk.who.id, -paste_id)
    stories = _stories(sent.text) if sent is not None and sent.person_id == talk.who.id else ()
    draft = await _untouched(talk, sent, version) if sent is not None and 1 < len(stories) <= _MOST else None
    if draft is None:
        await talk.answer(
            talk.words(
                "The draft is not what it was when I asked, so I changed nothing. "
                "Send the second story by itself."
            ),
            alert=True,
        )
        return
    first, *others = [read(copy, await talk.style(copy)) for copy in stories]
    await talk.desk.rewrite(draft.id, first)
    await talk.show_card(draft.id)
    for article in others:
        await talk.show_card((await talk.desk.write(article)).id)


async def _untouched(talk: Talk, sent: Paste, version: int) -> Article | None:
    """The draft that was made of the paste, if nobody has done anything with it since the question."""
    try:
        draft = await talk.desk.article(sent.article_id or 0)
    except DeskError:
        return None
    same = draft.state is ArticleState.DRAFT and draft.version == version
    return draft if same and "edit" in talk.desk.allowed(draft) else None


def _stories(copy: str) -> tuple[str, ...]:
    if len(copy) <= _AT_ONCE:  # aside the whole use case would begin again, for some milliseconds
        return several.stories(copy)
    return worked_out(several.stories, len(copy), copy)


def _title(copy: str) -> str:
    first = next((line for line in copy.split("\n") if any(map(str.isalnum, line))), "")
    return for_staff.quoted(for_staff.shortened(first.strip(), NAMED))
