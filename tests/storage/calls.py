"""A call of every method of the storage, and a newsroom in which each has something to find or to change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from random import Random

from bot.news.archive.entry import Entry, indexed
from bot.news.boards import Board
from bot.news.errands import Errand
from bot.news.feeds import Fate, Item
from bot.news.media import Media
from bot.news.model import ArticleState, Look, Post, PostState, Role, Slot
from bot.news.numbers import Event, Moved, Reacted, Replied, Threaded
from bot.news.people import Knock, KnockState
from bot.news.plans import standing
from bot.news.plans.confirmation import Decision
from bot.news.plans.recurrence import Recurrence
from bot.news.quiet import Rhythm
from bot.news.talk import (
    Arrived,
    Brief,
    ChangeKind,
    ChangeState,
    Claim,
    DeskPlace,
    FollowUp,
    Guide,
    HandState,
    Incoming,
    Origin,
    PostPart,
    Question,
    Sought,
    Spoken,
)
from bot.news.told import ToldBefore
from bot.news.upkeep import Kind, Mark, Trouble
from storage import Db, Storage
from storage.archive import Unread
from storage.board_keys import KeyKind
from storage.lease import Holder
from storage.sent import Answered
from tests.storage.newsroom import (
    CALL,
    EDITOR,
    MINUTE,
    NEWS,
    NOW,
    SPORT,
    STORY,
    channel,
    claim_first,
    stored_channel,
    stored_story,
)

type Call = Callable[[Db], Awaitable[object]]

POST = Post(id=1, article_id=1, channel_id=NEWS, state=PostState.PENDING, due_at=NOW + MINUTE)
ANSWERED = Answered(body="x", status=201, answer={})
ITEM = Item(id="1", title="یک", url="https://feed.example/1")
SPOKEN = Spoken(message_id=1, paste_id=1, words="x")
TIMES = (Slot(weekday=0, minute=60),)
RECURRENCE = Recurrence(
    id=1,
    article_id=1,
    channel_id=NEWS,
    times=TIMES,
    until=NOW,
    planned_until=NOW,
    ended=True,
    asked_by=1,
)
ENTRY = Entry(headline="x", text="x", told_at=NOW, url="https://example.com/x")
FIRST = replace(STORY, id=1, version=1)
KNOCK = Knock(person_id=9, name="x", knocked_at=NOW)
TROUBLE = Trouble(kind=Kind.BACKUP, since=NOW)
MARK = Mark(told_until=NOW, database_bytes=1, faults=0)
HOLDER = Holder(id="x", host="host", pid=1, fence=1, beat=1, until=NOW + MINUTE)
PLANNED = (PostPart(number=0), PostPart(number=1))
ERRAND = Errand(person_id=1, asked_at=NOW, name="x", url="https://site.example/")
REACTED = Reacted(channel_id=NEWS, message_id=5, at=NOW, kinds=(("👍", 2),))
COUNTED: tuple[tuple[int, Event], ...] = (
    (1, REACTED),
    (2, Threaded(group_id=-9, thread_id=1, channel_id=NEWS, message_id=5)),
    (3, Replied(group_id=-9, thread_id=1)),
    (4, Moved(channel_id=NEWS, at=NOW, joined=True, link="x")),
)
ZONES = {NEWS: "Asia/Tehran"}
QUESTION = Question(chat_id=1, person_id=1, kind="lede", asked_at=NOW)

READS: dict[str, Call] = {
    "troubles.all": lambda db: db.troubles.all(),
    "week_sums.mark": lambda db: db.week_sums.mark(),
    "week_sums.out": lambda db: db.week_sums.out(NEWS, NOW, NOW + MINUTE, MINUTE),
    "week_sums.failed": lambda db: db.week_sums.failed(NEWS, NOW, NOW + MINUTE),
    "week_sums.corrected": lambda db: db.week_sums.corrected(NOW, NOW + MINUTE),
    "week_sums.drafts": lambda db: db.week_sums.drafts(),
    "week_sums.database_bytes": lambda db: db.week_sums.database_bytes(),
    "proposals.next_asked": lambda db: db.proposals.next_asked(),
    "proposals.times_asked": lambda db: db.proposals.times_asked(1, NOW),
    "proposals.of_article": lambda db: db.proposals.of_article(1),
    "styles.all": lambda db: db.styles.all(),
    "archive.known": lambda db: db.archive.known(["x"]),
    "archive.unread": lambda db: db.archive.unread(5),
    "articles.get": lambda db: db.articles.get(1),
    "articles.some": lambda db: db.articles.some([1]),
    "articles.at_version": lambda db: db.articles.at_version(1, 1),
    "articles.history": lambda db: db.articles.history(1),
    "articles.categories": lambda db: db.articles.categories(),
    "articles.in_states": lambda db: db.articles.in_states(*ArticleState),
    "channels.get": lambda db: db.channels.get(NEWS),
    "channels.some": lambda db: db.channels.some([NEWS, SPORT]),
    "channels.named": lambda db: db.channels.named("news"),
    "channels.all": lambda db: db.channels.all(),
    "channels.first_and": lambda db: db.channels.first_and([NEWS], 2),
    "channels.named_ones": lambda db: db.channels.named_ones("news", PostState.PENDING),
    "channels.count": lambda db: db.channels.count(PostState.PENDING),
    "channels.page": lambda db: db.channels.page(PostState.PENDING, limit=2),
    "posts.counts": lambda db: db.posts.counts([NEWS], PostState.PENDING),
    "posts.all_between": lambda db: db.posts.all_between([NEWS], NOW, NOW + MINUTE, PostState.PENDING),
    "posts.get": lambda db: db.posts.get(1),
    "posts.some": lambda db: db.posts.some([1, 2]),
    "follow_ups.around": lambda db: db.follow_ups.around([1, 2]),
    "boards.all": lambda db: db.boards.all(),
    "posts.of_channel": lambda db: db.posts.of_channel(NEWS),
    "posts.of_story": lambda db: db.posts.of_story(1),
    "posts.next_of": lambda db: db.posts.next_of([1, 2]),
    "posts.of_article": lambda db: db.posts.of_article(1),
    "posts.of_articles": lambda db: db.posts.of_articles([1, 2]),
    "posts.is_out_elsewhere": lambda db: db.posts.is_out_elsewhere(POST),
    "posts.page_of": lambda db: db.posts.page_of(NEWS, PostState.PENDING, skip=0, limit=5),
    "posts.count": lambda db: db.posts.count(NEWS, PostState.PENDING),
    "posts.around": lambda db: db.posts.around(POST, NOW, 2),
    "posts.overdue": lambda db: db.posts.overdue(NEWS, NOW + MINUTE),
    "posts.told_late": lambda db: db.posts.told_late(NOW + MINUTE),
    "posts.due_between": lambda db: db.posts.due_between(NEWS, NOW, NOW + MINUTE, PostState.PENDING),
    "posts.taken_of": lambda db: db.posts.taken_of([NEWS], NOW),
    "posts.sent_since": lambda db: db.posts.sent_since(NOW),
    "posts.taken": lambda db: db.posts.taken(NEWS, NOW),
    "posts.heads": lambda db: db.posts.heads(NOW + MINUTE),
    "posts.held_for": lambda db: db.posts.held_for("late"),
    "posts.in_doubt": lambda db: db.posts.in_doubt(NOW),
    "posts.next_due": lambda db: db.posts.next_due(NOW),
    "posts.stranded": lambda db: db.posts.stranded(),
    "posts.parts.of": lambda db: db.posts.parts.of(2),
    "posts.parts.of_posts": lambda db: db.posts.parts.of_posts([1, 2]),
    "posts.parts.known_ids": lambda db: db.posts.parts.known_ids(NEWS, 0, NOW),
    "posts.parts.without_id": lambda db: db.posts.parts.without_id(NEWS, NOW, besides=(1, 0)),
    "posts.parts.sent_since": lambda db: db.posts.parts.sent_since(NOW),
    "changes.get": lambda db: db.changes.get(1),
    "changes.of_post": lambda db: db.changes.of_post(1),
    "changes.of_posts": lambda db: db.changes.of_posts([1, 2]),
    "changes.heads": lambda db: db.changes.heads(NOW),
    "changes.next_due": lambda db: db.changes.next_due(NOW),
    "recurrences.get": lambda db: db.recurrences.get(1),
    "recurrences.going": lambda db: db.recurrences.going(),
    "recurrences.next_to_plan": lambda db: db.recurrences.next_to_plan(NOW),
    "recurrences.stories_of": lambda db: db.recurrences.stories_of([1, 2]),
    "recurrences.next_number": lambda db: db.recurrences.next_number(1, NEWS),
    "digests.get": lambda db: db.digests.get(NEWS),
    "digests.going": lambda db: db.digests.going(),
    "digests.published": lambda db: db.digests.published(NEWS, NOW, NOW + MINUTE, now=NOW),
    "confirmations.get": lambda db: db.confirmations.get(1),
    "confirmations.open": lambda db: db.confirmations.open("urgent"),
    "holidays.all": lambda db: db.holidays.all(),
    "articles.told_since": lambda db: db.articles.told_since(NOW - MINUTE, limit=5),
    "posts.parts.first_methods": lambda db: db.posts.parts.first_methods(NEWS, limit=5),
    "staff.some": lambda db: db.staff.some([1, EDITOR]),
    "claims.of": lambda db: db.claims.of([1]),
    "claims.lapsed": lambda db: db.claims.lapsed(NOW, 5),
    "claims.next_end": lambda db: db.claims.next_end(),
    "readers.of_channel": lambda db: db.readers.of_channel(NEWS, NOW, 5),
    "readers.of_story": lambda db: db.readers.of_story(1, NOW),
    "readers.had": lambda db: db.readers.had(1),
    "board_keys.whose": lambda db: db.board_keys.whose("x", KeyKind.SESSION, NOW),
    "tokens.by_hash": lambda db: db.tokens.by_hash("x"),
    "tokens.good": lambda db: db.tokens.good(),
    "sent_items.get": lambda db: db.sent_items.get("x", "1"),
    "sent_items.answered": lambda db: db.sent_items.answered(1, "1"),
    "feeds.get": lambda db: db.feeds.get(1),
    "feeds.page": lambda db: db.feeds.page(limit=5),
    "feeds.count": lambda db: db.feeds.count(),
    "feeds.due": lambda db: db.feeds.due(5),
    "feeds.known": lambda db: db.feeds.known(1, [ITEM]),
    "feeds.elsewhere": lambda db: db.feeds.elsewhere(2, [ITEM]),
    "feeds.next_waiting": lambda db: db.feeds.next_waiting(),
    "feeds.pages": lambda db: db.feeds.pages(5),
    "feeds.counts": lambda db: db.feeds.counts(1, NOW),
    "comments.newest": lambda db: db.comments.newest(1, limit=5),
    "comments.count": lambda db: db.comments.count(1),
    "comments.asked_for": lambda db: db.comments.asked_for([1]),
    "desk_places.get": lambda db: db.desk_places.get(-1),
    "guides.get": lambda db: db.guides.get(1),
    "guides.open": lambda db: db.guides.open(),
    "lists.count": lambda db: db.lists.count([ArticleState.DRAFT], reporter_id=1, words=["x"]),
    "lists.among_newest": lambda db: db.lists.among_newest(9, [ArticleState.PUBLISHED], words=["x"]),
    "lists.page": lambda db: db.lists.page([ArticleState.DRAFT], reporter_id=1, words=["x"], skip=0, limit=5),
    "staff.has_met": lambda db: db.staff.has_met(1),
    "knocks.get": lambda db: db.knocks.get(9),
    "knocks.named": lambda db: db.knocks.named("x"),
    "knocks.open": lambda db: db.knocks.open(limit=5),
    "knocks.count_open": lambda db: db.knocks.count_open(),
    "invitations.meant_for": lambda db: db.invitations.meant_for("x", "x", NOW),
    "invitations.get": lambda db: db.invitations.get(1, NOW),
    "invitations.count": lambda db: db.invitations.count(NOW),
    "invitations.all": lambda db: db.invitations.all(NOW),
    "articles.count_of": lambda db: db.articles.count_of(1, ArticleState.DRAFT),
    "posts.count_by": lambda db: db.posts.count_by(1, PostState.PENDING),
    "staff.get": lambda db: db.staff.get(1),
    "staff.with_role": lambda db: db.staff.with_role(),
    "staff.working": lambda db: db.staff.working(),
    "questions.open": lambda db: db.questions.open(1, 1),
    "prompts.open": lambda db: db.prompts.open(1, 1),
    "prompts.open_in": lambda db: db.prompts.open_in(1),
    "prompts.in_message": lambda db: db.prompts.in_message(1, 1),
    "prompts.lapsed": lambda db: db.prompts.lapsed(NOW, 9),
    "spellings.of": lambda db: db.spellings.of(["کتابها"]),
    "spellings.newest": lambda db: db.spellings.newest(9, since=NOW),
    "inbox.payload": lambda db: db.inbox.payload(1),
    "briefs.of": lambda db: db.briefs.of(1),
    "briefs.first": lambda db: db.briefs.first(),
    "cards.get": lambda db: db.cards.get(1, 1),
    "cards.of_article": lambda db: db.cards.of_article(1),
    "cards.next_stale": lambda db: db.cards.next_stale(),
    "notices.unsaid": lambda db: db.notices.unsaid(EDITOR),
    "notices.dropped_for": lambda db: db.notices.dropped_for(EDITOR),
    "notices.dropped_by_chat": lambda db: db.notices.dropped_by_chat(),
    "shown.first": lambda db: db.shown.first(5),
    "waits.depths": lambda db: db.waits.depths(),
    "shown.unknown": lambda db: db.shown.unknown(1),
    "waits.posts_ahead": lambda db: db.waits.posts_ahead(NOW),
    "notices.in_a_row": lambda db: db.notices.in_a_row(NOW, chats=8, most=4),
    "notices.next_at": lambda db: db.notices.next_at(NOW),
    "pastes.recent_of": lambda db: db.pastes.recent_of(1, NOW),
    "pastes.of_album": lambda db: db.pastes.of_album(1, "1"),
    "errands.get": lambda db: db.errands.get(1),
    "errands.waiting": lambda db: db.errands.waiting(5),
    "errands.count_waiting": lambda db: db.errands.count_waiting(1),
    "pastes.get": lambda db: db.pastes.get(1),
    "spoken.get": lambda db: db.spoken.get(1, 1),
    "spoken.of": lambda db: db.spoken.of(1),
    "pastes.is_arriving": lambda db: db.pastes.is_arriving(1),
    "pastes.next_due": lambda db: db.pastes.next_due(),
    "inbox.next_pending": lambda db: db.inbox.next_pending(),
    "lease.current": lambda db: db.lease.current(),
    "lease.may_publish": lambda db: db.lease.may_publish(HOLDER),
    "lease.held": lambda db: db.lease.held(),
    "audit.get": lambda db: db.audit.get(1),
    "audit.last_of_post": lambda db: db.audit.last_of_post(1, 1),
    "audit.of_article": lambda db: db.audit.of_article(1),
    "audit.with_comments": lambda db: db.audit.with_comments(1),
    "audit.page": lambda db: db.audit.page(Sought(), limit=5, before=9),
    "personal.of": lambda db: db.personal.of(1),
    "posts.parts.at": lambda db: db.posts.parts.at(NEWS, 5),
    "by_hand.get": lambda db: db.by_hand.get(1),
    "by_hand.of_post": lambda db: db.by_hand.of_post(1),
    "by_hand.first_new": lambda db: db.by_hand.first_new(),
    "follow_ups.of": lambda db: db.follow_ups.of({1}),
    "follow_ups.get": lambda db: db.follow_ups.get(1),
    "follow_ups.after": lambda db: db.follow_ups.after(1),
    "numbers.discussions": lambda db: db.numbers.discussions(),
    "numbers.members_between": lambda db: db.numbers.members_between(NEWS, "2026-01-01", "2026-12-31"),
    "numbers.moves_between": lambda db: db.numbers.moves_between(NEWS, "2026-01-01", "2026-12-31"),
    "numbers.links": lambda db: db.numbers.links(NEWS, "2026-01-01", "2026-12-31", 5),
    "numbers.of_messages": lambda db: db.numbers.of_messages(NEWS, [5]),
    "numbers.sent": lambda db: db.numbers.sent(NEWS, NOW - MINUTE, NOW + MINUTE),
}
WRITES: dict[str, Call] = {
    "troubles.begin": lambda db: db.troubles.begin(replace(TROUBLE, kind=Kind.TELEGRAM)),
    "troubles.end": lambda db: db.troubles.end(Kind.BACKUP),
    "week_sums.put": lambda db: db.week_sums.put(replace(MARK, faults=1)),
    "week_sums.add_faults": lambda db: db.week_sums.add_faults(1),
    "numbers.count": lambda db: db.numbers.count([(id + 9, each) for id, each in COUNTED], ZONES, NOW),
    "numbers.forget_before": lambda db: db.numbers.forget_before(NOW + MINUTE, 9),
    "numbers.discussed": lambda db: db.numbers.discussed(-8, NEWS),
    "numbers.members": lambda db: db.numbers.members(NEWS, "2026-11-22", 7),
    "by_hand.add": lambda db: db.by_hand.add(2, 0, 5, (CALL, CALL), NOW),
    "by_hand.again": lambda db: db.by_hand.again(1, CALL, NOW),
    "by_hand.asked": lambda db: db.by_hand.asked(1),
    "by_hand.decide": lambda db: db.by_hand.decide(1, HandState.KEPT, by=1),
    "by_hand.forget": lambda db: db.by_hand.forget(1),
    "by_hand.posted": lambda db: db.by_hand.posted(NEWS, NOW),
    "by_hand.forget_before": lambda db: db.by_hand.forget_before(NOW, 9),
    "follow_ups.put": lambda db: db.follow_ups.put(FollowUp(article_id=1, earlier_id=1)),
    "follow_ups.drop": lambda db: db.follow_ups.drop(1),
    "proposals.count_ask": lambda db: db.proposals.count_ask(1, NOW),
    "proposals.ask": lambda db: db.proposals.ask(1, 1, NOW),
    "proposals.answer": lambda db: db.proposals.answer(1, "تیتر", ("نکته",)),
    "proposals.drop": lambda db: db.proposals.drop(1),
    "styles.decide": lambda db: db.styles.decide("digits", "latin", by=1, now=NOW),
    "styles.forget": lambda db: db.styles.forget("digits"),
    "archive.add": lambda db: db.archive.add([(ENTRY, indexed(ENTRY))]),
    "archive.repack": lambda db: db.archive.repack(5),
    "archive.keep": lambda db: db.archive.keep(
        Unread(article=FIRST, told_at=NOW, kept=None), replace(ENTRY, article_id=1), indexed(ENTRY)
    ),
    "articles.create": lambda db: db.articles.create(STORY, by=1, now=NOW),
    "articles.save": lambda db: db.articles.save(FIRST, by=1, now=NOW),
    "articles.set_state": lambda db: db.articles.set_state(1, ArticleState.KILLED, now=NOW),
    "articles.note_told": lambda db: db.articles.note_told(
        1, [ToldBefore(why="page", headline="پل", on=NOW.date())]
    ),
    "channels.put": lambda db: db.channels.put(channel(title="x"), by=1, now=NOW),
    "channels.set_trouble": lambda db: db.channels.set_trouble(NEWS, "x", connected=False),
    "channels.set_max_lateness": lambda db: db.channels.set_max_lateness(NEWS, 60),
    "channels.seen": lambda db: db.channels.seen(NEWS, 7),
    "channels.set_zone": lambda db: db.channels.set_zone(NEWS, "Asia/Kabul"),
    "channels.pause": lambda db: db.channels.pause(NEWS, NOW),
    "channels.set_rhythm": lambda db: db.channels.set_rhythm(NEWS, Rhythm(spacing=30)),
    "channels.set_look": lambda db: db.channels.set_look(NEWS, Look(bullet="-")),
    "channels.add_slots": lambda db: db.channels.add_slots(NEWS, [Slot(weekday=2, minute=2)]),
    "channels.replace_slots": lambda db: db.channels.replace_slots(NEWS, []),
    "channels.remove_slot": lambda db: db.channels.remove_slot(1),
    "channels.move_id": lambda db: db.channels.move_id(NEWS, -5),
    "posts.add": lambda db: db.posts.add(article_id=1, channel_id=SPORT, due_at=NOW, by=1, now=NOW),
    "posts.move": lambda db: db.posts.move(1, NOW, now=NOW),
    "posts.replan": lambda db: db.posts.replan(
        1, seen=standing.of(POST), to=standing.of(replace(POST, state=PostState.HELD)), now=NOW
    ),
    "posts.set_article": lambda db: db.posts.set_article(1, 1, 7, now=NOW),
    "posts.set_zone": lambda db: db.posts.set_zone(1, "Asia/Kabul", NOW, now=NOW),
    "posts.change": lambda db: db.posts.change(1, PostState.HELD, frm=[PostState.PENDING], now=NOW),
    "posts.claim": lambda db: db.posts.claim(1, now=NOW),
    "posts.hold_late": lambda db: db.posts.hold_late(NOW + 100 * MINUTE),
    "posts.doubt": lambda db: db.posts.doubt(2, NOW, now=NOW, reason="x"),
    "posts.set_form": lambda db: db.posts.set_form(2, "plain"),
    "posts.begin_with": lambda db: db.posts.begin_with(2, 1),
    "posts.release": lambda db: db.posts.release(2, NOW, now=NOW),
    "posts.settle": lambda db: db.posts.settle(2, PostState.SENT, now=NOW),
    "posts.out": lambda db: db.posts.out(2, (7,), now=NOW, frm=[PostState.SENDING]),
    "posts.parts.plan": lambda db: db.posts.parts.plan(2, [CALL, CALL], instead_of=PLANNED),
    "posts.parts.sending": lambda db: db.posts.parts.sending(2, 0, floor_id=4, now=NOW),
    "posts.parts.sent": lambda db: db.posts.parts.sent(2, 0, [5, 6], NOW),
    "posts.parts.confirmed": lambda db: db.posts.parts.confirmed(2, 0),
    "posts.parts.pending": lambda db: db.posts.parts.pending(2, 0),
    "posts.parts.changed": lambda db: db.posts.parts.changed(2, 0, *CALL),
    "posts.parts.stumbled": lambda db: db.posts.parts.stumbled(2, 0),
    "posts.parts.sending_since": lambda db: db.posts.parts.sending_since(2, 0, NOW),
    "posts.announced": lambda db: db.posts.announced(NOW + 2 * MINUTE, NOW),
    "posts.parts.drop": lambda db: db.posts.parts.drop(2, 0),
    "changes.add": lambda db: db.changes.add(1, ChangeKind.EDIT, NOW, by=1, now=NOW, version=1),
    "changes.claim": lambda db: db.changes.claim(1, now=NOW),
    "changes.settle": lambda db: db.changes.settle(2, ChangeState.DONE, now=NOW),
    "changes.go_on": lambda db: db.changes.go_on(2, now=NOW),
    "changes.cancel": lambda db: db.changes.cancel(1, now=NOW),
    "changes.put_back": lambda db: db.changes.put_back(now=NOW),
    "pauses.put": lambda db: db.pauses.put(NEWS, NOW + MINUTE),
    "pauses.since": lambda db: db.pauses.since(NOW),
    "pauses.forget_before": lambda db: db.pauses.forget_before(NOW),
    "recurrences.add": lambda db: db.recurrences.add(
        article_id=1, channel_id=SPORT, times=TIMES, until=None, planned_until=NOW, by=1, now=NOW
    ),
    "recurrences.planned": lambda db: db.recurrences.planned(1, NOW + MINUTE, frm=NOW, now=NOW),
    "recurrences.end": lambda db: db.recurrences.end(1, now=NOW),
    "recurrences.put": lambda db: db.recurrences.put(RECURRENCE, now=NOW),
    "digests.put": lambda db: db.digests.put(SPORT, TIMES, by=1, now=NOW),
    "digests.told": lambda db: db.digests.told(NEWS, NOW + MINUTE, frm=NOW),
    "digests.drop": lambda db: db.digests.drop(NEWS),
    "confirmations.ask": lambda db: db.confirmations.ask(
        "urgent", {"article": 1}, by=1, now=NOW, expires_at=NOW + MINUTE
    ),
    "confirmations.decide": lambda db: db.confirmations.decide(1, Decision.REFUSED, by=2),
    "confirmations.expire": lambda db: db.confirmations.expire(NOW + 100 * MINUTE),
    "holidays.put": lambda db: db.holidays.put("03-14", "رحلت", by=1, now=NOW),
    "holidays.forget": lambda db: db.holidays.forget("2026-06-26"),
    "posts.set_urgency": lambda db: db.posts.set_urgency(1, 1),
    "claims.put": lambda db: db.claims.put(Claim(article_id=1, person_id=7, until=NOW)),
    "claims.drop": lambda db: db.claims.drop(1),
    "board_keys.add": lambda db: db.board_keys.add("y", KeyKind.LINK, 1, NOW + MINUTE),
    "board_keys.drop": lambda db: db.board_keys.drop("x", KeyKind.SESSION),
    "board_keys.drop_of": lambda db: db.board_keys.drop_of(1, KeyKind.SESSION),
    "board_keys.forget_before": lambda db: db.board_keys.forget_before(NOW + 2 * MINUTE, 9),
    "tokens.add": lambda db: db.tokens.add("y", "y", scope="intake", person_id=1, now=NOW),
    "tokens.used": lambda db: db.tokens.used(1, NOW),
    "tokens.revoke": lambda db: db.tokens.revoke(1, NOW),
    "sent_items.put": lambda db: db.sent_items.put("x", "2", 1, FIRST, NOW),
    "sent_items.keep_answer": lambda db: db.sent_items.keep_answer(1, "2", ANSWERED, NOW),
    "sent_items.forget_before": lambda db: db.sent_items.forget_before(NOW + MINUTE, 9),
    "feeds.add": lambda db: db.feeds.add("https://feed.example/2", by=1, now=NOW),
    "feeds.change": lambda db: db.feeds.change(1, etag="x"),
    "feeds.keep": lambda db: db.feeds.keep(1, [(ITEM, Fate.SEEN)], NOW),
    "feeds.paged": lambda db: db.feeds.paged(2, ITEM),
    "feeds.settle": lambda db: db.feeds.settle(1, Fate.TAKEN, 1),
    "feeds.remove": lambda db: db.feeds.remove(1),
    "comments.add": lambda db: db.comments.add(1, 1, "x", kind="comment", now=NOW),
    "desk_places.put": lambda db: db.desk_places.put(DeskPlace(chat_id=-1)),
    "guides.put": lambda db: db.guides.put(Guide(person_id=1)),
    "staff.known": lambda db: db.staff.known(77, "x", "fa", NOW),
    "staff.give": lambda db: db.staff.give(EDITOR, Role.OWNER),
    "staff.take": lambda db: db.staff.take(EDITOR, Role.EDITOR),
    "staff.decided": lambda db: db.staff.decided(EDITOR, NOW),
    "knocks.add": lambda db: db.knocks.add(KNOCK),
    "knocks.decide": lambda db: db.knocks.decide(KNOCK),
    "knocks.settle": lambda db: db.knocks.settle(8, KnockState.ADDED),
    "knocks.forget_before": lambda db: db.knocks.forget_before(NOW + MINUTE),
    "invitations.add": lambda db: db.invitations.add(
        Role.EDITOR, by=1, now=NOW, expires_at=NOW + MINUTE, username="x"
    ),
    "invitations.take": lambda db: db.invitations.take(1),
    "cards.touch_of": lambda db: db.cards.touch_of(EDITOR),
    "staff.sync": lambda db: db.staff.sync({}, NOW),
    "staff.met": lambda db: db.staff.met(1, "x", None, NOW),
    "staff.set_language": lambda db: db.staff.set_language(EDITOR, "en"),
    "questions.ask": lambda db: db.questions.ask(QUESTION),
    "prompts.add": lambda db: db.prompts.add(1, 1, {}, NOW),
    "prompts.shown": lambda db: db.prompts.shown(1, 7),
    "prompts.close": lambda db: db.prompts.close(EDITOR, 1),
    "prompts.set_about": lambda db: db.prompts.set_about(1, {"kind": "x"}),
    "prompts.forget_before": lambda db: db.prompts.forget_before(NOW + MINUTE, 9),
    "spellings.keep": lambda db: db.spellings.keep({"کتابها": {"کتاب‌ها": 1}}, now=NOW),
    "spellings.forget": lambda db: db.spellings.forget("خانهها"),
    "questions.close": lambda db: db.questions.close(EDITOR, EDITOR),
    "cards.show_anew": lambda db: db.cards.show_anew(1, [EDITOR, 1]),
    "briefs.put": lambda db: db.briefs.put(Brief(person_id=1, minute=480, next_at=NOW)),
    "briefs.drop": lambda db: db.briefs.drop(1),
    "cards.show": lambda db: db.cards.show(1, 1),
    "cards.touch": lambda db: db.cards.touch(1),
    "cards.close_page": lambda db: db.cards.close_page(1, 1),
    "boards.put": lambda db: db.boards.put(
        Board(chat_id=EDITOR, message_id=7, marks=[["post", 1, ""]], keyboard=[], until=NOW)
    ),
    "boards.drop": lambda db: db.boards.drop(EDITOR, 7),
    "cards.touch_offered": lambda db: db.cards.touch_offered(NOW),
    "cards.touch_planned": lambda db: db.cards.touch_planned(NEWS),
    "cards.touch_shown": lambda db: db.cards.touch_shown(NEWS),
    "cards.delivered": lambda db: db.cards.delivered(1, message_ids=(1,), shown="x", seen=1),
    "cards.give_up": lambda db: db.cards.give_up(1, seen=1),
    "cards.drop": lambda db: db.cards.drop(1),
    "notices.add": lambda db: db.notices.add(1, "sendMessage", {}),
    "notices.add_all": lambda db: db.notices.add_all([(1, "sendMessage", {}), (2, "sendMessage", {})]),
    "notices.done": lambda db: db.notices.done(1),
    "notices.dropped": lambda db: db.notices.dropped(1, "x"),
    "notices.stumbled": lambda db: db.notices.stumbled(1, NOW),
    "shown.begin": lambda db: db.shown.begin(1, NEWS, 5, NOW),
    "shown.there": lambda db: db.shown.there(1, 7),
    "shown.looked": lambda db: db.shown.looked(1, frm=4, to=9),
    "shown.searched": lambda db: db.shown.searched(1, last=3, upto=9),
    "shown.give_up": lambda db: db.shown.give_up(1),
    "shown.gone": lambda db: db.shown.gone(1),
    "waits.set_back": lambda db: db.waits.set_back(MINUTE, NOW),
    "notices.postpone": lambda db: db.notices.postpone(1, NOW),
    "errands.add": lambda db: db.errands.add(ERRAND),
    "errands.fail": lambda db: db.errands.fail(1, "gone"),
    "errands.again": lambda db: db.errands.again(1),
    "errands.done": lambda db: db.errands.done(1, 1),
    "errands.forget_before": lambda db: db.errands.forget_before(NOW, 9),
    "pastes.start": lambda db: db.pastes.start(1, "x", NOW, NOW),
    "pastes.grow": lambda db: db.pastes.grow(1, "x", "x", NOW, NOW),
    "pastes.picture": lambda db: db.pastes.picture(1, [Arrived(1, Media(file_id="x"))], NOW, NOW),
    "pastes.belongs_to": lambda db: db.pastes.belongs_to(1, 1),
    "pastes.reword": lambda db: db.pastes.reword(1, "x"),
    "pastes.came_from": lambda db: db.pastes.came_from(1, Origin(name="x")),
    "spoken.keep": lambda db: db.spoken.keep(1, SPOKEN),
    "spoken.move": lambda db: db.spoken.move(1, 1),
    "pastes.settle": lambda db: db.pastes.settle(1),
    "pastes.fail": lambda db: db.pastes.fail(1, "x"),
    "pastes.refuse": lambda db: db.pastes.refuse(1, NOW),
    "inbox.store": lambda db: db.inbox.store(2, {}, NOW),
    "inbox.done": lambda db: db.inbox.done(1),
    "inbox.failed": lambda db: db.inbox.failed(1, "x"),
    "inbox.forget_before": lambda db: db.inbox.forget_before(NOW, 9),
    "pastes.forget_before": lambda db: db.pastes.forget_before(NOW, 9),
    "notices.forget_dropped": lambda db: db.notices.forget_dropped(9, 9),
    "inbox.store_all": lambda db: db.inbox.store_all([Incoming(update_id=3, payload={}, received_at=NOW)]),
    "inbox.forget_failed": lambda db: db.inbox.forget_failed(NOW, 0, 9),
    "strangers.may_hear": lambda db: db.strangers.may_hear(1, NOW, MINUTE),
    "strangers.forget_before": lambda db: db.strangers.forget_before(NOW),
    "lease.take": lambda db: db.lease.take("y", "host", 2, until=NOW + MINUTE, now=NOW + MINUTE),
    "lease.renew": lambda db: db.lease.renew(HOLDER, NOW + MINUTE),
    "lease.give_back": lambda db: db.lease.give_back("x"),
    "lease.hold": lambda db: db.lease.hold("x"),
    "lease.adopt": lambda db: db.lease.adopt(),
    "audit.log": lambda db: db.audit.log(at=NOW, person_id=1, verb="x"),
    "audit.forget_before": lambda db: db.audit.forget_before(NOW, 5),
    "personal.forget": lambda db: db.personal.forget(1, NOW),
}

LONG = Random(7).randbytes(100_000).hex()  # nothing that is stored compressed becomes short
GROWING: dict[str, Call] = {
    "by_hand.add": lambda db: db.by_hand.add(2, 0, 5, (CALL, ("sendMessage", {"text": LONG})), NOW),
    "articles.create": lambda db: db.articles.create(replace(STORY, lede=LONG), by=1, now=NOW),
    "articles.save": lambda db: db.articles.save(replace(FIRST, lede=LONG), by=1, now=NOW),
    "channels.put": lambda db: db.channels.put(channel(title=LONG), by=1, now=NOW),
    "posts.change": lambda db: db.posts.change(
        1, PostState.HELD, frm=[PostState.PENDING], now=NOW, reason=LONG
    ),
    "posts.doubt": lambda db: db.posts.doubt(2, NOW, now=NOW, reason=LONG),
    "posts.parts.plan": lambda db: db.posts.parts.plan(
        2, [("sendMessage", {"text": LONG})], instead_of=PLANNED
    ),
    "posts.parts.changed": lambda db: db.posts.parts.changed(2, 0, "sendMessage", {"text": LONG}),
    "changes.settle": lambda db: db.changes.settle(2, ChangeState.FAILED, now=NOW, reason=LONG),
    "staff.met": lambda db: db.staff.met(1, LONG, None, NOW),
    "questions.ask": lambda db: db.questions.ask(replace(QUESTION, about={"text": LONG})),
    "cards.delivered": lambda db: db.cards.delivered(1, message_ids=(1,), shown=LONG, seen=1),
    "notices.add": lambda db: db.notices.add(1, "sendMessage", {"text": LONG}),
    "lease.hold": lambda db: db.lease.hold(LONG),
    "pastes.start": lambda db: db.pastes.start(1, LONG, NOW, NOW),
    "pastes.grow": lambda db: db.pastes.grow(1, LONG, LONG, NOW, NOW),
    "spoken.keep": lambda db: db.spoken.keep(1, replace(SPOKEN, words=LONG)),
    "pastes.reword": lambda db: db.pastes.reword(1, LONG),
    "inbox.store": lambda db: db.inbox.store(2, {"text": LONG}, NOW),
    "audit.log": lambda db: db.audit.log(at=NOW, person_id=1, verb="x", detail={"text": LONG}),
}


async def fill(storage: Storage) -> None:
    """Something in every table, so that every call has what to change; posts 1 pending and 2 sending, and so changes."""
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    await stored_story(storage)
    async with storage.begin() as db:
        await db.channels.add_slots(NEWS, [Slot(weekday=0, minute=0)])
        for occurrence, due_at in enumerate((NOW + MINUTE, NOW)):
            await db.posts.add(
                article_id=1, channel_id=NEWS, due_at=due_at, by=1, now=NOW, occurrence=occurrence
            )
        await claim_first(db)
        await db.posts.parts.plan(2, [CALL])
        for kind in (ChangeKind.PIN, ChangeKind.UNPIN):
            await db.changes.add(1, kind, NOW, by=1, now=NOW)
        await db.changes.claim(2, now=NOW)
        await db.pauses.put(NEWS, NOW)
        await db.recurrences.add(
            article_id=1, channel_id=NEWS, times=TIMES, until=None, planned_until=NOW, by=1, now=NOW
        )
        await db.digests.put(NEWS, TIMES, by=1, now=NOW)
        await db.confirmations.ask("urgent", {"article": 1}, by=1, now=NOW, expires_at=NOW + MINUTE)
        await db.holidays.put("2026-06-26", "عاشورا", by=1, now=NOW)
        await db.staff.met(EDITOR, "دبیر", "fa", NOW)
        await db.staff.give(EDITOR, Role.EDITOR)
        await db.staff.give(EDITOR, Role.CHANNEL_ADMIN, NEWS)
        await db.claims.put(Claim(article_id=1, person_id=EDITOR, until=NOW))
        await db.comments.add(1, EDITOR, "x", kind="changes", now=NOW)
        await db.board_keys.add("x", KeyKind.SESSION, 1, NOW + MINUTE)
        await db.tokens.add("x", "x", scope="intake", person_id=1, now=NOW)
        await db.sent_items.put("x", "1", 1, FIRST, NOW)
        await db.sent_items.keep_answer(1, "1", ANSWERED, NOW)
        await db.feeds.add("https://feed.example/", by=1, now=NOW)
        await db.errands.add(ERRAND)
        await db.feeds.keep(1, [(ITEM, Fate.WAITING), (ITEM, Fate.PAGE)], NOW)
        await db.knocks.add(replace(KNOCK, person_id=8, username="x"))
        await db.invitations.add(
            Role.CHANNEL_ADMIN, by=1, now=NOW, expires_at=NOW + MINUTE, token_hash="x", channel_id=NEWS
        )
        await db.questions.ask(replace(QUESTION, chat_id=EDITOR, person_id=EDITOR))
        await db.prompts.add(EDITOR, 1, {}, NOW)
        await db.spellings.keep({"خانهها": {"خانه‌ها": 1}}, now=NOW)
        await db.cards.show(1, EDITOR)
        await db.notices.add(EDITOR, "sendMessage", {})
        await db.pastes.start(EDITOR, "یک", NOW, NOW)
        await db.spoken.keep(EDITOR, SPOKEN)
        await db.inbox.store(1, {}, NOW)
        await db.lease.take("x", "host", 1, until=NOW + MINUTE, now=NOW)
        await db.audit.log(at=NOW, person_id=EDITOR, verb="approve")
        await db.by_hand.add(2, 0, 5, (CALL, CALL), NOW)
        await db.by_hand.posted(NEWS, NOW - MINUTE)
        await db.follow_ups.put(FollowUp(article_id=1, earlier_id=1, quote="یک"))
        await db.troubles.begin(TROUBLE)
        await db.week_sums.put(MARK)
        await db.numbers.count(COUNTED, ZONES, NOW - MINUTE)
        await db.numbers.discussed(-9, NEWS)
        await db.numbers.members(NEWS, "2026-11-21", 6)
