"""Words that turn a sentence round: negations, and verbs of opposite sense.

Stems of news verbs; a word belongs to a pole if it begins with one of the stems. Words are folded.
Where no spaces part words, runs of two characters are words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from newswatch.text.scripts import is_spaceless
from newswatch.text.words import fold

_NEGATION_WORDS = """
    not no never none nobody nothing nowhere without cannot neither nor nicht nichts niemand
    nirgends weder kein keine keinen keiner keinem nie niemals ohne pas jamais aucun aucune
    sans ni nunca jamás ningún ninguna sin não nunca nenhum nenhuma sem non mai nessun nessuno
    nessuna senza niet geen nooit zonder не нет ни никогда без ні немає ніколи لا لم لن ليس
    ليست غير دون بدون نه بدون هیچ לא אין בלי ללא אינו אינה אינם אינן איננו איננה אינני אף
    değil yok hiç नहीं न बिना না নয় নেই 不 没 沒 无 無 未 非 ない ず 않 못 안
"""
_NEGATIONS = frozenset(map(fold, _NEGATION_WORDS.split()))
# Words of Chinese and Japanese that only begin as negations do.
_NOT_NEGATING_WORDS = """
    不断 不斷 不仅 不僅 不过 不過 不久 不少 不同 不但 不止 不只 不料 未来 未來 非常 非洲 非凡
    无论 無論 无数 無數 無数 没收 沒收 非難 不動
"""
_NOT_NEGATING = frozenset(map(fold, _NOT_NEGATING_WORDS.split()))
# Two poles a line, parted by a bar.
_OPPOSITES = """
accept agree approv endors welcom pass ratif | reject refus declin rebuff spurn veto defeat block
confirm admit acknowledg | den
ris rose climb increas grow grew gain surg soar | fall fell drop declin decreas los plung tumbl
up high more | down low less few
win won victor receiv | los lost defeat
gratis | paid
rais hik lift | cut lower slash reduc
open reopen | clos shut
begin began begun start launch resum | end stop halt suspend cancel call
allow permit legali authori | ban bar forbid prohibit outlaw
impos | lift eas
releas free | detain arrest jail imprison captur seiz
acquit clear exonerat | convict sentenc
guilt | innocent
alive surviv rescu | dead die kill
enter join arriv | leave left quit withdr exit depart
advanc captur | retreat withdr
succe | fail collaps
support back favo | oppos
extend renew | expir lapse
agree | disagree
true | false
possible likely | impossible unlikely
appoint hir elect | dismiss fir sack oust
keep hold | break violat
hold | postpon delay cancel
attend | boycott skip
buy purchas | sell sold
before | after
annehm angenommen akzeptier zustimm zugestimmt billig | ablehn abgelehnt verweiger zurückgewiesen
bestätig | dementier bestreit
steig gestiegen erhöh | fall sink gesunken gefallen senk
gewinn gewonnen gewann | verlier verloren verlor
beginn begonnen | ende beend abgebrochen
erlaub | verbiet verboten
freigesprochen freispruch | verurteil
freigelassen freilass | festgenommen verhaft
accept approuv | rejet refus
confirm | dément nie
hausse augment mont | baisse recul diminu
gagn remport | perd perd
commenc début repris reprend | termin suspend arrêt annul
libér | arrêt détenu
acept aprueb aprob aceit aprov accett approv | rechaz rejeit respin rifiut
confirm | desmient niega negó nega smentis
sub aument sal crec | baj ca disminu cal diminu
gan venc vinc | pierd perd
libera solt | deten arrest
принял приня одобр соглас | отклон отверг отказ
подтверд | опроверг отриц
вырос увелич повыс рост | снизил упал сократ паден
победил выигр | проигр
начал возобнов | законч прекрат приостанов отмен
освобод отпуст | задерж арест
оправда | осужд приговор
прийня схвал погод | відхил відмов
підтверд | спростув запереч
зрос збільш підвищ | впал зниз змен
звільн | затрим арешт
قبل يقبل تقبل وافق يوافق موافق | رفض يرفض ترفض
اكد يوكد توكد | نفي ينفي تنفي
ارتفع يرتفع زاد | انخفض ينخفض تراجع
افرج اطلق | اعتقل احتجز
بدا استانف | انتهي علق اوقف
קיבל קיבלו הסכים הסכימו אישר אישרו נענ | דחה דחו דחת נדח סירב סרב התנגד
עלה עלתה עלייה | ירד ירדה ירידה
שחרר שוחרר | עצר נעצר
זכה זוכה | הורשע
接受 同意 批准 通过 | 拒绝 反对 否决
上升 上涨 增加 升 涨 | 下降 下跌 减少 降 跌
证实 承认 | 否认
释放 | 逮捕 拘留
开始 恢复 | 结束 停止 暂停 取消
受 | 拒
关闭 封闭 | 开放 重开
支持 | 反对
胜利 获胜 | 失败 落败
有罪 | 无罪
容認 承認 可決 | 拒否 却下 否決
上昇 増加 | 低下 減少 下落
開始 再開 | 終了 中止 停止
釈放 | 逮捕 拘束
有罪 | 無罪
賛成 | 反対
閉鎖 | 開放 再開
勝利 | 敗北
無料 免费 | 有料 收费
수용 승인 가결 | 거부 거절 부결
인정 확인 | 부인
상승 증가 | 하락 감소
승리 | 패배
시작 재개 | 종료 중단 취소
석방 | 체포 구속
유죄 | 무죄
찬성 | 반대
폐쇄 | 개방
무료 | 유료
kabul onayla | redd ret
doğrula | yalanla
arttı yüksel | düş azal
kazan | kaybet
başla | bitti bitir durdu ertele iptal
serbest beraat | tutuklan gözaltı mahkum
kapat kapan kapal | aç açıl açık açma açtı açac
destekle | karşı
sperr gesperr schließ geschlossen | öffn geöffnet eröffn
kostenlos kostenfrei | kostenpflichtig
stütz unterstütz befürwort | widersetz bekämpf
ferm | ouvr ouvert rouvr réouv rouvert
gratuit | payant
soutien soutenu | oppos
acquitt relax innocent | condamn coupable
cerr cierr | abr abiert reabr
absuelt absuelv inocent | conden culpable
apoy respald | opon opus
chius chiud | apert apr riaper
assolt innocent | condannat colpevol
fech encerr | abert abr reabr
absolv inocent | conden culpad
закры закрыт | откры
платн | бесплатн
поддерж | против
виновн | невиновн
закри | відкри
платн | безплатн
підтрим | проти
اغلق اغلاق يغلق تغلق مغلق | فتح يفتح تفتح افتتاح مفتوح
ايد يويد تاييد | عارض يعارض معارضه
فاز يفوز فوز | خسر يخسر خساره
مجان | مدفوع
براءه تبريه | ادانه مدان
סגר סגיר נסגר נסגרה ייסגר תיסגר | פתח פתיח נפתח נפתחה ייפתח תיפתח
תמך תומך תמיכ | מתנגד התנגד
ניצח ניצחון זכיי | הפסד הפסיד תבוס
אישר מאשר | הכחיש מכחיש
przyj zaakcept zgod zatwierdz | odrzuc odmów sprzeciw
potwierdz | zaprzecz
wzrós wzrost | spad spadł
wygra | przegra
rozpocz wznow | zakończ przerwa odwoł
uwoln zwoln | zatrzym areszt
uniewinn | skaza
otwar otwier | zamkn zamyk
aanvaard accepteer geaccepteerd goedgekeurd goedkeur | verwerp verworpen weiger geweigerd afgewezen
bevestig | ontken
stijg gestegen toegenomen | daal gedaald afgenomen
win gewonnen | verlie verloren
begin begonnen hervat | eindig beëindig stop gestopt afgelast
vrijgelaten | gearresteerd aangehouden
vrijgesproken | veroordeel
open geopend | sluit gesloten
godtog godkän accepter | avvisa förkast
bekräfta | förneka demente
öka steg stig | minska sjönk sjunk föll
vann vinn | förlora
inled börja återuppt | avsluta avbröt inställ
frigav frigiv släpp | greps grep häkta
friad | dömd dömt
öppna | stäng
accept aprob | respins respinge refuz
confirm | dezmin neag neg
cresc urc | scad scăd
câștig | pierd pierdut
încep începu relu | încheia opri anula suspend
eliber | rețin arest
achit | condamn
deschi | închi
δεχθ δεχτ αποδεχ ενεκριν εγκρ | απορριψ απερριψ απορριπτ αρνηθ
επιβεβαι | διαψευ διεψευ
αυξ ανεβ | μειω επεσ πεφτ
κερδισ νικ | εχασ ηττ
αρχισ ξεκιν | τελειω διακοπ διεκοψ ακυρω
απελευθερ αφεθ | συνεληφθ συλλ
αθωω | καταδικ ενοχ
ανοι | κλει
پذیرفت می‌پذیرد موافق تایید | رد مخالف نپذیرفت
افزایش | کاهش
پیروز | شکست
آغاز | پایان توقف لغو
آزاد | بازداشت دستگیر
باز | بسته تعطیل
स्वीकार मंजूर | ठुकरा खारिज अस्वीकार नामंजूर
बढ़ | घट गिर
जीत | हार
शुरू | समाप्त रद्द स्थगित
रिहा बरी | गिरफ्तार दोषी
"""
_PREFIXES = ("un", "in", "im", "dis", "ir", "il", "non", "не", "غير", "бес", "без")
_SUFFIXES = (("less", "ful"), ("los", "voll"), ("siz", "li"), ("suz", "lu"), ("süz", "lü"))
_TURKISH_NOT = re.compile("m[aeiuü](?=yor|d[iuü]|yaca|yece|mi[sş]|z$)")  # dışlamıyor
_VOWELS = re.compile("[aeiouöü]")
_NOT_IN_JAPANESE = re.compile("ない|なかった|なく|ません|ず(?=に|、)")
_AND = re.compile("^[وف](?=لا$|لم$|لن$|ليس)")  # written with the Arabic negation
_SHORTEST_STEM = 3
_LONGEST_ENDING = 5  # letters; more where a long stem begins the word


def is_negation(word: str, before: str, after: str = "") -> bool:
    """Whether a folded word between two others negates; English writes "didn't" as two words."""
    if word + after in _NOT_NEGATING:
        return False
    if word in _NEGATIONS or (word == "t" and before.endswith("n")):
        return True
    return _AND.sub("", word) in _NEGATIONS


def spaceless_negations_in(text: str, language: str | None) -> list[str]:
    """What negates in a language that is written without spaces and in more than one character."""
    return _NOT_IN_JAPANESE.findall(text) if language == "ja" else []


def are_opposites(word: str, other: str) -> bool:
    """Whether two folded words say the opposite of each other."""
    if word != other and any(
        longer == prefix + shorter
        for longer, shorter in ((word, other), (other, word))
        for prefix in _PREFIXES
        if len(shorter) > _SHORTEST_STEM
    ):
        return True
    if any(
        (word.removesuffix(one), other.removesuffix(two)) == (word[: -len(one)], word[: -len(one)])
        for less, full in _SUFFIXES
        for one, two in ((less, full), (full, less))
    ):
        return True
    mine, theirs = _poles(word), _poles(other)
    return any((pair, 1 - pole) in theirs for pair, pole in mine)


def _is_turkish_denial(word: str, other: str) -> bool:
    """Whether the word is the other with "not" inside; vowels before it may change."""
    plain = _TURKISH_NOT.sub("", word)
    return plain != word and _VOWELS.sub("", plain) == _VOWELS.sub("", other)


def opposites(
    words: Sequence[str], others: Sequence[str], language: str | None
) -> Iterator[tuple[str, str]]:
    """The pairs of opposite sense, of a word and another."""
    for word in _with_pairs(words):
        for other in _with_pairs(others):
            if are_opposites(word, other) or (
                language == "tr"
                and (_is_turkish_denial(word, other) or _is_turkish_denial(other, word))
            ):
                yield word, other


def _with_pairs(words: Sequence[str]) -> Iterator[str]:
    """The words, and each two characters in a row of a script without spaces."""
    yield from words
    for first, second in pairwise(words):
        if is_spaceless(first) and is_spaceless(second):
            yield first + second


@lru_cache(maxsize=20_000)
def _poles(word: str) -> frozenset[tuple[int, int]]:
    """Pair and pole of each stem that the word begins with; short stems are whole words."""
    return frozenset(
        (pair, pole)
        for pair, pole, stem in _stems()
        if (word == stem or (word.startswith(stem) and len(stem) >= _shortest(stem)))
        and len(word) - len(stem) <= max(_LONGEST_ENDING, 2 * len(stem))
    )


def _shortest(stem: str) -> int:
    """Letters of a stem that may have an ending; a Korean one is written in syllables."""
    return 2 if "\uac00" <= stem[0] <= "\ud7a3" else _SHORTEST_STEM


@cache
def _stems() -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (pair, pole, fold(stem))
        for pair, line in enumerate(_OPPOSITES.strip().splitlines())
        for pole, stems in enumerate(line.split("|"))
        for stem in stems.split()
    )
