"""The loops that keep the newsroom going, and by which tables each kind of work is found. Knows no work."""

TABLES: dict[str, set[str]] = {
    "pastes": {"pastes"},
    "briefs": {"briefs"},
    "questions": {"hand_edits"},  # others lapse by time
    "boards": {"boards", "posts", "channels", "slots", "recurrences", "changes"},
    "mail": {"inbox"},
    "recurring": {"recurrences", "posts", "channels"},
    "approved": {"posts", "articles"},
    "digests": {"digests", "channels"},
    "confirmations": {"confirmations", "claims"},
    "feed_items": {"feed_items"},
    "feeds": {"feeds"},
    "feed_pages": {"feed_items"},
    "members": set(),  # each day
    "offers": {"channels", "slots"},
    "errands": {"errands"},
    "notices": {"notices"},
    "cards": {"cards"},
    "proposals": {"proposals"},
    "posts": {"posts", "changes", "channels", "lease"},
    "archive": set(),  # nobody waits for it: the look once in a while is enough
}
"""What each kind of work is found by: whoever writes there makes work for it."""
LOOPS = tuple("doors desk plans notices cards proposals posts presence feeds archive errands".split())
