"""A story and its card: paste, albums, edits, repairs, terms, decisions.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and of the other rooms only `posts`.
"""

from bot.desk.stories import WRITERS
from bot.news.model import Role
from bot.words import N_
from handlers.story import (
    decisions,
    editing,
    full_text,
    headline,
    history,
    media,
    parts,
    proposing,
    remark_pages,
    repairs,
    sentences,
    spelling,
    switches,
    tagging,
    urgent,
    warnings,
    withdrawing,
)
from handlers.tables import Answer, Command, Press

COMMANDS = (
    Command(
        name="style",
        about=N_("how the newsroom spells"),
        roles=frozenset({Role.OWNER}),
        do=spelling.command,
    ),
    Command(
        name="history",
        about=N_("what a story was, and who changed what"),
        roles=WRITERS,
        do=history.command,
    ),
)

PRESSES: dict[str, Press] = {
    "story.status": decisions.status,
    "story.submit": decisions.submit,
    "story.approve": decisions.approve,
    "story.approve_urgent": decisions.approve_urgent,
    "story.tags": tagging.take_all,
    "story.tag": tagging.toggle,
    "story.request_changes": decisions.request_changes,
    "story.edit": editing.ask,
    "story.switches": switches.show,
    "story.switch": switches.choose,
    "story.write": parts.ask,
    "story.list": parts.show,
    "story.list_page": parts.turn,
    "story.part": parts.look,
    "story.part_move": parts.move,
    "story.part_drop": parts.remove,
    "story.part_undo": parts.undo,
    "story.sentences": sentences.show,
    "story.sentence": sentences.take,
    "story.history": history.show,
    "story.history_page": history.turn,
    "story.version": history.look,
    "story.compare": history.compare,
    "story.compare_with": history.choose,
    "story.restore": history.restore,
    "story.take_title": headline.take,
    "story.approve_title": decisions.approve_with_headline,
    "story.undo": decisions.undo,
    "story.correct": decisions.correct,
    "story.correct_dated": remark_pages.correct,
    "story.outdate": remark_pages.outdate,
    "story.kill": decisions.kill,
    "story.spike": withdrawing.spike,
    "story.spike_sure": withdrawing.spike_surely,
    "story.unspike": withdrawing.unspike,
    "story.unapprove": withdrawing.unapprove,
    "story.unapprove_sure": withdrawing.unapprove_surely,
    "story.view": decisions.view,
    "story.text": full_text.show,
    "story.text_page": full_text.turn,
    "story.warning": warnings.tell,
    "story.media_to": media.to_story,
    "story.media_elsewhere": media.elsewhere,
    "story.urgency": urgent.set_urgency,
    "story.urgent": urgent.ask,
    "story.urgent_yes": urgent.confirm,
    "story.urgent_no": urgent.refuse,
    "story.repairs": repairs.show,
    "story.repairs_page": repairs.turn,
    "story.unmend": repairs.take_back,
    "story.unmend_all": repairs.take_back_all,
    "story.never_mend": repairs.never_again,
    "story.style": spelling.choose,
    "story.propose": proposing.ask,
    "story.take_headline": proposing.take_headline,
    "story.take_points": proposing.take_points,
}

ANSWERS: dict[str, Answer] = {
    **{kind: editing.answer_to(kind) for kind in sorted(editing.KINDS)},
    "part": parts.answered,
}
