"""The numerals of a paragraph: which are quantities, with value, unit and hedges, and which are none, and why.

A numeral is a quantity when a unit of measure, a classifier (家, 件, 人次) or a sign (%, 倍, 成) stands behind it,
or when it is a rank (第5位, 首位) or a fraction (三分之一). What is left is no quantity: a year, an ordinal, a part of
a name or of a word. Units and classifiers are closed classes of the language, so they are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from shkc.facts.entries import LAST_RANK
from shkc.text import quantity

# ── Units ───────────────────────────────────────────────────────────────────────────────────────────

_SIGNS = ("个百分点", "百分点", "个千分点", "%", "‰", "倍", "番", "成")
_CURRENCIES = ("元人民币", "人民币", "美元", "欧元", "日元", "港元", "英镑", "元")
_PHYSICAL = (
    "吨标准煤", "吨标煤", "吨公里", "人公里", "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "海里",
    "毫米", "厘米", "微米", "纳米", "米", "公顷", "亩", "吨", "千克", "公斤", "克", "升", "千瓦时", "千瓦", "兆瓦",
    "瓦", "千伏安", "标准箱", "摄氏度", "小时", "分钟", "秒", "度", "岁", "赫兹", "比特", "核时", "机时", "卡",
)  # fmt: skip
_COMPOUND = (
    "个基点", "个工作日", "个月", "个标准箱", "人次", "人天", "人年", "人月", "家次", "件次", "项次", "场次", "架次",
    "人份", "车次", "班次", "船次", "户次", "台次", "台时", "册次", "例次", "台套", "课时", "辆次", "艘次",
)  # fmt: skip
_CLASSIFIERS = tuple(
    "家个项件人名位户台套辆艘架颗所座条款种场次份张篇部册幅株头只羽匹支枝根枚块片间栋幢处例宗笔单起门列组对箱桶袋瓶本盏顶口节"
    "天分点道层员双盒辑集席具眼发团"
)
_LATIN = (
    "TFLOPS", "PFLOPS", "EFLOPS", "PFlops", "EFlops", "GWh", "MWh", "kWh", "TWh", "GWp", "MWp", "GW", "MW", "kW",
    "kV", "TEU", "TB", "PB", "EB", "GB", "ZB", "Gbps", "Mbps", "Tbps", "GHz", "MHz", "THz", "km", "nm", "μm", "mm",
    "cm", "kg", "mg", "P", "EOPS", "POPS", "TOPS", "℃",
)  # fmt: skip

_SCALE = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克兆伏安赫卡焦])"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MEASURE = _any((*_SIGNS, *_CURRENCIES, *_PHYSICAL, *_COMPOUND, *_CLASSIFIERS))
_UNIT = re.compile(
    rf"(?P<more>[余多来])?(?P<scale>{_SCALE})?(?P<inside>[余多])?"
    rf"(?:(?P<measure>{_MEASURE})(?P<set>\((?:{_MEASURE})\))?(?P<per>/(?:{_MEASURE}|日|年|月|万人|人))?"
    rf"|(?P<latin>{_any(_LATIN)})(?![A-Za-z0-9]))?"
)
_LISTED = re.compile(
    rf"(?:(?:[、和及]\d+(?:\.\d+)?)*[、和及]\d+(?:\.\d+)?|个(?:[、和及]\d+(?:\.\d+)?个?)*[、和及]\d+(?:\.\d+)?(?=个百))"
    rf"(?P<unit>{_any((*_SIGNS, *_CURRENCIES))})"
)
_UNIT_BEHIND = re.compile(rf"[余多](?!年)|{_SCALE}|{_MEASURE}")
_INDEX = re.compile(
    r"(?:指数|得分|评分|分值|系数|总数|数量|家数|人数|总量|PUE|均值|比值)[^,。;:]{0,8}?"
    r"(?:达到|达|为|突破|超过?|接近|[增升降]?至|是|近|约|[由从])*\d+(?:,\d{3})*(?:\.\d+)?$"
)
"""What has no unit: an index or a score, or a number of what its name says."""
_MOVES = re.compile(
    r"(?:指数|得分|评分|分值)[^,。;:\d]{0,8}\d[\d.]*,(?:[比较][^,。;]{0,8})?"
    r"(?:同比|环比)?(?:提高|提升|上升|增加|增长|下降|降低|回落)了?\d[\d.]*$"
)
"""By how much an index has risen."""
_RANGE_SIGN = re.compile(rf"(?:{_SCALE})?(?:{_MEASURE})?(?:-|–|—|~|～|∼|至|到)$")

# ── What looks like a quantity and is none ──────────────────────────────────────────────────────────

_STRUCTURE = re.compile(
    "(?:个|大|项|条)?(?:方面|层面|维度|面向|放在|坚持|统筹|确立|维护|自信|代表|意识|清单制|带头|环节|阶段|关口|百分之百|着力|聚焦|结合|原则|指标)"
)
"""What is counted is the text's own parts or a slogan: 四个方面, 四个面向."""
_THRESHOLD = re.compile(r"及?以[上下内]的?(?!的)[\u4e00-\u9fff“”]{2,14}\d")
"""What makes an amount the limit of a class that is counted: 1亿元以上的项目12个."""
_ONES = frozenset(("", "1", "一", "十", "百", "千", "万", "亿"))
_FOUNDED = re.compile("(?:成立|组建|设立)[^,。;]*$")
_RULES = re.compile("(?:新政|意见|措施|政策|条例|规定|办法)$")
_ONE_IN_SO_MANY = re.compile("每[^,。;]{1,10}拥?有$")
_DIMENSIONS = frozenset(("纳米", "微米", "毫米", "nm", "μm", "mm", "GHz", "MHz", "THz", "Gbps", "kV"))
_PRODUCT_BEHIND = re.compile(r"级?(?![以左上下及和与或的至])[\u4e00-\u9fff]")
"""What a dimension says the kind of: 14纳米刻蚀装备, 110GHz调制器."""
_ROUND = frozenset("十百千")
_MARK_BEHIND = re.compile(r"的|级|大关|台阶|规模|企业|项目|产业|集群|,(?:达到?|为)\d")
"""What makes a round amount a mark that something passes: 超过百亿元的城市, 突破百亿元，达到104.5亿元."""
_WORD_BEHIND = {
    "成": "[一二三四五六七八九]|不变|熟|为|立|功|果|长|效|员|本|都|绩|型|品|就|交|套|人|年", "点": "[位面]|半",
    "项": "目", "分": "之|钟|析|布|别|公司|类|级|中心|局|支|流|会|院|部|校|园", "次": "[性元生]",
    "人": "工智|工|才|们|口|均|机|文|类|民", "位": "一体|于|居|置|数", "天": "[津文宫问]", "单": "[位元一个体]",
    "员": "工", "组": "[织建成]", "对": "[外口接应标]", "处": "[理置于]", "起": "[来步]", "发": "[展明布]",
    "团": "队", "集": "[成聚群团]", "双": "[一边创]", "部": "[门分署委]", "支": "[持撑]", "列": "[入为]",
    "节": "[能约点水]", "所": "[有在以属]", "本": "[市省地科]", "条": "[件例]", "场": "[景所馆地]",
    "道": "[路德]", "度": "[假过]", "头": "[部雁]", "门": "[类户槛]", "口": "[岸径]", "片": "[区]",
    "层": "[次面级]", "张": "[江家]", "克": "[服隆]", "种": "[植业子质]", "台": "[湾商]", "卡": "[脖]",
    "元": "[素宇器]", "家": "[庭具电]", "只": "[有要]", "顶": "[层尖]", "具": "[备有体]", "笔": "记",
    "例": "如", "米": "[其]", "倍": "[增]",
}  # fmt: skip
"""Words that begin with the classifier, so that the numeral does not count with it: 3分公司, 四位一体."""
_FREE_ONLY = frozenset("次位天条点分度头面门道口只根块片部种层处例单组对支列节双团集本部起发员具卡")
"""Classifiers that a Chinese numeral forms words with (二次开发): such a numeral counts only where nothing follows."""
_FREE = re.compile(r"$|[,。;:!?、)\]”》以左上余多的和与及并]")
_HEDGED = re.compile("(?:超过|超|近|逾|约|突破|破|达到|达|过|不足|不到)$")
_SOME = re.compile("[数几]$")
_CLASS_BEHIND = re.compile(r"级|型(?!号)|[\u4e00-\u9fff]{0,4}圈(?=$|[,。;、])")
"""What makes a size or a time part of a class: 3000吨级, 15分钟生活圈."""
_PLACED = (
    r"(?:[居列占排跃]|排名|位次|名次|保持|升至|升到|蝉联|全[国省市球区]|世界|国内|国际|同类|城市|地区|省份|省市"
    r"|[东中西]部|为)[^,。;]{0,14}第$"
)
_MINUS = re.compile(r"(?:^|[(,:、\u4e00-\u9fff])[-−]$")
_TOP = re.compile("[位名强]?(?=$|[,。;、)是为的])")
_PLACE_UNIT = re.compile("位|名(?![技教老师医])")
_RANK_ENDS = re.compile(r"$|[,。;、)和及并]")
_INDEFINITE = ("次", "个", "种", "起", "道", "度", "点")
_BETWEEN = re.compile("占|全[国省市区]的?|的|累计|累积")
_NEAR = 40
"""Characters around a numeral that may say what it is; enough for its clause, few enough for the longest paragraph."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATIN_LETTER = re.compile("[A-Za-z]")

YEAR = "年份，不是数量"
DATE = "日期，不是数量"
SPAN = "时段，不是统计数"
ORDINAL = "序数，不是数量"
LABEL = "提法或类别，不是统计数"
NAME = "名称的一部分，不是数量"
WORD = "词语的一部分，不是数量"
BASE = "比率的分母，已写入指标名称"
HEADING = "标题或条目序号"
BARE = "没有计量单位的数字，未作为数据"
FIRST = "“首”字作序数，不是数量"
VAGUE = "泛指，不是确数"
TOP = "名次范围，不是确切位次"
DOUBTFUL_REASONS = frozenset((BARE, TOP))
"""Reasons that a reviewer should look at: the numeral may be a figure after all."""


class Quantity(NamedTuple):
    """A figure as printed: number and unit from *start* to *end*, with its hedges from *first* to *last*."""

    start: int
    end: int
    first: int
    last: int
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifiers: tuple[str, ...]
    ordinal: bool = False
    """Whether it is a rank: 第5位, 首位."""


class NoQuantity(NamedTuple):
    """A numeral that is no figure: its words from *start* to *end*, and why."""

    start: int
    end: int
    reason: str


Finding = Quantity | NoQuantity


def scan(text: str) -> list[Finding]:
    """Every numeral of *text*, a paragraph without white space, as a quantity or as none, in order."""
    folded = quantity.fold_width(text)
    scanner = _Scanner(text, folded)
    return list(scanner.findings())


class _Scanner:
    """Goes through one paragraph from left to right."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self.quoted = [
            m.span() for m in re.finditer('《[^《》]*》|“[^“”]{1,16}”|「[^「」]{1,16}」|"[^"]{1,16}"', folded)
        ]
        self.per_cents = {numeral.start: numeral for numeral in quantity.per_cents(folded)}
        self.fractions = {numeral.start: (numeral, below) for numeral, below in quantity.fractions(folded)}
        self.doubled = [m.start() for m in re.finditer("翻番", folded)]

    def findings(self) -> Iterator[Finding]:
        """The findings, in order; each numeral belongs to exactly one."""
        done = 0
        numerals = list(quantity.numerals(self.folded))
        marks: list[tuple[int, quantity.Numeral | None]] = [(n.start, n) for n in numerals]
        marks += [(at, None) for at in self.doubled]
        for at, numeral in sorted(marks, key=lambda mark: mark[0]):
            if at < done:
                continue
            found = self._doubled(at) if numeral is None else self._finding(numeral)
            if found is not None:
                yield found
                done = found.end

    def _doubled(self, at: int) -> Quantity | None:
        return None if self._in_quotes(at) else self._quantity(at, at + 2, Decimal(1), "番")

    def _in_quotes(self, at: int) -> tuple[int, int] | None:
        return next((span for span in self.quoted if span[0] <= at < span[1]), None)

    def _finding(self, numeral: quantity.Numeral) -> Finding:
        quotes = self._in_quotes(numeral.start)
        if quotes:
            return NoQuantity(quotes[0], quotes[1], NAME)
        rank = self._ordinal(numeral)
        if rank is not None:
            return rank
        if numeral.start in self.per_cents:
            words = self.per_cents[numeral.start]
            assert words.value is not None, "a percentage without a value is none"
            found = self._quantity(words.start, words.end, words.value, "%")
            if found is not None:
                return found
        if numeral.start in self.fractions:
            fraction, below = self.fractions[numeral.start]
            if fraction.value is not None:
                found = self._quantity(fraction.start, fraction.end, fraction.value, f"/{below}")
                if found is not None:
                    return found
        reason = self._calendar(numeral)
        if reason is not None:
            return reason
        return self._measured(numeral) or self._founded(numeral) or self._none(numeral)

    # ── Ordinals and ranks ──────────────────────────────────────────────────────────────────────────

    def _ordinal(self, numeral: quantity.Numeral) -> Finding | None:
        """第…, 首… and 前… with a numeral: a rank or an ordinal; None for any other numeral."""
        folded, start, end = self.folded, numeral.start, numeral.end
        before = self._before(start)
        if numeral.text == "首":
            if folded.startswith("位", end) and not folded.startswith("位数", end):
                return self._rank(start, end + 1, Decimal(1))
            if before.endswith(("之", "居", "列")) and _RANK_ENDS.match(folded, end):
                return self._rank(start, end, Decimal(1))
            return NoQuantity(start, end + 1, FIRST)
        if before.endswith(("前", "后")) and numeral.value is not None:
            top = _TOP.match(folded, end)
            return NoQuantity(start - 1, top.end(), TOP) if top else None
        if not before.endswith("第"):
            return None
        if numeral.value is not None:
            unit = _PLACE_UNIT.match(folded, end)
            if unit or (re.search(_PLACED, before) and _RANK_ENDS.match(folded, end)):
                return self._rank(start, unit.end() if unit else end, numeral.value)
        behind = re.compile(r"[一-鿿]").match(folded, end)
        return NoQuantity(start - 1, behind.end() if behind else end, ORDINAL)

    def _rank(self, start: int, end: int, value: Decimal) -> Finding:
        """The rank whose numeral begins at *start*, 第 before it, 位 or 名 behind it up to *end*."""
        offset = max(0, start - _NEAR)
        reading = quantity.read(self.text[offset : end + 1], value, "位", start - offset, start - offset + 1)
        if reading is None or value != value.to_integral_value() or not 1 <= value <= LAST_RANK:
            return NoQuantity(start, end, ORDINAL)
        first, behind = offset + reading.start, offset + reading.end
        return Quantity(first, behind, first, max(behind, end), value, None, "位", (), ordinal=True)

    # ── Years, dates, spans ─────────────────────────────────────────────────────────────────────────

    def _calendar(self, numeral: quantity.Numeral) -> NoQuantity | None:
        folded, start, end = self.folded, numeral.start, numeral.end
        behind = folded[end : end + _NEAR]
        if _YEAR.fullmatch(numeral.text) and not _UNIT_BEHIND.match(behind):
            match = re.match(r"(?:年)?(?:[-—–~至到]+(?:19|20)\d\d)?(?:年度|年底|年末|年初|年)?", behind)
            assert match is not None
            return NoQuantity(start, end + match.end(), YEAR)
        if re.fullmatch("[零〇一二三四五六七八九]{4}", numeral.text) and behind.startswith("年"):
            return NoQuantity(start, end + 1, YEAR)
        months = re.match(r"(?:[-—–~至到]\d{1,2})?月(?!均)(?:\d{1,2}日|底|末|份)?|[-—–~至到]\d{1,2}月", behind)
        if months and numeral.text.isdecimal() and len(numeral.text) <= 2:
            return NoQuantity(start, end + months.end(), DATE)
        if behind.startswith("日") and re.search(r"月$|月\d+[-—至]$", self._before(start)):
            return NoQuantity(start, end + 1, DATE)
        if re.fullmatch("十[一二三四五]五", numeral.text):
            return NoQuantity(start, end, NAME)
        years = re.match(r"(?:[-—–~至到]\d+)?[余多]?个?(?:年|季度|周年|世纪|月)", behind)
        if years and not re.search(r"(?:缩短|延长|压缩|寿命|年龄|期限)[^,。;]{0,6}$", self._before(start)):
            return NoQuantity(start, end + years.end(), SPAN)
        return None

    # ── Quantities with a unit ──────────────────────────────────────────────────────────────────────

    def _measured(self, numeral: quantity.Numeral) -> Finding | None:
        """The numeral as a quantity, or why it counts nothing; None where no unit of measure stands behind it."""
        if self._glued(numeral):
            return None
        chinese = not numeral.text[0].isdecimal()
        value, end, upper = numeral.value, numeral.end, None
        if numeral.text[0] in "万亿":  # 近万家 is 1 万家: the scale belongs to the unit
            value, end = Decimal(1), numeral.start
        if value is None:
            return None
        if _MINUS.search(self._before(numeral.start)):
            value = -value
        span = self._range(numeral)
        if span is not None:
            upper, end = span
        unit = _UNIT.match(self.folded, end)
        assert unit is not None, "every part of it may be empty"
        unitless = not chinese and not unit[0] and quantity.is_unitless_at(self.folded, end)
        if unitless and (_INDEX.search(self._before(end)) or _MOVES.search(self._before(end))):
            return self._quantity(numeral.start, end, value, "", upper)
        listed = None if chinese or span else _LISTED.match(self.folded, end)
        if listed and not unit["scale"] and not unit["latin"] and unit["measure"] in (None, "个"):
            return self._quantity(numeral.start, end, value, listed["unit"])
        if not (unit["measure"] or unit["latin"] or unit["scale"]) or unit["more"] == "来":
            return None
        start, reason = self._no_count(numeral, unit, chinese)
        if reason is not None:
            return NoQuantity(start, unit.end(), reason)
        words = "".join(unit[part] or "" for part in ("scale", "measure", "latin", "set", "per"))
        if unit["set"]:
            words = self.text[unit.end() - len(words) : unit.end()]  # 台（套）, as wide as it is printed
        return self._quantity(numeral.start, unit.end(), value, words, upper)

    def _glued(self, numeral: quantity.Numeral) -> bool:
        """Whether the numeral is part of a name in Latin letters or of a code: C919, 5G, 1+8, 7×24."""
        before, behind = self._before(numeral.start)[-1:], self.folded[numeral.end : numeral.end + 1]
        if numeral.text[0].isdecimal():
            return (
                bool(_LATIN_LETTER.match(before))
                or before in ("+", "×", "*", "№", "#", "/", "^")
                or behind in ("+", "×")
            )
        return False

    def _range(self, numeral: quantity.Numeral) -> tuple[Decimal, int] | None:
        """The upper end of a range that begins here, and where its number ends; None where there is no range."""
        following = quantity.numeral_from(self.folded, numeral.end)
        if following is None or following.start - numeral.end > 8 or numeral.value is None:
            return None
        if not _RANGE_SIGN.fullmatch(self.folded[numeral.end : following.start]):
            return None
        if re.search("[从由自]$", self._before(numeral.start)):
            return None
        value = following.value
        between = re.match(rf"(?:{_SCALE})?(?:{_MEASURE})|(?:{_SCALE})", self.folded[numeral.end : following.start])
        unit = _UNIT.match(self.folded, following.end)
        if (
            value is None
            or value <= numeral.value
            or unit is None
            or not (unit["measure"] or unit["scale"] or unit["latin"])
        ):
            return None
        whole = (unit["scale"] or "") + (unit["measure"] or "")
        if between and between[0] not in (whole, unit["scale"]):
            return None
        return value, following.end

    def _no_count(self, numeral: quantity.Numeral, unit: re.Match[str], chinese: bool) -> tuple[int, str | None]:
        """Where the words begin of a numeral that counts nothing although a unit follows, and why (None: it counts)."""
        start, before = numeral.start, self._before(numeral.start)
        behind, measure = self.folded[unit.end() : unit.end() + _NEAR], unit["measure"] or ""
        more = bool(unit["more"] or unit["inside"])
        if before.endswith("每") and numeral.text.strip("0") in _ONES:
            return start - 1, BASE
        if measure == "岁" and re.match("以[上下]", behind):
            return start, LABEL
        if (measure == "条" and _RULES.search(before)) or (measure == "小时" and numeral.text == "24"):
            return start, NAME
        if (unit["measure"] or unit["latin"]) in _DIMENSIONS and _PRODUCT_BEHIND.match(behind):
            return start, NAME
        if numeral.value == 1 and _ONE_IN_SO_MANY.search(before):
            return start, VAGUE
        if chinese and numeral.text in _ROUND and unit["scale"] and _MARK_BEHIND.match(behind):
            return start, VAGUE
        if chinese and numeral.text[0] in "百千万亿" and not (more or _HEDGED.search(before)):
            return start, VAGUE
        if _CLASS_BEHIND.match(behind) or (not chinese and _THRESHOLD.match(behind)):
            return start, LABEL
        if _STRUCTURE.match(behind) and measure in ("个", "项", "条"):
            return start, LABEL
        if measure in _WORD_BEHIND and re.match(_WORD_BEHIND[measure], behind):
            return start, WORD
        if measure in ("分", "点", "度") and not _FREE.match(behind):
            return start, WORD
        if not chinese or measure in _SIGNS:
            return start, VAGUE if chinese and _SOME.search(before) else None
        return start, self._no_chinese_count(numeral, measure, before, behind, more)

    def _no_chinese_count(
        self, numeral: quantity.Numeral, measure: str, before: str, behind: str, more: bool
    ) -> str | None:
        """Why a numeral in Chinese characters counts nothing: it is indefinite (一个), or part of a word (二次)."""
        hedged = _HEDGED.search(before) is not None
        free = _FREE.match(behind) is not None
        if _SOME.search(before):
            return VAGUE
        if numeral.value == 1 and not (free and re.search(r"[一-鿿”》)]$", before)):
            return VAGUE
        if numeral.value == 1 and measure in _INDEFINITE and not hedged:
            return VAGUE
        if measure in _FREE_ONLY and not (free or hedged or more):
            return WORD
        return None

    def _before(self, start: int) -> str:
        return self.folded[max(0, start - _NEAR) : start]

    def _quantity(
        self, start: int, end: int, value: Decimal, unit: str, upper: Decimal | None = None
    ) -> Quantity | None:
        """The quantity as `quantity.read` finds it; None when it does not, so that no draft states what cannot load."""
        offset = max(0, start - _NEAR)
        around = self.text[offset : end + _NEAR]
        reading = quantity.read(around, value, unit, start - offset, start - offset + 1, upper)
        if reading is None and upper is not None:
            upper = None
            reading = quantity.read(around, value, unit, start - offset, start - offset + 1)
        if reading is None or reading.start != start - offset:
            return None
        before = self._before(start)
        hedges = quantity.hedges_before(before)
        # 约占全省的三成, 累计达到: the words between hedge and number belong to the clause.
        between = list(_BETWEEN.finditer(before, hedges))
        first = start - len(before) + (between[-1].end() if between else hedges)
        last = offset + quantity.hedge_behind(around, reading.end)
        qualifiers = tuple(name for name in reading.qualifiers if name != "cumulative")
        return Quantity(start, offset + reading.end, first, last, value, upper, unit, qualifiers)

    def _founded(self, numeral: quantity.Numeral) -> Quantity | None:
        """三大 where it counts what was founded (成立…三大共同体), and is not only a label."""
        counts = numeral.value is not None and self.folded.startswith("大", numeral.end)
        if not counts or numeral.value is None or not _FOUNDED.search(self._before(numeral.start)):
            return None
        return self._quantity(numeral.start, numeral.end, numeral.value, "大")

    # ── What is left ────────────────────────────────────────────────────────────────────────────────

    def _none(self, numeral: quantity.Numeral) -> NoQuantity:
        folded, start, end = self.folded, numeral.start, numeral.end
        before, behind = self._before(start), folded[end : end + _NEAR]
        if not start and re.match(r"[、.．)]", behind) and not re.match(r"\.\d", behind):
            return NoQuantity(start, end + 1, HEADING)
        if before in ("(", "第") or (
            re.match(r"(?:是|要|则|为)(?=[一-鿿])", behind) and re.search(r"(?:^|[。;,:])$", before)
        ):
            return NoQuantity(start, end, HEADING)
        if before.endswith("每"):
            return NoQuantity(start - 1, end, BASE)
        if numeral.text[0] in "百千万亿" and numeral.value is None and behind[:1] == "人":
            return NoQuantity(start, end + 1, BASE)
        if numeral.text[0].isdecimal():
            left = re.search(r"[A-Za-z0-9.+\-]*$", before)
            right = re.match(
                r"[A-Za-z0-9+\-]*(?:类|期|号|代|级|批|届|强|版|线|轮|型|条|大|计划|工程|行动|专项)?", behind
            )
            assert left is not None and right is not None
            first, last = start - len(before) + left.start(), end + right.end()
            reason = NAME if last - first > end - start else BARE
            return NoQuantity(min(first, start), last, reason)
        word = re.match(r"[一-鿿]", behind)
        if behind[:1] in ("大", "类", "级", "期", "代", "方", "者", "地", "市", "线", "化") or behind[:2] == "重":
            return NoQuantity(start, end + 1, LABEL)
        if word:
            return NoQuantity(start, end + 1, VAGUE if numeral.text == "一" and behind[0] in "批系些定" else WORD)
        first = start - 1 if re.search(r"[一-鿿]$", before) else start
        return NoQuantity(first, end, WORD)
