"""What the words of typed times mean, Persian and English. Knows no grammar and no clock."""

import re
from collections.abc import Iterator
from enum import IntEnum, auto
from functools import cache
from itertools import accumulate


class Kind(IntEnum):
    NUMBER = auto()  # spelled: «هشت»
    DIGITS = auto()
    DECIMAL = auto()  # value in hundredths
    TIME = auto()  # 8:30, value 830
    SHORT_DATE = auto()  # 9/5
    DATE = auto()  # 1405/09/05
    ORDINAL = auto()  # «پنجم»
    ORDINAL_SUFFIX = auto()  # «۵ام»
    ST = auto()  # 5th
    DAY = auto()  # value: days from today
    NIGHT_OF = auto()  # the night of that day
    WEEKDAY = auto()  # 0 Monday … 6 Sunday
    WEEKDAYS = auto()  # «جمعه‌ها»: of every week
    JALALI_MONTH = auto()
    GREGORIAN_MONTH = auto()
    MONTH = auto()  # «ماه»
    MONTH_FROM_NOW = auto()  # value: months from this one
    YEAR_FROM_NOW = auto()
    PART = auto()  # a `Part`
    PARTS = auto()  # «صبح‌ها»: of every day, or of the days beside it
    HOUR = auto()  # «ساعت»: a mark before the hour, or a unit
    UNIT = auto()  # value: minutes
    HALF = auto()
    QUARTER = auto()
    LESS = auto()  # «ده ربع کم»
    AND = auto()
    OR = auto()
    TO_HOUR = auto()  # «یک ربع به ۹»
    TO = auto()
    PAST = auto()
    OCLOCK = auto()
    UNTIL = auto()
    LATER = auto()
    AFTER = auto()  # «بعد»: later, or next
    NEXT = auto()
    THIS = auto()
    AGO = auto()
    IN = auto()
    FROM_NOW = auto()
    WEEKEND = auto()  # value: its first weekday
    WEEK_START = auto()  # «اول هفته»
    WEEK_MIDDLE = auto()
    SAME_DAY = auto()  # «همین روز»: today's weekday
    SAME_HOUR = auto()
    NOW = auto()  # the same hour, where a day is named
    EVERY = auto()
    EVERY_DAY = auto()
    WEEKLY = auto()  # «هر هفته»: says nothing that slots don't
    TIMES = auto()  # «روزی سه بار»
    ODD_DAYS = auto()  # value 0: Saturday, Monday, Wednesday; 1: Sunday, Tuesday, Thursday
    WORKDAYS = auto()
    ONCE = auto()  # «هر دو ساعت یک بار»
    CLOSED = auto()  # «جمعه‌ها تعطیل»
    REST = auto()  # «بقیه روزها»: those that were not told
    EXCEPT = auto()
    FROM = auto()
    FILLER = auto()
    PUBLISH = auto()  # «منتشر شود», «لطفا»: what happens then, and courtesy, are no part of the time
    LAST = auto()  # «آخر آذر»
    PLUS = auto()
    DASH = auto()
    END = auto()


class Part(IntEnum):
    """A part of the day."""

    DAWN = 0
    MORNING = 1
    AM = 2
    NOON = 3
    AFTERNOON = 4
    PM = 5
    EVENING = 6
    DUSK = 7
    NIGHT = 8
    MIDNIGHT = 9
    EARLY = 10
    LATE = 11


def _numbered(spellings: str, first: int = 0, step: int = 1) -> dict[int, str]:
    return {first + step * n: words for n, words in enumerate(spellings.split("|"))}


# An underscore joins what is also written with a space or a ZWNJ.
_SPELLINGS: dict[Kind, dict[int, str]] = {
    Kind.NUMBER: _numbered(
        "صفر|یک یه one a an yek ye|دو two do|سه three se|چهار چار four chahar|پنج five panj"
        "|شش شیش six shesh|هفت seven haft"
        "|هشت eight hasht|نه nine noh|ده ten dah|یازده eleven yazdah|دوازده twelve davazdah|سیزده|چهارده"
        "|پانزده پونزده fifteen"
        "|شانزده شونزده|هفده هیفده|هجده هیجده"
        "|نوزده|بیست twenty"
    )
    | _numbered("سی thirty|چهل forty|پنجاه fifty|شصت sixty|هفتاد|هشتاد|نود ninety|صد", first=30, step=10),
    Kind.ORDINAL: _numbered(
        "اول یکم|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم پونزدهم"
        "|شانزدهم شونزدهم|هفدهم هیفدهم|هجدهم هیجدهم|نوزدهم|بیستم",
        first=1,
    )
    | {30: "سی_ام سیم"},
    Kind.ORDINAL_SUFFIX: {0: "ام م مین"},
    Kind.ST: {0: "st nd rd th"},
    Kind.DAY: _numbered(
        "پریروز|دیروز yesterday|امروز today emrooz emruz|فردا tomorrow tomorow tommorow tommorrow tmrw farda"
        "|پس_فردا day_after_tomorrow pas_farda"
        "|پسون_فردا پس_اون_فردا پسین_فردا",
        first=-2,
    ),
    Kind.NIGHT_OF: {-1: "دیشب", 0: "امشب tonight emshab", 1: "فردا_شب farda_shab", 2: "پس_فردا_شب"},
    Kind.WEEKDAY: {
        0: "دو_شنبه دو_شمبه 2_شنبه 2_shanbe monday mon do_shanbe",
        1: "سه_شنبه سه_شمبه سشنبه 3_شنبه 3_shanbe tuesday tue tues se_shanbe",
        2: "چهار_شنبه چار_شنبه چهار_شمبه چار_شمبه 4_شنبه 4_shanbe wednesday wed chahar_shanbe char_shanbe",
        3: "پنج_شنبه پنشنبه پنج_شمبه پنشمبه 5_شنبه 5_shanbe thursday thu thur thurs panj_shanbe",
        4: "جمعه جمه ادینه friday fri jome jomeh jomee",
        5: "شنبه شمبه saturday sat shanbe",
        6: "یک_شنبه یه_شنبه یک_شمبه یه_شمبه 1_شنبه 1_shanbe sunday sun yek_shanbe ye_shanbe",
    },
    Kind.JALALI_MONTH: _numbered(  # with the names that are used in Afghanistan
        "فروردین حمل farvardin|اردی_بهشت ثور ordibehesht|خرداد جوزا khordad|تیر سرطان tir"
        "|مرداد امرداد اسد mordad|شهریور سنبله shahrivar|مهر میزان mehr|آبان عقرب aban|آذر قوس azar"
        "|دی جدی dey|بهمن دلو bahman|اسفند حوت esfand",
        first=1,
    ),
    Kind.GREGORIAN_MONTH: _numbered(
        "ژانویه جنوری january jan|فوریه فبروری february feb|مارس مارچ march mar|آوریل اپریل april apr"
        "|مه می may|ژوئن جون june jun|ژوئیه جولای ژولای july jul|اوت آگوست august aug"
        "|سپتامبر سپتمبر september sep sept|اکتبر اکتوبر october oct"
        "|نوامبر november nov|دسامبر دسمبر december dec",
        first=1,
    ),
    Kind.MONTH: {0: "ماه"},
    Kind.MONTH_FROM_NOW: {0: "این_ماه همین_ماه ماه_جاری", 1: "ماه_آینده ماه_بعد ماه_دیگر ماه_دیگه"},
    Kind.YEAR_FROM_NOW: {0: "امسال", 1: "سال_آینده سال_بعد سال_دیگه"},
    Kind.PART: {
        Part.DAWN: "بامداد سحر سحرگاه کله_سحر dawn sahar",
        Part.MORNING: "صبح صب صبحی صبحگاه morning sobh",
        Part.AM: "am ق_ظ قبل_از_ظهر پیش_از_ظهر ghabl_az_zohr",
        Part.NOON: "ظهر نیمروز noon midday zohr",
        Part.AFTERNOON: "بعد_از_ظهر بعد_ظهر afternoon bad_az_zohr",
        Part.PM: "pm ب_ظ",
        Part.EVENING: "عصر عصری evening asr",
        Part.DUSK: "غروب سر_شب ghorub",
        Part.NIGHT: "شب شامگاه night shab",
        Part.MIDNIGHT: "نیمه_شب نصف_شب نصفه_شب midnight nime_shab nesfe_shab nesf_shab",
        Part.EARLY: "صبح_زود صب_زود صبح_خیلی_زود اول_صبح سر_صبح اول_وقت صبح_اول_وقت علی_الطلوع صبح_علی_الطلوع"
        " early_morning",
        Part.LATE: "آخر_شب اواخر_شب آخرای_شب late_night late_at_night",
    },
    Kind.PARTS: {
        Part.MORNING: "صبح_ها صبحا صب_ها صبا mornings",
        Part.NOON: "ظهر_ها ظهرا",
        Part.EVENING: "عصر_ها عصرا evenings",
        Part.NIGHT: "شب_ها شبا nights",
    },
    Kind.HOUR: {60: "ساعت ساعات ساعت_های ساعت_ها ساعتای ساعتا saat saate"},
    Kind.UNIT: {
        1: "دقیقه دقه دیقه daghighe daqiqe minute minutes min mins m",
        60: "hour hours hr hrs h",
        1440: "روز day days d rooz",
        10080: "هفته week weeks w hafte",
    },
    Kind.HALF: {0: "نیم half nim"},
    Kind.QUARTER: {0: "ربع quarter rob"},
    Kind.LESS: {0: "کم"},
    Kind.AND: {0: "و and & va o"},
    Kind.OR: {0: "یا or"},
    Kind.TO_HOUR: {0: "به مانده_به مونده_به"},
    Kind.TO: {0: "to"},
    Kind.PAST: {0: "past"},
    Kind.OCLOCK: {0: "o'clock oclock"},
    Kind.UNTIL: {0: "تا الی لغایت till until through ta"},
    Kind.LATER: {0: "دیگر دیگه later dige"},
    Kind.AFTER: {0: "بعد bad bade"},
    Kind.NEXT: {0: "آینده بعدی next ayande badi"},
    Kind.THIS: {0: "این همین this"},
    Kind.AGO: {0: "پیش قبل ago"},
    Kind.IN: {0: "in after بعد_از پس_از"},
    Kind.FROM_NOW: {0: "از_الان از_حالا from_now"},
    Kind.WEEKEND: {3: "آخر_هفته پایان_هفته آخر_هفته_ها تعطیلات_آخر_هفته", 5: "weekend weekends"},
    Kind.WEEK_START: {0: "اول_هفته ابتدای_هفته شروع_هفته"},
    Kind.WEEK_MIDDLE: {0: "وسط_هفته وسطای_هفته وسطهای_هفته میانه_هفته"},
    Kind.SAME_DAY: {0: "همین_روز same_day"},
    Kind.SAME_HOUR: {
        0: "همین_ساعت همین_موقع همین_موقع_ها همین_موقعا همین_وقت این_ساعت این_موقع این_موقع_ها این_وقت"
        " same_time same_hour this_time"
    },
    Kind.NOW: {
        0: "الان همین_الان الانه حالا همین_حالا اکنون هم_اکنون همین_لحظه بلافاصله فورا فوری now right_now"
        " right_away"
        " immediately asap alan hamin_alan hala hamin_hala fori"
    },
    Kind.EVERY: {0: "هر every each همه_ی har"},
    Kind.EVERY_DAY: {
        0: "هر_روز هر_روزه روزانه همه_روزه همه_روزها همه_روزهای_هفته تمام_روزهای_هفته کل_هفته تمام_هفته"
        " همه_روز همه_ایام همه_ایام_هفته تمام_ایام_هفته هفت_روز_هفته تمام_روزها همه_ی_روزها روزی"
        " daily every_day everyday har_rooz har_ruz rooz_i"
    },
    Kind.WEEKLY: {0: "هر_هفته هفتگی weekly every_week"},
    Kind.TIMES: {0: "بار مرتبه نوبت دفعه"},
    Kind.ODD_DAYS: {
        0: "روزهای_زوج روز_های_زوج روزای_زوج زوج زوج_ها",
        1: "روزهای_فرد روز_های_فرد روزای_فرد فرد فرد_ها",
    },
    Kind.WORKDAYS: {0: "روزهای_کاری روز_های_کاری روزای_کاری weekdays workdays working_days"},
    Kind.ONCE: {0: "یک_بار یه_بار once"},
    Kind.CLOSED: {
        0: "تعطیل تعطیله تعطیلند تعطیلن تعطیل_است تعطیل_باشد تعطیل_باشه تعطیل_شود نداریم نداره ندارد هیچی"
        " بدون_پست بدون_خبر off closed"
    },
    Kind.REST: {
        0: "بقیه بقیه_روزها بقیه_ی_روزها بقیه_روزا سایر_روزها سایر_روزا روزهای_دیگر باقی_روزها باقی_روزا"
        " مابقی_روزها مابقی"
    },
    Kind.EXCEPT: {0: "به_جز بجز جز به_جز_از به_غیر_از بغیر_از غیر_از غیر الا except"},
    Kind.FROM: {0: "از from az"},
    Kind.FILLER: {
        0: "در روزهای روز_های روزای تاریخ مورخ مورخه زمان برای واسه راس سر سال دقیقا فقط"
        " حدود حدودا حدودای حوالی تقریبا نزدیک نزدیکای طرفای دم"
        " برابر_با مطابق_با مصادف_با ای_که_میاد at @ on the of exactly about around approximately for only"
    },
    Kind.PUBLISH: {
        0: "منتشر_شود منتشر_شه منتشر_بشه منتشر_کن منتشر_کنید منتشر_کنین منتشرش_کن منتشرش_کنید پخش_شود"
        " پخش_شه پخش_بشه"
        " پخش_کن پخش_کنید ارسال_شود ارسال_شه ارسال_بشه ارسال_کن ارسال_کنید ارسالش_کن چاپ_شود برود بره باشه"
        " باشد بمونه"
        " بماند بزن بزنید بزنین بزنش بفرست بفرستید بفرستین بفرستش بنداز بندازید بندازین بندازش بذار بزار"
        " بگذار بذارش"
        " بگذارید بذارید بذارین پست_شود پست_کن پست_کنید پست_بذار پست_بشه تنظیم_کن تنظیم_کنید تنظیم_شود"
        " ست_کن ست_کنید"
        " زمان_بندی_کن زمان_بندی_شود خوبه خوب_است اوکی اوکیه لطفا ممنون مرسی سپاس متشکرم با_تشکر"
        " publish publish_it send send_it post post_it schedule schedule_it please lotfan thanks thank_you"
        " ok okay"
    },
    Kind.LAST: {0: "آخر پایان انتهای"},
    Kind.PLUS: {0: "+"},
    Kind.DASH: {0: "- – —"},
}

_FOLDED: dict[int, str | int] = {
    **str.maketrans("يىكآأإٱؤئةۀە٫", "ییکااااویههه."),
    **{ord("۰") + n: str(n) for n in range(10)},
    **{ord("٠") + n: str(n) for n in range(10)},
    **{n: n + 32 for n in range(ord("A"), ord("Z") + 1)},
    ord("’"): "'",
}
_EZAFE = re.compile("(?<=[هاو])[\\s\u200c]ی(?![^\\W\\d_])")


def fold(text: str) -> str:
    """`text` as the tables are written; as long as it was, if it held nothing invisible."""
    folded = text.translate(_FOLDED)
    return _EZAFE.sub("  ", folded)


@cache
def lexicon() -> dict[str, tuple[Kind, int]]:
    """Kind and value of every spelling, folded and without blanks."""
    words: dict[str, tuple[Kind, int]] = {}
    for spelling, meaning in _spelled():
        words[spelling.replace("_", "")] = meaning
    for spelling, (kind, value) in list(words.items()):
        if kind is Kind.WEEKDAY:
            words |= dict.fromkeys(
                (f"{spelling}ها", f"{spelling}های", f"{spelling}s", f"{spelling}ha"), (Kind.WEEKDAYS, value)
            )
        if kind is Kind.JALALI_MONTH:
            words[f"{spelling}ماه"] = (kind, value)
    return words


@cache
def openers() -> frozenset[str]:
    """What all words that may be written in parts may begin with."""
    parts: set[str] = set()
    for spelling, _ in _spelled():
        joined = accumulate(spelling.split("_")[:-1])  # «بعد» and «بعداز» of «بعد از ظهر»
        parts.update(joined)
    return frozenset(parts | {word for word, (kind, _) in lexicon().items() if kind is Kind.WEEKDAY})


def _spelled() -> Iterator[tuple[str, tuple[Kind, int]]]:
    for kind, meanings in _SPELLINGS.items():
        for value, spellings in meanings.items():
            for spelling in fold(spellings).split():
                yield spelling, (kind, value)
