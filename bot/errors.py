"""What can go wrong, as data. The sentences people read are in the catalogues (`bot/words.py`).

MonadiError
├── CopyError
│   ├── EmptyCopy              no words in it
│   └── CopyTooLong            over the limit for one story
├── TypedTimeError             a time or a list of slots that a person typed
│   ├── NotATime               some of it was not understood
│   ├── VagueTime              a day without an hour, or an hour that may be meant twice
│   ├── NoSuchTime             30 February, ۳۰ اسفند of a common year, 25:00, an hour the zone skips
│   ├── PastTime               it is over
│   └── FarTime                more than a year ahead
├── DeskError                  the newsroom's rules say no
│   ├── NotStaff               a stranger
│   ├── NotAllowed             staff without the role for it
│   ├── Claimed                a colleague has the story
│   ├── LastOwner              nobody would be left who decides who works here
│   ├── NotFound               no such article, post, channel
│   ├── StaleCard              the button's article has changed since
│   ├── WrongState             the article or post is past that
│   ├── AlreadyPosted          this article is in that channel, or on its way there
│   ├── NoFreeSlot             the channel has no slots
│   ├── NotMoved               a post's place in the queue can't change like that
│   ├── Contradiction          new slots or quiet hours do not go with what the channel has
│   ├── ChannelTrouble         the channel can't be connected or written to
│   └── Embargoed              not before a certain time
├── FetchError                 what was to be fetched from outside can't be had
├── PageError                  a page or a file was had, but no story is in it
├── StorageError               the database is locked, full, damaged or away
│   └── DatabaseBusy               another program has it locked all the time
├── ConfigError                the configuration has faults
└── SendError                  Telegram's answers to what we send
    ├── Flooded                429: wait
    ├── Refused                a certain no; nothing was done
    │   ├── ChatGone           kicked, blocked, deleted, no rights: the chat is lost to us
    │   ├── ChatMoved          the group has a new id
    │   ├── NothingToEdit      the message is not there any more
    │   └── MethodMissing      this server does not know the method
    ├── Hiccup                 Telegram's own trouble with it: nothing was done, another try may go well
    ├── Unreachable            the request never came to Telegram: safe to try again
    │   ├── Intercepted        something in between answered instead of it
    │   └── TokenRefused       Telegram does not take the token
    └── AnswerLost             the request got out, the answer did not come: it may have been done
"""

from datetime import date, datetime

from bot.news.model import ArticleState, PostState, Role, Slot


class MonadiError(Exception):
    """The root of all errors that are meant for people."""


class CopyError(MonadiError):
    """Raw copy that can't become a story."""


class EmptyCopy(CopyError):
    """There is no word in it."""


class CopyTooLong(CopyError):
    """More than one story can hold."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"copy over {limit} characters")
        self.limit = limit


class TypedTimeError(MonadiError):
    """A time or slot list that can't be taken; `text` is what was typed, or the part that is at fault.

    `options` are times that may be meant (aware, UTC). `reason`, where the class does not say enough, is one
    of: `calendar` (many days and hours), `several` (a time for each of several posts), `weekday` (not that
    of the date), `empty` (from an hour or a day to the same), `no days` (hours without them), `span` (two
    hours, or from one to the other), `weekend` (of which week).
    """

    def __init__(self, text: str, options: tuple[datetime, ...] = (), *, reason: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.options = options
        self.reason = reason


class NotATime(TypedTimeError):
    """Some of it was not understood: `text` names the word."""


class VagueTime(TypedTimeError):
    """Understood, but it may mean several times; `day` is the date that has another weekday."""

    def __init__(
        self,
        text: str,
        options: tuple[datetime, ...] = (),
        *,
        reason: str = "",
        day: date | None = None,
    ) -> None:
        super().__init__(text, options, reason=reason)
        self.day = day


class NoSuchTime(TypedTimeError):
    """A day or an hour that does not exist."""


class PastTime(TypedTimeError):
    """It is over; `at` is what was understood, `options` what may be meant instead."""

    def __init__(self, text: str, at: datetime, options: tuple[datetime, ...] = ()) -> None:
        super().__init__(text, options)
        self.at = at


class FarTime(TypedTimeError):
    """More than a year ahead; `at` is what was understood."""

    def __init__(self, text: str, at: datetime) -> None:
        super().__init__(text)
        self.at = at


class DeskError(MonadiError):
    """The newsroom's rules say no; nothing has changed."""


class NotStaff(DeskError):
    """A stranger."""


class NotAllowed(DeskError):
    """The person lacks all of `roles`."""

    def __init__(self, *roles: Role) -> None:
        super().__init__(", ".join(roles))
        self.roles = roles


class Claimed(DeskError):
    """A colleague, known by `name`, has the story until then."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(name)
        self.name = name
        self.until = until


class LastOwner(DeskError):
    """Nobody would be left who decides who works here."""


class NotFound(DeskError):
    """There is no such article, post or channel: `what` names the noun."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class StaleCard(DeskError):
    """The button was made for an older version of the article."""


class WrongState(DeskError):
    """The article or the post is in `state`, where this can't be done."""

    def __init__(self, state: ArticleState | PostState) -> None:
        super().__init__(state.value)
        self.state = state


class HeadlineProposed(DeskError):
    """The story's headline is only our proposal; nobody has taken or replaced it yet."""


class AlreadyPosted(DeskError):
    """The article is in that channel already, or in its queue."""


class NoFreeSlot(DeskError):
    """The channel has no weekly slots."""


class NotMoved(DeskError):
    """A post's place in the queue can't change like that; `reason` is a word of ours.

    One of: `first`, `last`, `tied`, `quiet`, `elsewhere`, `moved`, `taken`, `paused`, `not paused`, `missed`,
    `gone out`, `changed`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Contradiction(DeskError):
    """What a channel is to have does not go with what it has; `slots` are in the way.

    `reason` is one of: `no_room` (all week would be quiet), `resting` (slots in quiet hours), `near` (two
    slots nearer than the spacing), `kind` (a slot is there, of another kind), `other_story` (a slot that does
    not take the story), `changed` (the channel's times have been changed since); and of its look
    `look_changed`, `look_empty`, `look_signs`, `look_sign`, `look_signature`, `look_button`, `look_buttons`
    (`bot.desk.looks`).
    """

    def __init__(self, reason: str, slots: tuple[Slot, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.slots = slots


class ChannelTrouble(DeskError):
    """A channel that can't be connected or written to; `reason` is a word of ours.

    One of: `not_found`, `not_a_channel`, `bot_not_admin`, `cannot_post`, `person_not_admin`, `paused`,
    `not_yours` (the person plans in others); or, of what somebody wrote, `invitation`, `unreadable`.
    """

    def __init__(self, reason: str, channel: str) -> None:
        super().__init__(f"{channel}: {reason}")
        self.reason = reason
        self.channel = channel


class Embargoed(DeskError):
    """Not before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class FetchError(MonadiError):
    """What was to be fetched from outside can't be had; `reason` is a word of ours.

    One of: `address` (it is none), `inside` (never fetched: it leads into our own network), `port`,
    `unknown_host`, `unreachable`, `certificate`, `slow`, `redirects` (too many), `gone` (404, 410), `closed`
    (401, 403 and the like), `status` (any other; `status` has it, `retry_after` what the server says to it),
    `kind` (of another content type, which `kind` has), `large`, `packed` (in a way we don't unpack).
    """

    def __init__(
        self, reason: str, *, status: int = 0, kind: str = "", retry_after: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.kind = kind
        self.retry_after = retry_after


class PageError(MonadiError):
    """No story can be made of what a page holds; `reason` is a word of ours.

    One of: `empty` (no text of a story), `script` (its text comes by script only), `paywall`, `language`
    (none that we read), `hard` (reading it took too long or too much), `broken` (not what it says it is),
    `kind` (no kind of file that we read), `old` (Word's, before .docx), `locked` (by a password),
    `bomb` (packed to burst), `scanned` (pictures of text).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StorageError(MonadiError):
    """The database is locked, full, damaged or away; the cause is chained."""


class DatabaseBusy(StorageError):
    """Another program has kept it locked for as long as was waited; what was tried may be tried again."""


class ConfigError(MonadiError):
    """The configuration has `faults`: (place, what is wrong) each, values left out."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("\n".join(f"{place}: {fault}" for place, fault in faults))
        self.faults = faults


class SendError(MonadiError):
    """What Telegram, or the way to it, made of a call; `description` is Telegram's own sentence."""

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class Flooded(SendError):
    """Telegram asks to wait `retry_after` seconds; nothing was done."""

    def __init__(self, description: str, retry_after: float) -> None:
        super().__init__(description)
        self.retry_after = retry_after


class Refused(SendError):
    """A certain no: nothing was done, and the same call would get the same answer."""


class ChatGone(Refused):
    """The chat is lost to the bot: kicked, blocked, deleted, or its rights were taken."""


class Unrenderable(Refused):
    """Telegram takes the words, but not in this form: entities, blocks or buttons are at fault."""


class ChatMoved(Refused):
    """The group became a supergroup with another id."""

    def __init__(self, description: str, new_id: int) -> None:
        super().__init__(description)
        self.new_id = new_id


class NothingToEdit(Refused):
    """The message to edit or delete is not there any more."""


class MethodMissing(Refused):
    """This Bot API server does not know the method."""


class Hiccup(SendError):
    """Nothing was done, by a trouble of Telegram's own: the same call may go well a little later."""


class Unreachable(SendError):
    """Nothing came to Telegram: safe to try again."""


class Intercepted(Unreachable):
    """A filter or a proxy refused it in Telegram's place."""


class TokenRefused(Unreachable):
    """Telegram does not take the token; with another one, or once it works again, all goes on."""


class AnswerLost(SendError):
    """The request was written and no answer came: Telegram may have done it."""
