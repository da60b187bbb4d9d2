"""A statement of a report: a figure, with the growth, share and rank that are printed with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from shkc.draft import wording
from shkc.draft.scan import Quantity, is_rank
from shkc.draft.wording import Role
from shkc.text import quantity

_LONGEST_CHAIN = 8


class Counted(NamedTuple):
    """A *thing* that is counted, and the *predicate* that is said of it, empty where the words are the thing alone.

    *printed* are the words as they stand in the text, with the adverbs between the two.
    """

    thing: str
    printed: str
    predicate: str = ""
    is_sized: bool = False
    """Whether the figure is no number of things but the size of one: 90万吨钢铁项目."""

    @property
    def name(self) -> str:
        """The words as a name: 入选国家名单的企业."""
        return f"{self.predicate.replace('了', '', 1)}的{self.thing}" if self.predicate else self.thing


NOTHING = Counted("", "")


@dataclass
class Part:
    """A growth, share or rank that is printed with a figure."""

    quantity: Quantity
    value: Decimal
    of: str = ""
    basis: str = "yoy"


@dataclass
class Statement:
    """A figure of the report, with all that the sentence says of it."""

    quantity: Quantity
    role: Role
    lead: str
    clause: str
    tail: str
    value: Decimal
    qualifiers: tuple[str, ...]
    inner: bool
    sentence: int
    period: str | None = None
    each: str | None = None
    owner: Statement | None = None
    above: Statement | None = None
    """The figure before it in the sentence whose name says what is measured."""
    before: str | None = None
    """The clause before its own, where that has no figure."""
    previous: Statement | None = None
    """The figure before it in the sentence."""
    following: Statement | None = field(default=None, repr=False)
    """The figure behind it in the sentence."""
    opening: str = ""
    """The words of the sentence before its first figure."""
    heading: str = ""
    """The sentence before."""
    part_of: Statement | None = None
    change: Part | None = None
    share: Part | None = None
    rank: Part | None = None
    doubts: list[str] = field(default_factory=list)
    name: str | None = None
    """Its name, once it has one."""
    counts: Counted | None = None
    """What it counts, once its words behind the number are read."""
    theme: str = ""
    """What of its name is from the clause or the figure before."""
    verb: str = ""
    """The verb of its name that is from the list that it is in."""

    @property
    def is_target_of_parts(self) -> bool:
        """Whether a growth or share without an owner may belong to it."""
        return self.role.kind in ("level", "reached") and not self.inner and not self.is_difference

    @property
    def is_difference(self) -> bool:
        """Whether it is the difference to the level before it: 净增1140家."""
        return self.owner is not None and self.role.subject.startswith(("净增", "净减"))


def near(owner: Statement | None) -> Statement | None:
    """*owner*, unless it leans on another, which leans on another, and so on too far for a name."""
    above = owner
    for _ in range(_LONGEST_CHAIN):
        if above is None:
            return owner
        above = above.owner
    return None


def base(unit: str) -> str:
    """What *unit* is without its scale, and without the 个 of points."""
    return (
        quantity.scale_and_base(unit)[1].removeprefix("个")
        if wording.is_point(unit)
        else quantity.scale_and_base(unit)[1]
    )


def is_relative(unit: str) -> bool:
    """Whether *unit* says how much of something: %, 个百分点, 倍."""
    return quantity.is_part(unit) or wording.is_point(unit) or unit in ("倍", "番")


def is_intensive(unit: str) -> bool:
    """Whether what is printed in *unit* does not add up over years: a part of something, or so much for each."""
    return is_relative(unit) or "/" in unit.lstrip("/")


def is_move(item: Quantity) -> bool:
    """Whether *item* counts ranks: 上升1位."""
    return item.unit == "位" and not item.ordinal


def is_difference_of(target: Statement) -> bool:
    """Whether the change of *target* is a difference in its own unit."""
    return target.change is not None and base(target.change.quantity.unit) == base(target.quantity.unit)


def basis(words: str) -> str:
    """Against what a growth is, as a fact file has it, by the *words* before it: a year, yoy or other."""
    year = re.search(r"[比较与同]“?((?:19|20)\d\d)年", words)
    if year:
        return year[1]
    return "other" if re.search(r"[\d一二两三四五六七八九十]年|十[一二三四五]五|以来|年初|环比", words) else "yoy"


_GENERAL = re.compile(
    r"^(?:总数|总量|总额|总计|累计|数量|规模(?!以上|工业|化)|总规模|总?金额|净增数?$|净减$|净?(?:增加|减少)[数额量]?$|增速|增幅|占比|占有率|比重|比例|总投资|总面积|成交额|交易额|成交总?金额|合同成交总?[金总]额|转化金额|新增$|新认定$|输出$|吸纳$|(?:从业|就业|参会)?人员$|产值$|经费$|资金$|投资$|面积$"
    r"|合同金额|到位经费|每万人(?:拥有(?:量)?)?$|(?:人均|户均).{0,2}$|日均$|年均$|拥有量|有效期内|合计|首期|二者|两者|三者)"
)


def needs_owner(subject: str) -> bool:
    """Whether *subject* says only what of the figure before is meant: 总数, 累计, 成交额."""
    return not subject or (len(subject) <= 8 and _GENERAL.match(subject) is not None)


def may_be_rank(item: Quantity) -> bool:
    """Whether *item* can be a rank in a list of ranks: 分列第二、三位."""
    return item.unit == quantity.RANK and item.upper is None and is_rank(item.value)
