"""Names of drafted figures and ids made from them.

A name is put together from what the clause says before the number, the noun behind it, and, where the clause says only
总数 or 占比, the name of the figure that it speaks of. Ids are the name's pinyin.
"""

from __future__ import annotations

import re

from shkc import quantity
from shkc.drafting import wording
from shkc.drafting.relating import Statement

LONGEST_NAME = 40
_ID_SYLLABLES = 8

_END = re.compile(
    r"(?:达到|达|共有|共计|共|拥有|有|为|是|突破|超过|超|逾|约|近|增至|增加到|扩大到|提高到|提升至|提升到|升至|增长到|增长至|扩大至|降至|下降到"
    r"|保持在?|维持在|稳定在|控制在|分别|依次|各|合计|总计|高达|已|均|接近|不|首次|预计|力争|以)+$"
)
_BEGINNING = re.compile(
    r"^(?:全市|全省|拥有|共有|现有|已有|有(?!效|机|色|限)|其中|实现|为(?!主)|在(?!孵|建|岗|校|册|研|营)|约|使|将|对|以(?!上|下))+"
)
_NOUN = re.compile(r"^(?:的)?(?P<noun>[一-鿿A-Za-z“《(\"][^,。;、!?:]*)")
_NO_NOUN = re.compile(r"^(?:和|与|及|以及|并|,|、|。|;|:|\)|以上|左右|以内|以下|多|余|$)")
_CUT = re.compile(r"(?:和|与|及|以及|、|,|并)$")
_PLACEHOLDER = "未命名指标"


def name(statement: Statement) -> str:
    """The name of the figure *statement*, as complete as its sentence allows."""
    words = _words(statement)
    words = re.sub(r"\s+", "", words).strip("、,;:的 ")
    balanced = words if words.count("(") == words.count(")") else re.sub(r"[()]", " ", words).strip().replace(" ", "")
    return balanced[-LONGEST_NAME:] if len(balanced) > LONGEST_NAME else balanced or _PLACEHOLDER


def _words(statement: Statement) -> str:
    role = statement.role
    owner = name(statement.owner) if statement.owner is not None and statement.owner is not statement else ""
    own = _own(statement)
    if role.kind in ("growth", "average"):
        words = _growth_words(statement)
        return _joined(owner if not own or statement.owner is not None and _leans(own) else "", own) + words
    if role.kind in ("comparison", "multiple", "share"):
        return _joined(owner if not own or _leans(own) else "", own) + role.words
    if role.kind == "start":
        return _joined(owner if _leans(own) or not own else "", own) + "(变动前)"
    if role.kind == "reached":
        return owner.removesuffix("(变动前)")
    if role.kind == "rank":
        return _joined(owner if not own else "", own) + role.of + "排名"
    return _joined(owner if not own or _leans(own) else "", own)


def _growth_words(statement: Statement) -> str:
    role = statement.role
    if statement.quantity.unit.endswith("百分点"):
        return "变动" if role.falling else role.words
    if role.falling:
        return (
            role.words.replace("下降", "增速").replace("减少", "增速").replace("降低", "增速")
            if "年均" not in role.words
            else "年均增速"
        )
    return role.words


def _own(statement: Statement) -> str:
    """What the clause itself says of the figure's name."""
    subject = statement.each or statement.role.subject
    before = None
    while before != subject:
        before = subject
        subject = _BEGINNING.sub("", _END.sub("", wording.stripped(subject)))
    noun = "" if statement.each or statement.role.kind not in ("level",) else _noun(statement)
    return subject + noun


def _noun(statement: Statement) -> str:
    tail = statement.tail
    if _NO_NOUN.match(tail):
        return ""
    match = _NOUN.match(tail)
    if match is None or (
        quantity.split_unit(statement.quantity.unit)[1] in ("%", "个百分点") and not tail.startswith("的")
    ):
        return ""
    noun = _CUT.sub("", match["noun"])
    return noun if len(noun) <= 24 else noun[:24]


_LEANING = re.compile(
    r"^(?:总数|总量|总额|总计|累计|数量|规模|总规模|金额|净[增减]|增速|增幅|占比|比重|比例|总投资|每万人(?:拥有量?)?$|人均$|户均$|日均$|年均$|拥有量|合计|增加|减少"
    r"|有效期内|首期|到位|其|入库|二者|两者|三者)"
)


def _leans(own: str) -> bool:
    """Whether the name cannot be read alone: 总数, 占比."""
    return len(own) <= 8 and _LEANING.match(own) is not None


def _joined(owner: str, own: str) -> str:
    if not owner or own.startswith(owner):
        return own
    return owner + own


def pinyin(words: str) -> list[str]:
    """The syllables and Latin words of *words*, in lower-case ASCII letters and digits."""
    from pypinyin import lazy_pinyin

    spelt = lazy_pinyin(quantity.fold_width(words), errors=lambda rest: re.findall(r"[A-Za-z]+|\d+", rest))
    return [plain for plain in (re.sub(r"[^a-z0-9]", "", syllable.lower()) for syllable in spelt) if plain]


class Ids:
    """Gives each fact an id that no other has."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, words: str) -> str:
        """An id from the pinyin of *words*: at most eight syllables, and a number when it is taken."""
        stem = "-".join(pinyin(words)[:_ID_SYLLABLES])[:60].strip("-") or "fact"
        while True:
            count = self._used.get(stem, 0) + 1
            self._used[stem] = count
            candidate = stem if count == 1 else f"{stem}-{count}"
            if count == 1 or candidate not in self._used:
                self._used.setdefault(candidate, 1)
                return candidate


def english(words: str) -> str:
    """A placeholder for the English name: the pinyin, which a reviewer replaces."""
    return " ".join(pinyin(words)).capitalize() or "To be named"
