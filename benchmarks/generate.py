"""Write a fact base of any size: many places and years, the same names of figures in all of them.

Run ``python -m benchmarks.generate FOLDER FILES FACTS``: so many files with so many facts each. One name
(`BROADEST`) stands in each file ten times, for ten districts; one (`SELECTIVE`) in the first file only; the others,
some hundreds, once in most files. The same arguments write the same files.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

BROADEST = "新增科技型企业数"
SELECTIVE = "深海探测装备出海次数"
DISTRICTS = 10

_SUBJECTS = """
高新技术企业 科技型中小企业 重点实验室 技术创新中心 科技企业孵化器 众创空间 大学科技园 新型研发机构
技术转移机构 院士专家工作站 产业研究院 工程研究中心 科技小巨人企业 独角兽企业 外资研发中心
创新联合体 中试基地 科普教育基地 国际合作基地 野外观测站
"""
_ATTRIBUTES = """
总数 新增数 从业人员数 研发人员数 研发投入 营业收入 技术合同成交额 财政补助金额 承担项目数
发明专利数 论文数 获奖项数 成果转化金额 融资额 引进人才数 培训人次 服务企业数 建设投资 设备原值
场地面积
"""
_MONEY = ("投入", "收入", "额", "投资", "原值")


def names() -> list[str]:
    """The names of figures that the files share."""
    return [subject + attribute for subject in _SUBJECTS.split() for attribute in _ATTRIBUTES.split()]


def generate(folder: Path, files: int, facts: int) -> None:
    """Write *files* fact files of *facts* facts each into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        path = folder / f"{number // 100:03d}" / f"report-{number:05d}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(_file(number, facts)), encoding="utf-8")


def _file(number: int, facts: int) -> Iterator[str]:
    year, place = 1994 + number % 30, f"第{number // 30:03d}市"
    yield f"""format = 1

[report]
id = "report-{number:05d}"
title = "{year}{place}科技进步报告"
title_en = "Science and Technology Progress Report of City {number // 30:03d}, {year}"
publisher = "{place}科学技术局"
publisher_en = "Bureau of Science and Technology of City {number // 30:03d}"
year = {year}
scope = "{place}"
scope_en = "City {number // 30:03d}"

[[section]]
id = "overview"
number = "0"
title = "综述"
short = "综述"
short_en = "Overview"
"""
    shared = names()
    for district in range(min(DISTRICTS, facts)):
        yield _metric(f"new-firms-{district}", BROADEST, number * 7 + district, "家", f"第{district}区")
    others = max(0, facts - DISTRICTS)
    for position in range(others):
        which = (number + position) % len(shared)
        name = shared[which] if position < len(shared) else f"{shared[which]}{position}"
        unit = "亿元" if name.endswith(_MONEY) else "个"
        yield _metric(f"figure-{which}-{position // len(shared)}", name, number * 31 + position * 17, unit, None)
    if number == 0:
        yield _metric("deep-sea", SELECTIVE, 4242, "次", None)


def _metric(key: str, name: str, value: int, unit: str, scope: str | None) -> str:
    return f"""[[metric]]
id = "{key}"
name = "{name}"
name_en = "Figure {name}"
section = "overview"
paragraph = {value % 40 + 1}
excerpt = "{name[:12]}{value}{unit}"
value = {value}
unit = "{unit}"
""" + (f'scope = "{scope}"\n' if scope else "")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
