"""One invented report in nine languages, with what outlets change in it and what the news does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Sentences = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ferry:
    """`{n}` stands for the toll, `{place}`, `{person}`, `{day}` and `{did}` for other facts. Each
    pair of facts is what the first report says and what is said otherwise."""

    language: str
    headline: str
    reworded: str
    text: Sentences
    toll: tuple[str, str]  # in figures
    in_words: tuple[str, str]
    place: tuple[str, str]
    person: tuple[str, str]
    day: tuple[str, str]
    did: tuple[str, str]
    lead: str  # of a later report: something that was not known before
    new_headline: str
    footer: str
    gap: str = " "

    def told(self, headline: str | None = None, **changed: str) -> Report:
        """The report with the first of each fact but for those that are given."""
        facts = {
            "n": self.toll[0],
            "place": self.place[0],
            "person": self.person[0],
            "day": self.day[0],
            "did": self.did[0],
        } | changed
        return Report(
            self.language,
            (headline or self.headline).format(**facts),
            tuple(sentence.format(**facts) for sentence in self.text),
            self.gap,
        )


@dataclass(frozen=True, slots=True)
class Report:
    language: str
    headline: str
    sentences: Sentences
    gap: str

    @property
    def text(self) -> str:
        return self.gap.join(self.sentences)

    def saying(self, *sentences: str, headline: str | None = None) -> Report:
        return replace(self, sentences=sentences, headline=headline or self.headline)


Fact = Literal["n", "place", "person", "day", "did"]

FERRIES = (
    Ferry(
        "en",
        "Ferry fire off {place} kills {n}",
        "{n} die as ferry burns off {place}",
        (
            "At least {n} people died when fire broke out on a ferry off {place} early on {day},"
            " the coast guard said.",
            "Captain {person} told investigators that the fire began on the car deck shortly after"
            " midnight.",
            "Most of the passengers were asleep in their cabins, and many were treated for smoke"
            " in the hospitals of the port.",
            "The shipping company {did} the demand of the families for an independent inquiry.",
            "It said that the vessel had been inspected in spring and found to be without fault.",
            "Prosecutors have opened an investigation into the cause of the fire.",
        ),
        ("12", "31"),
        ("twelve", "thirty-one"),
        ("Odesa", "Varna"),
        ("Ivan Horbenko", "Olha Petrenko"),
        ("Thursday", "Friday"),
        ("accepted", "rejected"),
        "The chief engineer of the ferry was arrested on suspicion of having switched off the"
        " sprinklers, police said on arrival in port.",
        "Chief engineer arrested over ferry fire",
        "All rights reserved. Sign up for our newsletter and follow us on all platforms.",
    ),
    Ferry(
        "de",
        "{n} Tote bei Brand auf Fähre vor {place}",
        "Brand auf Fähre vor {place}: {n} Menschen sterben",
        (
            "Mindestens {n} Menschen sind gestorben, als am frühen {day} auf einer Fähre vor"
            " {place} ein Feuer ausbrach, wie die Küstenwache mitteilte.",
            "Kapitän {person} sagte den Ermittlern, der Brand sei kurz nach Mitternacht auf dem"
            " Autodeck entstanden.",
            "Die meisten Passagiere schliefen in ihren Kabinen, viele wurden wegen des Rauchs in"
            " den Krankenhäusern der Stadt behandelt.",
            "Die Reederei hat die Forderung der Angehörigen nach einer unabhängigen Untersuchung"
            " {did}.",
            "Das Schiff sei im Frühjahr geprüft worden, ohne dass Mängel festgestellt wurden.",
            "Die Staatsanwaltschaft hat ein Verfahren zur Brandursache eingeleitet.",
        ),
        ("12", "31"),
        ("zwölf", "einunddreißig"),
        ("Odessa", "Istanbul"),
        ("Ivan Horbenko", "Olha Petrenko"),
        ("Donnerstag", "Freitag"),
        ("angenommen", "abgelehnt"),
        "Der leitende Ingenieur der Fähre wurde unter dem Verdacht verhaftet, die Sprinkleranlage"
        " abgeschaltet zu haben, wie die Polizei bei der Ankunft im Hafen erklärte.",
        "Leitender Ingenieur nach Fährbrand verhaftet",
        "Alle Rechte vorbehalten. Abonnieren Sie unseren Newsletter und folgen Sie uns.",
    ),
    Ferry(
        "fr",
        "Incendie d'un ferry au large de {place} : {n} morts",
        "{n} morts dans l'incendie d'un ferry au large de {place}",
        (
            "Au moins {n} personnes sont mortes dans l'incendie d'un ferry au large de {place}"
            " {day} à l'aube, ont annoncé les garde-côtes.",
            "Le capitaine {person} a dit aux enquêteurs que le feu avait pris sur le pont des"
            " voitures peu après minuit.",
            "La plupart des passagers dormaient dans leurs cabines et beaucoup ont été soignés"
            " pour la fumée dans les hôpitaux du port.",
            "La compagnie maritime a {did} la demande des familles d'une enquête indépendante.",
            "Elle affirme que le navire avait été inspecté au printemps et trouvé sans défaut.",
            "Le parquet a ouvert une enquête sur la cause de l'incendie.",
        ),
        ("12", "31"),
        ("douze", "trente et une"),
        ("Odessa", "Athènes"),
        ("Ivan Horbenko", "Olha Petrenko"),
        ("jeudi", "vendredi"),
        ("accepté", "rejeté"),
        "Le chef mécanicien du ferry a été arrêté, soupçonné d'avoir coupé les extincteurs"
        " automatiques, a déclaré la police à l'arrivée au port.",
        "Le chef mécanicien arrêté après l'incendie du ferry",
        "Tous droits réservés. Abonnez-vous à notre infolettre et suivez-nous.",
    ),
    Ferry(
        "es",
        "Incendio en un ferry frente a {place} deja {n} muertos",
        "{n} muertos al arder un ferry frente a {place}",
        (
            "Al menos {n} personas murieron al incendiarse un ferry frente a {place} en la"
            " madrugada del {day}, informó la guardia costera.",
            "El capitán {person} dijo a los investigadores que el fuego empezó en la cubierta de"
            " automóviles poco después de medianoche.",
            "La mayoría de los pasajeros dormía en sus camarotes y muchos fueron atendidos por"
            " humo en los hospitales del puerto.",
            "La naviera {did} la petición de las familias de una investigación independiente.",
            "Afirmó que el barco había sido revisado en primavera y hallado sin defectos.",
            "La fiscalía abrió diligencias sobre la causa del incendio.",
        ),
        ("12", "31"),
        ("doce", "treinta y una"),
        ("Odesa", "Atenas"),
        ("Iván Horbenko", "Olha Petrenko"),
        ("jueves", "viernes"),
        ("aceptó", "rechazó"),
        "El jefe de máquinas del ferry fue detenido por la sospecha de haber desconectado los"
        " rociadores, dijo la policía a la llegada al puerto.",
        "Detenido el jefe de máquinas por el incendio del ferry",
        "Todos los derechos reservados. Suscríbete a nuestro boletín y síguenos.",
    ),
    Ferry(
        "ru",
        "При пожаре на пароме у {place} погибли {n} человек",
        "{n} человек погибли: паром сгорел у {place}",
        (
            "По меньшей мере {n} человек погибли при пожаре на пароме недалеко от {place} рано"
            " утром в {day}, сообщила береговая охрана.",
            "Капитан {person} заявил следователям, что огонь вспыхнул на автомобильной палубе"
            " вскоре после полуночи.",
            "Большинство пассажиров спали в своих каютах, многим понадобилась помощь врачей в"
            " больницах порта.",
            "Судоходная компания {did} требование родственников о независимом расследовании.",
            "По ее словам, судно проверяли весной и признали исправным.",
            "Прокуратура возбудила дело о причинах пожара.",
        ),
        ("12", "31"),
        ("двенадцать", "тридцать один"),
        ("Одессы", "Варны"),
        ("Иван Горбенко", "Ольга Петренко"),
        ("четверг", "пятницу"),
        ("приняла", "отклонила"),
        "Старший механик парома арестован по подозрению в том, что отключил систему"
        " пожаротушения, сообщила полиция по прибытии в порт.",
        "Арестован старший механик сгоревшего парома",
        "Все права защищены. Подписывайтесь на нашу рассылку.",
    ),
    Ferry(
        "uk",
        "Під час пожежі на поромі біля {place} загинули {n} людей",
        "{n} людей загинули: пором згорів біля {place}",
        (
            "Щонайменше {n} людей загинули під час пожежі на поромі неподалік від {place} рано"
            " вранці у {day}, повідомила берегова охорона.",
            "Капітан {person} сказав слідчим, що вогонь спалахнув на автомобільній палубі невдовзі"
            " після півночі.",
            "Більшість пасажирів спали у своїх каютах, багатьом знадобилася допомога лікарів у"
            " лікарнях порту.",
            "Судноплавна компанія {did} вимогу родичів про незалежне розслідування.",
            "За її словами, судно перевіряли навесні й визнали справним.",
            "Прокуратура відкрила справу про причини пожежі.",
        ),
        ("12", "31"),
        ("дванадцять", "тридцять один"),
        ("Одеси", "Варни"),
        ("Іван Горбенко", "Ольга Петренко"),
        ("четвер", "п'ятницю"),
        ("прийняла", "відхилила"),
        "Старшого механіка порома заарештовано за підозрою в тому, що він вимкнув систему"
        " пожежогасіння, повідомила поліція після прибуття в порт.",
        "Заарештовано старшого механіка згорілого порома",
        "Усі права захищені. Підписуйтесь на нашу розсилку.",
    ),
    Ferry(
        "ar",
        "مقتل {n} شخصا في حريق عبارة قبالة {place}",
        "حريق عبارة قبالة {place} يقتل {n} شخصا",
        (
            "قتل {n} شخصا على الأقل عندما اندلع حريق في عبارة قبالة {place} فجر يوم {day}،"
            " بحسب خفر السواحل.",
            "وقال القبطان {person} للمحققين إن النار بدأت على سطح السيارات بعد منتصف الليل بقليل.",
            "وكان معظم الركاب نائمين في مقصوراتهم، وعولج كثيرون من الدخان في مستشفيات الميناء.",
            "وقالت شركة الملاحة إنها {did} مطلب العائلات بإجراء تحقيق مستقل.",
            "وأضافت أن السفينة فحصت في الربيع وتبين أنها سليمة.",
            "وفتحت النيابة العامة تحقيقا في سبب الحريق.",
        ),
        ("12", "31"),
        ("اثنا عشر", "واحد وثلاثون"),
        ("أوديسا", "بيروت"),
        ("إيفان هوربينكو", "سامر حداد"),
        ("الخميس", "الجمعة"),
        ("قبلت", "رفضت"),
        "وأوقفت الشرطة كبير المهندسين في العبارة للاشتباه في أنه أغلق نظام الإطفاء الآلي، كما"
        " أعلنت لدى وصولها إلى المرفأ.",
        "توقيف كبير مهندسي العبارة المحترقة",
        "جميع الحقوق محفوظة. اشترك في النشرة البريدية.",
    ),
    Ferry(
        "he",
        "{n} הרוגים בשריפה במעבורת מול {place}",
        "שריפה במעבורת מול {place}: {n} הרוגים",
        (
            "לפחות {n} בני אדם נהרגו כשפרצה שריפה במעבורת מול חופי {place} לפנות בוקר ביום {day},"
            " כך מסר משמר החופים.",
            "רב החובל {person} אמר לחוקרים שהאש פרצה בסיפון המכוניות זמן קצר אחרי חצות.",
            "רוב הנוסעים ישנו בתאיהם, ורבים טופלו בבתי החולים של הנמל בשל שאיפת עשן.",
            "חברת הספנות {did} את דרישת המשפחות לחקירה עצמאית.",
            "לדבריה האונייה נבדקה באביב ונמצאה תקינה.",
            "הפרקליטות פתחה בחקירה על סיבת השריפה.",
        ),
        ("12", "31"),
        ("שנים עשר", "שלושים ואחד"),
        ("אודסה", "ביירות"),
        ("איוואן הורבנקו", "אולגה פטרנקו"),
        ("חמישי", "שישי"),
        ("קיבלה", "דחתה"),
        "המהנדס הראשי של המעבורת נעצר בחשד שכיבה את מערכת ההתזה, כך הודיעה המשטרה עם ההגעה לנמל.",
        "המהנדס הראשי של המעבורת נעצר",
        "כל הזכויות שמורות. הירשמו לניוזלטר שלנו.",
    ),
    Ferry(
        "zh",
        "{place}附近渡轮起火{n}人死亡",
        "渡轮在{place}附近海域起火，{n}人丧生",
        (
            "海岸警卫队说，{day}凌晨一艘渡轮在{place}附近海域起火，至少{n}人死亡。",
            "船长{person}告诉调查人员，火是在午夜过后不久从汽车甲板上烧起来的。",
            "当时大多数乘客正在客舱里睡觉，许多人因吸入浓烟在港口的医院接受治疗。",
            "船运公司{did}家属提出的独立调查要求。",
            "该公司说这艘船春天接受过检查，没有发现问题。",
            "检察官已对起火原因展开调查。",
        ),
        ("12", "31"),
        ("十二", "三十一"),
        ("敖德萨", "伊斯坦布尔"),
        ("伊万·霍尔本科", "奥尔加·彼得连科"),
        ("星期四", "星期五"),
        ("接受", "拒绝"),
        "警方在船抵达港口时宣布，渡轮的轮机长因涉嫌关闭自动喷淋系统而被逮捕。",
        "渡轮轮机长被捕",
        "版权所有，未经许可不得转载。欢迎订阅并关注我们。",
        "",
    ),
)
