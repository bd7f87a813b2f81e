"""Cardinal numbers as words of the languages that most news is written in."""

from __future__ import annotations

# By language: each form before its value.
NUMBER_WORDS = {
    "en": "one 1 "
    "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12"
    " thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20"
    " thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100"
    " thousand 1000 million 1000000 billion 1000000000 trillion 1000000000000"
    " dozen 12",
    "de": "ein 1 eins 1 eine 1 einer 1 "
    "zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12"
    " sechzehn 16 siebzehn 17 zwanzig 20 dreißig 30 dreissig 30 vierzig 40 fünfzig 50 sechzig 60"
    " siebzig 70 achtzig 80 neunzig 90 hundert 100 tausend 1000 million 1000000 millionen 1000000"
    " milliarde 1000000000 milliarden 1000000000"
    " anderthalb 1.5 einhalb 0.5"
    " eineinhalb 1.5 billionen 1000000000000"
    " dutzend 12",
    "fr": "un 1 une 1 "
    "deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12"
    " treize 13 quatorze 14 quinze 15 seize 16 vingt 20 vingts 20 trente 30 quarante 40"
    " cinquante 50 soixante 60 septante 70 nonante 90 cent 100 cents 100 mille 1000"
    " million 1000000 millions 1000000 milliard 1000000000 milliards 1000000000"
    " douzaine 12",
    "es": "uno 1 un 1 una 1 "
    "dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12"
    " trece 13 catorce 14 quince 15 dieciséis 16 diecisiete 17 dieciocho 18 diecinueve 19"
    " veinte 20 veintiuno 21 veintiún 21 veintidós 22 veintitrés 23 veinticuatro 24 veinticinco 25"
    " veintiséis 26 veintisiete 27 veintiocho 28 veintinueve 29 treinta 30 cuarenta 40"
    " cincuenta 50 sesenta 60 setenta 70 ochenta 80 noventa 90 cien 100 ciento 100"
    " doscientos 200 trescientos 300 cuatrocientos 400 quinientos 500 seiscientos 600"
    " setecientos 700 ochocientos 800 novecientos 900 doscientas 200 trescientas 300"
    " cuatrocientas 400 quinientas 500 seiscientas 600 setecientas 700 ochocientas 800"
    " novecientas 900 mil 1000 millón 1000000 millones 1000000"
    " docena 12",
    "it": "uno 1 un 1 una 1 "
    "due 2 tre 3 quattro 4 cinque 5 sei 6 sette 7 otto 8 nove 9 dieci 10 undici 11 dodici 12"
    " tredici 13 quattordici 14 quindici 15 sedici 16 diciassette 17 diciotto 18 diciannove 19"
    " venti 20 vent 20 trenta 30 trent 30 quaranta 40 quarant 40 cinquanta 50 cinquant 50"
    " sessanta 60 sessant 60 settanta 70 settant 70 ottanta 80 ottant 80 novanta 90 novant 90"
    " cento 100 mille 1000 mila 1000 milione 1000000 milioni 1000000 miliardi 1000000000"
    " miliardo 1000000000"
    " dozzina 12",
    "pt": "um 1 uma 1 "
    "dois 2 duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11"
    " doze 12 treze 13 catorze 14 quatorze 14 quinze 15 dezesseis 16 dezasseis 16 dezessete 17"
    " dezoito 18 dezenove 19 vinte 20 trinta 30 quarenta 40 cinquenta 50 sessenta 60 setenta 70"
    " oitenta 80 noventa 90 cem 100 cento 100 duzentos 200 trezentos 300 quatrocentos 400"
    " quinhentos 500 seiscentos 600 setecentos 700 oitocentos 800 novecentos 900 duzentas 200"
    " trezentas 300 quatrocentas 400 quinhentas 500 seiscentas 600 setecentas 700 oitocentas 800"
    " novecentas 900 mil 1000"
    " milhão 1000000 milhões 1000000 bilhões 1000000000"
    " bilhão 1000000000 bilhões 1000000000"
    " dúzia 12",
    "nl": "een 1 één 1 "
    "twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12"
    " dertien 13 veertien 14 twintig 20 dertig 30 veertig 40 vijftig 50 zestig 60 zeventig 70"
    " tachtig 80 negentig 90 honderd 100 duizend 1000 miljoen 1000000 miljard 1000000000"
    " anderhalf 1.5 anderhalve 1.5 half 0.5"
    " dozijn 12",
    "tr": "bir 1 "
    "iki 2 üç 3 dört 4 beş 5 altı 6 yedi 7 sekiz 8 dokuz 9 on 10 yirmi 20 otuz 30 kırk 40"
    " elli 50 altmış 60 yetmiş 70 seksen 80 doksan 90 yüz 100 bin 1000 milyon 1000000"
    " milyar 1000000000"
    " buçuk 0.5"
    " düzine 12",
    "ru": "один 1 одна 1 одного 1 одно 1 "
    "два 2 две 2 двух 2 двумя 2 двое 2 три 3 трех 3 трёх 3 тремя 3 трое 3 четыре 4"
    " четырех 4 четырёх 4 пять 5 пяти 5 пятеро 5 шесть 6 шести 6 семь 7 семи 7 восемь 8 восьми 8"
    " девять 9 девяти 9 десять 10 десяти 10 одиннадцать 11 двенадцать 12 тринадцать 13"
    " четырнадцать 14 пятнадцать 15 шестнадцать 16 семнадцать 17 восемнадцать 18"
    " девятнадцать 19 двадцать 20 тридцать 30 сорок 40 сорока 40 пятьдесят 50 шестьдесят 60"
    " семьдесят 70 восемьдесят 80 девяносто 90 сто 100 ста 100 двести 200 двухсот 200 триста 300"
    " трехсот 300 четыреста 400 пятьсот 500 шестьсот 600 семьсот 700 восемьсот 800 девятьсот 900"
    " тысяча 1000 тысячи 1000 тысяч 1000 миллион 1000000"
    " миллиона 1000000 миллионов 1000000 миллиард 1000000000 миллиардов 1000000000"
    " полтора 1.5 полторы 1.5 полутора 1.5"
    " миллиарда 1000000000"
    " дюжина 12 дюжину 12 дюжины 12",
    "uk": "один 1 одна 1 одного 1 одне 1 "
    "два 2 дві 2 двох 2 двоє 2 три 3 трьох 3 троє 3 чотири 4 чотирьох 4 пять 5"
    " пяти 5 пятьох 5 пятеро 5 девять 9 девяти 9 девятьох 9 девятнадцять 19"
    " чотириста 400 пятсот 500 шістсот 600 сімсот 700 вісімсот 800 девятсот 900"
    " шість 6 шести 6 сім 7 семи 7 вісім 8 восьми 8 десять 10 десяти 10 одинадцять 11"
    " дванадцять 12 тринадцять 13 чотирнадцять 14 пятнадцять 15 шістнадцять 16"
    " сімнадцять 17 вісімнадцять 18 двадцять 20 тридцять 30 сорок 40 пятдесят 50 шістдесят 60"
    " сімдесят 70 вісімдесят 80 девяносто 90 сто 100 двісті 200 триста 300 тисяча 1000"
    " тисячі 1000 тисяч 1000 мільйон 1000000 мільйони 1000000 мільйона 1000000"
    " мільйонів 1000000 мільярд 1000000000 мільярди 1000000000 мільярда 1000000000"
    " мільярдів 1000000000"
    " півтора 1.5 півтори 1.5"
    " дюжина 12 дюжину 12",
    "ar": "اثنان 2 اثنين 2 اثنا 2 اثني 2 اثنتا 2 ثلاثه 3 ثلاث 3 اربعه 4 اربع 4 خمسه 5 خمس 5"
    " سته 6 ست 6 سبعه 7 سبع 7 ثمانيه 8 ثماني 8 ثمان 8 تسعه 9 تسع 9 عشره 10 عشر 10 احد 1 احدي 1"
    " عشرون 20 عشرين 20 ثلاثون 30 ثلاثين 30 اربعون 40 اربعين 40 خمسون 50 خمسين 50 ستون 60"
    " ستين 60 سبعون 70 سبعين 70 ثمانون 80 ثمانين 80 تسعون 90 تسعين 90 ميه 100 مايه 100"
    " مييتين 200 مايتين 200 الف 1000 الاف 1000 مليون 1000000 مليار 1000000000"
    " مليونين 2000000 مليونان 2000000 الفين 2000 الفان 2000 مئتين 200 مئتان 200 مائتين 200"
    " مائتان 200"
    " ملايين 1000000 مليارات 1000000000",
    "fa": "یک 1 "
    "دو 2 سه 3 چهار 4 پنج 5 شش 6 هفت 7 هشت 8 نه 9 ده 10 یازده 11 دوازده 12 سیزده 13"
    " چهارده 14 پانزده 15 شانزده 16 هفده 17 هجده 18 نوزده 19"
    " بیست 20 سی 30 چهل 40 پنجاه 50 شصت 60 هفتاد 70 هشتاد 80 نود 90 صد 100 هزار 1000"
    " میلیون 1000000 میلیارد 1000000000",
    "he": "שני 2 שתי 2 שניים 2 שתיים 2 שלוש 3 שלושה 3 שלושת 3 ארבע 4 ארבעה 4 חמש 5 חמישה 5 שש 6"
    " שישה 6 שבע 7 שבעה 7 שמונה 8 תשע 9 תשעה 9 עשר 10 עשרה 10 אחד 1 אחת 1 שנים 2 שתים 2"
    " עשרים 20 שלושים 30 ארבעים 40 חמישים 50 שישים 60 שבעים 70 שמונים 80 תשעים 90 מאה 100"
    " מאתיים 200 אלף 1000 אלפים 2000 מיליון 1000000 מיליארד 1000000000"
    " מיליוני 1000000",
    "hi": "एक 1 "
    "दो 2 तीन 3 चार 4 पांच 5 छह 6 सात 7 आठ 8 नौ 9 दस 10 ग्यारह 11 बारह 12 तेरह 13"
    " चौदह 14 पंद्रह 15 सोलह 16 सत्रह 17 अठारह 18 उन्नीस 19 बीस 20 इक्कीस 21 बाईस 22 तेईस 23"
    " चौबीस 24 पच्चीस 25 छब्बीस 26 सत्ताईस 27 अट्ठाईस 28 उनतीस 29 तीस 30 इकतीस 31 बत्तीस 32"
    " तैंतीस 33 चौंतीस 34 पैंतीस 35 छत्तीस 36 सैंतीस 37 अड़तीस 38 उनतालीस 39"
    " चालीस 40 पचास 50 सौ 100 हजार 1000 लाख 100000 करोड़ 10000000"
    " डेढ़ 1.5 ढाई 2.5 साढ़े 0.5"
    " हज़ार 1000 मिलियन 1000000 अरब 1000000000",
    "pl": "jeden 1 jedna 1 jedno 1 dwa 2 dwie 2 dwóch 2 dwoje 2 trzy 3 trzech 3 troje 3 cztery 4"
    " czterech 4 pięć 5 pięciu 5 sześć 6 sześciu 6 siedem 7 siedmiu 7 osiem 8 ośmiu 8 dziewięć 9"
    " dziewięciu 9 dziesięć 10 dziesięciu 10 jedenaście 11 jedenastu 11 dwanaście 12 dwunastu 12"
    " trzynaście 13 trzynastu 13 czternaście 14 czternastu 14 piętnaście 15 piętnastu 15"
    " szesnaście 16 szesnastu 16 siedemnaście 17 siedemnastu 17 osiemnaście 18 osiemnastu 18"
    " dziewiętnaście 19 dziewiętnastu 19 dwadzieścia 20 dwudziestu 20 trzydzieści 30"
    " trzydziestu 30 czterdzieści 40 czterdziestu 40 pięćdziesiąt 50 pięćdziesięciu 50"
    " sześćdziesiąt 60 siedemdziesiąt 70 osiemdziesiąt 80 dziewięćdziesiąt 90 sto 100 stu 100"
    " dwieście 200 trzysta 300 tysiąc 1000 tysiąca 1000 tysiące 1000 tysięcy 1000 milion 1000000"
    " miliony 1000000 milionów 1000000 miliona 1000000 miliard 1000000000 miliardów 1000000000"
    " miliarda 1000000000"
    " półtora 1.5 półtorej 1.5"
    " miliardy 1000000000"
    " tuzin 12",
    "ro": "unu 1 unul 1 un 1 una 1 "
    "doi 2 două 2 trei 3 patru 4 cinci 5 șase 6 șapte 7 opt 8 nouă 9 zece 10 unsprezece 11"
    " doisprezece 12 douăsprezece 12 treisprezece 13 paisprezece 14 cincisprezece 15"
    " șaisprezece 16 șaptesprezece 17 optsprezece 18 nouăsprezece 19 douăzeci 20 treizeci 30"
    " patruzeci 40 cincizeci 50 șaizeci 60 șaptezeci 70 optzeci 80 nouăzeci 90 sută 100 sute 100"
    " mie 1000 mii 1000 milion 1000000 milioane 1000000 miliard 1000000000 miliarde 1000000000"
    " duzină 12",
    "sv": "en 1 ett 1 "
    "två 2 tre 3 fyra 4 fem 5 sex 6 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12 tretton 13"
    " fjorton 14 femton 15 sexton 16 sjutton 17 arton 18 nitton 19 tjugo 20 trettio 30 fyrtio 40"
    " femtio 50 sextio 60 sjuttio 70 åttio 80 nittio 90 hundra 100 tusen 1000 miljon 1000000"
    " miljoner 1000000 miljard 1000000000 miljarder 1000000000"
    " dussin 12",
    "el": "ένας 1 μία 1 μια 1 ένα 1 "
    "δύο 2 τρεις 3 τρία 3 τέσσερις 4 τέσσερα 4 πέντε 5 έξι 6 επτά 7 εφτά 7 οκτώ 8 οχτώ 8 εννέα 9"
    " εννιά 9 δέκα 10 έντεκα 11 ένδεκα 11 δώδεκα 12 δεκατρείς 13 δεκατρία 13 δεκατέσσερις 14"
    " δεκατέσσερα 14 δεκαπέντε 15 δεκαέξι 16 δεκαεπτά 17 δεκαοκτώ 18 δεκαεννέα 19 είκοσι 20"
    " τριάντα 30 σαράντα 40 πενήντα 50 εξήντα 60 εβδομήντα 70 ογδόντα 80 ενενήντα 90 εκατό 100"
    " εκατόν 100 διακόσιοι 200 διακόσια 200 τριακόσιοι 300 τριακόσια 300 χίλιοι 1000 χίλια 1000"
    " χιλιάδες 1000 εκατομμύριο 1000000 εκατομμύρια 1000000"
    " ενάμισι 1.5 ενάμισης 1.5 μιάμιση 1.5 δυόμισι 2.5 τρεισήμισι 3.5 τριάμισι 3.5"
    " εκατομμυρίων 1000000 δισεκατομμύριο 1000000000 δισεκατομμύρια 1000000000"
    " δισεκατομμυρίων 1000000000"
    " ντουζίνα 12",
}

# What stands for a number that nobody knows, by the first letters: tens, hundreds, thousands.
VAGUE_NUMBERS = {
    "tens": "dozens scores dutzend dizaine dizzine decine decenas dezenas tientallen десятки десятк"
    " عشرات עשרות onlarca dziesiątki dussintals δεκάδες zeci دهها दर्जनों",
    "hundreds": "hundreds hunderte centaines centinaia cientos centenar centenas honderden сотни"
    " сотен сотням сотні сотня מאות ميات yüzlerce setki hundratals εκατοντάδες sutele صدها सैकड़ों",
    "thousands": "thousands tausende milliers migliaia miles millares milhares duizenden тысячами"
    " тысячах тисячами الاف אלפי binlerce tusentals هزاران हजारों",
}

# Between a number and its half, beside "and".
BEFORE_HALF = frozenset(("с", "з"))

# Between the one and the number of which it is one.
OF_SO_MANY = (
    *("in", "out of", "in every", "von", "op de", "op elke", "sur", "de cada", "em cada", "su"),
    *("из", "из каждых", "із", "із кожних", "з кожних", "na", "av", "din", "στους", "στις"),
    *("من كل", "من بين كل", "מכל", "מתוך", "از هر"),
)

# The same in one word with it.
HALVING = ("пол", "пів")

# Between a half and what it is half of, beside an article.
OF_A_WHOLE = frozenset(("of", "de", "di"))

# Before the hundred of "per cent".
PER = frozenset(("pour", "por", "per", "la", "في", "τοις"))

# Those of them that say so behind a noun too: "une femme sur trois", but not "ein Mann von 40".
OF_SO_MANY_UNITS = (
    *("out of", "in every", "op de", "op elke", "sur", "de cada", "em cada", "su", "из каждых"),
    *("із кожних", "з кожних", "من كل", "من بين كل", "מכל", "از هر"),
)

# A half that never stands before what it is half of but with a hyphen.
HALVES_BEHIND = frozenset(("demi", "demie"))

# What stands before a word for thousands or millions and halves it, beside the parts below.
HALVES = """
    halbe halben halber halbes demi demie medio media mezzo mezza meio meia halve pół yarım halv
    halvt jumătate пол пів نیم חצי आधा आधे
"""

# Parts of a whole; some are ordinals as well.
PARTS = {
    "half": "half halved hälfte moitié mitad metade metà helft половина половины половину"
    " половине половиной половиною نصف מחצית hälften połowa połowy połowę jumătate yarısı yarısını"
    " μισό μισά",
    "third": "third thirds drittel tiers tercio tercios terzo terzi derde tredjedel tredjedelar"
    " треть трети третина третину ثلث שליש",
    "quarter": "quarter quarters viertel quart quarts cuarto cuartos quarti kwart fjärdedel"
    " fjärdedelar четверть четверти чверть ربع"
    " רבע çeyrek",
    "fifth": "fifth fünftel quinto vijfde خمس חמישית",
}

# A word for twelve that another number may stand before.
DOZENS = (
    *("dozen", "dutzend", "douzaine", "douzaines", "docena", "docenas", "dozzina", "dozzine"),
    *("dúzia", "dúzias", "dozijn", "дюжина", "дюжину", "дюжины", "дюжин", "tuzin", "tuziny"),
    *("dussin", "düzine", "duzină", "duzini", "ντουζίνα", "ντουζίνες"),
)

# The figures that a part, or its ordinal, is written with; the fraction comes last.
FIGURES_OF_PARTS = {
    "half": ("50", "0.5", "1/2"),
    "third": ("33", "33.3", "3", "1/3"),
    "quarter": ("25", "0.25", "1/4"),
    "fifth": ("20", "0.2", "5", "1/5"),
}
