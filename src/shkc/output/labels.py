"""The words that people read for the terms of the facts, in both languages."""

from shkc.language import Text

QUALIFIERS = {
    "about": Text("约", "about"),
    "over": Text("超", "over"),
    "nearly": Text("近", "nearly"),
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "below": Text("不足", "below"),
    "estimated": Text("预计", "estimated"),
    "target": Text("目标", "target"),
    "cumulative": Text("累计", "cumulative"),
}
CATEGORIES = {
    "policy": Text("政策", "policy"),
    "institution": Text("机构", "institution"),
    "facility": Text("设施", "facility"),
    "platform": Text("平台", "platform"),
    "programme": Text("计划", "programme"),
    "product": Text("产品", "product"),
    "achievement": Text("成果", "achievement"),
    "event": Text("活动", "event"),
    "cooperation": Text("合作", "cooperation"),
    "reform": Text("改革", "reform"),
    "honour": Text("荣誉", "honour"),
}
MEASURES = {
    "flow": Text("时期数", "flow"),
    "stock": Text("时点数", "stock"),
    "cumulative": Text("累计数", "cumulative"),
    "ratio": Text("比率", "ratio"),
    "rank": Text("位次", "rank"),
    "score": Text("得分", "score"),
}
BASES = {"yoy": Text("同比", "year on year"), "other": Text("其他", "other")}
"""What a growth is against, where that is no year."""
KINDS = {"metric": Text("数字", "figure"), "milestone": Text("里程碑", "milestone")}
PARTS = {"growth": Text("增长", "growth"), "share": Text("占比", "share"), "rank": Text("位次", "rank")}
"""What a figure may be printed with."""
ORDERS = {
    "report": Text("报告", "report"),
    "name": Text("名称", "name"),
    "value": Text("数值", "value"),
    "growth": Text("增长", "growth"),
}
"""The orders of a list."""
DIMENSIONS = {
    "money": Text("金额", "money"),
    "ratio": Text("比率", "ratio"),
    "multiples": Text("倍数", "multiples"),
    "points": Text("点数", "points"),
    "length": Text("长度", "length"),
    "area": Text("面积", "area"),
    "volume": Text("体积", "volume"),
    "mass": Text("质量", "mass"),
    "energy": Text("能量", "energy"),
    "power": Text("功率", "power"),
    "voltage": Text("电压", "voltage"),
    "frequency": Text("频率", "frequency"),
    "data": Text("数据量", "data"),
    "computing": Text("算力", "computing"),
    "temperature": Text("温度", "temperature"),
    "degrees": Text("度数", "degrees"),
    "time": Text("时间", "time"),
    "days": Text("天数", "days"),
    "transport": Text("周转量", "transport"),
    "work": Text("工作量", "work"),
    "people": Text("人", "people"),
    "organisations": Text("机构", "organisations"),
    "occasions": Text("次数", "occasions"),
    "items": Text("件数", "items"),
}
"""What units measure: the tables of `text/units.toml`. 人 is people, whatever classifier counts them: 人, 位 or 名."""
RULES = {
    "previous": Text("由增长推算", "implied by the growth"),
    "whole": Text("由占比推算", "implied by the share"),
    "ratio": Text("两项相除", "quotient of the two"),
    "remainder": Text("两项相减", "difference of the two"),
    "per": Text("两项相除", "quotient of the two"),
}
STATUSES = {
    "final": Text("实际", "final"),
    "estimated": Text("预计", "estimated"),
    "target": Text("目标", "target"),
}
REMARKS = {
    "estimated-base": Text("以上年预计值为基数", "based on an estimate"),
    "gap": Text("缺上年数据", "the year before is missing"),
    "measure": Text("上年数据口径不同", "the year before measures something else"),
    "period": Text("与上年时期不对应", "the year before has another period"),
    "unit": Text("与上年单位不同", "the year before has another unit"),
}
DISAGREES = Text("印出的增长与推算的不符", "stated and computed growth disagree")
DIFFERENCES = {
    "new": Text("新增", "new"),
    "gone": Text("删去", "gone"),
    "changed": Text("更改", "changed"),
}
