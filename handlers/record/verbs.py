"""The verbs of the record in people's words. Knows no verb's effect."""

from bot.news.talk import AuditEntry
from bot.words import N_, Words

_NAMES = {
    "write": N_("a new story"),
    "rewrite": N_("the copy has arrived whole"),
    "edit": N_("edited"),
    "restore": N_("an earlier version brought back"),
    "submit": N_("handed in to the editors"),
    "approve": N_("approval given"),
    "withdraw_approval": N_("approval withdrawn"),
    "request_changes": N_("changes asked for"),
    "spike": N_("put aside"),
    "unspike": N_("brought back from the spike"),
    "correct": N_("correction published"),
    "kill": N_("taken down everywhere"),
    "embargo": N_("embargo set"),
    "lift_embargo": N_("embargo lifted"),
    "schedule": N_("scheduled"),
    "move": N_("given another time"),
    "earlier": N_("moved up in the queue"),
    "later": N_("moved down in the queue"),
    "swap": N_("two posts swapped"),
    "cancel": N_("taken out of the queue"),
    "release": N_("let go out"),
    "hold": N_("held back"),
    "publish_urgent": N_("published as urgent"),
    "push_back": N_("pushed back by an urgent story"),
    "ask_urgent": N_("asked for urgent publication"),
    "send_again": N_("sent again"),
    "confirm_sent": N_("confirmed as sent"),
    "drop": N_("dropped"),
    "decide_late": N_("decided on what was late"),
    "pin": N_("pinned"),
    "unpin": N_("unpinned"),
    "take_down": N_("taken down"),
    "withdraw": N_("withdrawn"),
    "retry": N_("tried again"),
    "keep": N_("left standing"),
    "set_after": N_("what becomes of it afterwards was set"),
    "keep_by_hand": N_("an edit by hand was kept"),
    "undo_by_hand": N_("an edit by hand was undone"),
    "repeat": N_("comes back every week"),
    "end_repeat": N_("comes back no more"),
    "end_repeat_on": N_("comes back until a day"),
    "other_text": N_("another text for one turn"),
    "usual_text": N_("the usual text again"),
    "digest_on": N_("digest switched on"),
    "digest_off": N_("digest switched off"),
    "digest": N_("a digest was made"),
    "pause": N_("channel paused"),
    "resume": N_("channel goes on"),
    "go_on": N_("publishing goes on"),
    "connect": N_("channel connected"),
    "add_slots": N_("slots added"),
    "remove_slots": N_("slots removed"),
    "set_kind": N_("kind of a slot set"),
    "add_quiet": N_("quiet hours added"),
    "remove_quiet": N_("quiet hours removed"),
    "set_spacing": N_("spacing set"),
    "set_most": N_("limit set"),
    "set_max_lateness": N_("how late a post may be was set"),
    "set_zone": N_("time zone set"),
    "holiday": N_("holiday set"),
    "style": N_("house style changed"),
    "give_role": N_("role given"),
    "take_role": N_("role taken"),
    "remove_person": N_("person removed"),
    "invite": N_("invited"),
    "redeem_invitation": N_("invitation used"),
    "revoke_invitation": N_("invitation revoked"),
    "turn_away": N_("turned away"),
    "erase_person": N_("person forgotten"),
    "token_new": N_("token made"),
    "token_revoke": N_("token revoked"),
    "feed_add": N_("feed added"),
    "feed_remove": N_("feed removed"),
    "feed_pause": N_("feed paused"),
    "feed_resume": N_("feed goes on"),
    "feed_way": N_("what becomes of a feed was set"),
    "feed_rules": N_("rules of a feed set"),
    "export_record": N_("record exported"),
}
_BACK = {"undo": N_("undone"), "redo": N_("done again")}


def named(entry: AuditEntry, say: Words) -> str:
    """What was done; a verb that has no words here goes by its own name."""
    if entry.verb in _NAMES:
        return say(_NAMES[entry.verb])
    sign, _, what = entry.verb.partition("_")
    if sign in _BACK:
        back = say(_BACK[sign])
        return f"{back}: {say(_NAMES[what])}" if what in _NAMES else back
    return entry.verb.replace("_", " ")
