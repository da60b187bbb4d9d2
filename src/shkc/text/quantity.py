"""Figures in running Chinese text: numerals, units, hedges, normalised values, bounds.

A figure is read *for* a value and a unit that somebody entered: `read` finds where they stand in an excerpt and
what hedges surround them, or that they do not stand there at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

EXACT = Context(prec=120)
"""Wide enough that no figure within `MAGNITUDE` is rounded by scaling, nor the quotient of two to more digits."""

MAGNITUDE = 30
"""Figures reach from 10**-30 to 10**30; what lies beyond is a slip of the keyboard."""

KNOWN_UNITS = 1000
"""Units whose meaning is remembered: reports have some dozens."""

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")

_COMMA_OF_CLAUSES = re.compile("(?<=[0-9])，(?=[0-9])")
_SPACE = re.compile(r"\s+")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")
_LONGEST_WORDS = 40
"""Characters of a number in words; what is longer is none."""
_KEPT = "\ufffe"
"""Stands for a space while others are taken out; a noncharacter, so that no text has it."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {
    "〇": 0, "两": 2, "首": 1, "廿": 20, "卅": 30, "百": 100, "千": 1000,
}  # fmt: skip

# 伍, 陆, 拾 and others stand in ordinary words too (队伍, 大陆, 收拾): alone they are no numerals.
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMERAL = re.compile(
    # What a numeral may begin with comes first: most characters begin none, and are passed over at once.
    rf"(?=[\d零〇一二三四五六七八九十百千两廿卅{_FORMAL}首万亿])(?:"
    r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
    rf"|[零〇一二三四五六七八九十百千两廿卅]+|[{_FORMAL}]{{2,}}|[壹贰叁柒捌玖]"
    r"|首(?=[位次个家艘届批款台座项例部])|(?<=[之居列])首(?=$|[,，。;；、)）])"
    rf"|(?<![\d零〇一二三四五六七八九十百千两廿卅{_FORMAL}万亿余多])[万亿]+)"
)

_HEDGES = {
    "about": ("大约", "约"),
    "over": ("超过", "多于", "突破", "超", "逾"),
    "nearly": ("将近", "接近", "近"),
    "at_least": ("不低于", "不少于", "至少"),
    "at_most": ("不超过", "至多"),
    "below": ("不足", "不到", "低于"),
    "estimated": ("初步统计", "初步核算", "预计", "预期", "估计", "快报数", "快报"),
    "target": ("力争", "目标"),
    "cumulative": ("累计", "累积"),
}
_HEDGES_BEHIND = {
    "about": ("左右", "上下"),
    "at_least": ("以上",),
    "at_most": ("以下", "以内"),
    "over": ("余", "多"),
}
_QUALIFIER = {word: name for table in (_HEDGES, _HEDGES_BEHIND) for name, words in table.items() for word in words}


REACHING = frozenset(("estimated", "target", "cumulative"))
"""Hedges that may stand away from the number, and hold for what follows them: 力争…，建成10家."""

QUALIFIERS = tuple(_HEDGES)
"""The standard terms for hedges, in the order in which they are listed."""


def _alternatives(table: dict[str, tuple[str, ...]]) -> str:
    words = sorted((word for words in table.values() for word in words), key=len, reverse=True)
    return "|".join(words)


# 节约, 签约 and 最近 end in a hedge word and are none.
_HEDGE = rf"(?<![节签合条违公])(?<!最)(?<!附)(?:{_alternatives(_HEDGES)})"
_BETWEEN = "(?:将?达到|将?达|将?为|至|到|了|占|在|可达)?(?:全[国省市区]的?)?"
_BEFORE = re.compile(
    rf"(?:{_HEDGE}{_BETWEEN})+$|(?<![节签合条违公])(?:大?约[为占是]|不足|不到|超过)[\u4e00-\u9fffA-Za-z]{{1,10}}的$"
)
_HEDGE_WORD = re.compile(_HEDGE)
_MAY_BE_HEDGED = re.compile(f"[{''.join(sorted({word[0] for words in _HEDGES.values() for word in words}))}]")
"""What every hedge before a number begins with: most figures have none, and this tells so at once."""
_AFAR = {
    "estimated": re.compile("|".join((*_HEDGES["estimated"], "初步测算"))),
    "target": re.compile("|".join((*_HEDGES["target"], "确保", "计划", "规划", r"到20\d\d年"))),
    "cumulative": re.compile("|".join(_HEDGES["cumulative"])),
}
_BEHIND = re.compile(_alternatives(_HEDGES_BEHIND))
_MORE = re.compile("[余多]")
_CUMULATIVE = re.compile("|".join(_HEDGES["cumulative"]))
_MEAN = re.compile("每|[日月年人户]均|平均")
_DECREASE = re.compile("下降|减少|降低|回落|下滑|收窄|缩减|负增长|-|缩小|萎缩|降|减")
_DIRECTION = re.compile(
    # What happens to a rate of growth says nothing about the figure: 降幅收窄, 增幅回落.
    r"(?P<open>[降增]幅[^,;。]{0,4}?(?:收窄|扩大|缩小|回落|提高))"
    rf"|(?P<down>{_DECREASE.pattern})|增长|增加|提高|提升|上升|扩大|[增升涨]"
)
_FRACTION = re.compile(
    r"(?P<below>(?<!\d)\d+|(?<![二两三四五六七八九十百千])[二两三四五六七八九十百千]+)分之(?P<above>\d+(?:\.\d+)?|[一二两三四五六七八九十百零]+)"
    r"|(?<![\d/])(?P<over>\d+)/(?P<under>\d+)(?![\d/])|(?P<half>一半)"
)
_PER_CENT = re.compile(
    r"百分之(?P<number>\d+(?:\.\d+)?|[零〇一二三四五六七八九十百两]+(?:点[零〇一二三四五六七八九]+)?)"
)
_DOUBLED = re.compile("翻番")
_UNITLESS = re.compile(r"$|[,。;!?、)]|左右|以[上下]|(?:提高|提升|上升|增加|增长|下降|跃升)[到至]")
"""What may stand behind an index or a score, which has no unit."""
_ELIDED = r"(?P<counter>个?)(?:[、和及]\d+(?:\.\d+)?个?)*?[、和及]\d+(?:\.\d+)?%s"
"""A list that prints its unit only once: 提高0.3、0.1和0.6个百分点."""
_RANGE = r"(?:%s|[万亿]+)?(?:-|–|—|~|～|∼|至|到)(?=[\d零〇一二三四五六七八九十百千两])"

_SCALES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4,
}  # fmt: skip
_SCALE = re.compile("|".join(sorted(_SCALES, key=len, reverse=True)))
_CURRENCIES = {
    "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY",
}  # fmt: skip
_CONTINUOUS = frozenset(
    ("", *_CURRENCIES.values(), "%", "‰", "百分点", "个百分点", "个千分点", "个基点", "倍", "成", "番", "吨", "千克",
     "公里", "千米", "米", "平方米", "平方公里", "公顷", "亩", "千瓦时", "千瓦", "小时", "年", "岁")
)  # fmt: skip
_PARTS_OF_ONE = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "成": Decimal("0.1")}
_LONGER_UNIT = re.compile(r"万|亿|元|美元|家|个|人|份|项|款|件|场|名|位|次|台|套|所|户|吨|百分点")


class Numeral(NamedTuple):
    """A number in a text: where it stands and, where it can be read, what it says."""

    start: int
    end: int
    text: str
    value: Decimal | None


class Reading(NamedTuple):
    """A figure found in a text: its extent without hedges, its wording with them, the hedges in standard terms."""

    start: int
    end: int
    display: str
    qualifiers: tuple[str, ...]
    open_above: bool
    """Whether a hedge before the number (超, 突破) leaves it open above; 余 behind it does not."""


class Bounds(NamedTuple):
    """The interval that holds the true value; None is open."""

    low: Decimal | None
    high: Decimal | None


def fold_width(text: str) -> str:
    """*text* with full-width ASCII made half-width, character by character, so that positions stay.

    A full-width comma between half-width digits ends a clause (第5，120家) and must not become one of 5,120.
    """
    if not _FULL_WIDTH.search(text):
        return text
    return _COMMA_OF_CLAUSES.sub("；", text).translate(_WIDTH)


def without_space(folded: str) -> str:
    """*folded* without white space; between two numbers, as in the cells of a table, one space is kept."""
    return _SPACE.sub("", _SPACE_BETWEEN_NUMBERS.sub(_KEPT, folded)).replace(_KEPT, " ")


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of *text*, Arabic or Chinese, 首 as an ordinal included."""
    folded = fold_width(text)
    for match in _NUMERAL.finditer(folded):
        yield Numeral(match.start(), match.end(), match[0], numeral_value(match[0]))


def numeral_value(numeral: str) -> Decimal | None:
    """What *numeral* says, its decimals kept; None for a bare 万 or what no reading exists for."""
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    if len(numeral) == 1:
        digit = _DIGITS.get(numeral)
        return None if digit is None else Decimal(digit)
    if numeral[0] in "万亿" or len(numeral) > _LONGEST_WORDS:
        return None
    import cn2an  # type: ignore[import-untyped] # slow to import, and few figures need it

    try:
        return Decimal(cn2an.cn2an(numeral, "smart"))
    except (ValueError, KeyError):  # 廿〇 is a KeyError
        return None


def same_digits(printed: Decimal, entered: Decimal) -> bool:
    """Whether the two are the same number with the same number of decimals: 3.50 is not 3.5."""
    return printed == entered and printed.same_quantum(entered)


def fractions(folded: str) -> Iterator[tuple[Numeral, int]]:
    """Every fraction of *folded*, 三分之一, 2/3 or 一半: the whole of it with its numerator, and its denominator."""
    for match in _FRACTION.finditer(folded):
        above, below = (
            ("1", "2") if match["half"] else (match["above"] or match["over"], match["below"] or match["under"])
        )
        value, denominator = numeral_value(above), numeral_value(below)
        per_cent = match["below"] == "百"
        if value is not None and denominator is not None and denominator > 1 and not per_cent:
            yield Numeral(match.start(), match.end(), match[0], value), int(denominator)


def per_cents(folded: str) -> Iterator[Numeral]:
    """Every percentage in words of *folded*, 百分之十二点五: the whole of it with its value."""
    for match in _PER_CENT.finditer(folded):
        value = numeral_value(match["number"])
        if value is not None:
            yield Numeral(match.start(), match.end(), match[0], value)


def read(
    text: str, value: Decimal, unit: str, start: int = 0, end: int | None = None, upper: Decimal | None = None
) -> Reading | None:
    """Find the first figure *value* *unit* in *text* from *start* to *end*: None when it does not stand there.

    A negative value is looked for without its sign, and needs a word like 下降 in the text. A rank (unit 位)
    may be printed as 第5位, 第一 or 首位; a fraction has the unit /3 (三分之一, 1/3); 翻番 is 1番. *upper* is the
    other end of a range (3-5家).
    """
    folded = fold_width(text)
    if value < 0 and not _DECREASE.search(folded):
        return None
    limit = len(folded) if end is None else end
    for numeral, behind, ordinal in _candidates(folded, fold_width(unit), upper):
        if (
            start <= numeral.start < limit
            and numeral.value is not None
            and same_digits(numeral.value, value.copy_abs())
        ):
            reading = _reading(text, folded, numeral, behind, ordinal)
            return reading._replace(display=_signed(folded, numeral, reading.display)) if value < 0 else reading
    return None


def _signed(folded: str, numeral: Numeral, display: str) -> str:
    """*display* with the minus sign that is printed before the number; a decline in words has none."""
    return f"-{display}" if folded[: numeral.start].endswith(("-", "−")) else display


def _candidates(folded: str, unit: str, upper: Decimal | None) -> Iterator[tuple[Numeral, int, bool]]:
    """Each numeral of *folded* that has *unit* behind it: the numeral, where the unit ends, whether it is a rank."""
    if unit.startswith("/"):
        for fraction, denominator in fractions(folded):
            if unit == f"/{denominator}":
                yield fraction, fraction.end, False
        return
    if unit == "%":
        for numeral in per_cents(folded):
            yield numeral, numeral.end, False
    if unit == "番":
        for match in _DOUBLED.finditer(folded):
            yield Numeral(match.start(), match.end(), match[0], Decimal(1)), match.end(), False
    for numeral in numerals(folded):
        found = numeral
        if numeral.text[0] in "万亿":  # 近万家 is 1 万家
            found = Numeral(numeral.start, numeral.start, numeral.text, Decimal(1))
        elif numeral.value is None:
            continue
        ordinal = folded[: numeral.start].endswith("第") or numeral.text == "首"
        last = found.end if upper is None else _range_end(folded, found.end, upper, unit)
        behind = None if last is None else _unit_end(folded, last, unit, ordinal)
        if behind is not None:
            yield found, behind, ordinal


def _range_end(folded: str, end: int, upper: Decimal, unit: str) -> int | None:
    """Where the number *upper* ends that a range (3-5家, 20%-30%) names behind its first number; None without one."""
    sign = re.compile(_RANGE % re.escape(unit)).match(folded, end)
    following = _NUMERAL.match(folded, sign.end()) if sign else None
    if following is None:
        return None
    value = numeral_value(following[0])
    return following.end() if value is not None and same_digits(value, upper) else None


def upper_end(text: str, value: Decimal, unit: str) -> Decimal | None:
    """The upper end of a range in *text* that begins with *value* and has *unit*; None when there is no such range."""
    folded, unit = fold_width(text), fold_width(unit)
    for numeral in numerals(folded):
        if numeral.value is not None and same_digits(numeral.value, value):
            sign = re.compile(_RANGE % re.escape(unit)).match(folded, numeral.end)
            following = _NUMERAL.match(folded, sign.end()) if sign else None
            if following and _unit_end(folded, following.end(), unit, ordinal=False) is not None:
                return numeral_value(following[0])
    return None


def _unit_end(folded: str, end: int, unit: str, ordinal: bool) -> int | None:
    """Where *unit* ends behind a number that ends at *end*; None where another unit is printed."""
    if not unit:
        return end if is_unitless_at(folded, end) else None
    if folded[end : end + 1] in ("余", "多"):
        end += 1
    behind = None
    if folded.startswith(unit, end):
        behind = end + len(unit)
    elif scale := _SCALE.match(unit):  # 三万余人 has the unit 万人
        rest = unit[scale.end() :]
        at = end + scale.end()
        if rest and folded.startswith(scale[0], end) and folded[at : at + 1] in ("余", "多"):
            behind = at + 1 + len(rest) if folded.startswith(rest, at + 1) else None
    if behind is None and (listed := re.compile(_ELIDED % re.escape(unit)).match(folded, end)):
        return end + len(listed["counter"])
    if behind is not None:
        # 4850亿元 does not have the unit 亿, nor 百分点 the unit 百.
        return None if unit[-1:] in ("万", "亿", "百", "千") and _LONGER_UNIT.match(folded, behind) else behind
    return end if unit == "位" and ordinal else None


def _reading(text: str, folded: str, numeral: Numeral, end: int, ordinal: bool) -> Reading:
    start = numeral.start - (1 if ordinal and numeral.text != "首" else 0)
    hedged = _MAY_BE_HEDGED.search(folded, 0, start) is not None
    before = _BEFORE.search(folded, 0, start) if hedged else None
    words = _HEDGE_WORD.findall(before[0]) if before else []
    behind = _BEHIND.match(folded, end)
    inside = _MORE.search(folded, numeral.end, end) is not None
    found = {_QUALIFIER[word] for word in words}
    if inside:
        found.add("over")
    if behind:
        found.add(_QUALIFIER[behind[0]])
    found.discard("cumulative")
    if hedged and _CUMULATIVE.search(folded, 0, start):
        found.add("cumulative")
    printed = text[start:end] + (behind[0] if behind else "")
    hedges = "".join(word for word in words if _QUALIFIER[word] != "cumulative")
    open_above = any(_QUALIFIER[word] == "over" for word in words)
    return Reading(start, end, hedges + printed, tuple(name for name in _HEDGES if name in found), open_above)


def hedges_before(text: str) -> int:
    """Where the hedges begin that *text* ends with; its length when it ends with none."""
    match = _BEFORE.search(fold_width(text))
    return match.start() if match else len(text)


def hedge_behind(text: str, end: int) -> int:
    """Where the hedge behind a figure ends that stands in *text* up to *end*; *end* when there is none."""
    match = _BEHIND.match(fold_width(text), end)
    return match.end() if match else end


def is_unitless_at(folded: str, end: int) -> bool:
    """Whether a number that ends at *end* of *folded* has no unit behind it, as an index or a score has none."""
    return _UNITLESS.match(folded, end) is not None


def numeral_from(text: str, start: int) -> Numeral | None:
    """The first numeral of *text* from *start* on."""
    match = _NUMERAL.search(fold_width(text), start)
    return Numeral(match.start(), match.end(), match[0], numeral_value(match[0])) if match else None


def reaching(text: str) -> frozenset[str]:
    """The hedges in *text* that may hold for what follows it, however far: 力争, 预计, 累计."""
    folded = fold_width(text)
    return frozenset(name for name, words in _AFAR.items() if words.search(folded))


def direction(text: str, value: Decimal, unit: str) -> int:
    """Whether *text* says that the growth *value* *unit* in it is a rise (1) or a decline (-1); 0 when it does not say.

    The word nearest before the figure counts, else the first behind it.
    """
    reading = read(text, value, unit)
    folded = fold_width(text)
    at = len(folded) if reading is None else reading.start
    before = list(_DIRECTION.finditer(folded, 0, at))
    word = before[-1] if before else _DIRECTION.search(folded, at)
    if word is None or word["open"]:
        return 0
    return -1 if word["down"] else 1


def is_mean(text: str) -> bool:
    """Whether *text* states an average or a rate (每, 日均, 人均), whose whole numbers are rounded."""
    return _MEAN.search(text) is not None


@lru_cache(KNOWN_UNITS)
def scale_and_base(unit: str) -> tuple[int, str]:
    """The power of ten in *unit* and the rest of it: 亿元 is (8, 元), 万份 is (4, 份), % is (0, %)."""
    match = _SCALE.match(unit)
    return (_SCALES[match[0]], unit[match.end() :]) if match else (0, unit)


@lru_cache(KNOWN_UNITS)
def split_unit(unit: str) -> tuple[int, str]:
    """As `scale_and_base`, with the currency's ISO 4217 code: 亿元 is (8, CNY)."""
    power, base = scale_and_base(unit)
    return power, _CURRENCIES.get(base, base)


def scaled(value: Decimal, power: int) -> Decimal:
    """*value* times 10**power, exactly, without an exponent in its digits."""
    if not power and int(value.as_tuple().exponent) <= 0:
        return value
    return Decimal(format(EXACT.scaleb(value, power), "f"))


def amount(text: str) -> tuple[Decimal, str] | None:
    """The normalised value and unit of an amount as a person types it: 100, 2.4万 or 10亿元; None when it is none.

    The unit is empty when none is typed.
    """
    match = re.fullmatch(r"\s*([+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)\s*(\D*)", fold_width(text))
    if match is None:
        return None
    power, base = split_unit(match[2].strip())
    return scaled(Decimal(match[1].replace(",", "")), power), base


def part_of_one(unit: str) -> Decimal | None:
    """What one of *unit* is of the whole: % is 0.01, 成 is 0.1, /3 is a third; None for a unit that is no part."""
    if unit.startswith("/") and unit[1:].isdecimal():
        return EXACT.divide(Decimal(1), Decimal(unit[1:]))
    return _PARTS_OF_ONE.get(unit)


def is_part(unit: str) -> bool:
    """Whether *unit* says how much of a whole: %, 成, /3."""
    return part_of_one(unit) is not None


@lru_cache(KNOWN_UNITS)
def is_count(unit: str) -> bool:
    """Whether *unit* counts things one by one, so that a whole number of them is exact."""
    power, base = split_unit(unit)
    return power == 0 and base not in _CONTINUOUS and not unit.startswith("/")


def bounds(value: Decimal, unit: str, reading: Reading, *, mean: bool = False) -> Bounds:
    """The interval of the true figure, in *unit*, by the rules of `docs/fact-file.md`, *Hedges*.

    *mean* says that the figure is an average, so that a whole number is not exact.
    """
    # A fraction is a rounded part of the whole: a tenth of its numerator, not one more third, is what it leaves open.
    last_digit = value.copy_abs() / 10 if unit.startswith("/") else Decimal(1).scaleb(int(value.as_tuple().exponent))
    qualifiers = reading.qualifiers
    if "over" in qualifiers and not reading.open_above:
        return Bounds(value, value + _last_nonzero_digit(value))
    if "over" in qualifiers or "at_least" in qualifiers:
        return Bounds(value, None)
    if "at_most" in qualifiers or "below" in qualifiers:
        return Bounds(None, value)
    if "nearly" in qualifiers:
        return Bounds(EXACT.multiply(value, Decimal("0.9")), value)
    if "about" in qualifiers:
        return Bounds(value - last_digit, value + last_digit)
    if is_count(unit) and value == value.to_integral_value() and not mean:
        return Bounds(value, value)
    half = last_digit / 2
    return Bounds(value - half, value + half)


def _last_nonzero_digit(value: Decimal) -> Decimal:
    digits = value.normalize(EXACT)
    return Decimal(1).scaleb(int(digits.as_tuple().exponent))


def divide(dividend: Bounds, divisor: Bounds) -> Bounds:
    """Interval quotient of two non-negative intervals, *divisor* above 0 (Moore, *Interval Analysis*, 1966)."""
    low = None if dividend.low is None or divisor.high is None else EXACT.divide(dividend.low, divisor.high)
    high = None if dividend.high is None or not divisor.low else EXACT.divide(dividend.high, divisor.low)
    return Bounds(low, high)


def outward(interval: Bounds, exponent: int) -> Bounds:
    """*interval* rounded outward to 10**exponent, so that it still holds the true value."""
    unit = Decimal(1).scaleb(exponent)
    return Bounds(
        None if interval.low is None else interval.low.quantize(unit, ROUND_FLOOR, EXACT),
        None if interval.high is None else interval.high.quantize(unit, ROUND_CEILING, EXACT),
    )


def whole_numbers(interval: Bounds) -> Bounds:
    """The whole numbers that *interval* holds: rounded inward, as for a count."""
    unit = Decimal(1)
    return Bounds(
        None if interval.low is None else interval.low.quantize(unit, ROUND_CEILING, EXACT),
        None if interval.high is None else interval.high.quantize(unit, ROUND_FLOOR, EXACT),
    )
