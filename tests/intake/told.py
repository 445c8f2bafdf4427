"""Stories of our own, told by pages of every layout (`tests/intake/layouts.py`); the names in them are invented."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Story:
    headline: str
    lede: str
    body: tuple[tuple[str, str], ...]  # "p", "h2", "li", "q" and its text
    byline: str = ""
    kicker: str = ""
    tags: tuple[str, ...] = ()
    at: datetime = field(default_factory=lambda: datetime.fromisoformat("2026-11-21T10:15:00+03:30"))
    picture: str = "/media/2026/11/story-main.jpg"
    related: tuple[tuple[str, str], ...] = ()
    language: str = "fa"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.body)


def p(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("p", text) for text in texts)


LIBRARY = Story(
    kicker="شهردار کوهپایه خبر داد؛",
    headline="ساخت کتاب‌خانهٔ تازهٔ کوهپایه از امروز آغاز می‌شود",
    lede="شهردار کوهپایه گفت: ساخت بزرگ‌ترین کتاب‌خانهٔ شهر از امروز آغاز می‌شود و بیست‌وچهار ماه طول می‌کشد.",
    body=(
        *p(
            "رضا کاوه صبح شنبه در جمع خبرنگاران افزود: این کتاب‌خانه سه هزار متر زیربنا دارد و چهل میلیارد تومان برای آن کنار گذاشته‌ایم.",
            "به گفتهٔ او، زمین این ساختمان را یکی از خیران شهر بخشیده است و نقشه‌های آن را دانشجویان معماری کشیده‌اند.",
        ),
        ("h2", "بودجه از کجا می‌آید؟"),
        *p(
            "کاوه گفت: نیمی از هزینه را شورای شهر می‌دهد و نیم دیگر را خیران پذیرفته‌اند؛ هیچ وامی گرفته نمی‌شود.",
            "شهردار در پایان یادآور شد: کتاب‌های کتاب‌خانهٔ پیشین هم به ساختمان تازه برده می‌شوند و هیچ‌کدام دور ریخته نمی‌شود.",
        ),
    ),
    byline="مهتاب ادیب",
    tags=("کوهپایه", "کتاب‌خانه", "شورای شهر"),
    related=(
        ("پارک تازهٔ کوهپایه فردا باز می‌شود", "/news/77"),
        ("شورای شهر کوهپایه بودجهٔ سال را پذیرفت", "/news/78"),
    ),
)
WHEAT = Story(
    headline="خرید تضمینی گندم از کشاورزان دشت سبز دو برابر شد",
    lede="مدیر جهاد کشاورزی دشت سبز از دو برابر شدن خرید تضمینی گندم در شش‌ماههٔ نخست سال خبر داد.",
    body=p(
        "سیما نیک‌پی روز چهارشنبه گفت: امسال ۱۲۰ هزار تن گندم از کشاورزان خریده‌ایم، در حالی که این رقم در سال گذشته ۶۰ هزار تن بود.",
        "وی با بیان اینکه پول ۸۰ درصد کشاورزان پرداخت شده است، افزود: باقی‌ماندهٔ مطالبات تا پایان ماه پرداخت می‌شود.",
        "نیک‌پی همچنین از راه‌اندازی سه سیلوی تازه خبر داد و گفت: گنجایش سیلوهای استان به ۴۰۰ هزار تن می‌رسد.",
        "به گفتهٔ او، بارش‌های پاییزی امسال ۱۵ درصد بیشتر از میانگین بلندمدت بوده و چشم‌انداز سال زراعی پیش رو امیدوارکننده است.",
    ),
    byline="آرش سپنتا",
    tags=("گندم", "خرید تضمینی", "دشت سبز"),
    at=datetime.fromisoformat("2026-10-07T16:40:00+03:30"),
    picture="/media/2026/10/wheat.jpg",
)
MATCH = Story(
    kicker="هفتهٔ دوازدهم لیگ برتر",
    headline="شاهین با دو گل نیمهٔ دوم از سد دریا گذشت",
    lede="تیم فوتبال شاهین در دیداری پرگل با نتیجهٔ سه بر دو مهمان خود دریا را شکست داد و به ردهٔ سوم جدول رسید.",
    body=(
        *p(
            "در این دیدار که عصر جمعه در ورزشگاه آزادگان برگزار شد، دریا زودتر به گل رسید و نیمهٔ نخست را با یک گل برد.",
            "شاهین در نیمهٔ دوم با بازی هجومی‌تر برگشت و پویا راد در دقیقه‌های ۵۵ و ۷۲ دو بار دروازهٔ مهمان را گشود.",
        ),
        ("q", "«بچه‌ها تا آخرین ثانیه جنگیدند و من به آن‌ها افتخار می‌کنم؛ این برد حق هواداران ما بود.»"),
        ("h2", "برنامهٔ هفتهٔ آینده"),
        ("li", "شاهین مهمان تیم صدف در بندر است"),
        ("li", "دریا در خانه از پولاد پذیرایی می‌کند"),
        *p("سرمربی دریا پس از بازی گفت که داور یک ضربهٔ پنالتی روشن را برای تیم او نگرفته است."),
    ),
    byline="کیان مهرجو",
    tags=("فوتبال", "لیگ برتر", "شاهین"),
    at=datetime.fromisoformat("2026-11-13T20:05:00+03:30"),
    picture="/media/2026/11/match-7.jpg",
)
WATER = Story(
    headline="ذخیرهٔ سدهای استان به نیمی از گنجایش رسید",
    lede="آب پشت سدهای استان با بارش‌های اخیر به ۵۰ درصد گنجایش رسیده، اما کارشناسان می‌گویند صرفه‌جویی باید ادامه یابد.",
    body=p(
        "مدیرعامل آب منطقه‌ای گفت: حجم آب ذخیره‌شده در پنج سد بزرگ استان ۳۲۰ میلیون مترمکعب است که ۱۸ درصد بیشتر از پارسال است.",
        "نادر بهروز با اشاره به اینکه مصرف خانگی در تابستان رکورد زد، افزود: بدون مدیریت مصرف، کم‌آبی سال آینده هم تکرار می‌شود.",
        "او از شهروندان خواست نشتی لوله‌ها را جدی بگیرند؛ به گفتهٔ او یک‌پنجم آب شهری پیش از رسیدن به خانه‌ها هدر می‌رود.",
    ),
    tags=("سد", "کم‌آبی"),
    at=datetime.fromisoformat("2026-11-25T08:30:00+03:30"),
    picture="/media/2026/11/dam.jpg",
)
SCHOOL = Story(
    headline="مدرسهٔ روستای چشمه پس از ده سال دوباره باز شد",
    lede="زنگ مدرسهٔ روستای چشمه که ده سال بسته بود، با بیست‌وسه دانش‌آموز دوباره به صدا درآمد.",
    body=(
        *p(
            "ساکنان روستا می‌گویند در این سال‌ها کودکان برای رسیدن به نزدیک‌ترین مدرسه هر روز هشت کیلومتر پیاده می‌رفتند.",
            "لیلا بامداد، آموزگار تازهٔ مدرسه، گفت: «باور نمی‌کردم این همه کتاب به دستمان برسد؛ مردم شهر سنگ تمام گذاشتند.»",
        ),
        ("h2", "قدم بعدی"),
        *p(
            "دهیار روستا از ساخت یک کارگاه کوچک در کنار مدرسه خبر داد و گفت نیمی از هزینهٔ آن فراهم شده است.",
            "آموزش‌وپرورش منطقه هم وعده داده است که تا بهار یک آموزگار دیگر به روستا بفرستد.",
        ),
    ),
    byline="نگار آریا",
    tags=("آموزش", "روستا"),
    at=datetime.fromisoformat("2026-09-23T09:00:00+03:30"),
    picture="/media/2026/09/school.jpg",
)
BRIDGE = Story(
    headline="Riverside bridge to close for eight months of repairs",
    lede="The city's oldest bridge will close to all traffic from 1 March while engineers replace its corroded steel cables.",
    body=(
        *p(
            "The Riverside council approved the work on Tuesday after inspectors found that a third of the cables had lost strength.",
            "“We looked at keeping one lane open, but it would have doubled both the time and the cost,” said the city engineer, Dana Holt.",
        ),
        ("h2", "Detours and ferries"),
        *p(
            "Buses will be sent over the northern bridge, adding about twelve minutes to most journeys, the council said.",
            "A free ferry for pedestrians and cyclists will run every fifteen minutes between six in the morning and midnight.",
        ),
    ),
    byline="Maya Lindqvist",
    tags=("Riverside", "Transport", "Bridges"),
    at=datetime.fromisoformat("2026-11-19T14:20:00+00:00"),
    picture="/media/2026/11/bridge.jpg",
    language="en",
)
HARVEST = Story(
    headline="Olive growers expect smallest harvest in a decade",
    lede="A dry spring and a late frost have cut the olive crop by almost half, growers in the eastern valleys say.",
    body=p(
        "Members of the regional cooperative expect to press about 9,000 tonnes this year, down from 17,500 tonnes a year earlier.",
        "Prices at the mill have already risen by a fifth since September, according to the cooperative's weekly bulletin.",
        "“Some of the younger trees may not recover,” said Tomas Verde, who farms sixty hectares near the village of Alta.",
    ),
    byline="Ines Cardoso",
    tags=("Farming", "Olives"),
    at=datetime.fromisoformat("2026-11-02T07:45:00+00:00"),
    picture="/media/2026/11/olives.jpg",
    language="en",
)
PERSIAN = (LIBRARY, WHEAT, MATCH, WATER, SCHOOL)
ENGLISH = (BRIDGE, HARVEST)
