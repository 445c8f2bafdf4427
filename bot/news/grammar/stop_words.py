"""Words that name nothing by themselves, and one spelling to look words up by. Knows no Persian verbs.

Prepositions, pronouns, conjunctions, adverbs, numerals and the words of time, measure and reporting that news
is full of, Persian and English; from general knowledge.
"""

import unicodedata

_FOLDED = str.maketrans("يىكأإٱؤۀة", "ییکاااوهه", "\u200c\u200d\u0640\u200e\u200f")


def key(word: str) -> str:
    """One spelling for all ways to type a word: small letters, Persian keys, no half-space, no vowel sign."""
    plain = word.translate(_FOLDED).casefold()
    if plain.isalpha():  # as most words are: what combines is no letter
        return plain
    return "".join(char for char in plain if not unicodedata.combining(char))


def keys(table: str) -> frozenset[str]:
    """The keys of the words in a table."""
    return frozenset(map(key, table.split()))


PREPOSITIONS = keys(
    """
    از به در با بر برای تا بدون جز مگر بی علیه درباره توسط طی ضمن طبق بین میان روی زیر نزد سوی جهت
    """
)
TIMES = keys(
    """
    الان قبلا امروز دیروز فردا پریروز امشب دیشب امسال پارسال اکنون هم‌اکنون حال حالا تاکنون پس سپس روز روزها
    روزهای
    شب صبح عصر ظهر بامداد ساعت ساعات دقیقه ثانیه لحظاتی ساعاتی دقایقی هفته ماه ماه‌های سال سال‌ها سال‌های
    سالانه ماهانه روزانه دهه قرن گذشته آینده جاری شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه
    جمعه فروردین اردیبهشت خرداد تیر مرداد شهریور مهرماه آبان آذر دی بهمن اسفند ژانویه فوریه مارس آوریل مه
    ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر زمان زمانی مدت هنگام پیش پیشتر همزمان ابتدا ابتدای پایان
    اواخر اوایل دوره مرحله نخست اول دوم سوم چهارم پنجم
    """
)
NUMBERS = keys(
    """
    یک دو سه چهار پنج شش هفت هشت نه ده بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد صدها هزار هزاران میلیون
    میلیارد تریلیون درصد نفر تن کیلومتر متر مترمربع هکتار کیلوگرم گرم لیتر درجه تومان ریال دلار یورو مورد
    عدد تعداد شمار میزان حدود نیم نیمی نصف برابر چند چندین بار دفعه ده‌ها نخستین اولین دومین سومین آخرین
    یکی
    """
)
_GRAMMAR = keys(
    """
    و یا که را این آن همین همان چنین چنان هر همه هیچ هیچ‌کس کسی کس کسانی برخی بعضی بسیاری بسیار خیلی کم
    بیش بیشتر بیشترین کمتر کمترین دیگر دیگری سایر تمام تمامی کل کلیه اغلب عموما من تو او ما شما آنها ایشان
    وی آنان اینها خود خودش خویش یکدیگر همدیگر چه چرا چگونه کجا کی کدام آیا اگر اما ولی لیکن چون زیرا بلکه
    هرچند گرچه اگرچه هم نیز همچنین هنوز باز دوباره مجددا فقط تنها حتی مثل مانند همچون نظیر شامل باعث موجب
    سبب تحت است نیست هست بود شد کرد هستند باشد می نمی ها های ای ام ات اش مان تان شان تر ترین هایی باید
    نباید شاید البته متاسفانه خوشبختانه بنابراین اینکه آنکه چنانچه وقتی هنگامی درحالی حالی‌که درحالیکه
    چراکه بطوریکه ازجمله به‌عنوان به‌گزارش به‌ویژه بویژه به‌طور بطور به‌دلیل به‌صورت بصورت به‌منظور
    به‌خاطر به‌همراه همراه علاوه افزون درخصوص درمورد پیرامون نسبت مقابل نزدیک نزدیکی دور واقعا کاملا حدودا
    تقریبا معمولا احتمالا سرانجام شدن شده کردن کرده بودن بوده داشتن داشته دادن داده گرفتن گرفته یافتن
    یافته رسیدن رسیده خواهد خواهند باشند کننده کنندگان کنیم کنند کند شوند شود توانست بتواند توانسته
    """
)
_REPORTING = keys(
    """
    جمله عنوان نام نظر دلیل علت خاطر صورت شکل طور گونه نوع نحو حد لحاظ باره خصوص زمینه راستا رابطه واقع
    حقیقت نتیجه اساس وجود عدم سمت طرف پشت جلو بالا پایین داخل خارج کنار اطراف سراسر حین پی بعد قبل بعدی
    قبلی فعلی کنونی مختلف متعدد گوناگون مربوط مربوطه مذکور لازم ممکن قابل خوب بد بزرگ کوچک جدید تازه قدیمی
    مهم اصلی فراوان زیاد زیادی کافی لحظه افراد فرد شخص چیز چیزی جا جای کار کاری امر امور موضوع مسئله مساله
    موارد نکته مطلب مطالب گزارش گزارشی خبر خبرنگار خبرگزاری بیان اشاره ادامه اظهار تاکید تصریح اعلام اضافه
    توجه نقل قول ذکر یادآور خاطرنشان ابراز اظهارات سخن سخنان انجام ایجاد ارائه دارای فاقد ویژه طریق وسیله
    منظور هدف حضور استفاده اقدام اقدامات بخش بخشی بخش‌های قسمت افزایش کاهش رشد آغاز شروع برگزاری برگزار
    آقای خانم آقا جناب سرکار گفت افزود گفته جریان پیدا قرار دست رو ساز کننده طرح‌شده یادشده نامبرده مشخص
    سری عین همگی عمده نهایی کلی
    """
)
_ENGLISH = keys(
    """
    the a an of to in on at by for from with as and or but not no is are was were be been being has have
    had do does did will would can could may might should must it its this that these those he she they we
    you i his her their our your him them us my me who whom which what when where why how than then there
    here after before over under into out up down about against between during through more most other
    some such only own same so too very just also said says say told new one two three first last year
    years day days week month people mr mrs ms dr according while if because until s t re ve ll d many
    much now still even back per via among around
    """
)
STOP_WORDS = PREPOSITIONS | TIMES | NUMBERS | _GRAMMAR | _REPORTING | _ENGLISH
