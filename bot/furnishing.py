"""What a newsroom is made with, read from its settings. Wiring."""

from functools import partial

from telegram import Bot

from bot.clock import Clock
from bot.config import Settings
from bot.delivery.lease import Tenure, always
from bot.delivery.pacing import Pace
from bot.delivery.publisher import Publisher
from bot.delivery.sending import Reports
from handlers.people import guide
from handlers.plan import lateness
from handlers.posts import alarms, reports
from handlers.talk import House
from storage import Storage


def house_of(settings: Settings) -> House:
    """What all conversations share."""
    return House(
        language=settings.language,
        time_zone=settings.time_zone,
        look=settings.first_look(),
        style=settings.style.house_style(),
        urgent=settings.urgent.rules(),
        pages=settings.intake.pages,
        assistant=bool(settings.assistant.url),
        asks_per_hour=settings.assistant.asks_per_hour,
        names=settings.staff.names,
        groups=frozenset(settings.desk.groups),
        leaves=settings.desk.leave_other_groups,
        owners=frozenset(settings.staff.owner),
        board=settings.server.board_url,
    )


def publisher_of(
    settings: Settings, bot: Bot, storage: Storage, clock: Clock, tenure: Tenure | None
) -> Publisher:
    """Who brings posts out, and whom it tells of what became of them."""
    house = house_of(settings)
    return Publisher(
        bot=bot,
        storage=storage,
        clock=clock,
        pace=Pace(settings.pacing.limits()),
        reports=Reports(
            settled=reports.report,
            sent=guide.FirstPost(told=reports.sent, house=house),
            late=lateness.summarise,
            changed=reports.changed,
            shut_out=partial(alarms.shut_out, zone=house.time_zone),
            set_back=alarms.set_back,
        ),
        may_publish=tenure.holds if tenure else always,
        groups=settings.desk.groups,
    )
