"""Albums as people send and see them, for the tests of what becomes of them."""

from typing import Any

from bot.news.model import Article, ArticleState
from tests.newsroom import COPY, House, Person

HEADLINE = "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
OTHER = "تیم والیبال دریابار قهرمان شد\nتیم والیبال دریابار جام ساحلی را برد و به خانه بازگشت."


def send_album(person: Person, count: int, words: str = COPY, *, album: str = "a7", under: int = 0) -> None:
    """As Telegram's apps do it: as many messages, the words under one of them."""
    for number in range(count):
        caption = words if number == under else ""
        person.phone.send(caption, photo=f"{album}-{number}.jpg", media_group_id=album)


async def sends_album(person: Person, count: int, words: str = COPY, **more: Any) -> None:
    send_album(person, count, words, **more)
    await person.house.settles()
    await person.house.passes(3)


def photos_sent(person: Person) -> list[str]:
    """The file ids of the photos that the person has sent, in their order."""
    return [
        message["photo"][-1]["file_id"]
        for message in person.reads()
        if "photo" in message and message["from"]["id"] == person.id
    ]


def album_in(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest album among the messages that the bot has written."""
    groups = [m["media_group_id"] for m in messages if "media_group_id" in m and not from_person(m)]
    return [message for message in messages if groups and message.get("media_group_id") == groups[-1]]


def from_person(message: dict[str, Any]) -> bool:
    return "from" in message and message["from"]["id"] == message["chat"]["id"]


def file_ids(messages: list[dict[str, Any]]) -> list[str]:
    return [message["photo"][-1]["file_id"] for message in messages]


async def story(house: House, *states: ArticleState) -> Article:
    async with house.newsroom.storage.begin() as db:
        (article,) = await db.articles.in_states(*(states or (ArticleState.DRAFT,)))
    return article


async def publish(house: House) -> None:
    """The story that is a draft goes all the way into the channel."""
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("تأیید")
    await house.admin.sends("/connect @news")
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("همین حالا")
    await house.admin.presses("بله، همین حالا")


async def long_story(house: House, photos: int) -> None:
    """More words than a caption holds: the reporter sends them beside the album."""
    points = "\n".join(f"- نکتهٔ {n}: " + "این نکته بلند است و " * 6 + "تمام." for n in "۰۱۲۳۴۵۶۷۸۹")
    house.reporter.phone.send(f"{COPY}\nنکته‌های این خبر:\n{points}")
    await sends_album(house.reporter, photos, "")
