"""What walls say to their readers, and the challenges, errors and notices that stand in for a page.

Nouns alone ("captcha", "Datenschutz") are subjects of news.
"""

from __future__ import annotations

import re

from newswatch.text.limits import LONGEST_TEXT
from newswatch.text.scripts import words_in
from newswatch.text.sentences import sentences_of

CONSENT = re.compile(
    r"(accept|allow|manage|reject)\s+(all\s+)?cookies|we (and our .{0,30})?(use|value).{0,40}"
    r"(cookies|privacy)|your (privacy|consent)|before you continue|"
    r"cookies? (zustimmen|akzeptieren)|"
    r"mit werbung (und tracking )?(weiterlesen|nutzen)|wie gewohnt mit werbung|"
    r"accepter (et|les cookies)|continuer sans accepter|aceptar (las |y |e )?(cookies|continuar)|"
    r"accetta (e continua|tutti|i cookie)|(privacy|datenschutz)[- ]?einstellungen|"
    r"(wij|we) gebruiken cookies|vi (använder|bruker|bruger) (cookies|kakor)|używamy plików cookie|"
    r"мы используем (файлы )?(cookie|куки)|ми використовуємо (файли )?cookie",
    re.IGNORECASE,
)
# Hardly anything else on the page, and in whatever language.
COOKIES = re.compile(CONSENT.pattern + r"|cookie|עוגיות|куки|ملفات تعريف", re.IGNORECASE)
CHALLENGE = re.compile(
    r"just a moment|checking your browser|(enable|activate|turn on) (javascript|js|cookies)\b|"
    r"verify(ing)? (that )?you are (a )?human|disable (any |your )?ad ?-?blocker|"
    r"(are|were|not) (you )?a (ro)?bot\b|security (service to protect|verification)|"
    r"sent too many requests|too many requests|bad gateway|temporary error|"
    r"incapsula incident|without javascript|veuillez activer javascript|"
    r"access (to this page )?(has been |is )?denied|attention required|"
    r"ddos protection|"
    r"(complete|solve|enter|pass) (the|this|a) captcha|(unusual|suspicious) (traffic|activity)|"
    r"please turn javascript on|javascript (is )?(disabled|required|erforderlich|deaktiviert)|"
    r"press (and|&) hold|using automat(ion|ed) tools|(aktivieren|activez|activa|active|habilite) "
    r"(sie )?(das |le )?javascript|(включит[еь]|увімкн(іть|ути)) javascript|"
    r"(requires?|not support|необходимо включить|abilita(re)?|włącz(yć)?|schakel|"
    r"habilita) javascript|"
    r"请(启用|开启) ?javascript|403 forbidden|human verification|"
    r"confirm(ing)? (that )?you are human|"
    r"(kein|pas un|no es un|no eres un|non sei un|não é um|geen|nie jesteś) robo[tb]\w*|не робот\b|"
    r"(人机|安全)验证|ロボットではない|로봇이 아닙니다|لست (ب)?روبوت|(אינך|לא) רובוט|"
    r"browser\w* (wird|is being) (über|ge)prüft|vérification de sécurité",
    re.IGNORECASE,
)
# Hardly anything else on the page, and in whatever language.
SCRIPTS_WANTED = re.compile(CHALLENGE.pattern + r"|javascript", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"\b(page|article|seite|story|content) (was |could |can|is )?(not|no longer|n't) (be )?"
    r"(found|available)|\b(can't|cannot|could not|couldn't) find (the|that|this) (page|article|"
    r"story)\b|\berror 404\b|\b404\b[\s:-]*(error|not found|page)|page introuvable|"
    r"(page|story|article) (you (are|were) looking for|(has|may have) been (removed|deleted|"
    r"moved))|"
    r"seite (existiert nicht|konnte (leider )?nicht gefunden)|cette page n['’]existe (pas|plus)|"
    r"page que vous (recherchez|cherchez|demandez)|la página (que busca|solicitada)|"
    r"такой страницы (нет|не существует)|ошибка 404|"
    r"página no encontrada|pagina non trovata|pagina niet gevonden|seite nicht gefunden|"
    r"(page|article|story|content) (you (are|were) trying to (view|reach|read))|"
    r"was not found on this server|(page|article|contenu) n['’](est|existe) plus( disponible)?\b|"
    r"(sidan|siden|artikeln|artikkelen|artiklen) (du (söker|leter etter|leder efter)|finns inte|"
    r"finnes ikke|findes ikke)|sivua ei löyty|stránka nebyla nalezena|az oldal nem található|"
    r"pagina (pe care o cauți|nu a fost găsită)|η σελίδα δεν βρέθηκε|"
    r"halaman tidak ditemukan|không tìm thấy trang|페이지를 찾을 수 없|"
    r"صفحه (مورد نظر )?(پیدا|یافت) نشد|"
    r"nie znaleziono strony|страница не найдена|сторінку не знайдено|sayfa bulunamad|"
    r"הדף לא נמצא|الصفحة غير موجودة|找不到(该)?页面|ページが見つかりません",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"(unavailable|blocked|removed|withheld) (due to|for) legal reasons|"
    r"(not |un|n['’]t )available in your (country|region|location|area)|"
    r"from a country belonging to|"
    r"cannot be (displayed|accessed|viewed|shown) in your (country|region|location)|"
    r"451 unavailable|http( error)? 451|unavailable to visitors from|due to legal restrictions|"
    r"in (ihrem|deinem) (land|gebiet) (derzeit |leider )?nicht (verfügbar|abrufbar)|"
    r"(pas|plus) (disponible|accessible) dans votre (pays|région)|"
    r"no está disponible en (su|tu) (país|región|ubicación)|non (è )?disponibile nel (tuo|"
    r"suo) paese|"
    r"não está disponível (no seu|em seu) (país|região)|niet beschikbaar in (uw|jouw|je) (land|"
    r"regio)|"
    r"(nie jest dostępn|niedostępn)\w+ w (twoim|państwa) (kraju|regionie)|"
    r"недоступ\w+ в (вашей стране|вашем регионе)|недоступн\w+ у вашій країні|"
    r"доступ к (ресурсу|сайту|странице) (ограничен|заблокирован)|"
    r"ülkenizde (kullanılamı|erişilemi|mevcut değil)|(您|你)所在的?(国家|地区|國家|地區)|"
    r"お住まいの(国|地域)では|غير متاح في (بلدك|منطقتك)",
    re.IGNORECASE,
)
MAINTENANCE = re.compile(
    r"(down for|undergoing|under|scheduled) maintenance|(service|site|temporarily) (is )?"
    r"(temporarily )?unavailable|we(['’]ll| will) be (right )?back (soon|shortly)|wartungsarbeiten|"
    r"(performing|carrying out) (some |scheduled |planned )?maintenance|undergoing an? upgrade|"
    r"en maintenance|(en|tareas de|trabajos de) mantenimiento|in manutenzione|em manutenção|"
    r"bakım çalışma|"
    r"технически[ея] работ|"
    r"технічн\w+ робот|przerwa techniczna|prace (serwisowe|konserwacyjne|techniczne)|"
    r"(pågår|pågående|under) underhåll|(under|pågående) vedlike?hold|huoltokatko|"
    r"(i|in|voor|gepland) onderhoud|(probíhá|prebieha) (plánovaná )?údržba|karbantartás alatt|"
    r"lucrări de mentenanță|(υπό|λόγω|εργασίες) συντήρησης?|(sedang|dalam) (pemeliharaan|"
    r"perbaikan)|bảo trì|점검 중|시스템 점검|در دست تعمیر|"
    r"אתר בתחזוקה|تحت الصيانة|维护中|維護中|メンテナンス中",
    re.IGNORECASE,
)
# The whole of a title: a page that wants to know who its reader is.
LOG_IN = re.compile(
    r"(please )?(log|sign)[- ]?(in|on|up)( to .{1,30})?|register( to .{1,30})?|anmelden|einloggen|"
    r"login|connexion|"
    r"se connecter|identifiez-vous|iniciar sesi[óo]n|inicia sesi[óo]n|accedi|entrar|inloggen|"
    r"zaloguj( się)?|logowanie|войти|вход( в личный кабинет)?|увійти|вхід|giriş( yap)?|logga in|"
    r"logg inn|log ind|"
    r"kirjaudu|přihlášení|تسجيل الدخول|התחברות|כניסה|登录|登入|ログイン|로그인",
    re.IGNORECASE,
)
PAYWALL = re.compile(
    r"subscribe (now )?to (continue|read|keep|unlock|get)|subscribers?[- ]only|"
    r"(only|exclusive(ly)?|reserved) (for|to) (our )?(subscribers|members)|"
    r"(this|the) (article|story) is for (paying )?(subscribers|members)|"
    r"(already|existing) (a )?subscriber|to (continue|keep) reading|keep reading (for|with)|"
    r"continue reading with|"
    r"create (a|your) free account|(sign|log) in to (read|continue|view)|"
    r"register (now |for free )?to (read|continue|keep)|reached your .{0,30}limit|"
    r"subscribe for (unlimited|full) access|(möchten|wollen) (sie )?weiterlesen|weiterlesen\?|"
    r"become a (member|subscriber)|"
    r"cancel any ?time|start your (free )?trial|(weeks?|months?) for (only |just )?[$£€]\s?\d|"
    r"you have (read|reached).{0,40}(free|limit)|"
    r"jetzt (weiterlesen|abonnieren|testen|freischalten)|weiterlesen mit|"
    r"(jederzeit|monatlich) kündbar|"
    r"(woche|monat)\w* (lang )?(für (nur )?\d|gratis|kostenlos)|(nur|exklusiv) für abonnent|"
    r"réservé (aux|à nos) abonnés|(abonnez-vous|connectez-vous) pour|pour lire la suite|"
    r"sans engagement|il vous reste \d+ ?%|"
    r"suscr[íi]bete|(contenido )?exclusivo para (suscriptores|socios)|para (seguir|"
    r"continuar) leyendo|"
    r"(conteúdo )?exclusivo para assinantes|assine (já|agora|para)|"
    r"(riservato|contenuto) (agli|per gli) abbonati|abbonati (per|a partire)|"
    r"continua a leggere con|verder lezen\?|läs vidare med|"
    r"(alleen )?voor abonnees|word abonnee|tylko dla (prenumeratorów|subskrybentów)|"
    r"aby czytać dalej|czytaj dalej z|dostęp do treści wymaga|pozostało \d+ ?% (tekstu|artykułu)|"
    r"pouze pro předplatitele|för prenumeranter|bli prenumerant|(kun|bare) for abonnenter|"
    r"(er|kun|bare|endast) for (våre |vores |våra )?(abonnenter|prenumeranter)|bliv? abonnent|"
    r"μόνο για συνδρομητές|(csak|kizárólag) előfizető|fizessen elő|numai pentru abonați|"
    r"само за абонати|(samo|isključivo) za pretplatnike|len pre predplatiteľov|"
    r"vain tilaajille|(только|доступно) (по подписке|для подписчиков|подписчикам)|оформи(те|"
    r"ть) подписку|"
    r"(тільки|лише) для передплатників|оформ(іть|ити) передплату|"
    r"(devamını okumak|okumaya devam etmek) için|"
    r"للمشتركين فقط|اشترك (الآن )?(لمتابعة|للقراءة)|למנויים בלבד|כדי להמשיך לקרוא|"
    r"\d+ (tage|monate?|wochen) (gratis|kostenlos) (testen|(weiter)?lesen)|^(bereits|schon) abonn|"
    r"(bereits|schon) abonn\w+ ?\?|déjà abonnée? ?\?|¿ya (eres|es) (suscriptor|socio)|"
    r"ya soy (suscriptor|socio)|(sei|hai) già (abbonat|un abbonamento)|já é assinante\?|"
    r"já sou assinante|al abonnee\?|redan prenumerant\?|allerede abonnent\?|"
    r"masz już (prenumeratę|subskrypcję)|уже есть подписка|вже маєте передплат|"
    r"zaten abone misiniz|"
    r"(登录|订阅|登入|訂閱)后?後?(继续|可|方可)?(阅读|查看|閱讀)|"
    r"(有料)?会員(限定|登録)|有料記事|続きを読むには|구독(자 전용|하고)",
    re.IGNORECASE,
)
# Words by which a page speaks to its reader; a report speaks of others.
_TO_THE_READER = re.compile(
    r"\b(please|you|your|yours|we|our|us|bitte|wir|unser\w*|veuillez|vous|merci de|"
    r"votre|vos|nous|notre|por favor|usted|ustedes|nosotros|nuestr\w+|lo sentimos|você|nós|"
    r"per favore|noi|tuo|tua|il tuo|uw|wij|we|onze|prosimy|nasz\w*|twoj\w*|twój|"
    r"пожалуйста|вы|вас|вам|ваш\w*|мы|нас|нам|наш\w*|будь ласка|ви|ми|lütfen|siz\w*|"
    r"vänligen|din|ditt|dina|venligst|vennligst)\b|(?-i:(?<=[\w,] )(?:Sie|Ihnen|Ihr\w{0,2}))\b|"
    r"请|您|ください|رجاء|يرجى|אנא",
    re.IGNORECASE,
)
_PROSE = 15  # words of a paragraph; an offer is said in fewer
_MOST_OF = 0.55  # of a headline
_QUOTED = re.compile('[“„«].{1,400}?[”“»]|"[^"]{1,400}"')
_NOTICE = 0.6  # of the words of a notice, that stand in sentences to the reader


def speaks_to_reader(text: str) -> bool:
    """Outside of quotation marks, in which others are spoken to."""
    return _TO_THE_READER.search(_QUOTED.sub(" ", text)) is not None


def is_notice(text: str) -> bool:
    """Whether most of a text is said to its reader: an article is about others."""
    sentences = sentences_of(text)
    spoken = sum(words_in(sentence) for sentence in sentences if speaks_to_reader(sentence))
    return spoken > 0 and spoken >= _NOTICE * sum(map(words_in, sentences))


def said_to_reader(wall: re.Pattern[str], headline: str, text: str) -> re.Match[str] | None:
    """Where an article says what a wall says: as most of its headline, or in a sentence that speaks
    to its reader. "The tax office said its website was down for maintenance" is a report."""
    found = wall.search(headline)
    if found and len(found.group()) >= _MOST_OF * len(headline):
        return found
    spoken = filter(speaks_to_reader, sentences_of(text))
    return next(filter(None, map(wall.search, spoken)), None)


def offered(text: str) -> re.Match[str] | None:
    """Where a text offers to go on for money or a name: in a line of few words, or in one that
    speaks to its reader."""
    lines = text[:LONGEST_TEXT].splitlines()
    offers = (line for line in lines if words_in(line) < _PROSE or speaks_to_reader(line))
    return next(filter(None, map(PAYWALL.search, offers)), None)
