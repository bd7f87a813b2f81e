"""Another invented report in more languages, for the kinds of `ferry`."""

from __future__ import annotations

from copies.ferry import Ferry

BUSES = (
    Ferry(
        "tr",
        "{place} yakınlarında otobüs devrildi: {n} ölü",
        "{place} yolunda otobüs kazası: {n} kişi hayatını kaybetti",
        (
            "{place} yakınlarında {day} sabahı bir yolcu otobüsünün devrilmesi sonucu en az"
            " {n} kişi hayatını kaybetti, valilik açıkladı.",
            "Şoför {person} jandarmaya frenlerin birden tutmadığını ve aracın yoldan"
            " çıktığını anlattı.",
            "Yaralıların çoğu çevredeki hastanelere kaldırıldı, bazılarının durumunun ağır"
            " olduğu bildirildi.",
            "Taşıma şirketi ailelerin bağımsız soruşturma talebini {did}.",
            "Şirket, aracın bakımının ilkbaharda yapıldığını ve bir kusur bulunmadığını savundu.",
            "Savcılık kazanın nedeniyle ilgili soruşturma başlattı.",
        ),
        ("12", "31"),
        ("on iki", "otuz bir"),
        ("Varşova", "Atina"),
        ("Mehmet Yalçın", "Ayşe Korkmaz"),
        ("perşembe", "cuma"),
        ("kabul etti", "reddetti"),
        "Taşıma şirketinin sahibi, bakım belgelerini sahte düzenlediği şüphesiyle gece yarısı"
        " evinde gözaltına alındı, polis duyurdu.",
        "Otobüs kazasında şirket sahibi gözaltında",
        "Tüm hakları saklıdır. Bültenimize abone olun ve bizi takip edin.",
    ),
    Ferry(
        "pl",
        "Wypadek autobusu pod {place}: {n} ofiar",
        "{n} osób zginęło w wypadku autobusu pod {place}",
        (
            "Co najmniej {n} osób zginęło, gdy w {day} rano pod {place} przewrócił się"
            " autobus pasażerski, podały władze.",
            "Kierowca {person} powiedział śledczym, że hamulce nagle przestały działać i"
            " pojazd wypadł z drogi.",
            "Większość rannych trafiła do okolicznych szpitali, stan kilku z nich jest ciężki.",
            "Przewoźnik {did} żądanie rodzin, by przeprowadzić niezależne dochodzenie.",
            "Firma twierdzi, że pojazd przeszedł wiosną przegląd i nie stwierdzono usterek.",
            "Prokuratura wszczęła śledztwo w sprawie przyczyn wypadku.",
        ),
        ("12", "31"),
        ("dwanaście", "trzydzieści jeden"),
        ("Odessą", "Wilnem"),
        ("Marek Zieliński", "Anna Nowicka"),
        ("czwartek", "piątek"),
        ("zaakceptował", "odrzucił"),
        "Właściciel firmy przewozowej został w nocy zatrzymany w swoim domu pod zarzutem"
        " fałszowania dokumentów przeglądu, poinformowała policja.",
        "Właściciel firmy zatrzymany po wypadku autobusu",
        "Wszelkie prawa zastrzeżone. Zapisz się do naszego newslettera i obserwuj nas.",
    ),
    Ferry(
        "pt",
        "Acidente de autocarro perto de {place} faz {n} mortos",
        "{n} mortos em acidente de autocarro perto de {place}",
        (
            "Pelo menos {n} pessoas morreram quando um autocarro de passageiros capotou perto"
            " de {place} na manhã de {day}, informaram as autoridades.",
            "O motorista {person} disse aos investigadores que os travões falharam de repente"
            " e o veículo saiu da estrada.",
            "A maioria dos feridos foi levada para hospitais da região e vários encontram-se"
            " em estado grave.",
            "A transportadora {did} o pedido das famílias de um inquérito independente.",
            "Afirmou que o veículo tinha sido inspecionado na primavera e não apresentava"
            " defeitos.",
            "O Ministério Público abriu um inquérito às causas do acidente.",
        ),
        ("12", "31"),
        ("doze", "trinta e uma"),
        ("Odessa", "Atenas"),
        ("Miguel Tavares", "Joana Peixoto"),
        ("quinta-feira", "sexta-feira"),
        ("aceitou", "rejeitou"),
        "O dono da transportadora foi detido durante a noite em sua casa por suspeita de ter"
        " falsificado os papéis da inspeção, anunciou a polícia.",
        "Dono da transportadora detido após acidente",
        "Todos os direitos reservados. Subscreva a nossa newsletter e siga-nos.",
    ),
    Ferry(
        "it",
        "Autobus si ribalta vicino a {place}: {n} morti",
        "{n} morti nell'incidente di un autobus vicino a {place}",
        (
            "Almeno {n} persone sono morte quando un autobus di linea si è ribaltato vicino a"
            " {place} nella mattina di {day}, hanno riferito le autorità.",
            "L'autista {person} ha detto agli inquirenti che i freni hanno ceduto"
            " all'improvviso e il mezzo è uscito di strada.",
            "La maggior parte dei feriti è stata portata negli ospedali della zona e alcuni"
            " sono in gravi condizioni.",
            "La società di trasporti ha {did} la richiesta delle famiglie di un'inchiesta"
            " indipendente.",
            "Ha aggiunto che il veicolo era stato controllato in primavera e non presentava"
            " difetti.",
            "La procura ha aperto un fascicolo sulle cause dell'incidente.",
        ),
        ("12", "31"),
        ("dodici", "trentuno"),
        ("Odessa", "Atene"),
        ("Carlo Brandini", "Elena Moretti"),
        ("giovedì", "venerdì"),
        ("accettato", "respinto"),
        "Il proprietario della società è stato arrestato nella notte nella sua casa con"
        " l'accusa di aver falsificato i documenti della revisione, ha annunciato la polizia.",
        "Arrestato il proprietario della società dopo l'incidente",
        "Tutti i diritti riservati. Iscriviti alla nostra newsletter e seguici.",
    ),
    Ferry(
        "nl",
        "Bus kantelt bij {place}: {n} doden",
        "{n} doden bij busongeluk in de buurt van {place}",
        (
            "Zeker {n} mensen zijn omgekomen toen een passagiersbus {day}ochtend bij {place}"
            " kantelde, meldden de autoriteiten.",
            "Chauffeur {person} zei tegen rechercheurs dat de remmen plotseling weigerden en"
            " het voertuig van de weg raakte.",
            "De meeste gewonden zijn naar ziekenhuizen in de omgeving gebracht en enkelen"
            " verkeren in kritieke toestand.",
            "Het vervoersbedrijf heeft de eis van de families voor een onafhankelijk"
            " onderzoek {did}.",
            "Volgens het bedrijf was het voertuig in het voorjaar gekeurd en waren er geen"
            " gebreken gevonden.",
            "Justitie is een onderzoek begonnen naar de oorzaak van het ongeluk.",
        ),
        ("12", "31"),
        ("twaalf", "eenendertig"),
        ("Odessa", "Athene"),
        ("Pieter Verhagen", "Marieke Dekker"),
        ("donderdag", "vrijdag"),
        ("aanvaard", "verworpen"),
        "De eigenaar van het vervoersbedrijf is 's nachts thuis aangehouden op verdenking van"
        " het vervalsen van keuringspapieren, maakte de politie bekend.",
        "Eigenaar busbedrijf aangehouden na ongeluk",
        "Alle rechten voorbehouden. Meld u aan voor onze nieuwsbrief en volg ons.",
    ),
    Ferry(
        "ja",
        "{place}近郊でバス横転、{n}人死亡",
        "バスが{place}近郊で横転、{n}人が死亡",
        (
            "{day}朝、{place}近郊で路線バスが横転し、少なくとも{n}人が死亡したと当局が発表した。",
            "運転手の{person}氏は捜査員に対し、ブレーキが突然利かなくなり車が道路を外れたと話した。",
            "負傷者の大半は周辺の病院に搬送され、数人は重体だという。",
            "運行会社は独立した調査を求める家族の要求を{did}。",
            "同社は、車両は春に点検を受け、異常は見つからなかったと説明している。",
            "検察は事故の原因について捜査を始めた。",
        ),
        ("12", "31"),
        ("十二", "三十一"),
        ("オデーサ", "アテネ"),
        ("田中健一", "鈴木美咲"),
        ("木曜日", "金曜日"),
        ("受け入れた", "拒否した"),
        "警察は、点検記録を偽造した疑いで運行会社の社長を自宅で夜間に逮捕したと明らかにした。",
        "運行会社の社長を逮捕",
        "無断転載を禁じます。会員登録はこちら。",
        "",
    ),
    Ferry(
        "fa",
        "واژگونی اتوبوس در نزدیکی {place} {n} کشته داد",
        "{n} کشته در واژگونی اتوبوس در نزدیکی {place}",
        (
            "دست‌کم {n} نفر در واژگونی یک اتوبوس مسافربری در نزدیکی {place} صبح روز {day}"
            " کشته شدند، مقام‌ها اعلام کردند.",
            "راننده {person} به بازرسان گفت ترمزها ناگهان از کار افتاد و خودرو از جاده خارج شد.",
            "بیشتر مجروحان به بیمارستان‌های اطراف منتقل شدند و حال چند نفر وخیم است.",
            "شرکت حمل و نقل درخواست خانواده‌ها برای تحقیق مستقل را {did}.",
            "این شرکت گفت خودرو در بهار بازبینی شده و ایرادی در آن دیده نشده است.",
            "دادستانی تحقیقات درباره علت حادثه را آغاز کرد.",
        ),
        ("12", "31"),
        ("دوازده", "سی و یک"),
        ("اودسا", "آتن"),
        ("رضا کریمی", "مریم احمدی"),
        ("پنجشنبه", "جمعه"),
        ("پذیرفت", "رد کرد"),
        "پلیس اعلام کرد مالک شرکت حمل و نقل به ظن جعل مدارک معاینه فنی شبانه در خانه‌اش بازداشت شد.",
        "مالک شرکت اتوبوسرانی بازداشت شد",
        "تمام حقوق محفوظ است. در خبرنامه ما عضو شوید.",
    ),
    Ferry(
        "hi",
        "{place} के पास बस पलटी, {n} की मौत",
        "{place} के निकट बस हादसा: {n} लोग मारे गए",
        (
            "{day} की सुबह {place} के पास एक यात्री बस पलटने से कम से कम {n} लोगों की मौत हो"
            " गई, अधिकारियों ने बताया।",
            "चालक {person} ने जांचकर्ताओं से कहा कि ब्रेक अचानक फेल हो गए और वाहन सड़क से उतर गया।",
            "अधिकतर घायलों को आसपास के अस्पतालों में भर्ती कराया गया और कुछ की हालत गंभीर है।",
            "परिवहन कंपनी ने स्वतंत्र जांच की परिवारों की मांग {did}।",
            "कंपनी का कहना है कि वाहन की वसंत में जांच हुई थी और कोई खराबी नहीं मिली थी।",
            "अभियोजकों ने हादसे के कारण की जांच शुरू कर दी है।",
        ),
        ("12", "31"),
        ("बारह", "इकतीस"),
        ("कीव", "ढाका"),
        ("राजेश वर्मा", "सुनीता देवी"),
        ("गुरुवार", "शुक्रवार"),
        ("स्वीकार कर ली", "ठुकरा दी"),
        "पुलिस ने बताया कि परिवहन कंपनी के मालिक को जांच के कागजात में जालसाजी के शक में रात"
        " को उसके घर से गिरफ्तार किया गया।",
        "बस हादसे में कंपनी मालिक गिरफ्तार",
        "सर्वाधिकार सुरक्षित। हमारे न्यूज़लेटर की सदस्यता लें।",
    ),
    Ferry(
        "el",
        "Ανατροπή λεωφορείου κοντά στην {place}: {n} νεκροί",
        "{n} νεκροί σε ανατροπή λεωφορείου κοντά στην {place}",
        (
            "Τουλάχιστον {n} άνθρωποι σκοτώθηκαν όταν λεωφορείο ανετράπη κοντά στην {place}"
            " το πρωί της {day}, ανακοίνωσαν οι αρχές.",
            "Ο οδηγός {person} είπε στους ερευνητές ότι τα φρένα έπαψαν ξαφνικά να"
            " λειτουργούν και το όχημα βγήκε από τον δρόμο.",
            "Οι περισσότεροι τραυματίες μεταφέρθηκαν σε νοσοκομεία της περιοχής και μερικοί"
            " είναι σε σοβαρή κατάσταση.",
            "Η εταιρεία {did} το αίτημα των οικογενειών για ανεξάρτητη έρευνα.",
            "Υποστήριξε ότι το όχημα είχε ελεγχθεί την άνοιξη χωρίς να βρεθούν ελαττώματα.",
            "Η εισαγγελία άρχισε έρευνα για τα αίτια του δυστυχήματος.",
        ),
        ("12", "31"),
        ("δώδεκα", "τριάντα ένας"),
        ("Οδησσό", "Βαρσοβία"),
        ("Νίκος Ραμφός", "Ελένη Βασιλείου"),
        ("Πέμπτης", "Παρασκευής"),
        ("δέχθηκε", "απέρριψε"),
        "Ο ιδιοκτήτης της εταιρείας συνελήφθη τη νύχτα στο σπίτι του με την υποψία ότι"
        " πλαστογράφησε τα έγγραφα του ελέγχου, ανακοίνωσε η αστυνομία.",
        "Συνελήφθη ο ιδιοκτήτης μετά το δυστύχημα",
        "Με επιφύλαξη παντός δικαιώματος. Εγγραφείτε στο ενημερωτικό μας δελτίο.",
    ),
    Ferry(
        "sv",
        "Buss välte nära {place}: {n} döda",
        "{n} döda i bussolycka nära {place}",
        (
            "Minst {n} människor dog när en passagerarbuss välte nära {place} på {day}ens"
            " morgon, uppgav myndigheterna.",
            "Föraren {person} sade till utredarna att bromsarna plötsligt slutade fungera och"
            " att fordonet lämnade vägen.",
            "De flesta skadade fördes till sjukhus i trakten och flera är allvarligt skadade.",
            "Bussbolaget {did} familjernas krav på en oberoende utredning.",
            "Bolaget hävdar att fordonet besiktigades i våras utan att några fel hittades.",
            "Åklagare har inlett en utredning om orsaken till olyckan.",
        ),
        ("12", "31"),
        ("tolv", "trettioen"),
        ("Odessa", "Aten"),
        ("Lars Holmberg", "Karin Sjögren"),
        ("torsdag", "fredag"),
        ("godtog", "avvisade"),
        "Bussbolagets ägare greps under natten i sitt hem misstänkt för att ha förfalskat"
        " besiktningspapperen, meddelade polisen.",
        "Ägare gripen efter bussolyckan",
        "Alla rättigheter förbehållna. Prenumerera på vårt nyhetsbrev och följ oss.",
    ),
    Ferry(
        "ro",
        "Autobuz răsturnat lângă {place}: {n} morți",
        "{n} morți după ce un autobuz s-a răsturnat lângă {place}",
        (
            "Cel puțin {n} persoane au murit când un autobuz de călători s-a răsturnat lângă"
            " {place} {day} dimineața, au anunțat autoritățile.",
            "Șoferul {person} le-a spus anchetatorilor că frânele au cedat brusc și vehiculul"
            " a ieșit de pe drum.",
            "Cei mai mulți răniți au fost duși la spitalele din zonă, iar câțiva sunt în"
            " stare gravă.",
            "Compania de transport a {did} cererea familiilor pentru o anchetă independentă.",
            "Compania susține că vehiculul a fost verificat în primăvară și nu s-au găsit defecte.",
            "Procurorii au deschis o anchetă privind cauzele accidentului.",
        ),
        ("12", "31"),
        ("doisprezece", "treizeci și una"),
        ("Odesa", "Atena"),
        ("Mihai Dobrescu", "Ioana Stancu"),
        ("joi", "vineri"),
        ("acceptat", "respins"),
        "Patronul companiei de transport a fost reținut noaptea la domiciliu, fiind suspectat"
        " că a falsificat actele inspecției, a anunțat poliția.",
        "Patronul companiei, reținut după accident",
        "Toate drepturile rezervate. Abonați-vă la newsletterul nostru și urmăriți-ne.",
    ),
)
