"""Classes of words of which none can stand for another: compass, times of day, money, measures,
ordinals, how many of a whole, who somebody is.

A member of a class has stems, of all languages that may share it; a stem that ends with a full stop
is a whole word.
"""

from __future__ import annotations

CLASSES = (
    (
        "north nord norte noord север північ شمال צפון kuzey północ norr βορρ βορε nordul "
        "شمالی उत्तर",
        "south süd sud sur. sul. zuid юг. юж південь півден جنوب דרום güney południ söder syd "
        "νοτ sudul جنوبی दक्षिण",
        "east ost. osten östlich oriente este. leste oosten oostelijk восток восточн схід. "
        "східн شرق מזרח doğu wschod wschód öster ανατολ पूर्व",
        "west westen westlich ouest oeste ovest запад захід. західн غرب מערב batı zachod "
        "zachód väster δυτικ δυση पश्चिम",
    ),
    (
        "北部 北方 北",
        "南部 南方 南",
        "东部 東部 东方 东",
        "西部 西方 西",
    ),
    (
        "북부",
        "남부",
        "동부",
        "서부",
    ),
    (
        "noon midday mittag. midi. mediodía mezzogiorno полдень опівдні południe",
        "midnight mitternacht minuit medianoche mezzanotte middernacht полночь опівночі "
        "północ midnatt μεσανυχτ",
    ),
    (
        "morning. mornings vormittag matin mañana mattin manhã ochtend утр ранок ранк صباح "
        "בוקר sabah rano. morgon πρωι صبح सुबह",
        "afternoon nachmittag après tarde pomerigg middag ظهر צהריים popołudni eftermiddag "
        "απογευμα",
        "evening night abend. soir. noche. sera. noite. avond вечер вечор ввечер مساء ערב "
        "akşam wieczór kväll βραδυ शाम",
    ),
    (
        "早上 上午 早晨",
        "下午",
        "晚上 晚间 夜间",
    ),
    (
        "午前",
        "午後",
    ),
    (
        "오전",
        "오후",
    ),
    (
        "dollar dólar доллар долар دولار דולר dolar δολαρι डॉलर",
        "euro евро євро يورو אירו avro ευρω यूरो",
        "pound pfund livre libra sterlin фунт استرليني sterling",
        "yen иен",
        "yuan renminbi юан",
        "rouble ruble rubel rublo рубл",
        "franc franken франк",
        "rupee rupie рупи रुपये रुपए",
        "hryvnia гривн",
        "shekel schekel שקל שקלים",
        "lira лир",
        "peso",
    ),
    (
        "美元 美",
        "欧元 歐元 欧 歐",
        "英镑 英鎊 英",
        "日元 日",
        "人民币 人民幣",
        "卢布",
    ),
    (
        "ドル",
        "ユーロ",
        "ポンド",
        "円",
    ),
    (
        "달러",
        "유로",
        "파운드",
        "엔.",
    ),
    (
        "kilomet km километр кілометр كيلومتر קילומטר χιλιομετρ किलोमीटर",
        "mile. miles meile milla miglia milha mijl мил. миль милях ميل mila",
    ),
    (
        "metre. metres meter. meters metro. metros metri. метр. метра метров متر",
        "foot. feet fuß pieds pies. piedi pés. voet yard",
    ),
    (
        "kilogram kilo. kilos килограмм",
        "pound. pounds",
    ),
    (
        "celsius",
        "fahrenheit",
    ),
    (
        "first erste. ersten erster premier. première primer. primero primera prima. primo "
        "primeir eerste перв перш الاول الاولي ראשון ראשונה birinci ilk. pierwsz första πρωτ",
        "second. zweite. zweiten zweiter deuxième segundo segunda seconda secondo tweede втор "
        "другий другого другої الثاني الثانيه שני. שנייה ikinci drugi. drugiej. andra δευτερ",
        "third. dritte. dritten dritter troisième tercer terza. terzo. terceir derde трети "
        "третий третьего треті третього الثالث الثالثه שלישי שלישית üçüncü trzeci tredje "
        "τριτο τριτη.",
        "fourth vierte. vierten vierter quatrième cuarta. cuarto. quarta. quarto. vierde "
        "четверты четверто четверта четверт. الرابع الرابعه רביעי רביעית "
        "dördüncü czwart fjärde τεταρτ",
        "fifth. fünfte. fünften cinquième quinto. quinta. vijfde пятый пятого пятая пятой "
        "الخامس الخامسه חמישי חמישית beşinci piąt femte πεμπτ",
        "sixth sechste. sechsten sixième sexto sexta. sesto. sesta. zesde шест. шестой "
        "шестого السادس שישי altıncı szóst sjätte εκτο.",
        "seventh siebte. siebten septième séptim settim sétim zevende седьм السابع שביעי "
        "yedinci siódm sjunde εβδομ.",
        "eighth achte. achten huitième octav ottav oitav achtste восьмой восьмого الثامن "
        "שמיני sekizinci ósm åttonde ογδο",
        "ninth neunte. neunten neuvième noven nono. nona. negende девятый девятого التاسع "
        "תשיעי dokuzuncu dziewiąt nionde ενατ",
        "tenth zehnte. zehnten dixième décim decim tiende десятый десятого العاشر עשירי "
        "onuncu dziesiąt tionde δεκατ",
    ),
    (
        "第一",
        "第二",
        "第三",
        "第四",
        "第五",
        "第六",
        "第七",
        "第八",
        "第九",
        "第十",
    ),
    (
        "all. every. alle. allen tous. toutes. todos. todas. tutti. tutte. все. всех усі. "
        "усіх جميع כל. tüm. bütün. wszystk samtliga ολοι ολες",
        "most. mehrheit meisten plupart mayoría maggioranza maioria meeste большинств "
        "більшіст معظم רוב. çoğu większość flesta",
        "half. halved hälfte moitié mitad metà metade helft половин نصف מחצית yarısı połow "
        "hälften μισοι",
        "some. several many. einige mehrere viele quelques plusieurs algunos varias varios "
        "alcuni alcune alguns enkele sommige veel некоторы несколько деякі кілька بعض عده כמה "
        "bazı niektór kilka några μερικ",
    ),
    (
        "doubl verdoppel duplic raddoppi dobr verdubbel удво подво تضاعف הוכפל podwoi "
        "fördubbl διπλασι",
        "tripl trebl verdreifach triplic verdrievoudig утро потро potroi tredubbl τριπλασι",
        "quadrupl vervierfach cuadruplic verviervoudig",
        "halv halbier halbe",
    ),
    (
        "man. men. mann. männer homme. hommes hombre hombres uomo. uomini homem homens мужчин "
        "чоловік رجل. رجال גבר. גברים adam. erkek mężczyzn mannen männen ανδρα ανδρες",
        "woman. women. frau. frauen femme. femmes mujer mujeres donna. donne. mulher mulheres "
        "vrouw женщин жінк امراه نساء אישה. אישה נשים kadın kobiet kvinn γυναικ",
    ),
    (
        "boy. boys junge. jungen garçon garçons niño. niños ragazzo ragazzi menino jongen "
        "мальчик хлопчик صبي ילד. çocuk chłopc pojk",
        "girl. girls mädchen fille. filles niña. niñas ragazza ragazze menina meisje девочк "
        "дівчинк فتاه ילדה. kız. dziewczynk flick",
    ),
    (
        "father. vater. père. padre. pai. vader. отец отца батько والد. אב. אביו baba. babası "
        "ojciec ojca fader pappa",
        "mother. mutter. mère. madre. mãe. moeder. мать. матери мати. матері والده. אם. אמו "
        "anne. annesi matka matki moder mamma",
    ),
    (
        "son. sohn. fils. hijo. figlio. filho. zoon. сын. сына син. сина ابنه בן. בנו oğlu "
        "syn. syna",
        "daughter tochter fille. hija. figlia. filha. dochter дочь дочери дочка доньк ابنته "
        "בת. בתו kızı córk dotter",
    ),
    (
        "brother bruder frère. hermano fratello irmão broer брат. брата شقيق. אח. אחיו kardeş "
        "brat.",
        "sister schwester sœur soeur hermana sorella irmã. zus. zuster сестр شقيقه אחות אחותו "
        "siostr syster",
    ),
    (
        "husband ehemann mari. marido marito echtgenoot муж. мужа чоловіка زوج. בעלה kocası",
        "wife. ehefrau épouse esposa moglie echtgenote жена жены дружин زوجه אשתו karısı żon. żona",
    ),
)

# Units of time: ten years are a decade, so that they are compared beside equal numbers only.
DURATIONS = (
    (
        "second. seconds sekund secondes segundos secondi секунд ثوان ثانيه שניות saniye "
        "δευτερολεπτ",
        "minute. minutes minuten minutos minuti minuut минут хвилин دقيقه دقائق דקות דקה "
        "dakika minut λεπτ. λεπτα",
        "hour stunde heure. heures hora. horas ora. ore. uur. uren час. часа часов годин ساعه "
        "ساعات שעה שעות saat godzin timm. timmar ωρα. ωρες",
        "day. days tag. tage tagen jour. jours día días giorno giorni dia. dias dag. dagen "
        "день дней дня дні днів يوم ايام יום ימים gün. günde dni. dzień dagar ημερα ημερες",
        "week woche semaine semana settiman weken недел тижд тижн اسبوع اسابيع שבוע שבועות "
        "hafta tydzień tygodni veck εβδομαδ",
        "month monat. monate monaten mois. mes. meses mese. mesi. mês. maand месяц місяц شهر. "
        "شهور اشهر חודש חודשים ay. ayda miesiąc miesięcy månad μηνα μηνες",
        "year. years jahr. jahre jahren année années ans. año años anno. anni. ano. anos "
        "jaar. jaren год. года лет. рік. роки років سنه. سنوات عام. اعوام שנה שנים yıl. "
        "yıllar rok. lat. lata år. ετος ετη. χρονια",
        "decade jahrzehnt décennie década decenni десятилет",
        "centur jahrhundert siècle siglo secolo século столети",
    ),
    (
        "小时",
        "分钟",
        "星期",
        "个月",
    ),
    (
        "時間",
        "分間",
        "日間",
        "週間",
        "か月 ヶ月",
        "年間",
    ),
)
