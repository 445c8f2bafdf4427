"""The desk's verbs on what others have edited in a channel: it stays, or ours comes back. Knows no Telegram.

Until somebody has said which, no correction reaches the post (`bot.delivery.changing`): nothing of what a
colleague wrote there is overwritten unseen.
"""

from dataclasses import dataclass, replace

from bot.desk.logbook import note
from bot.desk.stories import APPROVERS, OUT, Desk
from bot.errors import NotFound
from bot.news.model import Article, Post
from bot.news.talk import ChangeKind, HandEdit, HandState


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """What an editor decides about an edit by hand."""

    desk: Desk

    async def edit(self, edit_id: int) -> tuple[HandEdit, Post, Article]:
        """An edit that is not put back, with its post and story.

        Raises:
            NotFound: there is none (any more).
        """
        self.desk.require(APPROVERS)
        edit = await self.desk.db.by_hand.get(edit_id)
        post = await self.desk.db.posts.get(edit.post_id) if edit else None
        if edit is None or post is None or edit.state in {HandState.UNDONE, HandState.TAKEN}:
            raise NotFound("change")
        return edit, post, await self.desk.article(post.article_id)

    async def keep(self, edit: HandEdit, post: Post, taken: Article | None) -> Article | None:
        """Let it stand: `taken` is the story that shows the same, and is approved from now on.

        Without one the post stays as it is, apart from its story.
        """
        db = self.desk.db
        state = HandState.TAKEN if taken else HandState.KEPT
        await db.by_hand.decide(edit.id, state, by=self.desk.who.id)
        await note(self.desk, "keep_by_hand", post=post, edit=edit.id)
        await db.cards.touch(post.article_id)
        if taken is None:
            return None
        taken = replace(taken, approved_version=taken.version + 1)
        saved = await self.desk.save(taken, "edit", fields=["by_hand"])
        await db.posts.begin_with(post.id, saved.version)
        return saved

    async def undo(self, post: Post) -> None:
        """Bring the post back to what is approved, whatever was edited in it by hand."""
        db, article = self.desk.db, await self.desk.article(post.article_id)
        for edit in await db.by_hand.of_post(post.id):
            await db.by_hand.decide(edit.id, HandState.UNDONE, by=self.desk.who.id)
        if article.state in OUT:
            by, version = self.desk.who.id, article.approved_version
            await db.changes.add(
                post.id, ChangeKind.EDIT, self.desk.now, by=by, now=self.desk.now, version=version
            )
        await note(self.desk, "undo_by_hand", post=post)
        await db.cards.touch(post.article_id)


def may_be_taken(article: Article, post: Post) -> bool:
    """Whether the story can take an edit over: it has no newer version than what the post shows."""
    return article.state in OUT and article.version == article.approved_version == post.version
