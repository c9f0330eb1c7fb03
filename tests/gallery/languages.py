"""Make languages.png, a page of running text in eight languages: `python tests/gallery/languages.py`.

Justified and hyphenated as in the booklet, each by the rules of its language: quotation marks, hyphens, spaces of
French, right to left, ideographs that never begin a line with a full stop, Thai broken between its words.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from eventprint import draw, prose, rasters
from eventprint.colours import Colour
from eventprint.flow import Span, paragraph, place
from eventprint.geometry import PAPERS, Size, mm
from eventprint.page import Edition, Mark, Page, Text
from eventprint.text import Style, is_rtl, missing, shape

HERE = Path(__file__).parent
INK, QUIET, ACCENT = Colour.parse("#1d2024"), Colour.parse("#6c6f75"), Colour.parse("#0b5c5c")
MARGIN, GUTTER = 16 * mm, 9 * mm
LEADING, SIZE = 14.0, 10.0
PPI = 150
HOW = "Source Serif 4 and Noto, 10 on 14 pt, justified and hyphenated"

TEXTS = {
    "en": (
        "English",
        'Nobody had asked the residents, so we did. "The dust," one of them said, "comes when the wind is from the '
        "west; that's been so since 1987.\" We measured for eighteen months at forty places and found that she was "
        "*almost* right: it came at 9.45 a.m., with the first lorries. A **simple change** of the timetable halved it "
        "within a week, at a cost of 340 €.",
    ),
    "de": (
        "Deutsch",
        'Niemand hatte die Anwohner gefragt, also taten wir es. "Der Staub", sagte eine von ihnen, "kommt bei '
        'Westwind; das war schon 1987 so." Anderthalb Jahre lang haben wir an vierzig Stellen gemessen und '
        "festgestellt, dass sie *beinahe* recht hatte: Er kam um 9.45 Uhr mit den ersten Lastwagen. Eine **einfache "
        "Fahrplanänderung** halbierte ihn innerhalb einer Woche und kostete 340 €.",
    ),
    "fr": (
        "Français",
        "Personne n'avait interrogé les riverains ; nous l'avons fait. \"La poussière, nous a dit l'une d'elles, "
        "vient avec le vent d'ouest. Depuis 1987!\" Pendant dix-huit mois, nous avons mesuré en quarante endroits. "
        "Avait-elle raison? *Presque*: la poussière arrivait à 9 h 45, avec les premiers camions. Un **simple "
        "changement** d'horaire l'a réduite de moitié en une semaine, pour 340 €.",
    ),
    "ru": (
        "Русский",
        'Никто не спрашивал жителей, и тогда спросили мы. "Пыль, — сказала одна из них, — бывает при западном '
        'ветре, так повелось ещё с 1987 года". Полтора года мы вели измерения в сорока местах и убедились, что она '
        "была *почти* права: пыль появлялась в 9:45, вместе с первыми грузовиками. **Простое изменение** расписания "
        "за неделю уменьшило её вдвое и обошлось в 340 €.",
    ),
    "ar": (
        "العربية",
        "لم يسأل أحد السكان، فسألناهم نحن. قالت إحداهن: «يأتي الغبار مع الريح الغربية، وهو كذلك منذ عام 1987». "
        "قمنا بالقياس ثمانية عشر شهرًا في أربعين موقعًا، فوجدنا أنها كانت على صواب تقريبًا: كان الغبار يصل في الساعة "
        "9:45 مع أولى الشاحنات. وقد خفّضه تغيير بسيط في جدول المواعيد إلى النصف خلال أسبوع واحد، بتكلفة 340 يورو.",
    ),
    "hi": (
        "हिन्दी",
        "निवासियों से किसी ने नहीं पूछा था, इसलिए हमने पूछा। उनमें से एक ने कहा, “धूल पश्चिमी हवा के साथ आती है; 1987 से यही "
        "हाल है।” हमने अठारह महीनों तक चालीस स्थानों पर मापन किया और पाया कि वह लगभग सही थीं: धूल सुबह 9:45 बजे पहले ट्रकों के "
        "साथ आती थी। समय-सारणी में एक साधारण बदलाव ने उसे एक सप्ताह में आधा कर दिया, और खर्च आया केवल 340 यूरो।",
    ),
    "ja": (
        "日本語",
        "住民に尋ねた人は誰もいなかったので、私たちが尋ねました。ある女性は「ほこりは西風の日に来ます。1987年からずっとそうです」と"
        "言いました。四十か所で十八か月にわたって測定した結果、彼女の言うことはほぼ正しいとわかりました。ほこりは午前9時45分、最初の"
        "トラックとともに来ていたのです。時刻表を少し変えただけで、一週間のうちに半分に減りました。費用は340ユーロでした。",
    ),
    "th": (
        "ไทย",
        "ไม่เคยมีใครถามชาวบ้าน เราจึงไปถามเอง หญิงคนหนึ่งบอกว่า “ฝุ่นมากับลมตะวันตก เป็นอย่างนี้มาตั้งแต่ปี 1987 แล้ว” "
        "เราตรวจวัดสี่สิบจุดเป็นเวลาสิบแปดเดือนและพบว่าเธอพูดเกือบถูกต้อง ฝุ่นมาเวลา 9.45 น. พร้อมกับรถบรรทุกคันแรกของวัน "
        "การเปลี่ยนตารางเวลาเพียงเล็กน้อยทำให้ฝุ่นลดลงครึ่งหนึ่งภายในหนึ่งสัปดาห์ โดยมีค่าใช้จ่ายเพียง 340 ยูโร",
    ),
}


def main() -> None:
    """Write languages.png beside this file."""
    size = PAPERS["A4"]
    width = (size.width - 2 * MARGIN - GUTTER) / 2
    title, note = Style("Source Serif 4", 600, size=24), Style("Fira Sans", size=9)
    marks: list[Mark] = [
        Text(MARGIN, MARGIN + 20, shape("One story in eight languages", title), 24, ACCENT),
        Text(
            MARGIN, MARGIN + 37, shape("Source Serif 4 and Noto, 10 on 14 pt, justified and hyphenated", note), 9, QUIET
        ),
    ]
    y = bottom = MARGIN + 24 * mm
    for at, language in enumerate(TEXTS):
        if at % 2 == 0:
            y = bottom + (at > 0) * 9 * mm
        told, end = story(language, MARGIN + at % 2 * (width + GUTTER), y, width)
        marks += told
        bottom = max(bottom, end)
    size = Size(size.width, bottom + MARGIN)
    pdf = draw.draw([Page(size, tuple(marks))], edition=Edition.OFFICE, title="Languages", language="en")
    (picture,) = rasters.pages_to_png(pdf, PPI)
    picture.quantize(64, dither=Image.Dither.NONE).save(HERE / "languages.png", optimize=True)


def story(language: str, x: float, y: float, width: float) -> tuple[list[Mark], float]:
    """The language's own name and its paragraph, and where it ends; raises ValueError for a letter that no font has."""
    name, text = TEXTS[language]
    style = Style("Source Serif 4", size=SIZE, language=language, features=("onum",))
    label = Style("Fira Sans", 600, size=9, language=language)
    marks: list[Mark] = []
    heading = paragraph(name, label, width)
    marks += place(heading, x, y, label, ACCENT, leading=LEADING)[0]
    y += LEADING
    for one in prose.read(text, language):
        spans = [
            Span(phrase.text, style.but(italic=phrase.italic, weight=600 if phrase.bold else 400))
            for phrase in one.phrases
        ]
        lost = [letter for span in spans for letter in missing(span.text, span.style)]
        if lost:
            raise ValueError(f"{language}: no font has {lost}")
        lines = paragraph(spans, style, width, align="justify", hyphenate=True)
        texts, y = place(lines, x, y, style, INK, leading=LEADING)
        marks += texts
    assert is_rtl(text) == (language == "ar")
    return marks, y


if __name__ == "__main__":
    main()
