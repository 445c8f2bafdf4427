"""Who may do what: the one place that says so, as docs/rights.md tells it to people. Knows no verb's effect.

A right is a set of roles: who has one of them may. A reporter's are bounded by whose story it is, a channel
admin's by which channels are theirs.
"""

from collections.abc import Iterable

from bot.errors import ChannelTrouble, NotAllowed, NotStaff
from bot.news.model import Article, Channel, Role, Staff

EVERYONE = frozenset(Role)
WRITERS = frozenset({Role.REPORTER, Role.EDITOR, Role.OWNER})
"""They send stories in, and change their own."""
APPROVERS = frozenset({Role.EDITOR, Role.OWNER})
"""They decide on stories, and change everybody's."""
SCHEDULERS = frozenset({Role.CHANNEL_ADMIN, Role.OWNER})
"""They decide when something goes out, and what a channel is like."""
DECIDERS = APPROVERS | SCHEDULERS
"""They see every story."""
READERS_OF_NUMBERS = DECIDERS
"""They see how posts are received: a channel admin those of their own channels."""
FEEDERS = APPROVERS
"""They decide which feeds are read, and what becomes of them."""
OWNERS = frozenset({Role.OWNER})
"""They decide who works here, and how the newsroom spells."""


def may(who: Staff, roles: Iterable[Role]) -> bool:
    """Whether a person has one of the roles."""
    return bool(who.roles & frozenset(roles))


def may_see(who: Staff, article: Article) -> bool:
    """Whether a person may see a story: a reporter their own, who decides all."""
    return bool(who.roles) and (who.id == article.reporter_id or may(who, DECIDERS))


def require(who: Staff, roles: Iterable[Role]) -> None:
    """Raises NotStaff or NotAllowed unless the person has one of the roles."""
    if not who.roles:
        raise NotStaff
    if not may(who, roles):
        raise NotAllowed(*sorted(roles))


def runs(who: Staff, channel_id: int) -> bool:
    """Whether a person may plan in a channel: an owner in all, a channel admin in all or in their own."""
    if Role.OWNER in who.roles:
        return True
    return Role.CHANNEL_ADMIN in who.roles and (who.channels is None or channel_id in who.channels)


def channels_of(who: Staff) -> frozenset[int] | None:
    """The channels in which a person may plan; None: in all of them, also in those to come."""
    if Role.OWNER in who.roles:
        return None
    return who.channels if Role.CHANNEL_ADMIN in who.roles else frozenset()


def require_channel(who: Staff, channel: Channel) -> None:
    """Raises NotStaff, NotAllowed or ChannelTrouble unless the person may plan in the channel."""
    require(who, SCHEDULERS)
    if not runs(who, channel.id):
        raise ChannelTrouble("not_yours", channel.title)


def may_see_numbers(who: Staff, channel_id: int) -> bool:
    """Whether a person may see how a channel's posts are received: editors all, channel admins their own."""
    return may(who, APPROVERS) or runs(who, channel_id)


def require_numbers(who: Staff, channel: Channel) -> None:
    """Raises NotStaff, NotAllowed or ChannelTrouble unless the person may see that."""
    require(who, READERS_OF_NUMBERS)
    if not may_see_numbers(who, channel.id):
        raise ChannelTrouble("not_yours", channel.title)
