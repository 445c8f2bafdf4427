"""Which story a card is of, by the buttons under it. Knows no verb."""

from telegram import InlineKeyboardMarkup


def story_under(markup: InlineKeyboardMarkup | None) -> int:
    """The story of the card that has these buttons; 0 where it is no card."""
    for row in markup.inline_keyboard if markup else ():
        for each in row:
            verb, _, rest = str(each.callback_data or "").partition(":")
            number = rest.partition(":")[0]
            if (verb.startswith("story.") or verb == "open") and number.isascii() and number.isdecimal():
                return int(number[:15])
    return 0
