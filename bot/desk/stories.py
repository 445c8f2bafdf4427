"""The staff's verbs on articles: who may do what, and what becomes of the story. Knows no Telegram.

One `Desk` serves one person in one transaction; a verb that is refused raises a `DeskError` and the
transaction is rolled back, so nothing has changed. Rights are checked here (and in `bot.desk.schedule`, the
same desk's other half) and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.desk import rights
from bot.desk.claimed import require_free
from bot.desk.logbook import last_edit, note, took_back
from bot.desk.own_spelling import learn
from bot.desk.style import KEPT
from bot.errors import HeadlineProposed, NotAllowed, NotFound, NotStaff, StaleCard, WrongState
from bot.news.model import RECORD_FIELDS, Article, ArticleState, KeyPoint, PostState, Repair, Role, Staff
from bot.news.posts.withdrawal import WITHDRAWN
from bot.news.spelling.repairs import taken_back
from bot.news.talk import AuditEntry, ChangeKind
from storage import Db

WRITERS, APPROVERS, SCHEDULERS = rights.WRITERS, rights.APPROVERS, rights.SCHEDULERS

EDITABLE = frozenset(
    {ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.CHANGES_REQUESTED, ArticleState.APPROVED}
)
OUT = frozenset({ArticleState.PUBLISHED, ArticleState.CORRECTED})
"""Readers have it: an approver's edit waits for "correct" before they see it."""
GONE = frozenset({ArticleState.SPIKED, ArticleState.KILLED})  # nothing brings its posts back
SCHEDULABLE = OUT | {ArticleState.APPROVED}
WAITING = frozenset({PostState.PENDING, PostState.HELD})
_OF_APPROVERS = {
    ArticleState.SUBMITTED: {"request_changes"},
    ArticleState.APPROVED: {"withdraw_approval"},
}
_UNSEEN = ("embargoed_until", "urgency")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk as one person meets it, at one moment, in one transaction."""

    db: Db
    who: Staff
    now: datetime

    def require(self, roles: Iterable[Role]) -> None:
        """Raises NotStaff or NotAllowed unless the person has one of `roles`."""
        rights.require(self.who, roles)

    def may(self, roles: Iterable[Role]) -> bool:
        return rights.may(self.who, roles)

    def runs(self, channel_id: int) -> bool:
        """Whether the person may plan in that channel."""
        return rights.runs(self.who, channel_id)

    async def article(self, article_id: int, version: int | None = None) -> Article:
        """An article that the person may see: a reporter their own, everyone else all.

        Raises:
            NotStaff: a stranger asks.
            NotFound: there is none, or it is another reporter's.
            StaleCard: it is not at `version` any more.
        """
        if not self.who.roles:
            raise NotStaff
        return self.shown(await self.db.articles.get(article_id), version)

    def shown(self, article: Article | None, version: int | None = None) -> Article:
        """The same for one that was read before."""
        if not self.who.roles:
            raise NotStaff
        if article is None or not rights.may_see(self.who, article):
            raise NotFound("article")
        if version is not None and version != article.version:
            raise StaleCard
        return article

    async def write(self, article: Article) -> Article:
        """Store new copy as the person's draft."""
        self.require(WRITERS)
        draft = replace(article, state=ArticleState.DRAFT, reporter_id=self.who.id)
        stored = await self.db.articles.create(draft, by=self.who.id, now=self.now)
        await self.log("write", stored)
        return stored

    async def rewrite(self, article_id: int, article: Article) -> Article:
        """Put newly read copy in place of a draft's content (more of a paste has arrived)."""
        draft = await self.article(article_id)
        if draft.state is not ArticleState.DRAFT:
            raise WrongState(draft.state)
        return await self.save(replace(article, **_kept(draft, "media", *_UNSEEN)), "rewrite")

    async def edit(self, article_id: int, version: int, **changes: Any) -> Article:
        """Change fields of the content; an approver's edit of an approved story is approved with it.

        An edit by someone who may not approve returns an approved article to `submitted`; what was approved
        stays what its posts send. A headline that is given, or taken as it is, is proposed no more.
        """
        article = await self.article(article_id, version)
        changes = ({"headline_proposed": False} if "headline" in changes else {}) | changes
        return await self._change(article, replace(article, **changes), sorted(changes))

    async def edit_headline(self, article_id: int, version: int, headline: str) -> Article:
        return await self.edit(article_id, version, headline=headline)

    async def edit_lede(self, article_id: int, version: int, lede: str) -> Article:
        return await self.edit(article_id, version, lede=lede)

    async def edit_key_points(self, article_id: int, version: int, points: tuple[KeyPoint, ...]) -> Article:
        return await self.edit(article_id, version, key_points=points)

    async def take_back(self, article_id: int, version: int, *repairs: Repair) -> Article:
        """Undo repairs of the copy's spelling wherever they stand in the story."""
        article = await self.article(article_id, version)
        return await self._change(article, taken_back(article, *repairs), ["repairs"])

    async def decide_style(self, key: str, value: Any) -> None:
        """Decide on the house style: an editor keeps a form as it is, everything else is the owner's."""
        self.require(APPROVERS if key.startswith(KEPT) else {Role.OWNER})
        await self.db.styles.decide(key, value, by=self.who.id, now=self.now)
        await self.log("style", key=key, value=value)

    async def forget_style(self, key: str) -> bool:
        """Go back to the configuration; False if nothing was decided."""
        self.require({Role.OWNER})
        return await self.db.styles.forget(key)

    async def undo(self, article_id: int, version: int) -> Article:
        """Bring back the content before the last saved change, as a new version; an embargo stays."""
        article = await self.article(article_id, version)
        before = await self.db.articles.at_version(article.id, article.version - 1)
        last = await self.undoable(article)
        if before is None or last is None:
            raise NotFound("version")
        verb = "redo" if took_back(last) else "undo"
        return await self._change(article, replace(before, **_kept(article, "embargoed_until")), [verb])

    async def undoable(self, article: Article) -> AuditEntry | None:
        """The edit that the newest version came from; None if that was the rest of a paste."""
        return last_edit(await self.db.audit.of_article(article.id), article.version)

    async def submit(self, article_id: int, version: int) -> Article:
        """Hand a draft to the editors."""
        article = await self.article(article_id, version)
        self.require_edit(article)
        return await self.move(
            article, ArticleState.SUBMITTED, {ArticleState.DRAFT, ArticleState.CHANGES_REQUESTED}, "submit"
        )

    async def approve(self, article_id: int, version: int) -> Article:
        """Allow this version to be published; an editor may approve their own.

        Raises:
            HeadlineProposed: nobody has taken or replaced its headline.
        """
        article = await self.article(article_id, version)
        self.require(APPROVERS)
        await require_free(self.db, self.who, article, self.now)
        if article.headline_proposed:
            raise HeadlineProposed
        frm = EDITABLE - {ArticleState.APPROVED}
        approved = await self.move(article, ArticleState.APPROVED, frm, "approve", approved=True)
        await learn(self.db, approved, self.now)
        return approved

    async def request_changes(self, article_id: int, version: int, note: str) -> Article:
        """Send a story back to its reporter with a note."""
        article = await self.article(article_id, version)
        self.require(APPROVERS)
        await require_free(self.db, self.who, article, self.now)
        await self.db.comments.add(article.id, self.who.id, note, kind="changes", now=self.now)
        asked: dict[str, Any] = {"note": note, "version": version}
        frm = {ArticleState.SUBMITTED}
        return await self.move(article, ArticleState.CHANGES_REQUESTED, frm, "request_changes", **asked)

    async def correct(self, article_id: int, version: int) -> tuple[Article, int]:
        """Bring what is out to this version; how many posts are edited.

        Raises:
            WrongState: readers don't have it, or they have this version.
        """
        article = await self.article(article_id, version)
        self.require(APPROVERS)
        if article.approved_version == article.version:
            raise WrongState(article.state)
        corrected = await self.move(article, ArticleState.CORRECTED, OUT, "correct", approved=True)
        await learn(self.db, corrected, self.now)
        return corrected, await self._change_posts(article, ChangeKind.EDIT, version)

    async def kill(self, article_id: int, version: int) -> tuple[Article, int]:
        """Take a published story down everywhere, for good; how many posts are taken down.

        Raises:
            WrongState: it is not out, or a post of it is on its way.
        """
        article = await self.article(article_id, version)
        self.require(APPROVERS)
        killed = await self.move(article, ArticleState.KILLED, OUT, "kill")
        await self.cancel_posts(article, "killed")
        return killed, await self._change_posts(article, ChangeKind.DELETE)

    async def cancel_posts(self, article: Article, reason: str) -> None:
        """Nothing of it goes out any more.

        Raises:
            WrongState: a post of it is on its way, or may be there.
        """
        for post in await self.db.posts.of_story(article.id):
            if post.state in {PostState.SENDING, PostState.UNCONFIRMED}:
                raise WrongState(post.state)
            await self.db.posts.change(post.id, PostState.CANCELED, frm=WAITING, now=self.now, reason=reason)

    async def _change_posts(self, article: Article, kind: ChangeKind, version: int | None = None) -> int:
        """Have the same done to every post of the story that is out.

        What is only half out is corrected once it is whole (`bot.delivery.sending.finish`), but taken down at
        once.
        """
        out = [
            post
            for post in await self.db.posts.of_article(article.id)
            if post.message_ids
            and post.reason != WITHDRAWN
            and (post.state is PostState.SENT or kind is ChangeKind.DELETE)
        ]
        for post in out:
            await self.db.changes.add(post.id, kind, self.now, by=self.who.id, now=self.now, version=version)
        return len(out)

    async def drafts(self) -> tuple[Article, ...]:
        """The person's own stories that are not out yet, the last changed first."""
        self.require(WRITERS)
        return await self.db.articles.in_states(*EDITABLE, reporter_id=self.who.id, limit=20)

    async def stories(self) -> tuple[Article, ...]:
        """What waits for the person: submitted stories for approvers, approved ones for schedulers."""
        self.require(APPROVERS | SCHEDULERS)
        states = [ArticleState.SUBMITTED] if self.may(APPROVERS) else []
        if self.may(SCHEDULERS):
            states.append(ArticleState.APPROVED)
        return await self.db.articles.in_states(*states, limit=20)

    def allowed(self, article: Article) -> frozenset[str]:
        """The verbs that are open to the person on this article: the buttons of a card."""
        verbs: set[str] = set()
        if article.state in EDITABLE and self._may_edit(article):
            verbs.add("edit")
            if article.state is ArticleState.DRAFT or self.may(APPROVERS):
                verbs.add("spike")
            if article.state in {ArticleState.DRAFT, ArticleState.CHANGES_REQUESTED}:
                verbs.add("submit")
        if self.may(APPROVERS) and article.state in EDITABLE - {ArticleState.APPROVED}:
            verbs.add("approve")
        if self.may(APPROVERS):
            verbs |= _OF_APPROVERS.get(article.state, set())
        if article.state is ArticleState.SPIKED and self._may_edit(article):
            verbs.add("unspike")
        if self.may(SCHEDULERS) and article.state in SCHEDULABLE:
            verbs.add("schedule")
        return frozenset(verbs | self._allowed_when_out(article))

    def _allowed_when_out(self, article: Article) -> set[str]:
        if article.state not in OUT or not self.may(APPROVERS):
            return set()
        return {"edit", "kill"} | ({"correct"} if article.approved_version != article.version else set())

    async def log(self, verb: str, article: Article | None = None, **detail: Any) -> None:
        """Write the verb into the audit log."""
        await note(self, verb, article_id=article.id if article else None, **detail)

    def _own(self, article: Article) -> bool:
        return article.reporter_id == self.who.id

    def _may_edit(self, article: Article) -> bool:
        return self.may(APPROVERS) or (self._own(article) and self.may(WRITERS))

    def require_edit(self, article: Article) -> None:
        """Raises NotAllowed unless the person may change the story: their own, or any as an approver."""
        if not self._may_edit(article):
            raise NotAllowed(*sorted(APPROVERS))

    def require_editable(self, article: Article) -> Article:
        """The story; raises NotAllowed, or WrongState where it can't be changed (by them) as it stands."""
        self.require_edit(article)
        if article.state not in EDITABLE and not (article.state in OUT and self.may(APPROVERS)):
            raise WrongState(article.state)
        return article

    async def _change(self, article: Article, changed: Article, fields: list[str]) -> Article:
        self.require_editable(article)
        if changed == article:
            return article
        await require_free(self.db, self.who, article, self.now)
        if article.approved_version is not None:  # then it was taken: undoing that does not propose it anew
            changed = replace(changed, headline_proposed=False)
        if article.state is ArticleState.APPROVED:
            if self.may(APPROVERS):
                changed = replace(changed, approved_version=article.version + 1)
            else:
                changed = replace(changed, state=ArticleState.SUBMITTED)
        elif article.state in OUT and await self._readers_have(changed):
            changed = replace(changed, approved_version=article.version + 1)
        return await self.save(changed, "edit", fields=fields)

    async def _readers_have(self, article: Article) -> bool:
        """Whether an edit has led back to what was approved: then nothing waits to be confirmed."""
        approved = await self.db.articles.at_version(article.id, article.approved_version or 0)
        return approved is not None and replace(approved, **_kept(article, *_UNSEEN)) == article

    async def save(self, article: Article, verb: str, **detail: Any) -> Article:
        saved = await self.db.articles.save(article, by=self.who.id, now=self.now)
        await self.db.cards.touch(saved.id)
        await self.log(verb, saved, version=saved.version, **detail)
        return saved

    async def move(
        self,
        article: Article,
        to: ArticleState,
        frm: Iterable[ArticleState],
        verb: str,
        *,
        approved: bool = False,
        **detail: Any,
    ) -> Article:
        """Let the story be in another state, with the approval that `article` has.

        Raises:
            WrongState: it is in none of `frm`.
        """
        if article.state not in frm:
            raise WrongState(article.state)
        moved = replace(
            article, state=to, approved_version=article.version if approved else article.approved_version
        )
        await self.db.articles.set_state(moved.id, to, now=self.now, approved_version=moved.approved_version)
        if article.state is not ArticleState.DRAFT:  # that nobody can take
            await self.db.claims.drop(moved.id)  # decided: it is nobody's work any more
        await self.db.cards.touch(moved.id)
        await self.log(verb, moved, **detail)
        return moved


def _kept(article: Article, *more: str) -> dict[str, Any]:
    return {name: getattr(article, name) for name in (*RECORD_FIELDS, *more)}
