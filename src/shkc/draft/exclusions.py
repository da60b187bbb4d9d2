"""Numerals that look like quantities and are none: dates, labels, names, words. Each with its reason, in Chinese.

The reasons stand in the drafted file, for the person who reviews it.
"""

from __future__ import annotations

import re

from shkc.text import units
from shkc.text.numerals import Numeral
from shkc.text.units import PrintedUnit
from shkc.text.word_classes import segmented

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

_STRUCTURE = re.compile("(?:个|大|项|条)?(?:方面|面向|坚持|统筹|自信|大局|意识|原则|指标|规定|重点工作)")
"""What is counted is the text's own parts or a slogan: 四个方面, 四个面向, 八项规定."""
_MARKS = re.compile("[百千万亿]*元?级?(?:大关|台阶)")
"""What is counted is marks that something has passed: 连续跨过3个万亿元大关."""
_THRESHOLD = re.compile(r"及?以[上下内]的?(?!的)[\u4e00-\u9fff“”]{2,14}\d")
"""What makes an amount the limit of a class that is counted: 1亿元以上的项目12个."""
_CLASS_OF_SIZE = re.compile(r"及?以[上下]的?(?!的|的?[、,。和及])[\u4e00-\u9fff“]")
"""What makes an amount or a size the limit of a class, whatever else of it is said: 50万元以下账款全部清零."""
_CLASS_OVER = re.compile(r"的[\u4e00-\u9fff“”]{2,12}?(?:增[至加]到?|达到?|有|为)?(?:超|近|约)?\d")
"""What makes an amount that something exceeds the limit of a class that is counted: 超500亿元的县域增至12个."""
_FIRST_OF = re.compile("(?:首[个座条家]|唯一)[^,。;]*(?:超过?|突破|达到?|过)$")
"""What makes an amount that of which one is the first: 首个经济总量超过3万亿元的城市."""
_SPENT = re.compile("(?:安排|发放|提供|投入|完成|新增|实施|推广|带动|建成|建设)$")
"""What is done with an amount itself, not with what it is the limit of."""
_ONES = frozenset(("", "1", "一", "十", "百", "千", "万", "亿"))
_RULES = re.compile("(?:新政|意见|措施|政策|条例|规定|办法)$")
_ONE_IN_SO_MANY = re.compile("每[^,。;]{1,10}拥?有$")
_SIZES = frozenset(("frequency", "voltage"))
_SMALL = 0.1
"""Metres below which a length is the size of a product, not a distance."""
_PRODUCT_BEHIND = re.compile(r"级?(?![以左上下及和与或的至])[\u4e00-\u9fff]")
"""What a size says the kind of: 14纳米刻蚀装备, 110GHz调制器."""
_KIND_BEHIND = re.compile(r"(?![以左上下及和与或的至内后前余多达到热])[\u4e00-\u9fff]{2}")
"""What a time says the kind of: 240小时过境免签."""
_COUNTED_BEFORE = re.compile(r"\d[个座条台套]$")
_OF_AGE = re.compile("以[上下]|(?:及|和)?(?:以[上下])?的?(?!左右|以内|大关)[\u4e00-\u9fff]")
"""What makes an age a class of people: 60岁以上, 0—6岁儿童."""
_AGE_REACHED = re.compile("(?:寿命|年龄)[^,。;]{0,8}$")
"""What makes so many years of age a figure, not a class of people: 人均预期寿命提升到80岁以上."""
_ROUND = frozenset("十百千")
_MARK_BEHIND = re.compile(r"的|级|大关|台阶|规模|企业|项目|产业|集群|,(?:达到?|为)\d")
"""What makes a round amount a mark that something passes: 超过百亿元的城市, 突破百亿元，达到104.5亿元."""
_LIMITS = frozenset(("money", "length", "power", "energy", "mass"))
"""Dimensions of what limits a class: 70%以上的财政支出 and 20家以上企业 are figures."""
_FREE = re.compile(r"$|[,。;:!?、)\]”》以左上余多的和与及并]")
"""What may stand behind a figure that nothing is counted by."""
_FREE_ONLY = ("分", "点", "度")
_HEDGED = re.compile("(?:超过|超|近|逾|约|突破|破|达到|达|过|不足|不到)$")
_SOME = re.compile("[数几]$")
_CLASS_BEHIND = re.compile(r"级|型(?!号)|制(?![造定度成品约冷药])|[\u4e00-\u9fff]{0,4}圈(?=$|[,。;、])")
"""What makes a size or a time part of a class: 3000吨级, 15分钟生活圈."""
_INDEFINITE = ("次", "个", "件", "种", "起", "道", "度", "点")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_BEHIND = re.compile(r"(?:年)?(?:[-—–~至到]+(?:19|20)\d\d)?(?:年度|年底|年末|年初|年)?")
_MONTHS = re.compile(r"(?:[-—–~至到]\d{1,2})?月(?!均)(?:\d{1,2}日|底|末|份)?|[-—–~至到]\d{1,2}月")
_SPANS = re.compile(r"(?:[-—–~至到]\d+)?[余多]?个?(?:年|季度|周年|世纪|月)")
_LENGTH_OF_TIME = re.compile(r"(?:缩短|延长|压缩|寿命|年龄|期限|年限)[^,。;]{0,6}$")
"""What makes so many years a figure: 周期缩短3年, 平均受教育年限11.7年."""
_LONGEST_REST = 3
"""Characters behind a number and its unit that may go on with a word."""
_CLOCK = re.compile(r"\d:(?:\d\d:)?$")
_CLOCK_BEHIND = re.compile(r":\d\d")
_ITEM = re.compile(r"(?:^|[。;:,!?])\($")
"""What stands before the number of an item within a paragraph: 。(2)."""
_CODE = re.compile(r"[A-Za-z0-9.+\-]*$")
_CODE_BEHIND = re.compile(r"[A-Za-z0-9+\-]*(?:类|期|号|代|级|批|届|强|版|线|轮|型|大|计划)?")


def calendar(folded: str, numeral: Numeral, before: str, behind: str) -> tuple[int, str] | None:
    """Where the words end of which *numeral* makes a year, a date or a span of time, and why; None for another."""
    end = numeral.end
    printed = units.printed_at(folded, end)
    if _YEAR.fullmatch(numeral.text) and (printed is None or printed.words == "年"):
        match = _YEARS_BEHIND.match(behind)
        return end + (match.end() if match else 0), YEAR
    if re.fullmatch("[零〇一二三四五六七八九]{4}", numeral.text) and behind.startswith("年"):
        return end + 1, YEAR
    months = _MONTHS.match(behind)
    if months and numeral.text.isdecimal() and len(numeral.text) <= 2:
        return end + months.end(), DATE
    if behind.startswith("日") and re.search(r"月$|月\d+[-—至]$", before):
        return end + 1, DATE
    if re.fullmatch("十[一二三四五]五", numeral.text):
        return end, NAME
    years = _SPANS.match(behind)
    if years and not (_LENGTH_OF_TIME.search(before) and _FREE.match(behind, years.end())):
        return end + years.end(), SPAN
    return None


def no_count(numeral: Numeral, printed: PrintedUnit, before: str, behind: str) -> str | None:
    """Why *numeral* counts nothing although a unit is *printed* behind it; None where it counts.

    *before* and *behind* are what stands before the number and behind the unit.
    """
    chinese = not numeral.text[0].isdecimal()
    symbol = printed.symbol
    if symbol.endswith("岁") and _OF_AGE.match(behind) and not _AGE_REACHED.search(before):
        return LABEL
    if (symbol == "条" and _RULES.search(before)) or (symbol == "小时" and numeral.text == "24"):
        return NAME
    if symbol in ("小时", "分钟") and not chinese and _KIND_BEHIND.match(behind):
        return NAME
    if _is_size(symbol) and _names_product(symbol, before, behind):
        return NAME
    if numeral.value == 1 and _ONE_IN_SO_MANY.search(before):
        return VAGUE
    if chinese and numeral.text in _ROUND and printed.scale and _MARK_BEHIND.match(behind):
        return VAGUE
    if chinese and numeral.text[0] in "百千万亿" and not (printed.more or _HEDGED.search(before)):
        return VAGUE
    if _limits_class(symbol, before, behind) or (not chinese and _THRESHOLD.match(behind)):
        return LABEL
    if (_STRUCTURE.match(behind) or _MARKS.match(behind)) and symbol in ("个", "项", "条"):
        return LABEL
    if numeral.text == "两" and symbol == "项" and behind.startswith("补贴"):
        return NAME  # 残疾人两项补贴 is what the subsidy is called
    if symbol in _FREE_ONLY and not _FREE.match(behind):
        return WORD
    if not chinese or units.dimension(symbol) in ("money", "ratio", "points", "multiples"):
        return VAGUE if chinese and _SOME.search(before) else None
    return _no_chinese_count(numeral, printed, before, behind)


def _limits_class(symbol: str, before: str, behind: str) -> bool:
    """Whether a quantity only says which things are meant: 3000吨级, 前1%学科, 50万元以下账款."""
    dimension = units.dimension(symbol)
    limit = _CLASS_OF_SIZE.match(behind) and dimension in _LIMITS and not _SPENT.search(before)
    first = dimension in _LIMITS and behind.startswith("的") and _FIRST_OF.search(before) is not None
    over = dimension in _LIMITS and before.endswith(("超", "超过", "突破")) and _CLASS_OVER.match(behind)
    return bool(
        over or first or _CLASS_BEHIND.match(behind) or (dimension == "ratio" and before.endswith("前")) or limit
    )


def _is_size(symbol: str) -> bool:
    unit = units.unit_of(symbol)
    if unit is None:
        return False
    return unit.dimension in _SIZES or unit.base == "bit/s" or (unit.base == "m" and unit.factor < _SMALL)


def _names_product(symbol: str, before: str, behind: str) -> bool:
    """Whether a size says the kind of a product: 14纳米装备, 750千伏和330千伏电网, 22个750千伏."""
    listed = re.match(rf"[、和及与]\d[\d.]*{symbol}", behind)
    return bool(listed or _PRODUCT_BEHIND.match(behind) or _COUNTED_BEFORE.search(before))


def _no_chinese_count(numeral: Numeral, printed: PrintedUnit, before: str, behind: str) -> str | None:
    """Why a numeral in Chinese characters counts nothing: it is indefinite (一个), or part of a word (二次)."""
    if _is_in_word(numeral.text + printed.words, behind):
        return WORD
    hedged = _HEDGED.search(before) is not None
    free = _FREE.match(behind) is not None
    if _SOME.search(before):
        return VAGUE
    if numeral.value == 1 and not (free and re.search(r"[一-鿿”》)]$", before)):
        return VAGUE
    if numeral.value == 1 and printed.symbol in _INDEFINITE and not hedged:
        return VAGUE
    if units.forms_words(printed.symbol) and not (free or hedged or printed.more):
        return WORD
    return None


def _is_in_word(counted: str, behind: str) -> bool:
    """Whether a number and its unit, as *counted*, begin a longer word with what stands behind: 二人转."""
    word, _ = next(segmented(counted + behind[:_LONGEST_REST]), ("", ""))
    return len(word) > len(counted)


def is_base(numeral: Numeral, before: str) -> bool:
    """Whether *numeral* only says per how many: 每万人."""
    return before.endswith("每") and numeral.text.strip("0") in _ONES


def remainder(folded: str, numeral: Numeral, before: str, behind: str) -> tuple[int, int, str]:
    """Where the words of a *numeral* begin and end that states no quantity, and why it is none."""
    start, end = numeral.start, numeral.end
    if not start and re.match(r"[、.．)]", behind) and not re.match(r"\.\d", behind):
        return start, end + 1, HEADING
    if numeral.text == "1" and re.search(r"\d[∶:]$", before):
        return start, end, BASE
    if _CLOCK.search(before) or _CLOCK_BEHIND.match(behind):
        return start, end, DATE
    if _ITEM.search(before) and behind.startswith(")"):
        return start, end, HEADING
    if before in ("(", "第") or (
        re.match(r"(?:是|要|则|为)(?=[一-鿿])", behind) and re.search(r"(?:^|[。;,:])$", before)
    ):
        return start, end, HEADING
    if before.endswith("每"):
        return start - 1, end, BASE
    if numeral.text[0] in "百千万亿" and numeral.value is None and behind[:1] == "人":
        return start, end + 1, BASE
    if numeral.text[0].isdecimal():
        return _code(folded, numeral, before, behind)
    if behind[:1] in ("大", "类", "级", "期", "代", "方", "者", "地", "市", "线", "化") or behind[:2] == "重":
        return start, end + 1, LABEL
    if re.match(r"[一-鿿]", behind):
        return start, end + 1, VAGUE if numeral.text == "一" and behind[0] in "批系些定" else WORD
    return (start - 1 if re.search(r"[一-鿿]$", before) else start), end, WORD


def _code(folded: str, numeral: Numeral, before: str, behind: str) -> tuple[int, int, str]:
    """A number that is a name or a code with the letters around it (C919, 863计划), or stands alone."""
    left, right = _CODE.search(before), _CODE_BEHIND.match(behind)
    first = numeral.start - (len(before) - left.start() if left else 0)
    last = numeral.end + (right.end() if right else 0)
    if first == numeral.start and units.begins_word(folded, numeral.end):
        return first, numeral.end + 1, WORD
    return min(first, numeral.start), last, NAME if last - first > numeral.end - numeral.start else BARE
