"""Words of greeting, thanks and request, as people write round the copy they send. Knows single clauses.

Clauses are folded (`frames.fold`): no half-spaces, no vowel signs, lower case.
"""

import regex

_GREETED = (
    "همکار(?:ان)?|دوست(?:ان)?|سردبیر|مدیر|دبیر|خبرنگار(?:ان)?|تحریریه|اصحاب رسانه|رسانه|مسئول|ادمین"
    "|استاد|اساتید|مخاطب(?:ان)?|خبرگزاری|روزنامه|پایگاه خبری|آقای|خانم"
)
_DEAR = "گرامی|عزیز|محترم|ارجمند|بزرگوار|گرانقدر"
_MEDIA = "خبرگزاری|روزنامه|سایت|وب ?سایت|کانال|پایگاه|رسانه|مجله|هفته ?نامه|نشریه|تحریریه|شبکه|گروه|سرویس|بخش"
_TO_WHOM = regex.compile(
    rf"(?<!\S)(?:(?:{_GREETED})(?: (?!و )\p{{L}}+){{0,3}} (?:{_DEAR})(?: (?:{_MEDIA})(?: \p{{L}}+){{0,3}})?"
    r"|(?:جناب|سرکار)(?: (?:آقای|خانم))?(?: (?:دکتر|مهندس))? \p{L}+(?: \p{L}+)?"
    r"|(?:آقای|خانم) \p{L}+|\p{L}+ (?:جان|جون))(?!\S)"
)
_COURTEOUS = frozenset(
    (
        "سلام درود احترام احترامات ادب تشکر سپاس سپاسگزار سپاسگزارم سپاسگزاریم سپاسگزاری ممنون ممنونم "
        "ممنونیم متشکر متشکرم متشکریم مرسی بخیر نباشید خداقوت ارادتمند قدردانی قدردانم قدردانیم امتنان "
        "امیدوارم آرزوی باشید علیکم قربان التماس علی حق مدد الله hi hello hey dear greetings regards "
        "wishes thanks thank cheers best sincerely faithfully hope morning afternoon "
        "evening"
    ).split()
)
_BESIDES = frozenset(
    (
        "و با ضمن عرض وقت وقتتون وقتتان روز روزتون روزتان شب صبح صبحتون عصر ظهر ایام اوقات به کام "
        "خیر خوش خسته خدا قوت خدمت شما همه همگی دوستان دوست رفقا بچه ها بچهها همکاران همکار گرامی "
        "گرامیتان عزیز عزیزان محترم ارجمند بزرگوار بزرگواران شریف تحریریه سردبیر از بابت همکاری "
        "همکاریتون همکاریتان همراهی لطف لطفتون لطفتان توجه زحمات زحمت زحماتتون زحماتتان حسن نظر محبت "
        "بذل تان تون فراوان بسیار خیلی ویژه پیشاپیش قبلا مجدد تجدید تقدیم نهایت کمال را دارم داریم "
        "می شوم شویم میشوم بر گرم موفق پیروز سربلند سلامت سلامتی شاد پاینده مانا توفیق موفقیت حال "
        "حالتان حالتون خوب رحمت رحمه ورحمه برکاته وبرکاته جنابعالی حضرتعالی شایستهترین مزید موجب است "
        "دعا یا من التوفیق ومن یاعلی all team guys folks there everyone editor "
        "editors colleague colleagues friend friends sir sirs madam or desk newsroom good "
        "day warm kind kindest warmest with many in advance you for your time help support so very "
        "much yours truly and again i this finds are well"
    ).split()
)
_STORY = r"\b(?:خبر|مطلب|گزارش|متن|یادداشت|مصاحبه|اطلاعیه|بیانیه|فایل|زیر|ذیل|پیوست|این)"
_PUBLISH = (
    r"\b(?:کار ?(?:کن|شود|بش|فرما)|منتشر|انتشار|درج|بازنشر|پوشش|ویرایش|استفاده|اقدام|قرار (?:ده|گیر)"
    r"|بگذار|بذار|بزن|بزار|دستور)"
)
_DO = (
    r"(?:(?:کار|منتشر|بازنشر|درج|ویرایش|پوشش|استفاده) ?"
    r"(?:کن(?:ید|ین)?|شود|بشه|(?:ب?فرما|ده|بد)(?:یید|ئید|ید|ین))"
    r"|بزن(?:ید|ین)|ب(?:ذار|زار|گذار)(?:ید|ین)|(?:ارسال|تقدیم|ایفاد) می ?(?:شود|گردد))"
)
_ASKS = (
    r"\b(?:لطفا|لطف (?:کن|بفرما|فرما)\p{L}*|خواهشا|خواهشمند(?:م|یم| است| هستم)?|مستدعی است"
    r"|خواهش (?:می ?کن|دار)\p{L}+|تقاضا (?:می ?شود|دارم|داریم)|استدعا دارم"
    r"|(?:ممنون|سپاسگزار) می ?ش\p{L}+|اگ(?:ر|ه) (?:ممکن|امکان|صلاح)\p{L}*"
    r"|در صورت (?:امکان|صلاحدید|تمایل)|بی ?زحمت|احتراما)\b"
)
_COPY = r"\b(?:story|article|piece|copy|news|release|draft)\b"
_RUN = r"\b(?:publish|run|post|use|cover|print|edit|consider|share)\b"
_REQUEST = regex.compile(
    rf"(?=.*{_ASKS})(?=.*{_STORY})(?=.*{_PUBLISH}).*|{_ASKS} .{{0,10}}{_PUBLISH}.{{0,10}}"
    r"|(?:.{0,30}\b)?(?:این (?:خبر|مطلب|گزارش|متن|یادداشت|رو)|(?:خبر|مطلب|گزارش|متن) (?:زیر|ذیل|پیوست))"
    rf".* {_DO}"
    r"|(?:به )?پیوست .{2,60}(?:ارسال|تقدیم|ایفاد) می ?(?:شود|گردد)"
    rf"|(?:please|kindly|(?:could|can|would) you)\b(?=.*{_RUN})"
    rf"(?=.*(?:{_COPY}|\b(?:below|attached|this)\b)).*"
    rf"|please (?:find|see)\b(?=.*\b(?:below|attached|enclosed)\b)(?=.*{_COPY}).*"
    rf"|(?:here(?: i|['’])s|(?:attached|below) is) .{{0,20}}{_COPY}.{{0,40}}"
    rf"|.{{0,10}}{_COPY} (?:below|attached)"
)


def courteous(clause: str) -> bool:
    """Whether a clause only greets or thanks («با سلام و عرض ادب», "Many thanks"), whomever it names."""
    words = set(_TO_WHOM.sub("", clause).split())
    addressed = bool(_TO_WHOM.search(clause))
    return words <= _COURTEOUS | _BESIDES and (addressed or bool(words & _COURTEOUS))


def requests(clause: str) -> bool:
    """Whether a clause asks to have a story published («این خبر رو کار کنید»)."""
    return bool(_REQUEST.fullmatch(clause))
