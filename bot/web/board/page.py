"""The week board as HTML: a page without anything of anybody, and the week that is put into it."""

from html import escape

from bot.web.board.sheet import Card, Choice, Day, Place, PlaceKind, Sheet

_META = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'


def shell(words: dict[str, str], assets: dict[str, str]) -> str:
    """The page around; `assets` are addresses of its script and style, by their names."""
    lang = words["lang"]
    said = {name: _text(words[name]) for name in words}
    data = " ".join(
        f'data-{name.replace("_", "-")}="{said[name]}"' for name in sorted(said) if name != "lang"
    )
    return (
        f'<!doctype html><html lang="{lang}" dir="{_direction(lang == "fa")}"><head>{_META}'
        f'<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>{said["board"]}</title>'
        f'<link rel="stylesheet" href="{assets["board.css"]}">'
        f'<script src="{assets["sortable.min.js"]}" defer></script>'
        f'<script src="{assets["theme.js"]}" defer></script>'
        f'<script src="{assets["board.js"]}" defer></script></head>'
        f'<body {data}><main id="board"><p class="door" role="status">{said["opening"]}</p></main>'
        f'<noscript><p class="door">{said["no_script"]}</p></noscript></body></html>'
    )


def week(sheet: Sheet) -> str:
    """What stands in the page: the head, the days, what is held."""
    words = sheet.words
    notes = "".join(f'<p class="note">{_text(note)}</p>' for note in sheet.notes)
    strip = "".join(_tab(day) for day in sheet.days)
    days = "".join(_day(day, sheet) for day in sheet.days)
    said = " ".join(f'data-{name.replace("_", "-")}="{_text(words[name])}"' for name in sorted(words))
    return (
        f'<div class="sheet" lang="{sheet.lang}" dir="{_direction(sheet.rtl)}" '
        f'data-channel="{sheet.channel}" data-week="{sheet.week}" {said}>{_head(sheet)}{notes}'
        f'<p class="help" id="help">{_text(words["help"])}</p>'
        f'<nav class="strip" aria-label="{_text(words["days"])}">{strip}</nav>'
        f'<div class="days">{days}</div><div class="trays">{_ready(sheet)}{_tray(sheet)}</div></div>'
    )


def _head(sheet: Sheet) -> str:
    words = sheet.words
    options = "".join(
        f'<option value="{each.value}"{" selected" if each.here else ""}>{_text(each.said)}</option>'
        for each in sheet.channels
    )
    weeks = "".join(_week_button(each) for each in sheet.weeks)
    return (
        f'<header><h1>{_text(sheet.title)}</h1><label class="channel"><span>{_text(words["channel"])}</span>'
        f'<select id="channel">{options}</select></label>'
        f'<nav class="weeks" aria-label="{_text(words["weeks"])}">{weeks}</nav>'
        f'<button type="button" class="plain" id="leave">{_text(words["leave"])}</button></header>'
    )


def _week_button(each: Choice) -> str:
    here = ' aria-current="true"' if each.here else ""
    return (
        f'<button type="button" class="plain" data-to-week="{each.value}"{here}>{_text(each.said)}</button>'
    )


def _tab(day: Day) -> str:
    marks = " today" * day.today + " off" * bool(day.off)
    full = sum(place.card is not None for place in day.places)
    dots = f'<span class="dots" aria-hidden="true">{"•" * min(full, 4)}</span>'
    return (
        f'<button type="button" class="tab{marks}" data-tab="{day.key}" aria-pressed="false">'
        f"<span>{_text(day.weekday)}</span> <b>{_text(day.number)}</b>{dots}</button>"
    )


def _day(day: Day, sheet: Sheet) -> str:
    marks = " today" * day.today + " past" * day.past + " off" * bool(day.off)
    title = f"{day.weekday} {day.number} {day.month}"
    off = f'<p class="holiday">{_text(sheet.words["holiday"])}: {_text(day.off)}</p>' if day.off else ""
    if day.today:
        off = f'<p class="is-today">{_text(sheet.words["today"])}</p>{off}'
    places = "".join(_place(place, title, sheet) for place in day.places)
    if not places:
        places = f'<li class="none">{_text(sheet.words["empty_day"])}</li>'
    other = "" if day.past else _other(day, title, sheet)
    return (
        f'<section class="day{marks}" data-day="{day.key}" aria-label="{_text(title)}">'
        f"<h2><span>{_text(day.weekday)}</span> <b>{_text(day.number)}</b> "
        f"<span>{_text(day.month)}</span></h2>"
        f'{off}<ol class="places">{places}</ol>{other}</section>'
    )


def _other(day: Day, title: str, sheet: Sheet) -> str:
    said = _text(sheet.words["other_time"])
    return (
        f'<div class="place other" data-key="{day.key}" data-title="{_text(title)}" '
        f'data-kind="other"><span class="hour">{said}</span><div class="drop"></div></div>'
    )


def _place(place: Place, title: str, sheet: Sheet) -> str:
    if place.kind in {PlaceKind.QUIET, PlaceKind.MORE}:
        return f'<li class="place {place.kind}"><span class="hour">{_text(place.hour)}</span></li>'
    said = {
        PlaceKind.FREE: sheet.words["free"],
        PlaceKind.SHUT: sheet.words["shut"],
        PlaceKind.KEPT: "",
        PlaceKind.POST: "",
    }[place.kind]
    about = " · ".join(filter(None, (said, place.note)))
    card = _card(place.card, sheet) if place.card else ""
    told = f'<span class="about">{_text(about)}</span>' if about else ""
    hour = f'<span class="hour">{_text(place.hour)}</span>'
    return (
        f'<li class="place {place.kind}" data-key="{place.key}" data-kind="{place.kind}" '
        f'data-title="{_text(f"{title}، {place.hour}" if sheet.rtl else f"{title}, {place.hour}")}">'
        f'{hour}{told}<div class="drop">{card}</div></li>'
    )


def _card(card: Card, sheet: Sheet, *, hour: str = "") -> str:
    badges = [hour, *card.notes] if hour else card.notes
    notes = "".join(f'<span class="badge">{_text(note)}</span>' for note in badges)
    keys = "" if card.is_story else _key("see", f'data-see="{card.id}"', card, sheet)
    if card.free:
        keys += _key("move", f'data-move="{card.key}"', card, sheet)
    return (
        f'<article class="card {card.state}{" free" if card.free else ""}" data-post="{card.key}" '
        f'data-seen="{card.seen}"><h3 dir="{_direction(card.rtl)}">{_text(card.headline)}</h3>'
        f'<p class="state"><span class="word">{_text(card.state_word)}</span>{notes}</p>'
        f'<p class="keys">{keys}</p></article>'
    )


def _key(word: str, data: str, card: Card, sheet: Sheet) -> str:
    said = _text(sheet.words[word])
    return (
        f'<button type="button" class="key" {data} aria-haspopup="dialog" '
        f'aria-label="{said} {_text(card.headline)}">{said}</button>'
    )


def _ready(sheet: Sheet) -> str:
    if not sheet.ready:
        return ""
    said = _text(sheet.words["ready"])
    cards = "".join(_card(card, sheet) for card in sheet.ready)
    return (
        f'<section class="tray ready" aria-label="{said}"><h2>{said}</h2>'
        f'<div class="drop">{cards}</div></section>'
    )


def _tray(sheet: Sheet) -> str:
    words = sheet.words
    cards = "".join(_card(card, sheet, hour=card.hour) for card in sheet.held)
    empty = f'<p class="none">{_text(words["held_empty"])}</p>'
    return (
        f'<section class="tray place" data-key="held" data-kind="held" data-title="{_text(words["held"])}" '
        f'aria-label="{_text(words["held"])}"><h2>{_text(words["held"])}</h2>{empty}'
        f'<div class="drop">{cards}</div></section>'
    )


def _direction(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def _text(said: object) -> str:
    return escape(str(said or ""))
