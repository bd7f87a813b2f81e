"""Cardinal numbers as words of the languages that most news is written in."""

from __future__ import annotations

# By language: each form before its value.
NUMBER_WORDS = {
    "en": "one 1 "
    "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12"
    " thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20"
    " thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100"
    " thousand 1000 million 1000000 billion 1000000000 trillion 1000000000000",
    "de": "ein 1 eins 1 eine 1 "
    "zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12"
    " sechzehn 16 siebzehn 17 zwanzig 20 dreißig 30 dreissig 30 vierzig 40 fünfzig 50 sechzig 60"
    " siebzig 70 achtzig 80 neunzig 90 hundert 100 tausend 1000 million 1000000 millionen 1000000"
    " milliarde 1000000000 milliarden 1000000000",
    "fr": "un 1 une 1 "
    "deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12"
    " treize 13 quatorze 14 quinze 15 seize 16 vingt 20 vingts 20 trente 30 quarante 40"
    " cinquante 50 soixante 60 septante 70 nonante 90 cent 100 cents 100 mille 1000"
    " million 1000000 millions 1000000 milliard 1000000000 milliards 1000000000",
    "es": "uno 1 un 1 una 1 "
    "dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12"
    " trece 13 catorce 14 quince 15 dieciséis 16 diecisiete 17 dieciocho 18 diecinueve 19"
    " veinte 20 veintiuno 21 veintiún 21 veintidós 22 veintitrés 23 veinticuatro 24 veinticinco 25"
    " veintiséis 26 veintisiete 27 veintiocho 28 veintinueve 29 treinta 30 cuarenta 40"
    " cincuenta 50 sesenta 60 setenta 70 ochenta 80 noventa 90 cien 100 ciento 100"
    " doscientos 200 trescientos 300 mil 1000 millón 1000000 millones 1000000",
    "it": "uno 1 un 1 una 1 "
    "due 2 tre 3 quattro 4 cinque 5 sei 6 sette 7 otto 8 nove 9 dieci 10 undici 11 dodici 12"
    " tredici 13 quattordici 14 quindici 15 sedici 16 diciassette 17 diciotto 18 diciannove 19"
    " venti 20 vent 20 trenta 30 trent 30 quaranta 40 quarant 40 cinquanta 50 cinquant 50"
    " sessanta 60 sessant 60 settanta 70 settant 70 ottanta 80 ottant 80 novanta 90 novant 90"
    " cento 100 mille 1000 mila 1000 milione 1000000 milioni 1000000 miliardi 1000000000",
    "pt": "um 1 uma 1 "
    "dois 2 duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11"
    " doze 12 treze 13 catorze 14 quatorze 14 quinze 15 dezesseis 16 dezasseis 16 dezessete 17"
    " dezoito 18 dezenove 19 vinte 20 trinta 30 quarenta 40 cinquenta 50 sessenta 60 setenta 70"
    " oitenta 80 noventa 90 cem 100 cento 100 duzentos 200 trezentos 300 mil 1000"
    " milhão 1000000 milhões 1000000 bilhões 1000000000",
    "nl": "een 1 één 1 "
    "twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12"
    " dertien 13 veertien 14 twintig 20 dertig 30 veertig 40 vijftig 50 zestig 60 zeventig 70"
    " tachtig 80 negentig 90 honderd 100 duizend 1000 miljoen 1000000 miljard 1000000000",
    "tr": "bir 1 "
    "iki 2 üç 3 dört 4 beş 5 altı 6 yedi 7 sekiz 8 dokuz 9 on 10 yirmi 20 otuz 30 kırk 40"
    " elli 50 altmış 60 yetmiş 70 seksen 80 doksan 90 yüz 100 bin 1000 milyon 1000000",
    "ru": "один 1 одна 1 одного 1 одно 1 "
    "два 2 две 2 двух 2 двумя 2 двое 2 три 3 трех 3 трёх 3 тремя 3 трое 3 четыре 4"
    " четырех 4 четырёх 4 пять 5 пяти 5 пятеро 5 шесть 6 шести 6 семь 7 семи 7 восемь 8 восьми 8"
    " девять 9 девяти 9 десять 10 десяти 10 одиннадцать 11 двенадцать 12 тринадцать 13"
    " четырнадцать 14 пятнадцать 15 шестнадцать 16 семнадцать 17 восемнадцать 18"
    " девятнадцать 19 двадцать 20 тридцать 30 сорок 40 сорока 40 пятьдесят 50 шестьдесят 60"
    " семьдесят 70 восемьдесят 80 девяносто 90 сто 100 ста 100 двести 200 двухсот 200 триста 300"
    " трехсот 300 четыреста 400 пятьсот 500 тысяча 1000 тысячи 1000 тысяч 1000 миллион 1000000"
    " миллиона 1000000 миллионов 1000000 миллиард 1000000000 миллиардов 1000000000",
    "uk": "один 1 одна 1 одного 1 одне 1 "
    "два 2 дві 2 двох 2 двоє 2 три 3 трьох 3 троє 3 чотири 4 чотирьох 4 пять 5"
    " шість 6 шести 6 сім 7 семи 7 вісім 8 восьми 8 десять 10 десяти 10 одинадцять 11"
    " дванадцять 12 тринадцять 13 чотирнадцять 14 пятнадцять 15 шістнадцять 16"
    " сімнадцять 17 вісімнадцять 18 двадцять 20 тридцять 30 сорок 40 пятдесят 50 шістдесят 60"
    " сімдесят 70 вісімдесят 80 девяносто 90 сто 100 двісті 200 триста 300 тисяча 1000"
    " тисячі 1000 тисяч 1000 мільйон 1000000 мільйонів 1000000",
    "ar": "اثنان 2 اثنين 2 اثنا 2 اثني 2 اثنتا 2 ثلاثه 3 ثلاث 3 اربعه 4 اربع 4 خمسه 5 خمس 5"
    " سته 6 ست 6 سبعه 7 سبع 7 ثمانيه 8 ثماني 8 ثمان 8 تسعه 9 تسع 9 عشره 10 عشر 10 احد 1 احدي 1"
    " عشرون 20 عشرين 20 ثلاثون 30 ثلاثين 30 اربعون 40 اربعين 40 خمسون 50 خمسين 50 ستون 60"
    " ستين 60 سبعون 70 سبعين 70 ثمانون 80 ثمانين 80 تسعون 90 تسعين 90 ميه 100 مايه 100"
    " مييتين 200 مايتين 200 الف 1000 الاف 1000 مليون 1000000 مليار 1000000000",
    "fa": "یک 1 "
    "دو 2 سه 3 چهار 4 پنج 5 شش 6 هفت 7 هشت 8 نه 9 ده 10 یازده 11 دوازده 12 سیزده 13"
    " بیست 20 سی 30 چهل 40 پنجاه 50 شصت 60 هفتاد 70 هشتاد 80 نود 90 صد 100 هزار 1000",
    "he": "שני 2 שתי 2 שניים 2 שתיים 2 שלוש 3 שלושה 3 שלושת 3 ארבע 4 ארבעה 4 חמש 5 חמישה 5 שש 6"
    " שישה 6 שבע 7 שבעה 7 שמונה 8 תשע 9 תשעה 9 עשר 10 עשרה 10 אחד 1 אחת 1 שנים 2 שתים 2"
    " עשרים 20 שלושים 30 ארבעים 40 חמישים 50 שישים 60 שבעים 70 שמונים 80 תשעים 90 מאה 100"
    " מאתיים 200 אלף 1000 אלפים 2000 מיליון 1000000 מיליארד 1000000000",
    "hi": "एक 1 "
    "दो 2 तीन 3 चार 4 पांच 5 छह 6 सात 7 आठ 8 नौ 9 दस 10 ग्यारह 11 बारह 12 बीस 20 तीस 30"
    " चालीस 40 पचास 50 सौ 100 हजार 1000 लाख 100000 करोड़ 10000000",
}

# What stands for a number that nobody knows, by the first letters: tens, hundreds, thousands.
VAGUE_NUMBERS = {
    "tens": "dozens scores dutzend dizaine dizzine decine decenas dezenas tientallen десятки десятк"
    " عشرات עשרות",
    "hundreds": "hundreds hunderte centaines centinaia cientos centenar centenas honderden сотни"
    " сотен сотням сотні сотня מאות ميات",
    "thousands": "thousands tausende milliers migliaia miles millares milhares duizenden тысячами"
    " тысячах тисячами الاف אלפי",
}
