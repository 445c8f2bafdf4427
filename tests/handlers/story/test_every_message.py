"""Whatever a person sends is carried or answered: each thing that a message can hold, and any order of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.news.media import ALBUM
from bot.news.model import Article, ArticleState
from bot.simulator.chats import FILES, UNSENT
from tests.files_sent import file_in
from tests.newsroom import COPY, House, newsroom

SPEC = Path(__file__).parents[4] / "shared" / "telegram" / "bot-api-10.1.json"
ABOUT = frozenset(
    {"message_id", "message_thread_id", "from", "sender_chat", "date", "chat", "forward_origin", "text"}
) | {"is_topic_message", "reply_markup", "caption", "media_group_id", "migrate_to_chat_id"}
"""Fields that tell of a message, and those that other tests send."""
LET_GO = "کنارشان گذاشتم"


async def stories(house: House) -> tuple[Article, ...]:
    async with house.newsroom.storage.begin() as db:
        return await db.articles.in_states(*ArticleState)


async def sends_raw(house: House, content: dict[str, Any]) -> list[str]:
    """The reporter's telephone sends what the simulator has no way to; what the bot writes then."""
    chat = house.world.chats[house.reporter.id]
    before = len(house.reporter.reads())
    stored = house.world.write(chat, content, sender=house.reporter.id)
    house.world.tell_bot(chat, stored.message)
    await house.settles()
    await house.passes(3)
    return [str(m.get("text") or m.get("caption")) for m in house.reporter.reads()[before + 1 :]]


@pytest.mark.parametrize("kind", [*FILES, *UNSENT])
@pytest.mark.parametrize("caption", ["", "نما", "🙂", COPY], ids=["none", "word", "sign", "story"])
async def test_everything_that_a_telephone_sends_is_carried_or_answered(kind: str, caption: str) -> None:
    async with newsroom() as house:
        [sent] = house.reporter.phone.send(caption, **{kind: _name(kind, "نمونه")})
        await house.settles()
        await house.passes(3)
        said = [m for m in house.reporter.reads() if m["message_id"] > sent["message_id"]]

        assert said, "silence"
        carried = [each.file_id for story in await stories(house) for each in story.media]
        if kind in FILES and await stories(house):
            assert carried == [file_in(sent).file_id]
        elif kind in FILES:
            assert any("منتظر خبر است" in m.get("text", "") for m in said)


@cache
def spec() -> dict[str, Any]:
    if not SPEC.exists():
        return {"types": {"Message": {"fields": {}}}}
    loaded: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return loaded


def sample(kind: str, *, deep: int = 0) -> Any:
    """The least that is such a thing by Telegram's own description."""
    if kind.startswith("Array of "):
        return [sample(kind.removeprefix("Array of "), deep=deep)]
    plain: dict[str, Any] = {"Integer": 1, "Float": 1.0, "Boolean": True, "True": True, "String": "x"}
    if kind in plain:
        return plain[kind]
    described = spec()["types"].get(kind, {})
    if subtypes := described.get("subtypes"):
        return sample(subtypes[0], deep=deep)
    required = {name: each for name, each in described.get("fields", {}).items() if each["required"]}
    return {name: sample(each["types"][0], deep=deep + 1) for name, each in required.items() if deep < 4}


@pytest.mark.skipif(not SPEC.exists(), reason="Telegram's description is not here")
@pytest.mark.parametrize("name", sorted(spec()["types"]["Message"]["fields"].keys() - ABOUT))
async def test_no_field_of_a_message_is_met_with_silence(name: str) -> None:
    field = spec()["types"]["Message"]["fields"][name]
    async with newsroom() as house:
        said = await sends_raw(house, {name: sample(field["types"][0])})
        assert said or await stories(house), name


def _name(kind: str, name: str) -> str:
    """A document that is none to be read: that becomes copy (tests/handlers/story/test_files_sent.py)."""
    return f"{name}.xlsx" if kind == "document" else name


ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["photo", "video", "document", "voice"]), st.sampled_from([1, 1, 2])),
    st.tuples(st.just("story"), st.booleans()),  # with a photo over it, or alone
    st.tuples(st.just("edit"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 70, 500, 700])),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # eight actions at the most: nothing to shrink
)
@given(st.lists(ACTIONS, min_size=1, max_size=8))
async def test_nothing_that_was_sent_is_lost_in_whatever_order(actions: list[tuple[str, Any]]) -> None:
    async with newsroom() as house:
        files: list[str] = []
        texts: list[dict[str, Any]] = []
        newest: list[str] = []
        for number, (what, how) in enumerate(actions):
            match what:
                case "story":
                    words = _story(len(texts), "نخست")
                    [sent] = house.reporter.phone.send(words, **({"photo": f"{number}.jpg"} if how else {}))
                    texts.append(sent)
                    newest.append("نخست")
                    files += [file_in(sent).file_id] if how else []
                case "edit" if texts:
                    which = how % len(texts)
                    newest[which] = "بار " + LETTERS[number]
                    texts[which] = house.reporter.phone.edit(texts[which], _story(which, newest[which]))
                case "wait":
                    await house.passes(how)
                case "photo" | "video" | "document" | "voice":
                    album = {"media_group_id": f"a{number}"} if how > 1 and what != "voice" else {}
                    for each in range(how):
                        name = _name(what, f"{number}-{each}")
                        [sent] = house.reporter.phone.send(**{what: name}, **album)
                        files.append(file_in(sent).file_id)
            await house.settles()
        await house.passes(4)
        await house.passes(1300)  # whatever waits is over

        found = await stories(house)
        assert len(found) == len(texts)
        for number, word in enumerate(newest):
            [article] = [each for each in found if each.headline.startswith(_title(number))]
            assert word in article.lede, "the last edit counts"
        carried = [each.file_id for article in found for each in article.media]
        assert len(carried) == len(set(carried)), "each is one story's"
        left = set(files) - set(carried)
        said = "\n".join(m.get("text", "") for m in house.reporter.reads())
        assert not left or LET_GO in said or f"جای {'۱۰'}" in said
        assert all(len(article.media) <= ALBUM for article in found)


LETTERS = "ابپتثجچح"
TITLES = ["پل رودبار باز شد", "بازار انزلی تعطیل شد", "موزهٔ ری بازسازی شد", "قطار بم به راه افتاد"]


def _title(number: int) -> str:
    return TITLES[number % 4] + " " + LETTERS[number // 4]


def _story(number: int, word: str) -> str:
    return (
        f"{_title(number)}\nگزارشگر ما برای {word} در محل بود و از آنچه گذشت خبر داد. مردم به دیدن آن آمدند."
    )
