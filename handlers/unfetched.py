"""Why what lies outside can't be had, in sentences: of a page, a picture, a feed."""

from bot.errors import FetchError, PageError
from bot.words import N_, Words

UNFETCHED = {
    "address": N_(
        "That is no web address that I can fetch: one begins with http:// or https:// and holds no password."
    ),
    "inside": N_(
        "That address is not on the public internet, so I don't fetch it. The owner can open a host of your "
        "own: allow_hosts in [intake] of the settings."
    ),
    "port": N_("I don't ask at that port. The owner can open it: ports in [intake] of the settings."),
    "unknown_host": N_("There is no site of that name."),
    "unreachable": N_("The site can't be reached just now."),
    "certificate": N_("The site's certificate is not right, so I don't trust what it says."),
    "slow": N_("The site took too long to answer."),
    "redirects": N_("The site sends me from one address to the next without end."),
    "gone": N_("There is nothing at that address (any more)."),
    "closed": N_("The site does not let me in: that page is for its members, or closed to bots."),
    "status": N_("The site has trouble of its own ({status}). Try again later."),
    "kind": N_("There is no page behind that address, but something else ({kind})."),
    "large": N_("What is there is too large for me."),
    "packed": N_("The site sends its pages packed in a way that I can't unpack."),
}
"""By the reason of a `FetchError`."""

UNREAD = {
    "empty": N_("I find no story's text in it."),
    "script": N_("That page shows its text by script only; I see an empty page."),
    "paywall": N_("That page shows its text to subscribers only."),
    "language": N_("It is in a language that I can't read."),
    "hard": N_("It is too large or too tangled for me to read."),
    "broken": N_("The file is damaged, or is not what its name says."),
    "kind": N_("I can't read files of that kind: save it as .docx, .odt, .rtf, .txt, .html or .md."),
    "old": N_("That is Word's old format (.doc): save it as .docx and send it again."),
    "locked": N_("The file has a password: save it without one and send it again."),
    "bomb": N_("The file would unpack to a huge size, or hides something; I don't open it."),
    "scanned": N_("The PDF holds pictures of text and no letters; send the text itself."),
}
"""By the reason of a `PageError`."""


def unfetched(error: FetchError | PageError, say: Words) -> str:
    """The sentence for it."""
    if isinstance(error, PageError):
        return say(UNREAD[error.reason])
    return say(UNFETCHED[error.reason], status=error.status, kind=error.kind or "?")
