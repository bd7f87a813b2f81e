"""Words that turn a sentence round: negations, and verbs of opposite sense.

Stems of news verbs; a word belongs to a pole if it begins with one of the stems. Words are folded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from newswatch.text.words import fold

_NEGATION_WORDS = """
    not no never none nobody without cannot neither nor nicht kein keine keinen keiner
    keinem nie niemals ohne pas jamais aucun aucune sans ni nunca ningún ninguna sin não nunca
    nenhum nenhuma sem non mai nessun nessuno nessuna senza niet geen nooit zonder не нет ни
    никогда без ні немає ніколи لا لم لن ليس ليست غير دون بدون نه بدون هیچ לא אין בלי ללא אינו
    אינה אף değil yok hiç नहीं न बिना না নয় নেই 不 没 沒 无 無 未 非 ない ず 않 못 안
"""
_NEGATIONS = frozenset(map(fold, _NEGATION_WORDS.split()))
# Two poles a line, parted by a bar.
_OPPOSITES = """
accept agree approv endors welcom pass ratif | reject refus declin rebuff spurn veto defeat block
confirm admit acknowledg | den
ris rose climb increas grow grew gain surg soar | fall fell drop declin decreas los plung tumbl
up high more | down low less few
win won victor | los lost defeat
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
kabul | redd ret
arttı yüksel | düş azal
"""
_PREFIXES = ("un", "in", "im", "dis", "ir", "il", "non", "un", "не", "غير")
_SHORTEST_STEM = 3


def is_negation(word: str, before: str) -> bool:
    """Whether a folded word negates; English writes "didn't" as two words."""
    return word in _NEGATIONS or (word == "t" and before.endswith("n"))


def are_opposites(word: str, other: str) -> bool:
    """Whether two folded words say the opposite of each other."""
    if word != other and any(
        longer == prefix + shorter
        for longer, shorter in ((word, other), (other, word))
        for prefix in _PREFIXES
        if len(shorter) > _SHORTEST_STEM
    ):
        return True
    mine, theirs = _poles(word), _poles(other)
    return any((pair, 1 - pole) in theirs for pair, pole in mine)


def opposites(words: Collection[str], others: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pairs of opposite sense, of a word and another."""
    for word in words:
        for other in others:
            if are_opposites(word, other):
                yield word, other


@lru_cache(maxsize=20_000)
def _poles(word: str) -> frozenset[tuple[int, int]]:
    """Pair and pole of each stem that the word begins with; short stems are whole words."""
    return frozenset(
        (pair, pole)
        for pair, pole, stem in _stems()
        if (word == stem or (word.startswith(stem) and len(stem) >= _SHORTEST_STEM))
        and len(word) - len(stem) <= 5
    )


@cache
def _stems() -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (pair, pole, fold(stem))
        for pair, line in enumerate(_OPPOSITES.strip().splitlines())
        for pole, stems in enumerate(line.split("|"))
        for stem in stems.split()
    )
