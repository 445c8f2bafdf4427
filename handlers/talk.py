"""One update being answered: who speaks, what they said, and the ways to reply. Knows no verb of the desk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage

from bot.aside import worked_out_once
from bot.desk import style
from bot.desk.published import Published
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.desk.urgency import UrgentRules
from bot.line import calls
from bot.line.calls import Keyboard
from bot.line.courier import OTHERWISE
from bot.news.model import Article, Entity, Look, Message, Staff
from bot.news.posts import for_staff
from bot.news.posts.direction import right_to_left
from bot.news.posts.markup import utf16_length
from bot.news.spelling import own
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.news.talk import Card, Paste, Question
from bot.words import Words, words
from handlers import prompts
from storage import Db

LATELY = timedelta(minutes=10)
"""How far back something may have been sent that a message goes on with."""
_QUICKER = 8
"""Times as fast as a copy is read its words are found: so much more is done at once."""
NAMED = 80
"""Characters of a headline by which its story is known."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What all conversations share: the settings that show in them."""

    language: str = "fa"
    time_zone: str = "Asia/Tehran"
    look: Look = field(default_factory=Look)
    style: HouseStyle = DEFAULT
    urgent: UrgentRules = field(default_factory=UrgentRules)
    pages: bool = True  # whether a link is fetched and read
    assistant: bool = False  # whether an outside model may be asked for proposals
    asks_per_hour: int = 20  # of each person
    names: Mapping[int, str] = field(default_factory=dict)  # what people are called here, by their ids
    groups: frozenset[int] = frozenset()  # the desk's own
    leaves: bool = False  # whether all others are left
    owners: frozenset[int] = frozenset()  # who is one by the settings
    board: str = ""  # where the week board is opened; empty where it is not served


@dataclass(kw_only=True)
class Talk:
    """A conversation with one person, within one transaction."""

    db: Db
    house: House
    update: Update
    who: Staff
    now: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    answered: bool = False
    _pasted: tuple[Paste, ...] | None = None
    menus: list[Staff] = field(default_factory=list)  # whose menu of commands is another one from now on

    @cached_property
    def desk(self) -> Desk:
        return Desk(db=self.db, who=self.who, now=self.now)

    @cached_property
    def schedule(self) -> Schedule:
        return Schedule(desk=self.desk)

    @cached_property
    def published(self) -> Published:
        return Published(desk=self.desk)

    async def pasted_since(self, since: datetime) -> tuple[Paste, ...]:
        """What they have pasted whose last part came then or later, at most `LATELY`; the latest first.

        Read once: whether a message goes on with something is asked in several ways.
        """
        if self._pasted is None:
            self._pasted = await self.db.pastes.recent_of(self.who.id, self.message.date - LATELY)
        return tuple(each for each in self._pasted if each.last_part_at >= since)

    @property
    def words(self) -> Words:
        return words(self.who.language)

    @property
    def message(self) -> TelegramMessage:
        message = self.update.message or self.update.edited_message
        assert message is not None  # routed here because there is one
        return message

    @property
    def press(self) -> CallbackQuery:
        assert self.update.callback_query is not None  # routed here because there is one
        return self.update.callback_query

    @property
    def text(self) -> str:
        """What the person wrote, also under a photo, or in the text file that answers a question."""
        return for_staff.unquoted(self.text_file or self.message.text or self.message.caption or "")

    @property
    def text_file(self) -> str:
        """The text of a file that was sent as an answer; empty where there is none."""
        return str(self.facts.get("text_file") or "")

    @property
    def place(self) -> int:
        """The chat in which the person speaks."""
        chat = self.update.effective_chat
        return chat.id if chat else self.who.id

    @property
    def private(self) -> bool:
        return self.place == self.who.id

    @property
    def abroad(self) -> bool:
        """Whether others than the newsroom's own people read along here."""
        return not self.private and self.place not in self.house.groups

    @property
    def chat_id(self) -> int:
        """The chat in which the person is answered: what is unpublished stays among the staff."""
        return self.who.id if self.abroad else self.place

    @property
    def topic(self) -> int | None:
        """The topic of the desk's group in which the person speaks, where it has topics.

        A message of "General" names none, and a reply in a group without topics has a thread that is none.
        """
        spoken = self.press.message if self.update.callback_query else self.update.message
        if not isinstance(spoken, TelegramMessage) or not spoken.is_topic_message:
            return None
        return spoken.message_thread_id

    async def reply(
        self, text: str | Message, keyboard: Keyboard | None = None, *, to: int | None = None
    ) -> None:
        """Send a message to this chat, or to the private chat of `to`."""
        message = Message(text=text) if isinstance(text, str) else text
        chat_id = to or self.chat_id
        await self.post(*calls.message_call(chat_id, message, keyboard), to=chat_id)

    async def post(self, method: str, params: dict[str, Any], *, to: int | None = None) -> None:
        """Make a call that writes or changes something in this chat, or in that of `to`.

        What is written in the desk's group goes into the topic it was asked for in; where that is closed, or
        "General" is, it comes to the person in private.
        """
        chat_id = to or self.chat_id
        if chat_id != self.who.id and chat_id == self.place and method.startswith("send"):
            instead = [method, {**params, "chat_id": self.who.id}]
            thread = {} if self.topic is None else {"message_thread_id": self.topic}
            params = {**params, **thread, OTHERWISE: instead}
        await self.db.notices.add(chat_id, method, params)

    async def amend(self, text: str | Message, keyboard: Keyboard | None = None) -> None:
        """Change the message whose button was pressed (a board that people walk about in).

        A picture can't become a text: what is asked for under one comes below it.
        """
        message = Message(text=text) if isinstance(text, str) else text
        pressed = self.press.message
        if pressed is None or self.under_picture or self.abroad:
            await self.reply(message, keyboard)
            return
        await self.edit(*calls.edit_call(self.chat_id, pressed.message_id, message, keyboard))

    async def strip_pressed(self) -> None:
        """Take the buttons off the message whose button was pressed: nothing waits there any more."""
        if self.press.message is not None and not self.abroad:
            await self.edit(*calls.strip_call(self.chat_id, self.press.message.message_id))

    async def spend_pressed(self) -> None:
        """Take the pressed button off a message, and leave it the others: it does what it does once.

        A card is left alone: it is redrawn with what can be done next.
        """
        pressed = self.press.message
        markup = pressed.reply_markup if isinstance(pressed, TelegramMessage) else None
        if pressed is None or markup is None or self.abroad:
            return
        rows = [
            [one for one in row if one.callback_data != self.press.data] for row in markup.inline_keyboard
        ]
        if any(str(one.callback_data).startswith("story.view:") for row in rows for one in row):
            return
        left = [[one.to_dict() for one in row] for row in rows if row]
        await self.edit(*calls.keyboard_call(self.chat_id, pressed.message_id, left))

    async def edit(self, method: str, params: dict[str, Any]) -> None:
        """Change a message of this chat: what it has shown so far is not waited for any more."""
        await self.db.boards.drop(self.chat_id, params["message_id"])
        await self.db.notices.add(self.chat_id, method, params)

    @property
    def under_picture(self) -> bool:
        """Whether the pressed button stands under a picture or another file."""
        pressed = self.press.message
        return isinstance(pressed, TelegramMessage) and bool(pressed.effective_attachment)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answer a button: a short line at the top, or a box to be closed (at most 200 characters)."""
        if self.answered or self.update.callback_query is None:
            return
        self.answered = True
        params: dict[str, Any] = {"callback_query_id": self.press.id, "text": text[:200], "show_alert": alert}
        if text and alert:  # a box that comes too late at Telegram is a message
            params[OTHERWISE] = list(calls.message_call(self.who.id, Message(text=text)))
        await self.db.notices.add(self.who.id, "answerCallbackQuery", params)

    async def ask(
        self, kind: str, question: str | Message, *, story: Article | None = None, **about: Any
    ) -> None:
        """Put a question in private; the person's next message there answers it, also after a restart.

        It says which `story` it is of; one that was open before is dropped.
        """
        key = self.update.update_id
        await self.close_question()
        asked = Question(
            chat_id=self.who.id,
            person_id=self.who.id,
            kind=kind,
            about={**about, "key": key},
            asked_at=self.now,
        )
        await self.db.questions.ask(asked)
        keyboard = [[button(self.words("✖️ Never mind"), "cancel", key)]]
        message = Message(text=question) if isinstance(question, str) else question
        await self.prompt(_under(story, message), keyboard, key, {"question": kind})
        if not self.private:
            await self.answer(self.words("I have asked you in our private chat."), alert=True)

    async def prompt(
        self,
        message: Message,
        keyboard: Keyboard,
        key: int,
        about: dict[str, Any],
        *,
        lasts: timedelta = prompts.LASTS,
    ) -> None:
        """Send in private what waits for a press, until it is closed or has lapsed."""
        until = self.now + lasts
        await prompts.send(self.db, self.who.id, (message, keyboard), key=key, about=about, until=until)

    async def open_question(self) -> Question | None:
        """The question to this person that is not closed; it may have lapsed (`is_lapsed`)."""
        return await self.db.questions.open(self.who.id, self.who.id)

    def is_lapsed(self, question: Question) -> bool:
        """Whether the person has done something else since, or too much time has gone by."""
        return bool(question.about.get("lapsed")) or question.asked_at + prompts.LASTS <= self.now

    async def lapse_question(self, question: Question) -> None:
        """The person does something else: what they write next need not be the answer."""
        await prompts.close(self.db, self.who.id, int(question.about["key"]))
        await self.db.questions.ask(replace(question, about={**question.about, "lapsed": True}))

    async def close_question(self) -> bool:
        """The open question is answered, or has become pointless; False if there was none."""
        question = await self.open_question()
        if question is None:
            return False
        await prompts.close(self.db, self.who.id, int(question.about["key"]))
        return await self.db.questions.close(self.who.id, self.who.id)

    async def style(self, copy: str = "") -> HouseStyle:
        """How the newsroom spells today, with what its stories have settled of the words of this copy."""
        now = style.decided(self.house.style, await self.db.styles.all())
        if not copy:
            return now
        letters = worked_out_once(own.asked, len(copy) // _QUICKER, copy)
        return replace(now, own=own.decided(await self.db.spellings.of(letters)))

    async def show_card(self, article_id: int, view: str = "main", *, anew: bool = False) -> None:
        """Show an article in this person's private chat, or bring its card there up to date."""
        if anew:
            await show_anew(self.db, article_id, self.who, view=view)
        else:
            await self.db.cards.show(article_id, self.who.id, view=view)


async def show_anew(
    db: Db, article_id: int, *people: Staff, view: str = "main", cards: Collection[Card] | None = None
) -> None:
    """Show a story's card at the bottom of people's chats, and take the one above away.

    What is older than 48 hours no bot may delete (Bot API, `deleteMessages`): it keeps the way to that.
    `cards` are the story's, where they are at hand.
    """
    there = await db.cards.of_article(article_id) if cards is None else cards
    above = {card.chat_id: card for card in there if card.message_ids}
    taken = []
    for person in people:
        if person.id in above:
            say = words(person.language)
            way = [[button(say("⬇️ Its card is further down"), "open", article_id)]]
            ids = above[person.id].message_ids
            old = list(calls.keyboard_call(person.id, ids[-1], way))
            gone = {"chat_id": person.id, "message_ids": list(ids), OTHERWISE: old}
            taken.append((person.id, "deleteMessages", gone))
    await db.notices.add_all(taken)
    await db.cards.show_anew(article_id, [person.id for person in people], view=view)


def _under(story: Article | None, message: Message) -> Message:
    """The message with a line above it that names its story."""
    if story is None:
        return message
    line = called_by(story) + "\n"
    moved = tuple(replace(entity, offset=entity.offset + utf16_length(line)) for entity in message.entities)
    return replace(message, text=line + message.text, entities=moved)


def called_by(story: Article) -> str:
    """A story as a line names it."""
    return "📄 " + for_staff.quoted(for_staff.shortened(story.headline, NAMED))


def button(text: str, *data: object) -> dict[str, Any]:
    """A button that calls back with `data` joined by colons (at most 64 bytes, Telegram's limit)."""
    return {"text": text, "callback_data": ":".join(map(str, data))}


def in_reading_order(row: Sequence[dict[str, Any]], say: Words) -> list[dict[str, Any]]:
    """Buttons as they are read: Telegram sets them from left to right in every language."""
    return list(row[::-1] if right_to_left(say.language) else row)


def titled(title: str, body: str) -> Message:
    """A message with a bold first line."""
    bold = Entity(type="bold", offset=0, length=utf16_length(title))
    return Message(text=f"{title}\n{body}" if body else title, entities=(bold,))
