"""How a story's posts are sent, in the words of its staff."""

from bot.news.model import Article
from bot.news.switches import Preview, Switches
from bot.words import N_, Words

SWITCHES = {
    "silent": N_("🔕 Without a sound"),
    "protected": N_("🔒 Not to be forwarded or saved"),
}
PREVIEWS = {
    Preview.NONE: N_("No preview of links"),
    Preview.SMALL: N_("Small preview"),
    Preview.LARGE: N_("Large preview"),
    Preview.ABOVE: N_("Large preview above the text"),
}


def told(switches: Switches, say: Words) -> list[str]:
    """A line for each: what is on is marked."""
    lines = [f"{'✅' if getattr(switches, name) else '▫️'} {say(text)}" for name, text in SWITCHES.items()]
    return [*lines, f"🔗 {say(PREVIEWS[switches.preview])}"]


def differences(was: Article, now: Article, say: Words) -> list[str]:
    """What of it is another one in a later version, a line each."""
    return [line for line in told(now.switches, say) if line not in told(was.switches, say)]
