"""Only what is approved teaches how the newsroom spells."""

from tests.desk.test_desk import desk, draft, house

NAME = "زرین\u200cکلاته"


async def test_an_approved_version_teaches_and_a_draft_does_not() -> None:
    async with house() as db:
        article = await draft(db, lede=f"نشست در {NAME} برپا شد.")
        assert await db.spellings.of(["زرینکلاته"]) == {}

        await desk(db, 2).approve(article.id, article.version)

        assert await db.spellings.of(["زرینکلاته"]) == {"زرینکلاته": {NAME: 1}}


async def test_another_spelling_in_a_later_story_takes_from_the_first() -> None:
    async with house() as db:
        for name in (NAME, NAME, NAME, "زرین کلاته"):
            article = await draft(db, lede=f"نشست در {name} برپا شد.")
            await desk(db, 2).approve(article.id, article.version)

        assert (await db.spellings.of(["زرینکلاته"])).get("زرینکلاته", {}).get(NAME) in (1, 3)
