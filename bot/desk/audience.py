"""Who hears of what happens: those who hold the right to it now. The one place that decides it.

Roles are read when there is something to tell. Whoever has lost theirs hears nothing more of a story, a
reporter nothing of another's; and where the one whose post it is may not settle it any more, those who may
hear of it in their place: else a post that failed would be nobody's.
"""

from collections.abc import Iterable

from bot.desk.rights import APPROVERS, SCHEDULERS, runs
from bot.news.model import Article, Post, Role, Staff
from storage import Db


def may_hear(person: Staff, article: Article) -> bool:
    """Whether a story may be named before a person: a reporter's own, all of them to those who decide."""
    return bool(person.roles) and (
        person.id == article.reporter_id or bool(person.roles & (APPROVERS | SCHEDULERS))
    )


async def of_story(db: Db, article: Article, *person_ids: int) -> tuple[Staff, ...]:
    """Those of certain people who may hear of the story, by id."""
    found = await db.staff.some(set(person_ids))
    return tuple(person for person in found.values() if may_hear(person, article))


async def of_post(db: Db, post: Post) -> tuple[Staff, ...]:
    """Who has to settle what becomes of a post: who scheduled it, while they may schedule."""
    return await of_plan(db, post.scheduled_by, post.channel_id)


async def of_sent(db: Db, post: Post, article: Article) -> tuple[Staff, ...]:
    """Who hears that a post is out: who scheduled it, or schedules now, and the story's reporter; by id."""
    found = await db.staff.some({post.scheduled_by, article.reporter_id})
    planner, reporter = found.get(post.scheduled_by), found.get(article.reporter_id)
    there = planner is not None and runs(planner, post.channel_id)
    planned = (planner,) if planner and there else await schedulers(db, post.channel_id)
    wrote = (reporter,) if reporter and may_hear(reporter, article) else ()
    people = {person.id: person for person in (*planned, *wrote)}
    return tuple(people[id] for id in sorted(people))


async def of_plan(db: Db, planner: int, channel_id: int) -> tuple[Staff, ...]:
    """Who has to settle what one person has planned in a channel: they, or whoever plans there now."""
    person = await db.staff.get(planner)
    if person is not None and runs(person, channel_id):
        return (person,)
    return await schedulers(db, channel_id)


async def of_change(db: Db, asked_by: int, *, failed: bool, post: Post) -> tuple[Staff, ...]:
    """Who hears how a change of a post that is out has ended.

    Of one that failed who scheduled the post hears too: what helps may take their right.
    """
    asker = await db.staff.get(asked_by)
    asked = (asker,) if asker is not None and asker.roles & (APPROVERS | SCHEDULERS) else ()
    others = await of_post(db, post) if failed or not asked else ()
    return tuple({person.id: person for person in (*asked, *others)}.values())


async def schedulers(db: Db, channel_id: int | None = None) -> tuple[Staff, ...]:
    """The channel admins, of that channel if one is named; where there is none, the owners do their work."""
    admins = await db.staff.with_role(Role.CHANNEL_ADMIN)
    there = tuple(each for each in admins if channel_id is None or runs(each, channel_id))
    return there or await db.staff.with_role(Role.OWNER)


async def planners(db: Db, channel_id: int) -> tuple[Staff, ...]:
    """All who may plan in a channel, owners too."""
    found = await db.staff.with_role(*SCHEDULERS)
    return tuple(each for each in found if runs(each, channel_id))


async def editors(db: Db) -> tuple[Staff, ...]:
    """The editors; where there is none, the owners do their work."""
    return await db.staff.with_role(Role.EDITOR) or await db.staff.with_role(Role.OWNER)


async def holders(db: Db, roles: Iterable[Role]) -> tuple[Staff, ...]:
    """All who have one of the roles."""
    return await db.staff.with_role(*roles)
