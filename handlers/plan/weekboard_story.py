"""A story as it stands beside the week board: its post as its channel will show it. Changes nothing."""

from zoneinfo import ZoneInfo

from bot import drawing
from bot.desk import approval
from bot.errors import NotFound
from bot.news.model import Form
from bot.web.board.story import StoryShown
from bot.words import N_
from handlers.phrases import POST_STATES, because
from handlers.plan.scheduling import echo
from handlers.talk import Talk

_FILES = N_("🖼 files that go with it: {count}")


async def story(talk: Talk, post_id: int) -> StoryShown:
    """The story of a post in one of the person's channels, as it was approved; run `aside`.

    Raises:
        NotFound: there is none, or nothing of it is approved.
    """
    post = await talk.schedule.post(post_id)
    where = await talk.schedule.channel(post.channel_id)
    article = await approval.approved(talk.db, post.article_id)
    if article is None:
        raise NotFound("article")
    say = talk.words
    day = max(post.due_at, talk.now).astimezone(ZoneInfo(where.time_zone)).date()
    is_rich = (post.form or where.look.form) == Form.RICH
    about = [
        say("Time: {time}", time=echo(talk, post.due_at, where)),
        say("State: {state}", state=say(POST_STATES[post.state])),
    ]
    if post.reason:
        about.append(say("Reason: {reason}", reason=because(post.reason, say)))
    return StoryShown(
        article=article,
        messages=() if is_rich else drawing.messages(article, where.look, on=day),
        title=say("⬆️ So it will look in {channel}.", channel=where.title).lstrip("⬆️ "),
        about=tuple(about),
        whole=say("The whole story"),
        files=say(_FILES),
        close=say("Close"),
    )
