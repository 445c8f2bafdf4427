"""People, places and organisations that a text names; figures on sentences of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.subjects import names
from tests.any_article import TEXTS

# A sentence, and what it names: p person, l place, o organisation. Invented people, but for heads of state.
SENTENCES = """
وزیر نیرو از آبگیری سد تازه در کرمان خبر داد.|l کرمان
محمدرضا نمونه‌پور، مدیرعامل شرکت ملی گاز ایران، از سفر به عسلویه خبر داد.|p محمدرضا نمونه‌پور|o شرکت ملی گاز ایران|l عسلویه
دکتر سارا راستین گفت: واکسن تازه آماده است.|p سارا راستین
آقای جهانگیری دیروز به مشهد رفت.|p جهانگیری|l مشهد
سازمان هواشناسی از بارش برف در ارتفاعات البرز خبر داد.|o سازمان هواشناسی
سخنگوی وزارت امور خارجه با همتای ترک خود در آنکارا گفت‌وگو کرد.|o وزارت امور خارجه|l آنکارا
دانشگاه تهران نتایج پژوهش را منتشر کرد.|o دانشگاه تهران
شهردار تهران درباره بودجه سخن گفت.|l تهران
بانک مرکزی نرخ تازه ارز را اعلام کرد.|o بانک مرکزی
مجلس شورای اسلامی کلیات لایحه را تصویب کرد.|o مجلس شورای اسلامی
رئیس‌جمهور فرانسه با صدراعظم آلمان در برلین دیدار کرد.|l فرانسه|l آلمان|l برلین
این کتاب را علی کوشیار نوشته است.|p علی کوشیار
دکتر مینو آزمون، متخصص قلب، گفت: ورزش کنید.|p مینو آزمون
به گفتهٔ مهندس کاوه نمونه، پل در آبان باز می‌شود.|p کاوه نمونه
امید آزمون، سرمربی تیم، از داوری گلایه کرد.|p امید آزمون
ایران عضو پیمان منع آزمایش است.|l ایران
بهار گذشته باران کم بارید.|
فاطمه بهرامی‌نیا، کارگردان این فیلم، جایزه گرفت.|p فاطمه بهرامی‌نیا
کابل برق در خیابان افتاد و شهر خاموش شد.|
پروازهای کابل از سر گرفته شد و مسافران در کابل ماندند.|l کابل
حجت‌الاسلام والمسلمین رضایی‌فر در نشست حوزه سخن گفت.|p رضایی‌فر
خیابان شهید محمد نمونه بسته شد.|
بیمارستان امام حسین پذیرش ندارد.|
شرکت توسعه معادن پارس از برنامه خود گفت.|o شرکت توسعه معادن پارس
هزاران نفر در این آیین شرکت کردند.|
شرکت در انتخابات آزاد است.|
شرکت «آینه‌سازان فردا» ورشکست شد.|o شرکت «آینه‌سازان فردا»
روزنامه «صبح نمونه» این گزارش را چاپ کرد.|o روزنامه «صبح نمونه»
فدراسیون فوتبال حکم تازه داد.|o فدراسیون فوتبال
تیم ملی ژاپن برابر ایران برنده شد.|l ژاپن|l ایران
استان فارس رکورد گرما را شکست.|l فارس
زبان فارس و ادب کهن را دوست دارم.|
بازار مالی آرام است.|
کشور مالی درگیر خشکسالی است.|l مالی
قیمت نفت در بازار لندن بالا رفت.|l لندن
سردار کیومرث دلاورپور فرمانده پلیس راهور شد.|p کیومرث دلاورپور|o پلیس راهور
مهدی طاهریان سرمربی تیم شد.|p مهدی طاهریان
به گزارش ایرنا، معدن بسته شد.|o ایرنا
وزارت علوم، تحقیقات و فناوری آیین‌نامه را ابلاغ کرد.|o وزارت علوم، تحقیقات و فناوری
وزارت آموزش و پرورش زمان بازگشایی مدرسه‌ها را گفت.|o وزارت آموزش و پرورش
خانم نرگس صبوری‌زاده به همراه همکارانش آمد.|p نرگس صبوری‌زاده
یک مقام آگاه گفت: مذاکرات ادامه دارد.|
وزیر نیرو گفت: کمبود نداریم.|
مدیر این مجموعه گفت: کار تمام شد.|
رضایت مردم مهم است و امید هست.|
نور خورشید به ایوان خانه می‌تابد.|
در میانه راه برگشتند.|
شهرستان میانه زیر برف رفت.|l میانه
سراب آب در کویر دیده شد.|
شورای امنیت سازمان ملل متحد نشست گذاشت.|o شورای امنیت سازمان ملل متحد
اتحادیه اروپا تحریم را برداشت.|o اتحادیه اروپا
دونالد ترامپ وارد توکیو شد.|p دونالد ترامپ|l توکیو
تیلمان هارگریوز، سرمربی تیم، استعفا داد.|p تیلمان هارگریوز
کورنلیس فاندربیک گفت: می‌مانیم.|p کورنلیس فاندربیک
هفته گذشته، وزیر به سفر رفت.|
با این حال، رئیس نپذیرفت.|
سید محمدمهدی روشن‌ضمیر رئیس دانشگاه شد.|p سید محمدمهدی روشن‌ضمیر
مرتضی ایزدی‌فر و لیلا آذرنوش برنده شدند.|p مرتضی ایزدی‌فر|p لیلا آذرنوش
رئیس پلیس فتا هشدار داد.|o پلیس فتا
شهرداری شیراز خط تازه مترو را گشود.|o شهرداری شیراز
استاندار خراسان جنوبی به طبس رفت.|l خراسان جنوبی|l طبس
سازمان جهانی بهداشت از واکسن تازه گفت.|o سازمان جهانی بهداشت
دانشگاه علوم پزشکی تبریز دانشجو می‌گیرد.|o دانشگاه علوم پزشکی تبریز
رئال مادرید در مادرید برنده شد.|o رئال مادرید|l مادرید
گل مریم در باغ شکفت.|
جواد در خانه بود.|
او در بندر انزلی به دنیا آمد.|l بندر انزلی
دولت کره جنوبی بودجه را افزایش داد.|l کره جنوبی
غلامحسین توانگر (دبیر انجمن) درگذشت.|p غلامحسین توانگر
ساعت سه بامداد زمین لرزید.|
خشکسالی در سیستان و بلوچستان ادامه دارد.|l سیستان و بلوچستان
""".strip().splitlines()
KINDS = {"p": "person", "l": "place", "o": "organisation"}
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.85


def expected(line: str) -> tuple[str, set[tuple[str, str]]]:
    sentence, *named = line.split("|")
    return sentence, {(KINDS[each[0]], each[2:]) for each in named if each}


def test_precision_and_recall_on_sentences_of_our_own():
    right = told = there = 0
    wrong: list[object] = []
    for line in SENTENCES:
        sentence, truth = expected(line)
        answer = {(name.kind, name.text) for name in names.found(sentence)}
        right, told, there = right + len(answer & truth), told + len(answer), there + len(truth)
        wrong += [(sentence, answer - truth, truth - answer)] if answer != truth else []

    assert len(SENTENCES) >= 60
    assert right / told >= LEAST_PRECISION, wrong
    assert right / there >= LEAST_RECALL, wrong


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("دکتر مینو آزمون، متخصص قلب، گفت: ورزش کنید.", ["مینو آزمون"]),
        ("به گفتهٔ مهندس کاوه نمونه، پل در آبان باز می‌شود.", ["کاوه نمونه"]),
        ("امید آزمون، سرمربی تیم، از داوری گلایه کرد.", ["امید آزمون"]),
        ("ایران عضو پیمان منع آزمایش است.", []),
        ("محسن قبلا در این تیم بود.", []),
        ("بهار گذشته باران کم بارید.", []),
    ],
)
def test_given_names_name_people_and_everyday_words_do_not(text, named):
    assert [name.text for name in names.found(text) if name.kind == "person"] == named


def test_a_surname_is_known_once_the_whole_name_was_told():
    text = "محمدرضا نمونه\u200cپور آمد. به گفته نمونه\u200cپور کار آغاز شد."

    assert [name.text for name in names.found(text)] == ["محمدرضا نمونه\u200cپور", "نمونه\u200cپور"]
    assert names.found("به گفته نمونه\u200cپور کار آغاز شد.") == ()


@pytest.mark.parametrize("text", ["سازمان تأمین اجتماعی", "سازمان تامین اجتماعی", "سازمان بین\u200cالمللی"])
def test_hamza_does_not_hide_a_name(text):
    found = [name.text for name in names.found(f"{text} از طرح تازه گفت.")]

    assert found == [text] or text.endswith("المللی")


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(), TEXTS, st.lists(st.sampled_from(" ".join(SENTENCES).split())).map(" ".join)))
def test_names_stand_where_they_say_and_apart(text):
    last = 0
    for name in names.found(text):
        assert text[name.start : name.end] == name.text != ""
        assert name.start >= last
        last = name.end


@pytest.mark.long
@pytest.mark.timeout(20)
def test_long_text_takes_linear_time():
    for unit in ("محمد ", "دکتر ", "شرکت ", "«", "سازمان ملل ", "ب"):
        names.found(unit * 5_000)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("فرزاد ساکی و نسترن ساکی گردآوری کتاب را آغاز کردند.", ["فرزاد ساکی", "نسترن ساکی"]),
        ("پیام حمید سروری در آیین خوانده شد.", ["حمید سروری"]),
        ("اهرام ویکلی نوشت کردها پیروز شدند.", []),
        ("سعید آذری گلایه‌هایی از داوران داشت.", ["سعید آذری"]),
    ],
)
def test_what_is_done_is_no_surname_and_a_paper_nobody(text: str, people: list[str]) -> None:
    assert [each.text for each in names.found(text) if each.kind == "person"] == people


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("با حضور در راهپیمایی ۲۲ بهمن نگاه‌های شیطانی ناامید می‌شود.", "بهمن نگاه‌های شیطانی"),
        ("مسئول اتحادیه موسسه‌های قرآنی گفت.", "اتحادیه موسسه‌های"),
        ("عضو کمیسیون عمران مجلس گفت.", "عمران مجلس"),
        ("حرم فاطمه الزهرا شلوغ است.", "فاطمه الزهرا"),
        ("مدیر شرکت سرمایه‌گذاری گفت.", "شرکت سرمایه‌گذاری"),
        ("ستاره پرتغالی تیم مصدوم شد.", "ستاره پرتغالی"),
        ("هنری خنثی است و هنری خنثی ماند.", "هنری خنثی"),
        ("با روبن مشکل داشتم و با روبن مشکل دارم.", "روبن مشکل"),
        ("طرح هادی روستاها اجرا شد.", "هادی روستاها"),
        ("حضور در راهپیمایی ۲۲ بهمن واجب است.", "بهمن واجب"),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, nothing: str) -> None:
    assert nothing not in [name.text for name in names.found(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("شهردار گلشن‌رود خبر داد.", "گلشن‌رود", "place"),
        ("در روستای ذاکر کندی برف آمد.", "ذاکر کندی", "place"),
        ("یورگن کلوپ می‌گوید خوب بود.", "یورگن کلوپ", "person"),
        ("کیخا: خوب بود\nسعیدرضا کیخا آمد.", "سعیدرضا کیخا", "person"),
        ("شرکت گاز سیستان و بلوچستان خبر داد.", "شرکت گاز سیستان و بلوچستان", "organisation"),
    ],
)
def test_names_are_whole_and_known_by_what_stands_before_them(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(found.text, found.kind) for found in names.found(text)]
