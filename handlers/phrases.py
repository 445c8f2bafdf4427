"""What each error says to a person: what happened, what is possible, in their language."""

from datetime import datetime

from bot import errors
from bot.errors import MonadiError
from bot.news.model import ArticleState, Post, PostState, Role, Staff
from bot.news.plans import slots
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.unfetched import unfetched

ROLES = {
    Role.REPORTER: N_("reporter"),
    Role.EDITOR: N_("editor"),
    Role.CHANNEL_ADMIN: N_("channel admin"),
    Role.OWNER: N_("owner"),
}


def called(person: Staff, say: Words) -> str:
    """A person's name with the role behind it, which nobody can give themselves."""
    roles = say(" and ").join(say(ROLES[role]) for role in Role if role in person.roles)
    name = for_staff.name(person.name) or str(person.id)
    return f"{name} ({roles})" if roles else name


ARTICLE_STATES = {
    ArticleState.DRAFT: N_("draft"),
    ArticleState.SUBMITTED: N_("submitted"),
    ArticleState.CHANGES_REQUESTED: N_("changes requested"),
    ArticleState.APPROVED: N_("approved"),
    ArticleState.PUBLISHED: N_("published"),
    ArticleState.CORRECTED: N_("corrected"),
    ArticleState.SPIKED: N_("spiked"),
    ArticleState.KILLED: N_("killed"),
}
POST_STATES = {
    PostState.PENDING: N_("in the queue"),
    PostState.SENDING: N_("being sent"),
    PostState.SENT: N_("sent"),
    PostState.HELD: N_("held"),
    PostState.FAILED: N_("failed"),
    PostState.CANCELED: N_("canceled"),
    PostState.UNCONFIRMED: N_("unconfirmed"),
}
REASONS = {
    "missed": N_("it missed its time while the channel was away"),
    "late": N_("its time was missed by too much"),
    "paused": N_("its time passed while the channel was paused"),
    "deleted by hand": N_("somebody has deleted it in the channel by hand"),
    "deleted": N_("it was taken down in the channel"),
    "withdrawn": N_("it was withdrawn; a dated word stands in its place"),
    "longer": N_("the new text needs more messages than the old one; take it down and post it again"),
    "other kind": N_("a text can't become a picture, nor one picture an album"),
    "album": N_("the photos of an album that is out can't be changed; take it down and post it again"),
    "gone": N_("it is not in the channel any more"),
    "by hand": N_("somebody has edited it in the channel; first say whether that stays"),
    "no id": N_("I never learnt which message there is mine; change it in the channel yourself"),
    "not out": N_("it is not in the channel"),
    "fault": N_("a fault of ours; the owner finds it in the log"),
    "killed": N_("the story was taken down"),
    "zone": N_("on the clock of the channel's new time zone its hour was over, or came too early"),
    "embargo": N_("it is under embargo"),
    "unapproved": N_("a newer version of the story waits for approval"),
    "next": N_("its next turn has come"),
    "ended": N_("it comes back no more"),
    "lost": N_("the answer was lost"),
    "crash": N_("the bot stopped while it was being sent"),
    "taken": N_("another post has its place meanwhile"),
    "spiked": N_("the story was spiked"),
    "no such version": N_("that version of the story is not there"),
    "nothing approved": N_("no version of the story is approved"),
}
"""Our own reasons for a post's state; others are Telegram's sentences."""
_REFUSALS = {
    "not enough rights": N_("I lack the right to do that there; grant it in the channel's settings"),
    "need administrator rights": N_("I lack the right to do that there; grant it in the channel's settings"),
    "message can't be edited": N_("Telegram does not let me edit that message any more"),
    "message can't be deleted": N_("Telegram does not let me delete that message any more"),
    "bot was kicked": N_("I was removed from the channel"),
    "bot is not a member": N_("I am not a member of the channel"),
    "chat not found": N_("the channel is not there any more"),
    "bot was blocked": N_("I was blocked"),
    "user is deactivated": N_("the account is not there any more"),
    "can't initiate conversation": N_("the person has never pressed Start in my chat"),
    "internal": N_("Telegram has trouble of its own; I have tried several times"),
    "group send failed": N_("Telegram has trouble with the pictures; I have tried several times"),
    "media_empty": N_("Telegram has trouble with the pictures; I have tried several times"),
    "image_process": N_("Telegram has trouble with the pictures; I have tried several times"),
    "photo_": N_("Telegram has trouble with the pictures; I have tried several times"),
    "http url content": N_("Telegram has trouble with the pictures; I have tried several times"),
}
"""What Telegram's public server says, by the words that are always in it."""
_UNKNOWN = N_("Telegram does not take it; its own words: “{sentence}”")
_STATES: dict[ArticleState | PostState, str] = dict([*ARTICLE_STATES.items(), *POST_STATES.items()])
TROUBLES = {
    "not_found": N_("I can't see {channel}. Is the name right, and am I a member there?"),
    "paused": N_("{channel} is paused: nothing goes out there until somebody lets it go on."),
    "not_yours": N_("You are a channel admin of other channels, not of {channel}."),
    "not_a_channel": N_("{channel} is not a channel."),
    "invitation": N_(
        "That is an invitation: Telegram does not tell me to which channel. Make me an administrator there "
        "and I connect it by myself, or send /connect with a link to one of its posts."
    ),
    "unreadable": N_(
        "I find no channel in “{channel}”. Send its name, /connect @name, or a link to it or to one of its "
        "posts."
    ),
    "bot_not_admin": N_(
        "I am not an administrator of {channel}. Make me one in its settings, then try again."
    ),
    "cannot_post": N_("In {channel} I lack the right to post messages. Grant it in the channel's settings."),
    "person_not_admin": N_("Only an administrator of {channel} can connect it, and you are not one there."),
}
_PLAIN: dict[type[MonadiError], str] = {
    errors.EmptyCopy: N_("There is no word in that I could make a story of. Send the copy as text."),
    errors.NotStaff: N_(
        "This is a newsroom's own bot. If you work there, ask its owner to add you: your id is {id}."
    ),
    errors.StaleCard: N_("The story has changed since. Its card now shows the newest version."),
    errors.HeadlineProposed: N_(
        "Its headline is only proposed: the copy has none. Take it or write another; then approve."
    ),
    errors.LastOwner: N_("Nobody else is an owner. Make somebody else one first."),
    errors.AlreadyPosted: N_("This story is in that channel already, or in its queue."),
    errors.NoFreeSlot: N_(
        "That channel has no free slot that this story could have. Add some with /slots, or give a time."
    ),
    errors.Unreachable: N_("Telegram can't be reached just now. Please try again in a moment."),
    **dict.fromkeys(
        (errors.Intercepted, errors.TokenRefused, errors.AnswerLost, errors.Hiccup),
        N_("Telegram can't be reached just now. Please try again in a moment."),
    ),
    errors.Flooded: N_("Telegram asks us to wait a little. Please try again in a moment."),
    **dict.fromkeys(
        (errors.StorageError, errors.DatabaseBusy),
        N_("The newsroom's database can't be written just now. Nothing was lost; try again."),
    ),
}
NOT_MOVED = {
    "first": N_("No other post comes before it."),
    "last": N_("No other post comes after it."),
    "tied": N_("Two posts have the same time there. Give one of them another time first."),
    "quiet": N_("One of the two would then be in the channel's quiet hours. Give it another time."),
    "elsewhere": N_("Those posts are in two different channels."),
    "moved": N_("It has been given another time since, so that can't be undone any more."),
    "taken": N_("Its old time has another post now, so that can't be undone. Give it another time."),
    "changed": N_("It has been changed since, so that can't be undone any more."),
    "gone out": N_("One of them has gone out already, so that can't be undone any more."),
    "paused": N_("That channel is paused already."),
    "not paused": N_("That channel is not paused any more."),
    "missed": N_("Posts have missed their time meanwhile. First say what shall become of them."),
}
CONTRADICTIONS = {
    "no_room": N_("With that all week would be quiet, and nothing could ever go out."),
    "resting": N_("In quiet hours nothing goes out, and these slots would be in them:\n{slots}"),
    "near": N_(
        "These two slots are nearer to each other than the spacing, so only one of them could be used:\n"
        "{slots}"
    ),
    "kind": N_("The channel has these slots already, for other stories; remove them first:\n{slots}"),
    "other_story": N_("That slot takes only some stories, and one of these two is none of them:\n{slots}"),
    "changed": N_("The channel's times have been changed since. Nothing is done; open /slots anew."),
    "look_changed": N_("The look has been changed since. Nothing is done; open /look anew."),
    "look_empty": N_("Without that the posts would tell nothing. Show something else of the story first."),
    "look_signs": N_(
        "Points and related titles would have the same sign; readers could not tell them apart."
    ),
    "look_sign": N_("Send one sign, such as ◾️ or –, without letters or digits."),
    "look_signature": N_("A signature is one line, of at most 200 characters."),
    "look_button": N_("I need a text of at most 40 characters, then a link: Our site https://example.com"),
    "look_buttons": N_("There are enough buttons; take one away first."),
}
_DOUBTS = {
    "calendar": N_("That looks like a calendar of many days and hours. Here I need one day and one hour."),
    "several": N_("I understood more than one time, and one story takes one. Which is meant?"),
    "empty": N_("“{text}” ends where it begins, so it holds nothing. Give another end, or name it alone."),
    "no days": N_("On which days? None is named with “{text}”."),
    "span": N_(
        "Two hours in “{text}”, or from one to the other? Two are written 8:00,12:30; for what lies between "
        "them say how often: 8 to 20 every 2 hours."
    ),
    "weekend": N_("Which days are the weekend in “{text}”? Name them, please."),
}
"""By the reason of a TypedTimeError; «weekday» has a sentence of its own."""
_MISSING = {
    "article": N_("There is no such story (any more)."),
    "person": N_("I know nobody of that name or id."),
    "knock": N_("Somebody has decided on that already."),
    "invitation": N_("That invitation is used, revoked or over."),
    "room for invitations": N_("Too many invitations are open. Revoke some first: /staff"),
    "post": N_("There is no such post (any more)."),
    "channel": N_("That channel is not connected. Use /connect @name."),
    "board link": N_("That link is used or over. Send /week for another."),
    "token": N_("That token is revoked already."),
    "feed": N_("That feed was removed."),
    "slot": N_("That slot is gone already."),
    "change": N_("That is done already, or on its way."),
    "button": N_("That button is not one of mine (any more)."),
    "version": N_("There is no earlier version."),
    "reason": N_("That takes a reason."),
    "second person": N_("There is nobody else who could confirm it. The owner can change that in [urgent]."),
}


def explained(error: MonadiError | None, say: Words, *, zone: str, person_id: int) -> str:
    """The sentence for an error; None is a fault of ours."""
    match error:
        case None:
            return say(
                "Something went wrong on our side; nothing was changed. The owner finds it in the log."
            )
        case errors.CopyTooLong():
            return say("That is more than {limit} characters, too long for one story.", limit=error.limit)
        case errors.TypedTimeError():
            return f"{unread(error, say, zone)}\n{say(EXAMPLES)}"
        case errors.FetchError() | errors.PageError():
            return unfetched(error, say)
        case errors.Claimed():
            time = calendar.show_hour(error.until, zone, say.language)
            return say(
                "{name} has this story until {time}. To go on with it, take it over on its card.",
                name=for_staff.name(error.name),
                time=time,
            )
        case errors.DeskError() if type(error) not in _PLAIN:
            return _desk(error, say, zone)
        case errors.SendError() if type(error) not in _PLAIN:
            return say("Telegram refused: {reason}", reason=error.description)
        case _:
            return say(_PLAIN[type(error)], id=str(person_id))


def _desk(error: errors.DeskError, say: Words, zone: str) -> str:
    match error:
        case errors.NotAllowed():
            names = [say(ROLES[role]) for role in Role if role in error.roles]
            roles = say(" or ").join(filter(None, [say(", ").join(names[:-1]), names[-1]]))
            return say("That takes another role: {roles}.", roles=roles)
        case errors.NotFound():
            return say(_MISSING[error.what])
        case errors.WrongState():
            return say("That can't be done now: it is {state}.", state=say(_STATES[error.state]))
        case errors.NotMoved():
            return say(NOT_MOVED[error.reason])
        case errors.Contradiction():
            return say(CONTRADICTIONS[error.reason], slots=slots.show(error.slots, say.language))
        case errors.ChannelTrouble():
            return say(TROUBLES[error.reason], channel=error.channel)
        case errors.Embargoed():
            return say(
                "It is under embargo until {time}.", time=calendar.show(error.until, zone, say.language)
            )
        case _:
            raise error  # a new kind of refusal needs a sentence here: a test names it


def unread(
    error: errors.TypedTimeError,
    say: Words,
    zone: str,
    otherwise: str = N_("I could not read “{text}” as a time."),
) -> str:
    """Why a time, a slot or quiet hours can't be taken; `otherwise`: it was not understood at all."""
    if error.reason == "weekday":
        return _another_weekday(error, say)
    if error.reason:
        return say(_DOUBTS[error.reason], text=_short(error.text))
    match error:
        case errors.PastTime():
            return say("{time} is over. Give a time ahead.", time=calendar.show(error.at, zone, say.language))
        case errors.FarTime():
            return say("{time} is more than a year ahead.", time=calendar.show(error.at, zone, say.language))
        case errors.NoSuchTime():
            return say("There is no such day or hour: “{text}”.", text=_short(error.text))
        case errors.VagueTime():
            return say(
                "“{text}” can be read in more than one way. Which hour is meant?", text=_short(error.text)
            )
        case _:
            return say(otherwise, text=_short(error.text))


def _another_weekday(error: errors.TypedTimeError, say: Words) -> str:
    """What weekday the date has that was given another."""
    assert isinstance(error, errors.VagueTime)  # the only one with that reason
    assert error.day
    weekday, _, date = calendar.show_day(error.day, say.language).partition(" ")
    return say("{date} is a {weekday}. Which is meant?", date=date, weekday=weekday)


def because(reason: str | None, say: Words) -> str:
    """Why a post or a change is as it is, in words; a sentence of Telegram's that we don't know stays."""
    if not reason:
        return ""
    for words, meaning in _REFUSALS.items():
        if words in reason.lower():
            return say(meaning)
    return say(REASONS[reason]) if reason in REASONS else say(_UNKNOWN, sentence=reason[:200])


def how_late(post: Post, now: datetime, say: Words) -> str:
    """By how much a post has missed its time: in minutes, from two hours on in hours."""
    minutes = int((now - post.due_at).total_seconds()) // 60
    if minutes >= 120:
        return say("{hours} h late", hours=minutes // 60)
    return say("{minutes} min late", minutes=minutes)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


EXAMPLES = N_("For example: tomorrow 8:30, Thursday 17:00, 1405/09/05 10:00, +2h")
SLOT_EXAMPLES = N_("For example: sat-wed 8:00,12:30,18:00 – fri 10:00")

OFTEN = {
    "Asia/Tehran": N_("Tehran"),
    "Asia/Kabul": N_("Kabul"),
    "Asia/Dushanbe": N_("Dushanbe"),
    "Asia/Dubai": N_("Dubai"),
    "Asia/Baghdad": N_("Baghdad"),
    "Europe/Istanbul": N_("Istanbul"),
    "Europe/Berlin": N_("Berlin"),
    "Europe/London": N_("London"),
    "America/Toronto": N_("Toronto"),
    "America/Los_Angeles": N_("Los Angeles"),
}
"""Zones that get a button; any other can be typed."""
