"""Lines that stand among an article's paragraphs and are not of the article.

They point to other stories, ask for something, or credit a picture. Extraction drops them; who
matches topics distrusts what extraction has left.
"""

from __future__ import annotations

import re

from newswatch.text.scripts import words_in

_ELSEWHERE = (
    r"whatsapp|telegram|google (?:news|discover|actualités|noticias|notícias|haberler)|facebook|"
    r"instagram|twitter|youtube|tiktok|"
    r"linkedin|threads|bluesky|viber|newsletters?|push alerts|our app\b|the app\b|"
    r"телеграм|ватсап|вайбер|вотсап|ютуб|фейсбук|вконтакте|واتس ?[اآ]ب|تيليغرام|تل[يغ]?غرام|فيسبوك|"
    r"إنستغرام|يوتيوب|טלגרם|וואטסאפ|ווטסאפ|פייסבוק|אינסטגרם|微信|微博|公众号|텔레그램|카카오|유튜브"
)
# Followed by what they point to, advertise or credit; no sentence of an article begins so.
_POINTERS = (
    r"(?:read|see|watch|listen)\s+(?:also|more|next|now|on|the full)\b",
    r"(?:also read|further reading)\b",
    r"more (?:on|from|stories)\b(?!.*[.!?][\"”']?$)",
    r"(?:what to )?read next\b",
    r"for more (?:stories|news|articles|on this)\b.{0,60}\b(?:visit|see|go to)\b",
    r"(?:get|receive) .{0,60}\b(?:in|to) your inbox\b",
    r"follow (?:the author|the writer|[a-z]+ [a-z]+) on (?:x|twitter|\w+)\s*[:@]",
    r"content from .{0,40} (?:cannot|can['’]t) be (?:shown|displayed)\b|"
    r"(?:this|the) (?:content|video|post)\b.{0,60}\b(?:accept|allow|enable|consent)\w*\b.{0,20}"
    r"\bcookies\b",
    r"(?:story|article|text) continues (?:below|after)\b|"
    r"(?:der )?(?:text|artikel) geht .{0,30}weiter\b|"
    r"(?:tekst|artikel) gaat (?:verder|door)\b|dalsza część (?:artykułu|tekstu) pod\b|"
    r"(?:continua|sigue|la suite|l['’]article continue) (?:depois|dopo|después|après)\b|"
    r"artikeln fortsätter (?:under|efter)\b|saken fortsetter under\b|artiklen fortsætter\b|"
    r"juttu jatkuu\b|haberin devamı (?:aşağıda|reklam)",
    r"listen to (?:this|the) (?:article|story)\b|(?:artikel|beitrag) (?:an|vor)(?:hören|lesen)\b|"
    r"écouter (?:cet|l['’]) ?article\b|escuch(?:a|ar) (?:este|el) artículo\b|"
    r"ascolta (?:l['’]|questo )articolo\b|ou(?:ça|vir) (?:este|o) (?:artigo|texto)\b|"
    r"luister naar dit artikel\b|lyssna på artikeln\b",
    r"©\s?(?:19|20)\d\d\b",
    r"(?:more|recommended|don['’]t miss|most read|editor['’]?s['’]? picks?)\s*[:|]",
    r"you may (?:also )?like\b",
    r"related(?: (?:articles?|stories|story|news|coverage|content|topics?|reading|posts?|links)\b|"
    r"\s*[:|–—-]|$)|(?-i:RELATED\b|Related [A-Z](?!.*[.!?]$))|"
    r"related(?: [^\s.!?]{1,20}){1,3}$",
    r"follow us(?: on)?\b",
    r"(?:recommended|trending|popular|top stories)\s*[:|]",
    # an invitation to where else the outlet is read, whatever stands between
    r"(?:please |now )?(?:(?:click|tap) (?:here|below) to )?"
    r"(?:join|follow|subscribe to|get|download|install|like|add)\b.{0,60}"
    rf"\b(?:{_ELSEWHERE}|(?:our|the) (?:free |new |\w+ )?app\b)",
    r"(?:get|download|install) our (?:free |new |mobile )*app\b",
    r"stay (?:up[ -]to[ -]date|informed|updated|connected) with our\b",
    r"support (?:independent|our|quality) journalism",
    r"(?:do you )?(?:have|got) a (?:story|tip|news tip)(?: (?:for|to share with) us)?\?",
    r"(?:please )?(?:make a donation|donate (?:now|today|here))\b|"
    r"your (?:support|donation) (?:makes|helps|keeps|allows|matters)\b|"
    r"(?:our|this) (?:reporting|journalism|work|newsroom|story)\b.{0,80}\breaders like you\b",
    r"(?:folgen|abonnieren|suivez|rejoignez|abonnez|s[ií]gu?enos|[úu]nete|seguici|iscriviti|siga|"
    r"entre (?:no|para)|volg|obserwuj|dołącz|sledujte|følg|följ|seuraa|takip ed|ακολουθήστε|"
    r"czytaj nas|подпис|"
    r"читайте|"
    r"підпис|تابعو?نا|اشترك|انضم|הצטרפו|עקבו|关注|フォロー|팔로우).{0,60}"
    rf"(?:{_ELSEWHERE})",
    r"sign up (?:for|to)\b",
    r"(?:photo|image|picture|foto|bild|imagen|zdjęcie|фото|صورة)(?: credit)?\s?:",
    r"\(?(?:ap|afp|reuters) photo",
    r"copyright ©?",
    r"(?:lesen|sehen|hören) sie (?:auch|hier|mehr)\b",
    r"(?:auch interessant|das könnte sie (?:auch )?interessieren)\s*[:|]?",
    r"mehr zum thema\b",
    r"(?:à )?lire (?:aussi|également)\b|voir (?:aussi|également)\s*:",
    r"(?:lee|lea|leer|vea|mira) (?:también|además|más)\b|también (?:puedes?|te puede|le puede) "
    r"(?:leer|ver|interesar)\b",
    r"(?:leia|veja|confira) (?:também|mais)\b|saiba mais\s*:",
    r"(?:leggi|ver|vedi|guarda) anche\b",
    r"ver también\b",
    r"(?:te|le) puede interesar\b",
    r"más información\s*:",
    r"llegi(?:u|x)? també\b|llegeix també\b",
    r"in pictures\s*:|\[(?:read|watch|see)\s*:",
    r"baca juga\b|basahin din\b|đọc thêm\b|xem thêm\b|soma (?:pia|zaidi)\b",
    r"(?:διαβάστε|δείτε) (?:επίσης|ακόμ[αη])|lexo(?:ni)? (?:edhe|më shumë)\b",
    r"cit(?:ește|iți) (?:și|mai)\b|(?:прочетете|вижте) (?:още|също)\b",
    r"(?:pročitajte|čitajte|preberite|прочитајте) (?:i|još|tudi|še|и|још|повеќе)\b",
    r"olvas(?:ta|d el|sa)(?: el)? (?:már|még|is|ezt is)\b|kapcsolódó cikk",
    r"(?:taip pat skaitykite|skaitykite (?:taip pat|daugiau)|lasi(?:et)? (?:arī|vairāk)|"
    r"loe (?:ka|veel|lisaks|rohkem))\b",
    r"यह भी पढ़ें|इसे भी पढ़ें|हेही वाचा|આ પણ વાંચો|আর[ওো] পড়ুন|மேலும் (?:படிக்க|வாசிக்க)|"
    r"ఇది కూడా చదవండి|"
    r"یہ بھی پڑھیں|بیشتر بخوانید|همچنین بخوانید|həmçinin oxuyun|წაიკითხეთ (?:ასევე|აგრეთვე)|"
    r"կարդացեք (?:նաև|նաեւ)|อ่าน(?:เพิ่มเติม|ต่อ)|ข่าวที่เกี่ยวข้อง",
    r"lees (?:ook|meer|verder)\b|lestu (?:líka|einnig|meira)\b",
    r"(?:les|læs|läs|lue) (?:også|også:|också|även|myös|mer|mere|lisää)\b",
    r"(?:czytaj|zobacz|przeczytaj) (?:także|też|również|więcej)\b",
    r"(?:čtěte|přečtěte si|čítajte|prečítajte si) (?:také|též|aj|tiež)\b|"
    r"mohlo by (?:vás|ťa|vás tiež) zaujímať|mohlo by vás zajímat",
    r"(?:читайте|смотрите) (?:также|ещё)\b|вам может быть интересно\b",
    r"(?:читайте|дивіться|чытайце) (?:також|ще|таксама)\b|вас може зацікавити\b",
    r"(?:материалы? |новости )?по теме\b",
    r"(?:bunlar da )?ilginizi çekebilir\b|bizi .{0,40}takip ed",
    r"(?:ayrıca (?:oku|bak)|ilgili haber)",
    r"(?:haber|gelişme|son dakika|bizi).{0,60}(?:whatsapp|telegram|google|youtube|instagram)"
    r".{0,40}takip ed",
    r"(?:اقرأ|إقرأ|قراءة|شاهد) (?:أيض[اًا]+|ايضا|المزيد)|"
    r"(?:مواضيع|أخبار|مقالات) ذات صلة|قد يهمك",
    r"(?:קראו|קרא|צפו) (?:גם|עוד)|עוד בנושא|כתבות נוספות|לקריאה נוספת",
    r"(?:関連|おすすめ)(?:記事|ニュース|情報|キーワード)",
    r"あわせて読みたい",
    r"この記事は(?:有料)?会員限定",
    r"(?:相关|相關|延伸|推荐|推薦)(?:新闻|新聞|阅读|閱讀|报道|報導)|更多(?:新闻|新聞|报道)\s*[:：]",
    r"관련\s?(?:기사|뉴스)|함께\s?(?:읽기|보기|읽으면)",
    r"\(?except for the headline,? this story\b",
)
# These begin such lines too, and now and then a sentence.
_LOOSE_POINTERS = (
    r"recommended|most read|watch:|listen\b|sign up|subscribe|download the|continue reading",
    r"advertisement|editor['’]?s['’]? picks?|about the author|à lire",
    r"this article (?:was|is|first|originally)\b",
)
# The whole line.
_ALONE = (
    r"advertisement|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|reklama?|реклама",
    r"editor['’]?s['’]? picks?",
    r"(?:إعلان|פרסומת|広告|广告|광고|ilan)",
    r"share(?: this)?(?: article| story)?",
    r"subscribe to .{0,100}newsletter.{0,40}",
    r"(?:quelle|source|fuente|fonte|bron|källa|kilde|źródło|zdroj|kaynak|источник|джерело|المصدر)"
    r"\s?:.{1,40}",
    r"all rights reserved\.?",
    r"comments?|loading\.{0,3}|most read|recommended|more on this story",
    r"[-|*•·—–_=]+",
)
_LONGEST_HEADING = 40
_LONGEST = 120  # characters after a pointer's words; a longer line is prose
_LONGEST_LINE = 320  # characters that a line of those can have
_MOST_WORDS = 40
_FURNITURE = re.compile(
    rf"\W{{0,4}}(?:(?:{'|'.join(_POINTERS)}).{{0,{_LONGEST}}}|{'|'.join(_ALONE)})$", re.IGNORECASE
)
_BEGINNING = re.compile(rf"\W{{0,4}}(?:{'|'.join(_POINTERS + _LOOSE_POINTERS)})", re.IGNORECASE)


_COMMENTS = re.compile(
    r"\W{0,4}\d{0,5}\s*(?:"
    r"(?:join|start) the (?:discussion|conversation|debate)|(?:leave|post|add|write) (?:a|your) "
    r"(?:comment|reply)|(?:reader |user )?comments?(?: section)?|what do you think\??|"
    r"have your say|"
    r"(?:show|view|see|read|load|hide) (?:all )?(?:the )?(?:\d+ )?comments|"
    r"reader responses?|(?<=\d\s)responses?|"
    r"(?:leser)?kommentare?(?: schreiben)?|diskutieren sie mit|commentaires?|"
    r"laisser un commentaire|"
    r"r[ée]agir|comentarios?|deja (?:un|tu) comentario|coment[áa]rios?|commenti|lascia un commento|"
    r"reacties|komentarze|komentáře|коммента(?:рии|риев)|обсуждение|комента(?:рі|рів)|yorumlar?|"
    r"تعليقات|التعليقات|תגובות|コメント|评论|評論|댓글)\s*(?:[(\[]?\d{0,6}[)\]]?)\W{0,3}",
    re.IGNORECASE,
)


_CORRECTS = re.compile(
    r"\W{0,4}(?:this (?:version|story|article|report|headline|item|post) (?:corrects|clarifies|"
    r"(?:was|has been) (?:corrected|amended))|corrects\b|corrected\b|"
    r"(?:correction|clarification|editor['’]s note|corrigendum|erratum|korrektur|berichtigung|"
    r"richtigstellung|anmerkung der redaktion|rectificatif|précision|errata(?: corrige)?|"
    r"rectificación|corrección|fe de errores|correção|rettifica|correzione|correctie|rectificatie|"
    r"sprostowanie|oprava|rättelse|rettelse|retting|oikaisu|düzeltme|исправление|уточнение|"
    r"поправка|виправлення|تصحيح|תיקון טעות|תיקון|更正|訂正|정정)\s*[:：—–.(-])",
    re.IGNORECASE,
)


def corrects(line: str) -> bool:
    """Does the line say what of the article was wrong before? It is of the article."""
    return _CORRECTS.match(line) is not None


def opens_comments(line: str) -> bool:
    """Is the line the heading of what readers write below an article?"""
    return len(line) <= _LONGEST_HEADING and _COMMENTS.fullmatch(line.strip()) is not None


def is_furniture(line: str) -> bool:
    """Does the line say nothing of the event? What is dropped from a text must be beyond doubt."""
    return len(line) <= _LONGEST_LINE and _FURNITURE.match(line) is not None


def may_be_furniture(line: str) -> bool:
    """Does the line begin as one that points elsewhere or asks for something?

    For who only passes over it: a sentence may begin so.
    """
    return _BEGINNING.match(line) is not None and words_in(line) <= _MOST_WORDS
