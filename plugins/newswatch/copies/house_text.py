"""Sentences in which an outlet speaks of itself: subscriptions, cookies, rights, contacts.

Such a sentence is no news wherever it stands. It is known by the words that outlets use of
themselves and of their readers; two of them in a sentence, or one phrase, are enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_PHRASES = re.compile(
    r"""
    all\ rights\ reserved|sign(?:ing)?\ up\ (?:for|to)
    |terms\ (?:of|and)\ (?:use|service|conditions)|privacy\ policy
    |(?:we|use|accept|of)\ cookies|follow\ (?:us|our)|^read\ (?:more|also)\b
    |click\ (?:here|submit)|unsubscribe|subscribe\ (?:to|now|today|here)
    |(?:our|a|the|daily|weekly|free)\ newsletter|©|letters?\ to\ the\ editor
    |our\ (?:readers|reporting|newsroom|website|app|journalis\w+)|support\ our
    |(?:may|must)\ not\ be\ (?:published|reproduced|stored|redistributed|copied)
    |(?:prior|written|express)\ permission|views\ expressed
    |^(?:most\ read|watch|listen|related|copyright)\b|additional\ reporting
    |^(?:reporting|editing|writing)\ by\b|(?:first|originally)\ (?:published|appeared)
    |^(?:(?:last|first)\ )?(?:updated?|published|posted|modified|stand|aktualisiert|veröffentlicht
      |publié|mis\ à\ jour|actualizado|publicado|aggiornato|pubblicato|обновлено|опубликовано
      |оновлено|опубліковано|نشر|آخر\ تحديث|עודכן|פורסם|更新|发布)\b.{0,40}\d.{0,25}$
    |^\d+[\s-]*min(?:ute)?s?\s+read\b|^lesezeit|^temps\ de\ lecture|^tiempo\ de\ lectura
    |alle\ rechte\ vorbehalten|newsletter|datenschutzerklärung|folgen\ sie\ uns
    |^lesen\ sie\ auch|tous\ droits\ réservés|abonnez-vous|inscrivez-vous|suivez-nous
    |^(?:à\ )?lire\ aussi|infolettre|todos\ los\ derechos\ reservados|suscr[ií]bete|síguenos
    |todos\ os\ direitos\ reservados|siga-nos|tutti\ i\ diritti\ riservati|iscriviti\ alla
    |seguici|все\ права\ защищены|подпис(?:ывайтесь|аться\ на)|усі\ права\ захищен
    |всі\ права\ захищен|підпи[сш]уйтесь|جميع\ الحقوق\ محفوظة|اشترك\ في|تابعنا
    |النشرة\ البريدية|כל\ הזכויות\ שמורות|הירשמו|עקבו\ אחרי|ניוזלטר
    |版权所有|订阅|关注我们|無断転載|会員登録|未经.{0,4}许可|許可なく転載
    |nachdruck\ (?:nur|verboten)|reproduction\ (?:est\ )?interdite
    |n['’]engage(?:nt)?\ que\ (?:la\ responsabilité|leurs?\b|son\ auteur|l['’]auteur)
    |reproducción\ (?:total|parcial)|riproduzione\ riservata|reprodução\ (?:total|parcial)
    |мнени\w+\ (?:редакции|авторов\ (?:мо[жг]|не\b))|при\ перепечатке
    |думк\w+\ (?:редакції|авторів\ (?:мо[жг]|не\b))
    |при\ передруку|إعادة\ النشر|عن\ رأي\ الصحيفة|דעת\ המערכת|ללא\ אישור\ בכתב
    |tüm\ hakları\ saklıdır|izin(?:siz|\ alınmadan|\ olmadan)\ (?:yayı|kopya|kulla)
    |bülten\w*\ abone|wszelkie\ prawa\ zastrzeżone|alle\ rechten\ voorbehouden
    """,
    re.VERBOSE,
)
_CORRECTION = re.compile(
    r"""
    ^[(\[*\s]*(?:corrections?|corrected|korrektur|berichtigung|rectificatif|erratum|correcti(?:f|on)
    |corrección|fe\ de\ errores|correção|rettifica|исправление|уточнение|виправлення|уточнення
    |تصحيح|تصويب|תיקון(?:\ טעות)?|更正|訂正)\s*[:：\-–—(]
    |(?:an|the)\ (?:earlier|previous)\ version\b|(?:has\ been|was)\ corrected
    |\b(?:article|story|report|headline)\ (?:has\ been|was)\ amended|original\ version\ of\ this
    |in\ einer\ früheren\ (?:version|fassung)|une\ version\ précédente|une?\ première\ version
    |una\ versión\ anterior|в\ предыдущей\ версии|у\ попередній\ версії|نسخة\ سابقة
    |גרסה\ קודמת|בגרסה\ קודמת
    """,
    re.VERBOSE,
)
_SOUNDS, _FULL = 2, 4  # such words in a sentence
_WORDS = re.compile(
    r"""
    newspapers?|readers?|subscri\w+|newsroom|publishers?|editors?|journalis\w+|website|email|mail
    |telephone|inbox|account|podcasts?|apps?|platforms?|permission|reproduc\w+|licen[sc]e
    |advertis\w+|corrections?|comments?|moderated|pictures|photos?|letters?|page
    |printed|protected|sources?
    |site|browser?|notice|download|alerts?|coverage|newsletters?|cookies?|agree
    |zeitung|leser\w*|abonn\w+|spenden?|redaktion|journalismus|webseite|formular|autoren|meinung
    |genehmigung
    |lect(?:eur|rice)s|abonner|soutien|rédaction|formulaire|opinions|auteurs
    |periódico|lectores|suscri\w+|redacción|formulario|sitio|autores
    |giornale|lettori|abbona\w+|redazione|modulo|sito|autori|jornal|leitores
    |assina\w+|redação|formulário
    |газет\w+|читател\w+|подписк\w+|пожертвован\w+|редакци\w+|журналистик\w+|сайт\w*|издани\w+
    |читач\w+|передплат\w+|пожертв\w+|редакці\w+|журналістик\w+|видання
    |صحيفة|قرائ\w+|قراؤ\w+|[تي]?شترك\w*|تتبرع\w*|التحرير|موقعنا|عملنا|النموذج
    |עיתון|קורא\w+|מנוי\w*|תרמ\w+|תרומה|ל?מערכת|ב?אתר|הטופס
    |gazete\w*|okur\w*|abone|bağış|haberci\w+|sitemiz\w*
    |gazet[aąęy]|czyteln\w+|prenumerat\w+|darowizn\w+|redakcj\w+
    |krant|lezers|abonnement|donatie|redactie|journalistiek|formulier
    """,
    re.VERBOSE,
)
_SPACELESS_WORDS = re.compile(
    "报纸|读者|捐款|编辑部|网站|本报|转载|新聞|読者|購読|寄付|編集部|サイト|本紙|転載"
)
_WORD = re.compile(r"\w+")
# A speaker may say any of these several times in a sentence: each person counts once.
_PERSONS = {
    "we": re.compile(
        r"""
        we|us|our|wir|uns|unser\w*|nous|notre|nos|nuestr\w+|nostr\w+|noss[oa]s?|мы|нас|нам|наш\w*
        |ми|אנחנו|לנו|שלנו|bizim|nasz\w*|onze
        """,
        re.VERBOSE,
    ),
    "you": re.compile(
        r"""
        you|your|vous|votre|vos|usted|vostr\w+|você|вы|вас|вам|ваш\w*|ви|لكم|אתם|לכם|sizin|wasz\w*|uw
        """,
        re.VERBOSE,
    ),
}
_SPACELESS_PERSONS = {"we": "我们|私たち", "you": "您"}


def is_house_text(sentence: str) -> bool:
    """Whether an outlet speaks of itself in this sentence, by a phrase that news does not use."""
    return _PHRASES.search(sentence.lower()) is not None


def is_correction(sentence: str) -> bool:
    """Whether an outlet says in this sentence that it was wrong before: that is news."""
    return _CORRECTION.search(sentence.lower()) is not None


def house_sentences(sentences: Sequence[str]) -> set[int]:
    """Which of some sentences are house text: those with a phrase of it, those that are full of its
    words, and what sounds like it beside them. A sentence with one such word is, between two."""
    found: set[int] = set()
    is_house = False
    block: list[int] = []
    between: list[int] = []
    for number, sentence in enumerate([*sentences, ""]):
        told = _words_of_it(sentence)
        if is_correction(sentence):
            told, sure = 0, False
        else:
            sure = told >= _FULL or is_house_text(sentence)
        if sure or told >= _SOUNDS:
            block += [*between, number]
            is_house = is_house or sure
            between = []
        elif told and block:
            between.append(number)
        else:
            if is_house:
                found.update(block)
            is_house, block, between = False, [], []
    return found


def _words_of_it(sentence: str) -> int:
    lower = sentence.lower()
    found = {known for word in _WORD.findall(lower) if (known := _known_as(word))}
    if not lower.isascii():
        found.update(_SPACELESS_WORDS.findall(lower))
        found.update(
            person for person, words in _SPACELESS_PERSONS.items() if re.search(words, lower)
        )
    return len(found)


@lru_cache(maxsize=50_000)
def _known_as(word: str) -> str | None:
    """The word itself, or the person that a pronoun stands for."""
    if _WORDS.fullmatch(word):
        return word
    return next((person for person, words in _PERSONS.items() if words.fullmatch(word)), None)
