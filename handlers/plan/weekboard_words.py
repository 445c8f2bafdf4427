"""The words of the page around the week board, by the short names that it knows them by."""

from collections.abc import Mapping

from bot.words import N_, Words

_WORDS = {
    "board": N_("Week board"),
    "channel": N_("Channel"),
    "weeks": N_("Weeks"),
    "days": N_("Days of the week"),
    "held": N_("held"),
    "held_empty": N_("Drop a post here to hold it back."),
    "free": N_("free slot"),
    "shut": N_("closed slot"),
    "move": N_("Move to…"),
    "move_it": N_("Move “{headline}” to…"),
    "see": N_("👁 See it"),
    "ready": N_("Approved, without a time here"),
    "hold": N_("Hold it back"),
    "other_time": N_("Another time"),
    "day": N_("Day"),
    "hour": N_("Hour"),
    "go": N_("Move it there"),
    "close": N_("Close"),
    "undo": N_("↶ Undo"),
    "leave": N_("Sign out"),
    "empty_day": N_("No slot and no post."),
    "swap": N_("Exchange its time with “{headline}”"),
    "not_reached": N_("The server can't be reached. What you see may be old."),
    "again": N_("Try again"),
    "today": N_("today"),
    "holiday": N_("public holiday"),
    "help": N_("Drag a post, or press “Move to…” on it."),
}
_AT_THE_DOOR = {
    "opening": N_("The week board is being opened…"),
    "shut_door": N_("This opens from the bot only: send it /week and press the button there."),
    "no_script": N_("The week board needs JavaScript."),
    "not_yours": N_("Whoever plans posts opens it: channel admins and owners."),
    "board": N_("Week board"),
    "not_reached": N_("The server can't be reached. What you see may be old."),
    "again": N_("Try again"),
}


def page_words(say: Words) -> Mapping[str, str]:
    """Those of the page; braces in them are filled there."""
    return {name: say(words) for name, words in _WORDS.items()}


def door_words(say: Words) -> Mapping[str, str]:
    """Those that are said before anybody is known."""
    return {name: say(words) for name, words in _AT_THE_DOOR.items()}
