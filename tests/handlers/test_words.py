"""The catalogues: nothing untranslated, nothing unused, nothing that would break when it is filled in."""

import re
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot import errors
from bot.errors import MonadiError
from bot.news.model import ArticleState, Role
from bot.words import LANGUAGES, words
from handlers import COMMANDS, for_roles, menu_call
from handlers.phrases import CONTRADICTIONS, NOT_MOVED, TROUBLES, explained
from handlers.unfetched import UNFETCHED, UNREAD
from storage.migrations import UpgradeFailed
from tests.newsroom import NOON

ROOT = Path(__file__).parents[2]
PO = ROOT / "bot/locale/fa/LC_MESSAGES/monadi.po"
KEYWORDS = {"say": None, "words": None, "N_": None}


def said() -> set[str]:
    """Every message in the sources."""
    found = set()
    for package in ("bot", "handlers"):
        for _, _, message, _, _ in extract_from_dir(str(ROOT / package), keywords=KEYWORDS):
            found.add(str(message))
    return found


def catalogue() -> dict[str, str]:
    with PO.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_is_translated_and_none_is_left_over() -> None:
    assert said() == set(catalogue())
    assert [message for message, translation in catalogue().items() if not translation] == []


def test_translations_have_the_same_names_to_fill_in() -> None:
    assert {m: t for m, t in catalogue().items() if fields(m) != fields(t)} == {}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with PO.open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file))

    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_persian_is_the_house_language_and_writes_its_own_digits() -> None:
    assert words("fa")("Approved.") == "تأیید شد."
    assert words("de")("Approved.") == "تأیید شد."
    assert words("en")("Approved.") == "Approved."
    assert words("fa")("Approved: version {version}", version=12) == "تأییدشده: نسخهٔ ۱۲"


def test_an_english_line_that_begins_with_a_persian_name_runs_from_left_to_right() -> None:
    say = words("en")
    assert say("{channel} is connected.", channel="خبر") == "\u200eخبر is connected."
    assert say("{channel} is connected.", channel="News") == "News is connected."
    assert say("The queue of {channel}", channel="خبر") == "The queue of خبر"


def test_a_number_and_the_words_beside_it_agree() -> None:
    message = "{count} {count:post is on its|posts are on their} way."
    assert words("en")(message, count=1) == "1 post is on its way."
    assert words("en")(message, count=0) == "0 posts are on their way."
    assert words("en")(message, count=12000) == "12,000 posts are on their way."
    assert words("fa")(message, count=1) == "۱ پست در راه است."


def test_no_english_message_has_a_plural_behind_a_number_that_may_be_one() -> None:
    countable = r"\{count\} (posts|channels|stories|repairs|turns)\b"
    assert [message for message in catalogue() if re.search(countable, message)] == []


def test_a_commands_sign_stays_at_its_front_in_persian() -> None:
    assert "\u200e/help" in words("fa")("All commands: /help")
    assert "\u200e@name" in words("fa")("That channel is not connected. Use /connect @name.")
    assert words("en")("All commands: /help") == "All commands: /help"


def leaves(kind: type[MonadiError]) -> list[type[MonadiError]]:
    below = [leaf for sub in kind.__subclasses__() for leaf in leaves(sub)]
    return below or [kind]


MADE: dict[type[MonadiError], list[MonadiError]] = {
    errors.CopyTooLong: [errors.CopyTooLong(5)],
    errors.PastTime: [errors.PastTime("دیروز", NOON)],
    errors.FarTime: [errors.FarTime("۱۵۰۰", NOON)],
    errors.NotAllowed: [errors.NotAllowed(Role.EDITOR, Role.OWNER)],
    errors.NotFound: [
        errors.NotFound(what)
        for what in (
            "article",
            "post",
            "channel",
            "slot",
            "button",
            "version",
            "person",
            "knock",
            "invitation",
            "room for invitations",
        )
    ],
    errors.WrongState: [errors.WrongState(ArticleState.SPIKED)],
    errors.ChannelTrouble: [errors.ChannelTrouble(reason, "خبر") for reason in TROUBLES],
    errors.Contradiction: [errors.Contradiction(reason) for reason in CONTRADICTIONS],
    errors.NotMoved: [errors.NotMoved(reason) for reason in NOT_MOVED],
    errors.Embargoed: [errors.Embargoed(NOON)],
    errors.FetchError: [errors.FetchError(reason) for reason in UNFETCHED],
    errors.PageError: [errors.PageError(reason) for reason in UNREAD],
    errors.Claimed: [errors.Claimed("ادیب", NOON)],
    errors.Flooded: [errors.Flooded("x", 3)],
    errors.ChatMoved: [errors.ChatMoved("x", 3)],
}


def made(kind: type[MonadiError] | None) -> list[MonadiError | None]:
    """Errors of a kind; None is a fault of ours."""
    if kind is None or kind in MADE:
        return [*MADE[kind]] if kind else [None]
    takes_text = issubclass(kind, errors.TypedTimeError | errors.SendError | errors.StorageError)
    return [kind("x") if takes_text else kind()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*leaves(MonadiError), None])
def test_every_error_has_a_sentence(kind: type[MonadiError] | None, language: str) -> None:
    if kind in {errors.ConfigError, UpgradeFailed}:
        return  # told on the command line, with their places
    for error in made(kind):
        sentence = explained(error, words(language), zone="Asia/Tehran", person_id=7)

        assert len(sentence) > 10
        assert "{" not in sentence


def test_the_menu_and_the_help_are_one_table() -> None:
    from bot.news.model import Staff

    for roles in ({Role.REPORTER}, {Role.CHANNEL_ADMIN}, set(Role)):
        who = Staff(id=1, name="", roles=frozenset(roles), language="fa")
        _, params = menu_call(who)

        assert [c["command"] for c in params["commands"]] == [c.name for c in for_roles(roles)]
        assert all(3 <= len(c["description"]) <= 256 for c in params["commands"])
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
