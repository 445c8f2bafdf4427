"""Who wrote it: lines that name the author, and paragraphs that present them. Knows single lines."""

from dataclasses import dataclass

import regex

from bot.news.grammar.given_names import FAMILY_NAMES, GIVEN_NAMES
from bot.news.grammar.stop_words import STOP_WORDS, key
from bot.news.structure import furniture, outlets
from bot.news.summary import worth

_HALF = r"[ \u200c]?"
_ROLE = (
    rf"روزنامه{_HALF}نگار|خبر{_HALF}نگار|خبرنگاران|روزنامه{_HALF}نگاران|نویسنده|نویسندگان|تحلیل{_HALF}گر"
    rf"|پژوهش{_HALF}گر|مترجم|سردبیر|دبیر|گزارش{_HALF}گر|عکاس|ستون{_HALF}نویس|منتقد|مدرس"
    rf"|استاد|کارشناس|دانش{_HALF}آموخته|دانشجوی"
    "|journalist|reporter|correspondent|writer|editor|author|columnist|analyst|photographer|producer"
)
_WRITER = (
    rf"نویسنده|نگارنده|خبر{_HALF}نگار|گزارش{_HALF}گر|گزارش|مترجم|ترجمه|نویسندگان|خبرنگاران"
    rf"|تهیه(?: ?و ?تنظیم)?(?:{_HALF}کننده)?|تنظیم|مصاحبه|ویراستار|ویرایش|تدوین(?:{_HALF}گر)?|تصویربردار"
    rf"|مصاحبه{_HALF}کننده|گفت{_HALF}و{_HALF}گو|یادداشت|تحریریه|دبیر|تحقیق"
    "|author|writer|reporter|translator"
)
_AND_ALSO = rf"(?:(?: و |\s*[/،&]\s*| and )(?:{_WRITER}|عکاس|عکس|تصویر|photos?|photographer))*"
_NAME = r"(?!و )(?:[\p{L}\u200c'’.-]+ ){1,4}[\p{L}\u200c'’.-]+"
_LABELLED = regex.compile(
    rf"(?P<role>(?:{_WRITER}){_AND_ALSO})\s*[:：]\s*(?P<name>\S.*)"
    rf"|(?P<role>نویسنده|نویسندگان|گزارشگر|خبرنگار|عکاس|مترجم)\s*[,،]\s*(?P<name>{_NAME})"
    rf"|(?P<role>به قلم|گزارش از|نوشته(?: شده توسط)?|یادداشت از"
    rf"|گفت{_HALF}و{_HALF}گو از|ترجمه از|نویسنده)\s*:?\s+"
    rf"(?P<name>{_NAME}(?:\s*[،,(–-].*)?)"
    r"|(?:by ?:?|written by|reporting by|story by|author:)\s+(?P<name>\p{L}.*)",
    regex.IGNORECASE,
)
_ABOUT = regex.compile(
    rf"(?:درباره{_HALF}(?:ی )?نویسنده|معرفی نویسنده|about the author)\s*[:：]?\s*(?P<bio>.*)",
    regex.IGNORECASE | regex.DOTALL,
)
_WITH_ROLE = regex.compile(rf"(?P<name>{_NAME})\s*[-–—|،,]\s*(?P<bio>(?:{_ROLE})\b.*)", regex.IGNORECASE)
_BESIDE_ROLE = regex.compile(  # «رضا کهن خبرنگار»
    rf"(?P<name>[\p{{L}}\u200c]+(?: [\p{{L}}\u200c]+){{1,2}}) (?P<bio>روزنامه{_HALF}نگار|خبر{_HALF}نگار"
    rf"|نویسنده|گزارش{_HALF}گر)"
)
_NOTE = regex.compile(
    rf"(?P<name>{_NAME})(?:\s*[،,]|\s+(?:is|was)\b)\s*(?:(?:[\p{{L}}\u200c]+ ){{0,5}}?(?:{_ROLE})\b.*)"
    r"(?:است|هست|دارد|ن?می\S+|\b(?:is|has|writes|covers|works|lives)\b.*)[.!]?",
    regex.IGNORECASE | regex.DOTALL,
)
_PRESENTED = regex.compile(
    rf"{_NAME} (?:is|was) (?:[\p{{L}}’'-]+ ){{1,6}}?(?:{_ROLE})\b[^\n]*", regex.IGNORECASE
)
_OFFICE = regex.compile(
    rf"(?:روابط عمومی|شهرداری|استانداری|فرمانداری|دادگستری|پلیس|دبیر{_HALF}خانه|خانه|شرکت|انجمن|سازمان"
    rf"|کانون|اتحادیه|بنیاد|مرکز|اداره|وزارت|شورای?|ستاد"
    rf"|دانشگاه|باشگاه|مو?سسه|مؤسسه|هی[أئ]ت|خبرگزاری|پایگاه خبری|گروه|جمعی از)"
    r"(?: [\p{L}\u200c]+){1,9}"
    r"|(?:the )?(?:[\p{L}]+ ){0,3}(?:press|media|communications|public relations) (?:office|team"
    r"|department|desk)",
    regex.IGNORECASE,
)
_PERSON = regex.compile(
    r"(?:(?:دکتر|مهندس|استاد|حجت الاسلام|Dr\.?) )?[\p{L}\u200c'’.-]{2,}(?: [\p{L}\u200c'’.-]{2,}){1,2}"
)
_WORK = (
    rf"{_ROLE}|عضو هی[أئ]ت علمی|عضو (?:شورای|انجمن)|روان{_HALF}شناس|جامعه{_HALF}شناس|زبان{_HALF}شناس"
    rf"|حقوق{_HALF}دان"
    rf"|اقتصاد{_HALF}دان|تاریخ{_HALF}نگار|وکیل|پزشک|دکترای|فعال|شاعر|معلم|کنشگر|professor|lecturer"
    rf"|historian|economist"
)
_ITS_WORK = regex.compile(
    rf"(?:[\p{{Lu}}][\p{{L}}-]+ )?(?:{_WORK})ی?(?: [\p{{L}}\u200c]+){{0,8}}", regex.IGNORECASE
)
_AND_WORK = regex.compile(rf"(?<= |ی)و (?={_WORK})|(?<=\b(?:{_WORK}) )in (?=\p{{Lu}})")
_WORDS_BY = regex.compile(r"^(?:متن|words|text)\s*[:：]\s*", regex.IGNORECASE)
_PHOTO_CREDIT = regex.compile(rf"(?:عکس(?:{_HALF}ها)?|تصاویر) از(?: [\p{{L}}\u200c]+){{2,3}}")
_BARE_ROLE = regex.compile(
    rf"(?:نویسنده|نگارنده|خبر{_HALF}نگار|گزارش{_HALF}گر|مترجم|به قلم|author|writer|reporter|by)\s*[:：]",
    regex.IGNORECASE,
)
_NO_NAME = regex.compile(
    r"(?<!\S)(?:و|در|به|از|را|با|که|برای|تا|بر|هم|یا|این|آن|چه|چرا|است|بود|شد|شدند|کرد|کردند"
    r"|ن?می(?:\u200c\S+|(?:شو|کن|گو|ده|رو|توان|خواه|دان|آی|باش)\S*)?"  # but «مینا» is a name
    r"|the|a|of|in|on|to|and|for|is|are|was)(?!\S)",
    regex.IGNORECASE,
)
_SAYS = regex.compile(r"\b(?:گفت|افزود|تصریح کرد|تاکید کرد|تأکید کرد|خاطرنشان|اظهار|said|told|added)\b")
_DID = regex.compile(rf"(?:{_WRITER}|نوشته|به قلم)(?: شده)?(?: توسط| از)?\s*[ :؛/–-]\s*")
_OF_THE_SITE = regex.compile(
    r"(?:مدیر|ادمین|سردبیر|نویسنده|کاربر|admin|editor)(?: (?:سایت|وب ?سایت|خبر|کل))?", regex.IGNORECASE
)
_TO_READERS = regex.compile(
    r"(?<!\p{L})(?:شما|شماست|خود|خودتان|کنید|بنویسید|your?)(?!\p{L})"
    r"|تان(?!\p{L})|[@/]|https?:"
)
_LEADING_NAME = regex.compile(
    rf"(?P<name>[\p{{L}}\u200c'’-]+(?: [\p{{L}}\u200c'’-]+){{1,3}}?)(?=\s*[،,.]|\s+(?:{_ROLE}|is|was)\b)",
    regex.IGNORECASE,
)
_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|فر|نیا|راد|منش|یان|وند|خواه|دوست|مقدم|ی)$")
_SURE_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|نیا|یان|وند)$")
_TITLED = regex.compile(r"(?:دکتر|مهندس|استاد|حجت الاسلام|سید|سیده|dr\.?) ", regex.IGNORECASE)
_ROUND = "()[]«»*/ .،-–—✍🖊\ufe0f"
_NAME_WORDS = (2, 3)
_RARE = 0.62  # `worth`: under it a word is everyday press
_LONGEST_LINE = 90
_MAX_NAME_WORDS = 9
_DID_NOT_WRITE = ("مترجم", "ترجمه", "translator", "ویراستار", "ویرایش", "تدوین", "تصویربردار")


@dataclass(frozen=True, kw_only=True)
class Byline:
    """A person's name, what they did if it was not writing, and what the copy says about them."""

    name: str | None
    bio: str | None = None


def credited(line: str) -> Byline | None:
    """The author whom a line of its own names («نویسنده: …», «گزارش از …», "By …"), or None."""
    line = line.strip("()[] ")
    about = _ABOUT.fullmatch(line)
    if about:
        return presented(about["bio"]) if about["bio"] else Byline(name=None)
    if len(line) > _LONGEST_LINE:
        return None
    found = _LABELLED.fullmatch(line)
    if (
        found
        and len(found["name"].split()) <= _MAX_NAME_WORDS
        and not _SAYS.search(line)
        and line[-1] not in "؟?!"
        and _may_be_named(found["name"])
    ):
        return _named(found["name"], found.groupdict().get("role"))
    if (beside := _BESIDE_ROLE.fullmatch(line)) and is_person(beside["name"]):
        return Byline(name=beside["name"], bio=beside["bio"])
    role = _WITH_ROLE.fullmatch(line)
    if role and line[-1] not in ".؟?!:" and not _SAYS.search(line):
        return Byline(name=role["name"], bio=role["bio"])
    return None


def is_no_name(line: str) -> bool:
    """Whether a line has a byline's form, but names a number, a label or a site's own."""
    found = _LABELLED.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return bool(found) and not _may_be_named(found["name"]) if found else False


def is_bare_heading(line: str) -> bool:
    """Whether a line says «درباره نویسنده» and no more: the next one presents them."""
    about = _ABOUT.fullmatch(line)
    return bool(about and not about["bio"])


def is_photo_credit(line: str) -> bool:
    """Whether a line may say who took the pictures («عکس از نیما فرضی»); alone it may be a headline."""
    return bool(_PHOTO_CREDIT.fullmatch(line))


def is_bare_role(line: str) -> bool:
    """Whether a line says «نویسنده:» and no more: the next one has the name."""
    return bool(_BARE_ROLE.fullmatch(line.strip()))


def is_note(paragraph: str) -> bool:
    """Whether a paragraph presents a person who writes («…، روزنامه‌نگار … است»), so at the end the author."""
    told = _NOTE.fullmatch(paragraph) or _PRESENTED.fullmatch(paragraph)
    return bool(told) and not _SAYS.search(paragraph)


def is_office(line: str) -> bool:
    """Whether a line names an office or a company («روابط عمومی شهرداری») and says no more."""
    return bool(_OFFICE.fullmatch(line))


def signed(line: str) -> Byline | None:
    """Whom a signature names: a person («کامران فرضی»), their work («پژوهشگر شهری») or an office."""
    line = _WORDS_BY.sub("", line)
    if _NO_NAME.search(_AND_WORK.sub("", line)) and not is_office(line):
        return None
    if is_office(line) or _ITS_WORK.fullmatch(line):
        return Byline(name=None, bio=line)
    if not _PERSON.fullmatch(line) or not _may_be_named(line):
        return None
    return Byline(name=line) if line.isascii() or is_person(line) or may_be_person(line) else None


def is_person(line: str) -> bool:
    """Whether a line is a person's name and no more, as far as names are known."""
    if not _PERSON.fullmatch(line) or _NO_NAME.search(line):
        return False
    words = _TITLED.sub("", line).split()
    first, last = key(words[0]), key(words[-1])
    if furniture.kind(line) or any(key(word) in STOP_WORDS for word in words):
        return False
    if first in GIVEN_NAMES or _TITLED.match(line):
        return len(words) > 1 or bool(_TITLED.match(line))
    return last in FAMILY_NAMES or bool(_SURE_SURNAME.search(last))


def may_be_person(line: str) -> bool:
    """Whether two or three words that the press hardly uses stand alone, as a name that no table has does."""
    words = line.split()
    if len(words) not in _NAME_WORDS or not _PERSON.fullmatch(line) or _NO_NAME.search(line):
        return False
    if furniture.kind(line) or furniture.is_section(line) or furniture.is_of_page(line):
        return False
    if any(key(word) in STOP_WORDS for word in words):
        return False
    known = worth.model().words
    return all(key(word) not in known or known[key(word)].rarity >= _RARE for word in words)


def is_credit(line: str) -> bool:
    """Whether a line is a person's name, or says without a colon what a known one did («ترجمه مینا فرضی»)."""
    return is_person(_DID.sub("", line.strip(_ROUND), count=1))


def says_who(line: str) -> bool:
    """Whether a line says what a known person did, in any punctuation («گزارش/ رضا کهن»)."""
    line = line.strip(_ROUND)
    done = _DID.match(line)
    return bool(done) and is_person(line[done.end() :]) if done else False


def _may_be_named(name: str) -> bool:
    """Whether words behind «نویسنده:», or under a text, can be a person or a desk, no label or number."""
    first = regex.split(r"\s*[-–—|،,/(]\s*", name, maxsplit=1)[0]
    if not any(char.isalpha() for char in first) or any(char.isdigit() for char in first):
        return False
    if outlets.alone(first):
        return False
    return not (furniture.kind(name) or _OF_THE_SITE.fullmatch(name.strip()) or _TO_READERS.search(name))


def read(line: str) -> Byline:
    """The person in a line about who wrote."""
    return credited(line) or _done_by(line) or signed(line) or presented(line)


def _done_by(line: str) -> Byline | None:
    """«ترجمه مینا فرضی», without a colon."""
    line = line.strip(_ROUND)
    done = _DID.match(line)
    if not is_credit(line):
        return None
    return _named(line[done.end() :], done.group()) if done else Byline(name=line)


def presented(paragraph: str) -> Byline:
    """The name at the start of a paragraph about the author, and the paragraph."""
    found = _LEADING_NAME.match(paragraph)
    return Byline(name=found["name"] if found else None, bio=paragraph)


def _named(name: str, role: str | None) -> Byline:
    """A name with what stands behind it; that a person translated is said, that they wrote is not."""
    name, _, rest = (
        part.strip()
        for part in regex.sub(
            r"\s*[-–—|،,;؛/(]\s*|\s+(?=in \p{Lu})", "\n", name.strip(" .)"), count=1
        ).partition("\n")
    )
    did = role.strip() if role and role.strip().casefold().startswith(_DID_NOT_WRITE) else ""
    return Byline(name=name, bio=" - ".join(part for part in (did, rest) if part) or None)
