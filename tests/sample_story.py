"""A story of our own with everything in it, and a look that shows all of it."""

from datetime import date

from bot.news.model import (
    Article,
    BulletList,
    KeyPoint,
    Look,
    Paragraph,
    Piece,
    Quote,
    RelatedLink,
    Section,
    UrlButton,
)

DAY = date(2026, 11, 22)

STORY = Article(
    kicker="محیط زیست",
    headline="بازگشت درناها به تالاب میانکوه",
    lede="نخستین دسته از درناهای مهاجر پس از ۹ سال به تالاب میانکوه رسید.",
    sections=(
        Section(
            heading="سفر سه\u200cهزار کیلومتری",
            blocks=(
                Paragraph(text="پرنده\u200cنگران صبح شنبه ۴۲ درنا را شمردند 🦩."),
                Paragraph(text="GPS یکی از آن\u200cها مسیر را نشان داده است."),
                Quote(text="این خبر خوبی برای همهٔ ماست."),
            ),
        ),
        Section(
            blocks=(
                BulletList(
                    intro="کارهای مانده موارد زیر بود:",
                    items=(
                        KeyPoint(label="آب", text="لایروبی دو نهر"),
                        KeyPoint(text="WWF گزارش می\u200cدهد"),
                    ),
                ),
            )
        ),
    ),
    key_points=(
        KeyPoint(label="شمار پرندگان", text="۴۲ درنا در روز نخست"),
        KeyPoint(text="GPS مسیر کوچ را ثبت کرد"),
    ),
    related=(
        RelatedLink(title="تالاب\u200cها چگونه زنده شدند", url="https://example.com/wetlands?id=7"),
        RelatedLink(title="راهنمای پرنده\u200cنگری"),
    ),
    byline="سارا نمونه",
    dateline="گرگان - خبرنامه",
    source="خبرنامهٔ نمونه",
    source_url="https://example.com",
    hashtags=("محیط زیست", "درنا", "Birds", "۱۴۰۵"),
)

LOOK = Look(
    pieces=(
        Piece.KICKER,
        Piece.HEADLINE,
        Piece.LEDE,
        Piece.KEY_POINTS,
        Piece.FULL_TEXT,
        Piece.RELATED,
        Piece.BYLINE,
        Piece.DATELINE,
        Piece.SOURCE,
        Piece.DATE,
        Piece.HASHTAGS,
        Piece.SIGNATURE,
    ),
    signature="خبرنامهٔ نمونه | @nemune_news",
    buttons=(UrlButton(text="وبگاه ما", url="https://example.com"),),
)
