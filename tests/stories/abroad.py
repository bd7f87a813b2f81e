"""One invented event as outlets of many languages tell it, and look-alikes with the same people."""

from __future__ import annotations

TALKS = {
    "en": (
        "Envoys agree on 41 trawlers after night of talks in Geneva",
        "Kenya and Norway have agreed to keep 41 trawlers in port until the spring, envoy Marisol"
        " Tarrant said in Geneva on Friday after 16 hours of talks. Norwegian minister Anselm"
        " Rokstad and his colleague Dorian Mwangela signed the paper before dawn. Observers will"
        " count the catch, which may not exceed 1250 tonnes a month. “Nobody got what he came for,”"
        " Rokstad told reporters. Mwangela spoke of a beginning. Tarrant thanked the city of Geneva"
        " and flies on to Nairobi, where parliament votes on the paper next week.",
    ),
    "de": (
        "Einigung in Genf: 41 Trawler bleiben im Hafen",
        "Nach 16 Stunden haben sich Kenia und Norwegen in Genf darauf verständigt, dass 41 Trawler"
        " bis zum Frühjahr im Hafen bleiben. Das teilte die Vermittlerin Marisol Tarrant am Freitag"
        " mit. Unterschrieben haben der norwegische Minister Anselm Rokstad und sein Kollege Dorian"
        " Mwangela. Mehr als 1250 Tonnen Fisch im Monat dürfen nicht gefangen werden, Beobachter"
        " sollen das prüfen. Rokstad sprach von einem Ergebnis, mit dem niemand glücklich sei."
        " Tarrant reist nach Nairobi weiter.",
    ),
    "es": (
        "Kenia y Noruega dejan 41 arrastreros en puerto",
        "Tras 16 horas de negociaciones en Ginebra, Kenia y Noruega acordaron que 41 arrastreros"
        " sigan amarrados hasta la primavera, anunció el viernes la mediadora Marisol Tarrant. El"
        " documento lo firmaron el ministro noruego Anselm Rokstad y su colega Dorian Mwangela. La"
        " captura no podrá superar las 1250 toneladas al mes. Para Rokstad, nadie obtuvo lo que"
        " buscaba; Mwangela habló de un comienzo. Tarrant viaja ahora a Nairobi.",
    ),
    "ru": (
        "Сорок один траулер останется в порту: итоги ночи в Женеве",
        "Кения и Норвегия договорились в Женеве, что 41 траулер останется в порту до весны."
        " Об этом в пятницу сообщила посредница Марисоль Таррант после 16 часов переговоров."
        " Документ подписали министр Ансельм Рокстад и его коллега Дориан Мвангела. Вылов не"
        " должен превышать 1250 тонн в месяц. Как заметил Рокстад, никто не получил того, за чем"
        " приехал. Мвангела назвал документ началом. Теперь Таррант летит в Найроби.",
    ),
    "uk": (
        "Сорок один траулер залишиться в порту",
        "Кенія та Норвегія домовилися в Женеві, що 41 траулер залишиться в порту до весни. Про це"
        " в п'ятницю повідомила посередниця Марісоль Таррант після 16 годин перемовин. Документ"
        " підписали міністр Ансельм Рокстад і його колега Доріан Мвангела. Улов не має"
        " перевищувати 1250 тонн на місяць. За словами міністра, якого звати Рокстад, ніхто не"
        " отримав бажаного. Далі Таррант летить до Найробі.",
    ),
    "el": (
        "Συμφωνία στη Γενεύη για 41 αλιευτικά",
        "Η Κένυα και η Νορβηγία συμφώνησαν στη Γενεύη να μείνουν 41 αλιευτικά στο λιμάνι ως την"
        " άνοιξη, ανακοίνωσε την Παρασκευή η μεσολαβήτρια Μαρισόλ Ταράντ έπειτα από 16 ώρες"
        " συνομιλιών. Το κείμενο υπέγραψαν ο υπουργός Άνσελμ Ροκστάντ και ο ομόλογός του Ντόριαν"
        " Μουανγκέλα. Το όριο είναι 1250 τόνοι τον μήνα. Κανείς δεν πήρε όσα ήθελε, είπε ο"
        " Ροκστάντ. Η Ταράντ ταξιδεύει τώρα στο Ναϊρόμπι.",
    ),
    "ar": (
        "اتفاق في جنيف على بقاء 41 سفينة صيد في الميناء",
        "اتفقت كينيا والنرويج في جنيف على بقاء 41 سفينة صيد في الميناء حتى الربيع، حسبما أعلنت"
        " الوسيطة ماريسول تارانت يوم الجمعة بعد 16 ساعة من المحادثات. ووقع الوثيقة الوزير أنسيلم"
        " روكستاد وزميله دوريان موانجيلا. ولا يجوز أن يتجاوز الصيد 1250 طنا في الشهر. وقال"
        " روكستاد إن أحدا لم يحصل على ما جاء من أجله. وتحدث موانجيلا عن بداية. وتسافر تارانت الآن"
        " إلى نيروبي حيث يصوت البرلمان.",
    ),
    "he": (
        "הסכמה בז'נבה: 41 ספינות יישארו בנמל",
        "קניה ונורווגיה הסכימו בז'נבה כי 41 ספינות דיג יישארו בנמל עד האביב, הודיעה ביום שישי"
        " המתווכת מריסול טרנט לאחר 16 שעות של שיחות. על המסמך חתמו השר אנסלם רוקסטד ועמיתו דוריאן"
        " מוואנגלה. השלל לא יעלה על 1250 טון בחודש. רוקסטד אמר שאיש לא קיבל את מה שרצה. טרנט טסה"
        " כעת לניירובי.",
    ),
    "ja": (
        "ジュネーブで合意、トロール船41隻は港に",
        "ケニアとノルウェーは金曜日、ジュネーブでの16時間に及ぶ協議の末、トロール船41隻を春まで港に留めることで"
        "合意した。仲介役のマリソル・タラント氏が発表した。文書にはアンセルム・ロクスタド大臣とドリアン・"
        "ムワンゲラ氏が署名した。漁獲量は月1250トンを超えてはならない。ロクスタド氏は「誰も望んだものを得て"
        "いない」と述べた。タラント氏は次にナイロビへ向かう。",
    ),
    "zh": (
        "日内瓦谈判达成一致 41艘拖网渔船留在港内",
        "肯尼亚和挪威周五在日内瓦经过16小时谈判后同意，41艘拖网渔船在春季之前留在港内。调解人马里索尔·塔兰特宣布了"
        "这一消息。挪威大臣罗克斯塔德和他的同事姆万格拉在文件上签字。每月捕捞量不得超过1250吨。塔兰特随后前往"
        "内罗毕，那里的议会将于下周投票。",
    ),
}

# The same people, in the same days, on other business.
LOOK_ALIKES = {
    "the visit before": (
        "Tarrant visits Oslo shipyard ahead of fish summit",
        "Envoy Marisol Tarrant has toured a shipyard outside Oslo and praised its apprentices."
        " Norway builds 12 research vessels there for the institute of Bergen. Anselm Rokstad,"
        " whose father had worked at the yard, showed her the slipway from 1907. Engineer Sunniva"
        " Haldorsen explained how 300 sensors would measure the currents off Spitsbergen. Tarrant"
        " then had lunch with students of the naval academy and answered questions on her novel,"
        " which appears in Madrid in May.",
    ),
    "another sea": (
        "Iceland and Denmark argue over mackerel",
        "Iceland has walked out of talks with Denmark on mackerel, minister Birna Thorlaksdottir"
        " said in Reykjavik. Copenhagen wants 88 boats of its own in the strait, three times more"
        " than last year. Envoy Marisol Tarrant regretted the step. Danish skipper Mads Overgaard"
        " said that 2400 jobs in Esbjerg depend on the catch. A further round is planned for"
        " Geneva.",
    ),
}
