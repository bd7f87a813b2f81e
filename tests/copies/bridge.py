"""An invented report in eight languages, another one of its day, and what outlets add."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bridge:
    """`news` is a later paragraph with its headline, `talks` another report. `changes` are words of
    the text, each with what says something else."""

    language: str
    title: str
    reworded: str
    paragraphs: tuple[str, ...]
    news_title: str
    news: str
    talks_title: str
    talks: str
    footer: str
    changes: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


BRIDGES = (
    Bridge(
        "ru",
        "Мост в Толмаре закроют на семь месяцев",
        "Толмар: мост через Марну закрывают",
        (
            "Министерство транспорта Велмарии объявило в среду о закрытии моста через реку"
            " Марна в городе Толмар на семь месяцев. По словам министра Павла Орлова,"
            " экспертиза обнаружила трещины в трёх опорах, и движение грузовиков стало опасным.",
            "Мост построен в 1961 году, по нему ежедневно проезжают 24 тысячи автомобилей."
            " Пассажиров будут перевозить паромы, первый рейс назначен на понедельник."
            " Городской совет пообещал сделать проезд на паромах бесплатным.",
            "Предприниматели левого берега потребовали компенсаций. «Мы потеряем половину"
            " покупателей», — сказала владелица пекарни Анна Лескова. Совет ответил, что"
            " вопрос рассмотрят в апреле.",
            "Ремонт обойдётся в 18 миллионов крон, которые выделит правительство. Инженеры не"
            " исключают, что одну из опор придётся построить заново.",
        ),
        "Рухнула опора моста в Толмаре, трое рабочих погибли",
        "В четверг утром одна из опор моста рухнула в реку, трое рабочих погибли, ещё двое"
        " пропали без вести, сообщили спасатели. Премьер-министр отменил поездку и вылетел в"
        " Толмар.",
        "Докеры прервали переговоры",
        "Переговоры докеров с портовой компанией в Варнби прервались во вторник ночью без"
        " результата. Докеры требуют поднять зарплату на шесть процентов и сократить ночную"
        " смену. Компания предложила четыре процента за два года. Паромы на острова в четверг"
        " не пойдут, профсоюз не исключил долгой забастовки.",
        "Газета «Вестник Марны» выходит с 1887 года и рассказывает о том, о чём молчат"
        " большие издания. Нас поддерживают читатели: если вам важна независимая журналистика,"
        " оформите подписку или сделайте пожертвование. Написать в редакцию можно по почте или"
        " через защищённую форму на сайте. Мнение авторов может не совпадать с мнением"
        " редакции. При перепечатке ссылка на издание обязательна.",
        (
            ("закрытии", "открытии"),
            ("24 тысячи", "42 тысячи"),
            ("Анна Лескова", "Вера Громова"),
            ("в апреле", "в мае"),
            ("бесплатным", "платным"),
            ("семь месяцев", "девять месяцев"),
            ("Инженеры не исключают", "Инженеры исключают"),
            ("трёх опорах", "пяти опорах"),
        ),
    ),
    Bridge(
        "ar",
        "إغلاق جسر تولمار سبعة أشهر",
        "تولمار تغلق جسرها القديم",
        (
            "أعلنت وزارة النقل يوم الأربعاء إغلاق الجسر القديم فوق نهر مارنا في مدينة تولمار"
            " لمدة سبعة أشهر. وقال الوزير سامي الخطيب إن الخبراء عثروا على شقوق في ثلاث دعامات"
            " وإن مرور الشاحنات أصبح خطرا.",
            "بني الجسر عام 1961 وتعبره كل يوم 24 ألف سيارة. وستنقل العبارات الركاب ابتداء من"
            " يوم الاثنين. ووعد مجلس المدينة بأن يكون ركوب العبارات مجانيا.",
            "وطالب التجار في الضفة اليسرى بتعويضات. وقالت صاحبة مخبز تدعى هدى منصور إنها"
            " ستخسر نصف زبائنها. ورد المجلس بأنه سيبحث الأمر في أبريل.",
            "وتبلغ كلفة الإصلاح 18 مليون كرونة تدفعها الحكومة. ولا يستبعد المهندسون إعادة"
            " بناء إحدى الدعامات.",
        ),
        "انهيار دعامة في جسر تولمار ومقتل ثلاثة عمال",
        "انهارت إحدى دعامات الجسر في النهر صباح الخميس وقتل ثلاثة عمال وفقد اثنان آخران، بحسب"
        " فرق الإنقاذ. وألغى رئيس الوزراء رحلته وتوجه إلى المدينة.",
        "عمال الميناء يقطعون المفاوضات",
        "انقطعت المفاوضات بين عمال الميناء والشركة في فارنبي ليل الثلاثاء بلا نتيجة. ويطالب"
        " العمال بزيادة الأجور ستة في المئة وتقصير نوبة الليل. وعرضت الشركة أربعة في المئة على"
        " مدى عامين. ولن تبحر السفن إلى الجزر يوم الخميس ولم تستبعد النقابة إضرابا طويلا.",
        "صحيفة بريد مارنا صحيفة مستقلة تعيش بدعم قرائها. إذا كنتم تقدرون عملنا فنرجو أن"
        " تشتركوا أو تتبرعوا. يمكنكم مراسلة غرفة الأخبار بالبريد أو عبر النموذج الآمن في"
        " موقعنا. الآراء المنشورة لا تعبر بالضرورة عن رأي الصحيفة. لا يجوز إعادة النشر من دون"
        " إذن خطي.",
        (
            ("إغلاق الجسر", "فتح الجسر"),
            ("24 ألف", "42 ألف"),
            ("هدى منصور", "ريم حداد"),
            ("في أبريل", "في مايو"),
            ("سبعة أشهر", "تسعة أشهر"),
            ("ولا يستبعد المهندسون", "ويستبعد المهندسون"),
            ("ثلاث دعامات", "خمس دعامات"),
            ("18 مليون", "81 مليون"),
        ),
    ),
    Bridge(
        "he",
        "הגשר בתולמר ייסגר לשבעה חודשים",
        "תולמר סוגרת את הגשר הישן",
        (
            "משרד התחבורה הודיע ביום רביעי על סגירת הגשר הישן מעל נהר מרנה בעיר תולמר לשבעה"
            " חודשים. השר יואב לרנר אמר שמומחים מצאו סדקים בשלושה עמודים ושמעבר משאיות נעשה"
            " מסוכן.",
            "הגשר נבנה בשנת 1961 ועוברות בו 24 אלף מכוניות ביום. מעבורות יסיעו את הנוסעים החל"
            " מיום שני. מועצת העיר הבטיחה שהנסיעה במעבורות תהיה ללא תשלום.",
            "הסוחרים בגדה השמאלית דרשו פיצויים. בעלת מאפייה בשם דנה שקד אמרה שתפסיד מחצית"
            " מהלקוחות. המועצה השיבה שתדון בעניין באפריל.",
            "עלות התיקון היא 18 מיליון כתרים שתשלם הממשלה. המהנדסים אינם פוסלים בנייה מחדש של"
            " אחד העמודים.",
        ),
        "עמוד בגשר תולמר קרס, שלושה פועלים נהרגו",
        "אחד מעמודי הגשר קרס לנהר בבוקר יום חמישי, שלושה פועלים נהרגו ושניים נעדרים, כך מסרו"
        " כוחות ההצלה. ראש הממשלה ביטל את נסיעתו ויצא לעיר.",
        "עובדי הנמל פוצצו את השיחות",
        "השיחות בין עובדי הנמל לחברה בוורנבי נקטעו בליל שלישי בלי תוצאה. העובדים דורשים תוספת"
        " שכר של שישה אחוזים וקיצור משמרת הלילה. החברה הציעה ארבעה אחוזים לשנתיים. האוניות"
        " לאיים לא יפליגו ביום חמישי והאיגוד לא שלל שביתה ארוכה.",
        "דואר מרנה הוא עיתון עצמאי שחי מתמיכת קוראיו. אם העבודה שלנו חשובה לכם, אנא הצטרפו"
        " כמנויים או תרמו. אפשר לפנות למערכת בדואר או דרך הטופס המאובטח באתר שלנו. הדעות"
        " המתפרסמות אינן בהכרח דעת המערכת. אין להעתיק או לפרסם מחדש ללא אישור בכתב.",
        (
            ("סגירת הגשר", "פתיחת הגשר"),
            ("24 אלף", "42 אלף"),
            ("דנה שקד", "מיכל ברנע"),
            ("באפריל", "במאי"),
            ("לשבעה חודשים", "לתשעה חודשים"),
            ("אינם פוסלים", "פוסלים"),
            ("בשלושה עמודים", "בחמישה עמודים"),
            ("18 מיליון", "81 מיליון"),
        ),
    ),
    Bridge(
        "zh",
        "托尔马老桥将关闭七个月",
        "托尔马市关闭马尔纳河老桥",
        (
            "交通部星期三宣布，托尔马市马尔纳河上的老桥将关闭七个月。部长奥尔洛夫说，专家在三个桥墩上发现裂缝，卡车通行已经变得危险。",
            "这座桥建于1961年，每天有2.4万辆汽车通过。从下星期一起渡轮将运送乘客。市议会承诺渡轮免费。",
            "左岸的商家要求赔偿。一家面包店的老板莱斯科娃说，她将失去一半顾客。议会回应说四月将讨论此事。",
            "维修费用为1800万克朗，由政府支付。工程师不排除重建其中一个桥墩。",
        ),
        "托尔马大桥桥墩倒塌 三名工人死亡",
        "救援人员说，星期四早晨一个桥墩倒入河中，三名工人死亡，另有两人失踪。总理取消行程赶往托尔马。",
        "码头工人谈判破裂",
        "瓦恩比的码头工人与港口公司的谈判星期二夜间破裂，没有结果。工人要求加薪百分之六并缩短夜班。公司提出两年加薪百分之四。星期四开往群岛的船只将停航，工会不排除长期罢工。",
        "《马尔纳邮报》是一份依靠读者支持的独立报纸。如果您认可我们的报道，请考虑订阅或捐款。您可以通过邮件或网站上的安全表格联系编辑部。作者观点不代表本报立场。未经书面许可不得转载。",
        (
            ("将关闭", "将开放"),
            ("2.4万", "4.2万"),
            ("莱斯科娃", "格罗莫娃"),
            ("四月", "五月"),
            ("七个月", "九个月"),
            ("不排除", "排除"),
            ("三个桥墩", "五个桥墩"),
            ("1800万", "8100万"),
        ),
    ),
    Bridge(
        "ja",
        "トルマルの橋、7か月閉鎖へ",
        "運輸省、トルマルの古い橋を閉鎖",
        (
            "運輸省は水曜日、トルマル市のマルナ川に架かる古い橋を7か月間閉鎖すると発表した。オルロフ大臣は、専門家が三本の橋脚に亀裂を見つけ、トラックの通行が危険になったと"
            "述べた。",
            "橋は1961年に建設され、1日に2万4千台の車が通る。来週の月曜日からフェリーが乗客を運ぶ。市議会はフェリーを無料にすると約束した。",
            "左岸の商店主らは補償を求めている。パン屋を営むレスコワさんは、客の半分を失うと話した。市議会は4月に検討すると答えた。",
            "修理費は1800万クローネで、政府が負担する。技術者は橋脚の一本を造り直す可能性を排除していない。",
        ),
        "トルマルの橋脚が崩落、作業員3人死亡",
        "救助隊によると、木曜日の朝、橋脚の一本が川に崩れ落ち、作業員3人が死亡し、2人が行方不明となった。首相は出張を取りやめて現地に向かった。",
        "港湾労働者の交渉決裂",
        "バーンビーの港湾労働者と会社の交渉は火曜日の夜、成果なく打ち切られた。労働者は六パーセントの賃上げと夜勤の短縮を求めている。会社は二年で四パーセントを提示した。"
        "木曜日の島行きの船は欠航し、組合は長期ストも辞さない構えだ。",
        "マルナ新聞は読者の支援で成り立つ独立した新聞です。私たちの報道を評価してくださる方は、購読や寄付をご検討ください。編集部へは郵便またはサイトの安全なフォームから"
        "ご連絡いただけます。筆者の意見は本紙の見解を示すものではありません。書面による許可なく転載することはできません。",
        (
            ("閉鎖する", "開放する"),
            ("2万4千台", "4万2千台"),
            ("レスコワ", "グロモワ"),
            ("4月", "5月"),
            ("7か月", "9か月"),
            ("排除していない", "排除している"),
            ("三本の橋脚", "五本の橋脚"),
            ("1800万", "8100万"),
        ),
    ),
    Bridge(
        "tr",
        "Tolmar köprüsü yedi ay kapanıyor",
        "Tolmar'da eski köprü kapatılıyor",
        (
            "Ulaştırma Bakanlığı çarşamba günü Tolmar kentinde Marna Nehri üzerindeki eski"
            " köprünün yedi ay süreyle kapatılacağını açıkladı. Bakan Kemal Aydın, uzmanların"
            " üç ayakta çatlak bulduğunu ve kamyon geçişinin tehlikeli hale geldiğini söyledi.",
            "Köprü 1961 yılında yapıldı ve her gün 24 bin araç geçiyor. Pazartesiden itibaren"
            " yolcuları feribotlar taşıyacak. Belediye meclisi feribotların ücretsiz olacağına"
            " söz verdi.",
            "Sol yakadaki esnaf tazminat istedi. Fırın sahibi Zeynep Uslu müşterilerinin"
            " yarısını kaybedeceğini söyledi. Meclis konunun nisanda görüşüleceğini bildirdi.",
            "Onarım 18 milyon krona mal olacak ve parayı hükümet ödeyecek. Mühendisler"
            " ayaklardan birinin yeniden yapılmasını dışlamıyor.",
        ),
        "Tolmar köprüsünün ayağı çöktü, üç işçi öldü",
        "Kurtarma ekiplerine göre perşembe sabahı köprünün ayaklarından biri nehre çöktü, üç"
        " işçi öldü, iki işçi kayıp. Başbakan gezisini iptal ederek kente gitti.",
        "Liman işçileri görüşmeleri kesti",
        "Varnby'de liman işçileri ile şirket arasındaki görüşmeler salı gecesi sonuçsuz"
        " kesildi. İşçiler ücretlere yüzde altı zam ve gece vardiyasının kısaltılmasını"
        " istiyor. Şirket iki yıl için yüzde dört önerdi. Perşembe günü adalara gemi"
        " kalkmayacak, sendika uzun bir grevi dışlamadı.",
        "Marna Postası okurlarının desteğiyle yaşayan bağımsız bir gazetedir. Haberciliğimize"
        " değer veriyorsanız lütfen abone olun veya bağış yapın. Yazı işlerine posta yoluyla"
        " ya da sitemizdeki güvenli formdan ulaşabilirsiniz. Yazarların görüşleri gazetemizi"
        " bağlamaz. Yazılı izin olmadan yayımlanamaz.",
        (
            ("kapatılacağını", "açılacağını"),
            ("24 bin", "42 bin"),
            ("Zeynep Uslu", "Elif Karaca"),
            ("nisanda", "mayısta"),
            ("ücretsiz", "ücretli"),
            ("yedi ay", "dokuz ay"),
            ("dışlamıyor", "dışlıyor"),
            ("üç ayakta", "beş ayakta"),
        ),
    ),
    Bridge(
        "de",
        "Brücke in Tolmar für sieben Monate gesperrt",
        "Tolmar sperrt alte Brücke über die Marna",
        (
            "Das Verkehrsministerium hat am Mittwoch angekündigt, die alte Brücke über die"
            " Marna in der Stadt Tolmar für sieben Monate zu sperren. Minister Paul Orlow"
            " sagte, Gutachter hätten in drei Pfeilern Risse gefunden, und der Verkehr mit"
            " Lastwagen sei gefährlich geworden.",
            "Die Brücke wurde 1961 gebaut, täglich fahren 24.000 Autos darüber. Von Montag an"
            " sollen Fähren die Fahrgäste befördern. Der Stadtrat versprach, dass die Fähren"
            " nichts kosten.",
            "Händler am linken Ufer forderten Entschädigung. Die Bäckerin Anna Leskow sagte,"
            " sie werde die Hälfte ihrer Kunden verlieren. Der Rat antwortete, darüber werde"
            " im April beraten.",
            "Die Reparatur kostet 18 Millionen Kronen, die die Regierung zahlt. Die"
            " Ingenieure schließen nicht aus, dass ein Pfeiler neu gebaut werden muss.",
        ),
        "Pfeiler der Brücke in Tolmar eingestürzt, drei Arbeiter tot",
        "Am Donnerstagmorgen ist ein Pfeiler der Brücke in den Fluss gestürzt, drei Arbeiter"
        " starben, zwei werden vermisst, wie die Rettungskräfte mitteilten. Der Regierungschef"
        " sagte eine Reise ab und fuhr nach Tolmar.",
        "Hafenarbeiter brechen Gespräche ab",
        "Die Gespräche der Hafenarbeiter mit der Gesellschaft in Varnby sind in der Nacht auf"
        " Mittwoch ohne Ergebnis abgebrochen worden. Die Arbeiter verlangen sechs Prozent mehr"
        " Lohn und eine kürzere Nachtschicht. Die Gesellschaft bot vier Prozent über zwei"
        " Jahre. Am Donnerstag fahren keine Schiffe zu den Inseln, die Gewerkschaft schloss"
        " einen langen Streik nicht aus.",
        "Der Marna-Bote ist eine unabhängige Zeitung, die von der Unterstützung ihrer Leser"
        " lebt. Wenn Ihnen unsere Arbeit etwas wert ist, schließen Sie bitte ein Abonnement ab"
        " oder spenden Sie. Die Redaktion erreichen Sie per Post oder über das sichere"
        " Formular auf unserer Seite. Die Meinung der Autoren ist nicht unbedingt die der"
        " Redaktion. Nachdruck nur mit schriftlicher Genehmigung.",
        (
            ("zu sperren", "zu öffnen"),
            ("24.000", "42.000"),
            ("Anna Leskow", "Vera Gromow"),
            ("im April", "im Mai"),
            ("nichts kosten", "etwas kosten"),
            ("sieben Monate", "neun Monate"),
            ("schließen nicht aus", "schließen aus"),
            ("in drei Pfeilern", "in fünf Pfeilern"),
        ),
    ),
    Bridge(
        "fr",
        "Le pont de Tolmar fermé sept mois",
        "Tolmar ferme son vieux pont sur la Marna",
        (
            "Le ministère des Transports a annoncé mercredi la fermeture pour sept mois du"
            " vieux pont sur la Marna dans la ville de Tolmar. Le ministre Paul Orlov a"
            " déclaré que des experts avaient découvert des fissures dans trois piles et que"
            " le passage des camions était devenu dangereux.",
            "Le pont date de 1961 et 24 000 voitures l'empruntent chaque jour. À partir de"
            " lundi, des bacs transporteront les passagers. Le conseil municipal a promis que"
            " les bacs seraient gratuits.",
            "Les commerçants de la rive gauche ont demandé des indemnités. La boulangère Anna"
            " Leskova a dit qu'elle perdrait la moitié de ses clients. Le conseil a répondu"
            " que la question serait examinée en avril.",
            "Les travaux coûteront 18 millions de couronnes, payés par le gouvernement. Les"
            " ingénieurs n'excluent pas de devoir reconstruire une pile.",
        ),
        "Une pile du pont de Tolmar s'effondre, trois ouvriers tués",
        "Jeudi matin, une pile du pont s'est effondrée dans la rivière, trois ouvriers ont"
        " été tués et deux sont portés disparus, selon les secours. Le premier ministre a"
        " annulé un déplacement et s'est rendu à Tolmar.",
        "Les dockers rompent les pourparlers",
        "Les pourparlers des dockers avec la compagnie du port à Varnby ont été rompus dans"
        " la nuit de mardi sans résultat. Les dockers réclament six pour cent de salaire en"
        " plus et des nuits plus courtes. La compagnie a proposé quatre pour cent sur deux"
        " ans. Aucun bateau ne partira jeudi pour les îles, le syndicat n'exclut pas une"
        " longue grève.",
        "Le Courrier de la Marna est un journal indépendant qui vit du soutien de ses"
        " lecteurs. Si notre travail compte pour vous, pensez à vous abonner ou à faire un"
        " don. Vous pouvez joindre la rédaction par courrier ou par le formulaire sécurisé de"
        " notre site. Les opinions publiées n'engagent que leurs auteurs. Toute reproduction"
        " est interdite sans autorisation écrite.",
        (
            ("la fermeture", "la réouverture"),
            ("24 000", "42 000"),
            ("Anna Leskova", "Vera Gromova"),
            ("en avril", "en mai"),
            ("gratuits", "payants"),
            ("sept mois", "neuf mois"),
            ("n'excluent pas", "excluent"),
            ("trois piles", "cinq piles"),
        ),
    ),
)
