"""Names as writing systems mark and spell them.

A name is known by the consonants of its romanised form: Zelenskyy, Зеленский and زيلينسكي are all
`slnsk`. Such skeletons are to names what Soundex (Russell, 1918) is to English surnames.
"""

from __future__ import annotations

import re

from anyascii import anyascii

_CLASSES = {
    letter: group[0]
    for group in ("pb", "fv", "t", "d", "szcx", "kq", "gj", "lr", "m", "n")
    for letter in group
}
_SPELLINGS = (
    (re.compile("c(?=[eiy])|tsch|shch|sch|tch|ch|sh|ts|tz|dz(?!h)"), "s"),
    (re.compile("dzh|zh"), "j"),
    (re.compile("kh|(?<=[aeiou])gh|wh(?=[aeiouy])"), ""),
    (re.compile("gh"), "g"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ng(?![aeiouy])"), "n"),
    (re.compile("ck|c"), "k"),
    (re.compile("^w"), "v"),
    (re.compile("(?<=[iy])j$"), ""),
)
_CYRILLIC_CASE = re.compile("(?<=[а-яіїєґ]{4})(?:ого|ому|его|ему|ом|ем|ым)$")
_INITIAL_W = re.compile("^[уУ](?=[аеиоэ])")  # Уолтц: Waltz
_W_IS_V = frozenset(("de", "pl"))
# Characters that Chinese spells foreign names with (the transcription tables of Xinhua).
_BY_SOUND = """
    阿埃艾爱安昂奥澳巴白拜班邦保鲍贝本比彼毕宾波伯勃博布查茨茲达戴丹当道德登邓迪蒂丁顿多厄恩尔尔法凡范方菲费芬弗福夫富盖冈高戈格葛根贡古瓜哈海汉
    豪赫黑亨霍胡基吉季济加贾简杰捷金津卡凯坎康考科克肯孔库夸奎昆拉莱兰朗劳勒雷莱利里丽连列林琳龙卢鲁伦伦罗洛马玛迈麦曼梅门蒙米密敏明莫墨默姆穆
    拿纳娜奈南瑙内能尼妮涅宁牛纽农努诺欧帕派潘庞佩彭蓬皮匹平坡普齐奇契恰乔钦琴丘茹瑞若萨塞赛桑瑟森沙莎珊尚绍舍申圣施什史舒朔斯丝思司苏索所塔泰坦
    汤唐陶特滕提廷通图托瓦万旺威维韦魏温文翁沃乌武西希锡夏香谢辛欣休许逊雅扬亚叶耶伊依易因英尤约泽扎詹珍卓兹佐
"""
# Japanese: katakana before a word of respect or of an office.
_ADDRESSED = re.compile(
    "[\u30a1-\u30fa\u30fc・=]{2,}(?=さん|氏|容疑者|被告|大統領|首相|大臣|長官|議員|選手|監督|社長|知事|市長)"
)
_SOUNDS = f"[{''.join(_BY_SOUND.split())}]"
_SPELT = re.compile(f"{_SOUNDS}+(?:·{_SOUNDS}+)+|{_SOUNDS}{{3,}}")
# Where a capital letter does not tell a name: all nouns have one, or no word has.
_UNMARKED_CODES = """
    de lb am ar arc as bn ckb dv dz fa gu he hi ja ka km kn ko lo ml mr my ne or pa ps sd si ta te
    th ti ug ur yi zh
"""
_UNMARKED = frozenset(_UNMARKED_CODES.split())


def marks_names(language: str | None) -> bool:
    """Whether names can be told from other words in that language by their capital letter."""
    return language not in _UNMARKED


def spaceless_names_in(text: str, language: str | None) -> list[str]:
    """The foreign names that a Chinese text spells by sound: parts joined by a middle dot, or a run
    of the characters that such spellings are made of. Those that a Japanese text addresses."""
    if language == "ja":
        return _ADDRESSED.findall(text)
    return _SPELT.findall(text) if language == "zh" else []


def skeleton_of(word: str, language: str | None = None) -> str:
    """The consonants of a romanised name, those that writing systems mix up as one."""
    letters = anyascii(_CYRILLIC_CASE.sub("", _INITIAL_W.sub("в", word))).lower()
    if language in _W_IS_V:
        letters = letters.replace("w", "v").replace("j", "y")
    elif language == "he":
        letters = letters[:1] + letters[1:].replace("v", "")
    for pattern, plain in _SPELLINGS:
        letters = pattern.sub(plain, letters)
    skeleton = ""
    for letter in letters:
        sound = _CLASSES.get(letter, "")
        if not skeleton.endswith(sound) or not skeleton:
            skeleton += sound
    return skeleton
