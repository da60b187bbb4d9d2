"""Numerals in running text: where each begins and ends, what it says, its printed sign, and ranges of two.

A numeral is taken whole: 十二点五, 4,850, 4 850, 10万4850. What is written like a number and follows no rule of
writing one (1,4850) is a numeral without a value, so that no part of it passes for the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

EXACT = Context(prec=120)
"""Wide enough that no figure within `MAGNITUDE` is rounded by scaling, nor the quotient of two to more digits."""

MAGNITUDE = 30
"""Figures reach from 10**-30 to 10**30; what lies beyond is a slip of the keyboard."""

MOST_DIGITS = 24
"""Digits that a figure is printed with at most: the ends of what they leave open are then exact in decimal arithmetic,
which has 28."""

SCALES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3,
}  # fmt: skip
"""Powers of ten that stand between a number and its unit."""

_HYPHENS = "\u2010\u2011\ufe63"
"""Hyphens that word processors write: the typographic one, one that breaks no line, a small one."""

_SCALES_OF_STEPS = {**SCALES, "百": 2}
"""Those that a step of a number may end in: 3千5百."""

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20} | {ord(c): 0x2D for c in _HYPHENS}
_FULL_WIDTH = re.compile(f"[\uff01-\uff5e\u3000{_HYPHENS}]")
_COMMA_BETWEEN_DIGITS = re.compile("(?<=[0-9])，(?=[0-9])")
_COMMA_OF_THOUSANDS = re.compile(
    r"(?<![0-9.])(?<!第)(?<!得分)(?<!评分)(?<!指数)(?<!排名)(?<!名列)(?<!位列)[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])"
)
"""Full-width commas that group the digits of one number (4，850). Behind a rank or a score they end its clause."""

_SPACE = re.compile(r"\s+")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")
_KEPT = "\ufffe"
"""Stands for a space while others are taken out; a noncharacter, so that no text has it."""

_LONGEST_WORDS = 40
"""Characters of a number in words; what is longer is none."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {
    "〇": 0, "两": 2, "首": 1, "廿": 20, "卅": 30, "百": 100, "千": 1000,
}  # fmt: skip
HAN = "零〇一二三四五六七八九十百千两廿卅"
"""Characters of Chinese numerals that stand alone, too."""

# 伍, 陆, 拾 and others stand in ordinary words too (队伍, 大陆, 收拾): alone they are no numerals.
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_DECIMALS = "零〇一二三四五六七八九"
_NUMERAL = re.compile(
    # What a numeral may begin with comes first: most characters begin none, and are passed over at once.
    rf"(?=[\d{HAN}{_FORMAL}首万亿])(?:"
    # A rank ends before a comma: 第5,120家 are two numbers.
    r"(?<=第)\d+(?:\.\d+)?"
    # 390万65岁 are two numbers: nobody writes 3900065 so.
    r"|\d+亿\d{1,4}(?:(?=万(?!\d))|万\d{3,4}(?![\d.,]))|\d+万\d{3,4}(?![\d.,])"
    # GB/T 15835 groups thousands with a narrow space; the cells of a table are not followed by a unit.
    r"|(?<![\d.][ \u2009\u202f\xa0])\d{1,3}(?:[ \u2009\u202f\xa0]\d{3})+(?:\.\d+)?(?=[%‰\u4e00-\u9fff])"
    r"|\d+(?:[,'’′_·‧﹒﹐]\d+)*(?:\.\d+)*"
    rf"|[{HAN}]+点[{_DECIMALS}]+(?![{HAN}分刻线])"
    rf"|[{HAN}]+(?:亿[{HAN}]{{2,}})?(?:万[{HAN}]{{2,}})?"
    rf"|[{_FORMAL}][{_FORMAL}零]*[万亿][{_FORMAL}零万亿]*[{_FORMAL}][万亿]?|[{_FORMAL}]{{2,}}|[壹贰叁柒捌玖]"
    r"|首(?=[位次个家艘届批款台座项例部])|(?<=[之居列])首(?=$|[,，。;；、)）])"
    rf"|(?<![\d{HAN}{_FORMAL}万亿余多])[万亿]+)"
)
_STEP = re.compile(
    rf"(?P<scale>千万|百万|十万|[万亿千百])(?P<zero>[零〇]?)(?P<next>\d+|[一二两三四五六七八九十][{HAN}]*)(?P<last>千万|百万|[万亿千百])?"
)
"""One more step of a number in several: the 万5千 of 3万5千, the 亿五千万 of 1亿五千万."""
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:[,'’ \u2009\u202f\xa0]\d{3})+(?:\.\d+)?")
_APPROXIMATE = re.compile("[一二两三四五六七八九]{2}")
"""Two digits without ten: 三五家 are three to five."""
_SEPARATORS = re.compile(r"[,'’ \u2009\u202f\xa0]")

RANGE_SIGNS = "[-–―~～∼〜]|(?<!—)——?(?!—)"

_FRACTION = re.compile(
    r"(?P<below>(?<!\d)\d+|(?<![二两三四五六七八九十百千])[二两三四五六七八九十百千]+)分之"
    rf"(?P<above>\d+(?:\.\d+)?|[一二两三四五六七八九十百零]+(?:点[{_DECIMALS}]+)?)"
    r"|(?<![\d/])(?P<over>\d+)/(?P<under>\d+)(?![\d/])|(?P<half>一半)"
)
_PER_CENT = re.compile(
    rf"(?<![{HAN}])百分之(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{HAN}]+(?:点[{_DECIMALS}]+)?)"
    # 百分之三至五 is a range; 由百分之三至百分之五 are two.
    rf"(?!(?:{RANGE_SIGNS}|至|到)(?!百分之)[\d{HAN}])(?![\d.,]*\d)"
)
_SIGN = re.compile("(?:(?<![A-Za-z0-9%‰)])[-–]|(?<![A-Za-z0-9%‰])−|(?<![肩担背抱辜胜欺减增税重自])负|零下)$")
"""A printed minus. Behind a letter or a digit the sign is a hyphen (PD-1) or a range (3-5)."""


class Numeral(NamedTuple):
    """A number in a text: where it stands and, where it can be read, what it says."""

    start: int
    end: int
    text: str
    value: Decimal | None


def fold_width(text: str) -> str:
    """*text* with full-width ASCII made half-width, character by character, so that positions stay.

    A full-width comma between half-width digits ends a clause (第5，120家) and must not become one of 5,120, unless
    the digits are grouped by it (成交额4，850).
    """
    if not _FULL_WIDTH.search(text):
        return text
    if "，" in text:
        text = _COMMA_OF_THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)
        text = _COMMA_BETWEEN_DIGITS.sub("；", text)
    return text.translate(_WIDTH)


def without_space(folded: str) -> str:
    """*folded* without white space; between two numbers, as in the cells of a table, one space is kept."""
    return _SPACE.sub("", _SPACE_BETWEEN_NUMBERS.sub(_KEPT, folded)).replace(_KEPT, " ")


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of *text*, Arabic or Chinese, 首 as an ordinal included."""
    folded = fold_width(text)
    match = _NUMERAL.search(folded)
    while match:
        numeral = _numeral(match, folded)
        yield numeral
        match = _NUMERAL.search(folded, numeral.end)


def numeral_from(text: str, start: int) -> Numeral | None:
    """The first numeral of *text* from *start* on."""
    folded = fold_width(text)
    match = _NUMERAL.search(folded, start)
    return _numeral(match, folded) if match else None


def numeral_at(folded: str, start: int) -> Numeral | None:
    """The numeral of *folded* that begins at *start*."""
    match = _NUMERAL.match(folded, start)
    return _numeral(match, folded) if match else None


def _numeral(match: re.Match[str], folded: str) -> Numeral:
    end = _end_of_steps(folded, match)
    words = folded[match.start() : end]
    compound = words[0] not in "万亿" + _FORMAL and ("万" in words or "亿" in words)
    if end > match.end() or not compound:
        value = _stepped_value(words) if end > match.end() else numeral_value(words)
    elif folded.startswith("万", end):  # 3亿2000万 is 32000 of 万
        whole = _stepped_value(f"{words}万", "亿万")
        value = whole and whole // 10 ** SCALES["万"]
    else:
        value = _stepped_value(words, "亿万")  # 10万4850
    return Numeral(match.start(), end, words, value)


def _end_of_steps(folded: str, match: re.Match[str]) -> int:
    """Where the number ends that goes on behind *match* in steps, with an Arabic digit in one: 3万5千, 1亿零50万."""
    end = match.end()
    if match[0][0] in "万亿首":
        return end
    last = ""
    while end - match.start() < _LONGEST_WORDS and (step := _STEP.match(folded, end - len(last))):
        fills = step["next"].isdecimal() and len(step["next"]) == _SCALES_OF_STEPS[step["scale"]]
        arabic = any(map(str.isdecimal, folded[match.start() : step.end()]))
        if not (arabic and (step["last"] or step["zero"] or fills or not step["next"].isdecimal())):
            break
        end, last = step.end(), step["last"] or ""
        if not last:
            break
    return end


def _stepped_value(words: str, scales: str = "亿万千百") -> Decimal | None:
    """The value of a number in steps that end in *scales*, each smaller than the unit of the one before; else None."""
    scale = next((scale for scale in scales if scale in words), None)
    if scale is None:
        return numeral_value(words) if words else None
    above, _, below = words.rpartition(scale)
    many, rest = _stepped_value(above, scales), _stepped_value(below.lstrip("零〇") or "0", scales)
    if many is None or rest is None or many != many.to_integral_value() or rest.adjusted() >= _SCALES_OF_STEPS[scale]:
        return None
    return _in_range(scaled(many, _SCALES_OF_STEPS[scale]) + rest)


def _in_range(value: Decimal) -> Decimal | None:
    return value if is_in_range(value) else None


def is_in_range(value: Decimal) -> bool:
    """Whether a figure can be *value*: within `MAGNITUDE` and `MOST_DIGITS`."""
    _, digits, exponent = value.as_tuple()
    return len(digits) <= MOST_DIGITS and value.adjusted() <= MAGNITUDE and int(exponent) >= -MAGNITUDE


@lru_cache(1000)
def numeral_value(numeral: str) -> Decimal | None:
    """What *numeral* says, its decimals kept; None for a bare 万 or what no reading exists for."""
    if numeral[0].isdecimal():
        return _in_range(Decimal(_SEPARATORS.sub("", numeral))) if _PLAIN.fullmatch(numeral) else None
    if len(numeral) == 1:
        digit = _DIGITS.get(numeral)
        return None if digit is None else Decimal(digit)
    if numeral[0] in "万亿" or len(numeral) > _LONGEST_WORDS:
        return None
    if _APPROXIMATE.fullmatch(numeral):
        return None
    whole, _, decimals = numeral.partition("点")
    if decimals:
        integer = numeral_value(whole) if whole else None
        digits = "".join(str(_DIGITS[digit]) for digit in decimals)
        return None if integer is None else Decimal(f"{integer}.{digits}")
    import cn2an  # type: ignore[import-untyped] # slow to import, and few figures need it

    try:
        return Decimal(cn2an.cn2an(numeral, "smart"))
    except (ValueError, KeyError):  # 廿〇 is a KeyError
        return None


def same_digits(printed: Decimal, entered: Decimal) -> bool:
    """Whether the two are the same number with the same number of decimals: 3.50 is not 3.5."""
    return printed == entered and printed.same_quantum(entered)


def scaled(value: Decimal, power: int) -> Decimal:
    """*value* times 10**power, exactly, without an exponent in its digits."""
    return Decimal(format(EXACT.scaleb(value, power), "f"))


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


def sign_before(folded: str, start: int) -> int:
    """Where the printed minus (-, −, 负, 零下) begins that belongs to the number at *start*; *start* without one."""
    match = _SIGN.search(folded, max(0, start - 2), start)
    return match.start() if match else start
