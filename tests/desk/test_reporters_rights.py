"""A reporter presses every button and sends every command with another's numbers: nothing of theirs comes back."""

import inspect
import itertools
import json
from datetime import timedelta

import pytest

from bot.simulator.world import World
from handlers import COMMANDS, PRESSES
from tests.newsroom import ADMIN, EDITOR, NEWS, NOON, REPORTER, House, Person, newsroom

pytestmark = pytest.mark.plays

OTHER = 106
SECRET = "نیلوفران"
THEIRS = (
    "نیلوفران فرودگاه می‌سازد\n"
    "استاندار نیلوفران روز شنبه از آغاز ساخت فرودگاه تازهٔ شهر خبر داد. کار از بهار آغاز می‌شود.\n"
    "به گفتهٔ وی، باند فرودگاه نیلوفران سه کیلومتر درازا دارد. هزینهٔ ساخت از بودجهٔ استان است."
)
OWN = (
    "کتابخانهٔ سپیدکوه باز شد\n"
    "کتابخانهٔ شهر سپیدکوه پس از یک سال بازسازی روز شنبه باز شد. سه هزار جلد کتاب تازه خریده شده است.\n"
    "مدیر کتابخانه گفت ساعت کار تا ده شب است. ورود برای همه رایگان است."
)
LATER = int((NOON + timedelta(hours=8)).timestamp()) // 60
VALUES: dict[str, tuple[object, ...]] = {
    "article_id": (1, 2),
    "version": (1, 2),
    "channel_id": (NEWS, 0),
    "page": ("plan", "now", "urgency", "kill", "main", 0),
    "field": ("headline", "lede", "key_points", "hashtags", "photo"),
    "word": (f"a1.1.{NEWS}", f"p1.{LATER}", f"a2.1.{NEWS}"),
    "minute": (LATER,),
    "what": ("pin", "delete"),
    "since": (0,),
}
"""What a button may hold, by the name of what takes it; all else are small numbers: ids of every kind."""
MOST = 8


def forgeries() -> list[str]:
    """Data for every button, with the numbers of both stories."""
    made = []
    for verb, do in PRESSES.items():
        names = [name for name in inspect.signature(do).parameters if name != "talk"]
        choices = itertools.product(*(VALUES.get(name, (1, 2, 3)) for name in names))
        made += [":".join(map(str, (verb, *values))) for values in itertools.islice(choices, MOST)]
    return made


async def busy(house: House, other: Person) -> None:
    """Two reporters' stories in the queue at the same minute; theirs comes back weekly, and is under embargo."""
    for person, copy in ((other, THEIRS), (house.reporter, OWN)):
        await person.sends(copy)
        await person.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
    await house.admin.sends("/connect @news")
    for number in (1, 2):
        await house.admin.forges(f"plan.at:{number}:1:{NEWS}:{LATER}")
    await house.admin.forges(f"plan.repeat:1:1:{NEWS}")
    await house.admin.sends("شنبه‌ها ۱۰")


async def test_nothing_of_anothers_story_comes_back_to_a_reporter() -> None:
    staff = {"reporter": [REPORTER, OTHER], "editor": [EDITOR], "channel_admin": [ADMIN]}
    world = World(frozen=True, now=NOON)
    async with newsroom(world=world, staff=staff) as house:
        other = Person(house, OTHER)
        await busy(house, other)
        heard = []
        for data in forgeries():
            heard.append((data, await house.reporter.forges(data)))
            if "✖️ بی‌خیال" in house.reporter.buttons(house.reporter.reads()[-1]):
                await house.reporter.sends("۱")  # the answer to a question that a forged press has opened
                await house.reporter.sends("/cancel")
        for command in COMMANDS:
            heard += [
                (command.name, await house.reporter.sends(f"/{command.name}{rest}"))
                for rest in ("", " 1", " @news")
            ]

        assert [data for data, said in heard if SECRET in said] == []
        assert SECRET not in json.dumps(house.reporter.reads(), ensure_ascii=False)
        assert SECRET in json.dumps(other.reads(), ensure_ascii=False)
