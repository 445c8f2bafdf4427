"""A card's page "more": the way back, on which terms a story goes out, what is rarely done to it.

A thing more is a line more in `WAYS`.
"""

from dataclasses import replace
from typing import Final

from bot.desk.logbook import last_edit, took_back
from bot.desk.stories import EDITABLE
from bot.line.calls import Keyboard
from bot.words import N_
from handlers.story import repairs
from handlers.story.sight import Sight, Way, back, in_rows, shown
from handlers.talk import button


def _undo(sight: Sight) -> str:
    """The way back before the last edit; where that was an undo itself, it makes the edit again."""
    again = sight.last_edit is not None and took_back(sight.last_edit)
    return sight.say("↷ Redo edit") if again else sight.say("↶ Undo edit")


def _repairs(sight: Sight) -> str:
    return sight.say("🩹 {count} {count:repair|repairs}", count=repairs.count(sight.article))


def _urgency(sight: Sight) -> str:
    return sight.say("⚡️ Urgency: {number}", number=sight.article.urgency)


def _embargo(sight: Sight) -> str:
    return sight.not_before or sight.say("🔒 Embargo")


def _outdated(sight: Sight) -> str:
    if sight.article.outdated_on:
        return sight.say("🕰 Not out of date after all")
    return sight.say("🕰 Mark as out of date")


def _comments(sight: Sight) -> str:
    count = sight.review.count
    return sight.say("💬 Comments: {count}", count=count) if count else sight.say("💬 Comment")


WAYS: Final = (
    Way(label=_comments, press="story.comments"),
    Way(label=N_("✋ Let it go"), press="story.unclaim", when=lambda sight: sight.is_mine),
    Way(label=N_("🤝 Hand it over"), press="story.hand_over", when=lambda sight: sight.is_mine),
    Way(label=_undo, press="story.undo", needs="edit", when=lambda sight: sight.last_edit is not None),
    Way(label=_repairs, press="story.repairs", needs="edit", when=lambda sight: bool(sight.article.repairs)),
    Way(
        label=N_("🕘 History"),
        press="story.history",
        needs="edit",
        when=lambda sight: sight.article.version > 1,
    ),
    Way(
        label=N_("🔗 It goes on with …"),
        press="story.follow",
        needs="edit",
        when=lambda sight: sight.article.state in EDITABLE,
    ),
    Way(label=N_("🗂 Background"), press="archive.around"),
    Way(label=_embargo, press="plan.embargo", when=lambda sight: sight.sets_terms),
    Way(
        label=N_("🔓 Lift the embargo"),
        press="plan.lift",
        when=lambda sight: sight.sets_terms and bool(sight.not_before),
    ),
    Way(label=_urgency, press="story.view", more=("urgency",), when=lambda sight: sight.sets_terms),
    Way(label=N_("ℹ️ Who and when"), press="story.status"),
    Way(label=N_("↩️ Withdraw the approval"), press="story.unapprove", needs="withdraw_approval"),
    Way(label=N_("🗑 Spike"), press="story.spike", needs="spike", style="danger"),
    Way(label=_outdated, press="story.view", more=("outdated",), needs="kill"),
    Way(
        label=N_("⛔️ Take down everywhere"),
        press="story.view",
        more=("kill",),
        needs="kill",
        style="danger",
    ),
)
"""What is undone easily first, what hurts last."""


async def page(sight: Sight) -> Keyboard:
    """The page; it holds at least who did what."""
    if "edit" in sight.may:
        log = await sight.known.log(sight.article)
        sight = replace(sight, last_edit=last_edit(log, sight.article.version))
    found = shown(WAYS, sight)
    if sight.warned:
        where = sight.where.id if sight.where else 0
        found.insert(0, button(sight.say("⚠️ What speaks against it"), "story.warning", *sight.key, where))
    return [*in_rows(found, sight.say), back(sight)]
