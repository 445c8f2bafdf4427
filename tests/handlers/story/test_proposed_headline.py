"""Copy without a headline: the card says so, and nothing is approved before a person has taken or written one."""

from bot.news.model import ArticleState
from tests.news.test_titling import LONG, MORE
from tests.newsroom import House, newsroom, story

BODY = f"{LONG} {MORE}"


async def submitted(house: House) -> None:
    await house.reporter.sends(BODY)
    assert "تیتر نداشت" in house.reporter.foot()
    await house.reporter.presses("ارسال به دبیر")
    assert "تیتر نداشت" in house.editor.foot()


async def test_approving_asks_first_and_one_press_takes_it_and_approves() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("تأیید")
        assert (await story(house)).state is ArticleState.SUBMITTED
        assert (await story(house)).headline in house.editor.text()

        await house.editor.presses("همین باشد و تأیید")
        after = await story(house)
        assert (after.state, after.headline_proposed) == (ArticleState.APPROVED, False)
        assert after.approved_version == after.version
        assert "تیتر نداشت" not in house.editor.foot()


async def test_a_headline_that_is_written_takes_its_place() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("تأیید")
        await house.editor.presses("تیتر دیگر")
        await house.editor.sends("سه خط تازهٔ اتوبوس برقی در سپیدکوه")
        assert not (await story(house)).headline_proposed
        await house.editor.presses("تأیید", message=house.editor.card())
        assert (await story(house)).state is ArticleState.APPROVED


async def test_its_reporter_takes_it_and_may_undo_that() -> None:
    async with newsroom() as house:
        await house.reporter.sends(BODY)
        await house.reporter.presses("همین باشد")
        assert not (await story(house)).headline_proposed
        await house.reporter.presses("واگرد ویرایش")
        assert (await story(house)).headline_proposed


async def test_once_approved_no_undo_makes_it_a_proposal_again() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("همین باشد", message=house.editor.card())
        await house.editor.presses("تأیید", message=house.editor.card())
        assert (await story(house)).state is ArticleState.APPROVED
        await house.editor.forges(f"story.undo:1:{(await story(house)).version}")
        after = await story(house)
        assert not after.headline_proposed
        assert after.state is ArticleState.APPROVED


async def test_an_old_question_or_a_forged_answer_approves_nothing() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.sends("/help")
        await house.editor.forges(f"story.approve_title:1:{(await story(house)).version}:1")
        await house.reporter.sends("/help")
        await house.reporter.forges(f"story.approve_title:1:{(await story(house)).version}:1")
        assert (await story(house)).state is ArticleState.SUBMITTED
        await house.editor.presses("تأیید")
        await house.passes(2 * 3600)
        await house.editor.forges("story.approve_title:1:1:1")
        assert (await story(house)).state is ArticleState.SUBMITTED
