"""A channel's own settings: connecting it, its look, slots, rhythm, zone, holidays.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and of the other rooms `plan`, `story` and `posts`.
"""

from bot.desk.stories import APPROVERS, SCHEDULERS
from bot.words import N_
from handlers.channels import (
    connecting,
    holidays,
    look,
    look_signs,
    one_slot,
    rhythm,
    timetable,
    weekly,
    zones,
)
from handlers.tables import Answer, Command, Press

COMMANDS = (
    Command(
        name="slots",
        about=N_("the weekly times of the channels"),
        roles=SCHEDULERS,
        do=timetable.command,
    ),
    Command(
        name="look",
        about=N_("what the posts of a channel look like"),
        roles=SCHEDULERS,
        do=look.command,
    ),
    Command(
        name="connect", about=N_("connect a channel: /connect @name"), roles=SCHEDULERS, do=connecting.command
    ),
    Command(
        name="holidays",
        about=N_("the public holidays I warn of"),
        roles=SCHEDULERS | APPROVERS,
        do=holidays.command,
    ),
)

PRESSES: dict[str, Press] = {
    "channels.no_holiday": holidays.strike,
    "channels.holiday": holidays.bring_back,
    "channels.add_holiday": holidays.ask,
    "channels.slots": timetable.show,
    "channels.add_slots": weekly.days_below,
    "channels.new_slots": weekly.days,
    "channels.slot_hours": weekly.hours,
    "channels.slot_minutes": weekly.minutes,
    "channels.add_slot": weekly.add,
    "channels.type_slots": timetable.ask,
    "channels.each_slot": one_slot.every,
    "channels.week_slot": one_slot.show,
    "channels.takes": one_slot.take,
    "channels.slot_category": one_slot.ask_category,
    "channels.drop_slot": one_slot.remove,
    "channels.close_days": one_slot.close_days,
    "channels.undo_timetable": timetable.undo,
    "channels.quiet": rhythm.show_quiet,
    "channels.add_quiet": rhythm.ask_quiet,
    "channels.quiet_cut": rhythm.add_without_slots,
    "channels.drop_quiet": rhythm.remove_quiet,
    "channels.spread": rhythm.show_spread,
    "channels.spacing": rhythm.set_spacing,
    "channels.hourly": rhythm.set_hourly,
    "channels.daily": rhythm.set_daily,
    "channels.zone": zones.ask,
    "channels.zone_for": zones.choose,
    "channels.zone_to": zones.decide,
    "channels.no_channel": connecting.no_channel,
    "channels.look": look.show,
    "channels.look_page": look.turn,
    "channels.look_turn": look.toggle,
    "channels.look_piece": look.switch_piece,
    "channels.look_move": look.move_piece,
    "channels.look_copy": look.copy,
    "channels.look_post": look.send,
    "channels.undo_look": look.undo,
    "channels.look_bullet": look_signs.set_bullet,
    "channels.look_related": look_signs.set_related,
    "channels.look_ask": look_signs.ask,
    "channels.look_unsigned": look_signs.unsigned,
    "channels.look_no_button": look_signs.drop_button,
}

ANSWERS: dict[str, Answer] = {
    "holiday": holidays.answered,
    "slots": timetable.answered,
    "slotcategory": one_slot.category_answered,
    "quiet": rhythm.quiet_answered,
    "zone": zones.answered,
    "lookbullet": look_signs.bullet_answered,
    "lookrelated": look_signs.related_answered,
    "looksignature": look_signs.signature_answered,
    "lookbutton": look_signs.button_answered,
}
