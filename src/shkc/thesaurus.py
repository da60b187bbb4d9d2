"""Words of questions about statistics: those that say nothing about what is sought, and those that mean the same.

General terms only. What *one* figure is called belongs to its aliases in the fact file.
"""

from __future__ import annotations

_FREE = """
多少 多大 几个 几家 几位 几项 几款 几场 几种 几名 几份 几 哪些 哪个 哪几个 哪里 什么 怎么样 怎样 如何 是否
请问 查一下 告诉我 想知道 看看 一下 一共 共有 总共 合计 共 大约 大概 到底 究竟 目前 现在 当前 今年 当年 本年
年内 全年 全市 本市 我市 市里 市 年 年度 截至 年底 去年底 期间 报告 数据 情况 指标 统计 具体 有关 相关 关于
方面 的话 达到 达 有 是 为 了 的 吗 呢 吧 呀 在 被 把 给 和 与 及 以及 或 跟 中 里 上 下 内 等 也 都 又 就 还
个 家 位 项 款 场 份 名 余 约 超 超过 突破 第 累计 没有 多 里面 各 之 其 该 这些 那些 这 那 所 从 到 对 于 由
向 已 已经 过 来 去 人家 谁 我 你 您 我们 你们 他们 能 可以 会 要 想 会不会 发 搞 做 进行 实现 完成 工程 级
型 类 性 化 部 总 全 新 等等 相当于 占了 占到 出 出来 起 掉 得 a an the of in on at by for to from with and
or is are was were be been how many much what which who when where number amount total value volume figure
figures data there did does do has have it its per s year tell me please show give about city
"""

FREE = frozenset(_FREE.split())
"""Words whose absence from a name counts nothing. They still count where a name has them."""

_GROUPS = """
研发 科研 研究与试验发展 研究开发 r&d
经费 投入 支出 费用 花费 开支
比例 比重 占比 份额 强度 百分比 百分之几 之比
地区生产总值 gdp 生产总值
企业 公司 厂商 商家
高新技术企业 高企 高新企业
单位 机构
金额 钱 资金 款 额 交易额 成交额 总额 价值
成交 交易 交易额
转化 转让 转移 变现
参与 参加 出席 加入 到会 与会 来了 到场
嘉宾 客人 来宾 人士
国家 国 国别
地区 区域
来华 在华 来中国 在中国
外国人 外籍 老外 外国 外籍人士 外国专家 外专
外国人 外籍人才 外国人才
工作许可 工作证 就业许可 工作签证 打工许可 就业证
证件 证 证书 许可证
有效期内 有效 在有效期 仍有效 未过期
核发 发放 颁发 发了 签发
高端人才 高层次人才 顶尖人才 高端
人才 专家
院士 科学院院士 工程院院士
新增 新晋 增加 新当选 当选 增选 多了
新认定 新增 新评 新获
新建 新增 新设 新成立 建了
获批 批准 核准 批了 过审 审批
上市 挂牌 ipo
创新药 新药 药 药品 药物
医疗器械 器械 医械 医疗设备
海外 国外 境外 出海
重点实验室 实验室
组建 成立 设立 建立 创立 创办 组成
发布 出台 公布 印发 颁布 推出 制定 制订
修订 修改 修法
论坛 峰会
大会 会议
研究院 研究所
人员 人数 员工 人
研发人员 科研人员 研究人员
每万名 每万 万人 每一万
就业人员 从业人员 就业者 劳动者
日均 每天 每日 一天 平均每天 天天
大科学设施 大科学装置 大科学工程 大装置
设施 装置 基础设施
重大科技基础设施 大科学装置 大科学设施
孵化器 孵化
平台 系统
合作 协作 联合
项目 课题
牵头 领衔
规划 计划 拟建
在建 建设中 正在建
已建 建成 建好
排名 位次 名次 第几 第几名 排第几 排行 排位
全国 国内 中国 我国
全球 世界 国际 环球
集群 群 城市群
服务商 服务机构 中介机构
培育库 后备库 储备库
募资额 融资额 募集资金 募资 融资
首发 ipo 首次公开发行
总市值 市值
科创板 star
示范机构 示范单位
分中心 分支机构 分支 分部
落地 签约
协议 合同 签约
意向 意愿
进场 场内
促成 撮合 牵线
活动 交流
医疗卫生机构 医院 医疗机构
高校 大学 院校
科研院所 研究所 科研机构
赋权 确权 授权
成果 科技成果
试点 试验 试行
共同体 联合体
产教融合 校企合作 产学合作
嵌合体猴 猴子 猴
邮轮 游轮
特瑞普利 拓益
信用 诚信
惠企 优惠
扶持 支持 资助 补助
开放创新中心 创新中心
联盟 协会
牵头承担 承担 主持
实验室 lab
光源二期 光源2期
增长 增长率 增速 涨 涨幅 增幅 同比
"""

_ENGLISH_GROUPS = """
company firm enterprise business corporation
high tech hightech
laboratory lab
centre center hub
permit licence license visa permission
foreigner foreign expat overseas
abroad overseas
drug medicine pharmaceutical
device equipment instrument
innovative innovation
country nation
organisation organization body
attendee guest participant delegate attendance
rank ranking position place
new newly
approved approval authorised cleared
expenditure spending expense cost investment
gdp economy
share ratio percentage proportion intensity
academician fellow
transfer commercialisation commercialization conversion
exchange trading
transaction trade turnover deal
proceed fundraising raised
capitalisation capitalization cap
researcher personnel staff
worker employed employee employment
incubator incubation accelerator
facility infrastructure
programme program scheme plan
project task
provider vendor
valid active current
cumulative overall accumulated
institution institute organisation
university college
hospital medical
contract agreement
cooperation collaboration partnership
partner collaborator
technology tech technological
science scientific
forum summit
event activity
established founded launched set
cruise ship
daily day
sme small
ipo listing listed
class category
domestic national
"""


def _table(groups: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in groups.strip().splitlines():
        words = line.replace("r&d", "rd").split()
        for word in words:
            table.setdefault(word, set()).update(words)
    return {word: frozenset(others - {word}) for word, others in table.items()}


SYNONYMS = _table(_GROUPS + _ENGLISH_GROUPS)
"""For each word, the words that may stand for it in a name."""

LONGEST = max(len(word) for word in (*FREE, *SYNONYMS))
"""Characters of the longest entry."""
