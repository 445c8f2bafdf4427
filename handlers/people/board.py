"""`/staff`: who works here, what each may do, and how that is changed. Knows no stranger."""

from bot.desk import people
from bot.desk.people import Hanging
from bot.desk.rights import OWNERS
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Message, Role, Staff
from bot.news.posts import for_staff
from bot.words import N_, Words
from handlers import prompts
from handlers.paging import SIZE, page_of, turning
from handlers.people import roles
from handlers.phrases import ROLES
from handlers.talk import Talk, button, titled


async def command(talk: Talk, rest: str) -> None:
    """`/staff`, for owners."""
    del rest
    await talk.reply(*await _everybody(talk, 0), to=talk.who.id)


async def show(talk: Talk, page: int) -> None:
    await talk.amend(*await _everybody(talk, page))
    await talk.answer()


async def _everybody(talk: Talk, number: int) -> tuple[Message, Keyboard]:
    say = talk.words
    everybody = await people.everybody(talk.desk)
    page = page_of(number, len(everybody))
    here = everybody[page.skip : page.skip + SIZE]
    lines = [f"• {shown(talk, each)} — {await roles.in_words(talk.db, each, say)}" for each in here]
    rows: Keyboard = [[button(f"👤 {shown(talk, each)}", "people.one", each.id)] for each in here]
    rows += turning(say, page, "people.list")
    rows.append(
        [button(say("➕ Add somebody"), "people.add"), button(say("🔗 Invitation link"), "people.invite")]
    )
    waiting, invited = await talk.db.knocks.count_open(), await talk.db.invitations.count(talk.now)
    if waiting:
        rows.append([button(say("🚪 Who asks to work here: {count}", count=waiting), "people.knocks", 0)])
    if invited:
        rows.append([button(say("✉️ Open invitations: {count}", count=invited), "people.invitations")])
    title = say("Who works here: {count}", count=len(everybody))
    return titled(title, "\n".join(lines)), rows


def shown(talk: Talk, who: Staff) -> str:
    """A name for the owners: the settings', or their own; of who has never written only the id is known."""
    name = talk.house.names.get(who.id) or for_staff.name(who.name)
    return name or str(talk.words("not written yet ({id})", id=str(who.id)))


async def one(talk: Talk, person_id: int) -> None:
    """Somebody's page."""
    await talk.amend(*await page_of_person(talk, await people.person(talk.desk, person_id)))
    await talk.answer()


async def page_of_person(talk: Talk, who: Staff) -> tuple[Message, Keyboard]:
    say = talk.words
    lines = [await roles.in_words(talk.db, who, say), say("Telegram id: {id}", id=str(who.id))]
    if who.roles and not await talk.db.staff.has_met(who.id):
        lines.append(say("They have not pressed Start in my chat yet: until then I can't write to them."))
    if who.id in talk.house.owners:
        lines.append(
            say("Stands in the settings as an owner, and is one again with each start; strike it there.")
        )
    rows: Keyboard = [
        [button(f"{'✅' if role in who.roles else '▫️'} {say(ROLES[role]).capitalize()}", *_way(who, role))]
        for role in Role
    ]
    if await roles.several_channels(talk):
        rows.insert(3, [button(say("📣 Channel admin: of which channels?"), "people.where", who.id, 0)])
    if who.roles:
        rows.append([button(say("🚫 Remove"), "people.remove", who.id)])
    rows.append([button(say("‹ Back"), "people.list", 0)])
    return titled(f"👤 {shown(talk, who)}", "\n".join(lines)), rows


def _way(who: Staff, role: Role) -> tuple[object, ...]:
    return "people.take" if role in who.roles else "people.give", who.id, role.value


async def where(talk: Talk, person_id: int, number: int) -> None:
    """Of which channels somebody is an admin: of all, or of those that are ticked."""
    who, say = await people.person(talk.desk, person_id), talk.words
    page = page_of(number, await talk.db.channels.count())
    everywhere = Role.CHANNEL_ADMIN in who.roles and who.channels is None
    rows = [[button(f"{'✅' if everywhere else '▫️'} {say('All channels')}", *_way_to(who, 0))]]
    for channel in await talk.db.channels.page(skip=page.skip, limit=SIZE):
        sign = "✅" if roles.of_channels(who, channel) else "▫️"
        rows.append([button(f"{sign} {channel.title}", *_way_to(who, channel.id))])
    rows += turning(say, page, "people.where", who.id)
    rows.append([button(say("‹ Back"), "people.one", who.id)])
    await talk.amend(titled(f"👤 {shown(talk, who)}", say("Channel admin of which channels?")), rows)
    await talk.answer()


def _way_to(who: Staff, channel_id: int) -> tuple[object, ...]:
    is_one = Role.CHANNEL_ADMIN in who.roles
    has = (is_one and who.channels is None) if not channel_id else channel_id in (who.channels or ())
    verb = "people.take" if has else "people.give"
    return verb, who.id, Role.CHANNEL_ADMIN.value, channel_id


def role_named(word: str) -> Role:
    """Raises NotFound where a button holds something else."""
    if word not in set(Role):
        raise NotFound("button")
    return Role(word)


async def give(talk: Talk, person_id: int, role: str, channel_id: int = 0) -> None:
    """A press on a role that somebody does not have; what takes something from them too is asked first."""
    who, given = await people.person(talk.desk, person_id), role_named(role)
    confines = bool(channel_id) and Role.CHANNEL_ADMIN in who.roles and who.channels is None
    if given is Role.OWNER or confines:
        await _ask(talk, who, "give", given, channel_id)
        return
    await _given(talk, who, given, channel_id)


async def take(talk: Talk, person_id: int, role: str, channel_id: int = 0) -> None:
    """A press on a role that somebody has."""
    await _ask(talk, await people.person(talk.desk, person_id), "take", role_named(role), channel_id)


async def remove(talk: Talk, person_id: int) -> None:
    await _ask(talk, await people.person(talk.desk, person_id), "remove", None, 0)


async def _ask(talk: Talk, who: Staff, do: str, role: Role | None, channel_id: int) -> None:
    """One question that names what hangs on somebody."""
    say, key = talk.words, talk.update.update_id
    hangs = await people.hanging_on(talk.db, who.id)
    channel = await talk.db.channels.get(channel_id) if channel_id else None
    named = say(ROLES[role]) if role else ""
    if do == "give" and role is Role.OWNER:
        title = say("Make {name} an owner?", name=shown(talk, who))
        lines = [say("An owner may do everything, also remove you.")]
    elif do == "give":
        title = say(
            "{name}: channel admin of {channel} only?", name=shown(talk, who), channel=_title(channel)
        )
        lines = _what_hangs(hangs, say)
    elif do == "take":
        named = say("channel admin of {channels}", channels=_title(channel)) if channel else named
        title = say("Shall {name} be no {role} any more?", name=shown(talk, who), role=named)
        lines = _what_hangs(hangs, say)
    else:
        title = say("Remove {name}?", name=shown(talk, who))
        lines = [
            say("From that moment they can do nothing here, not even with old buttons."),
            *_what_hangs(hangs, say),
        ]
    if do != "give" and who.id == talk.who.id:
        lines.append(say("That is you."))
    about = {"do": do, "person": who.id, "role": role and role.value, "channel": channel_id}
    rows = [
        [button(say("Yes"), "people.sure", key), button(say("✖️ Never mind"), "cancel", key)],
    ]
    await talk.prompt(titled(title, "\n".join(lines)), rows, key, {"people": about})
    await talk.answer()


def _title(channel: object) -> str:
    return str(getattr(channel, "title", ""))


_HANGS = {
    "stories": N_("• {count} {count:story|stories} of theirs not out yet; editors can take them on."),
    "posts": N_("• {count} {count:post|posts} of theirs in the queue; they go out, and other admins hear."),
    "recurrences": N_("• {count} {count:story|stories} they let come back each week; they go on."),
}


def _what_hangs(hangs: Hanging, say: Words) -> list[str]:
    return [say(text, count=count) for name, text in _HANGS.items() if (count := getattr(hangs, name))]


async def surely(talk: Talk, key: int) -> None:
    """The answer to that question."""
    talk.desk.require(OWNERS)
    pressed = talk.press.message
    waited = await prompts.close(talk.db, talk.who.id, key, but=pressed.message_id if pressed else None)
    about = next((prompt.about["people"] for prompt in waited if "people" in prompt.about), None)
    if about is None or waited[0].until <= talk.now:
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return
    who = await people.person(talk.desk, about["person"])
    match about["do"]:
        case "give":
            await _given(talk, who, Role(about["role"]), about["channel"])
        case "take":
            after = await people.take(talk.desk, who.id, Role(about["role"]), about["channel"] or None)
            await _done(talk, who, after)
        case _:
            await people.remove(talk.desk, who.id)
            await _done(talk, who, await people.person(talk.desk, who.id))


async def _given(talk: Talk, who: Staff, role: Role, channel_id: int) -> None:
    await _done(talk, who, await people.give(talk.desk, who.id, role, channel_id or None))


async def _done(talk: Talk, before: Staff, after: Staff) -> None:
    await roles.tell_change(talk, before, after)
    if after.id == talk.who.id and Role.OWNER not in after.roles:  # the board is theirs no more
        await talk.amend(
            talk.words("Done: {name}, {roles}.", name=shown(talk, after), roles=await _now(talk, after))
        )
    else:
        await talk.amend(*await page_of_person(talk, after))
    await talk.answer(talk.words("Done."))


async def _now(talk: Talk, who: Staff) -> str:
    return await roles.in_words(talk.db, who, talk.words)
