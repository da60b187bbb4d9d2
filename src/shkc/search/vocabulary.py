"""Words of questions about statistics: those that say nothing about what is sought, and those that mean the same.

General terms only. What *one* figure is called belongs to its aliases in the fact file.
"""

from __future__ import annotations

_STOPWORDS = """
多少 多大 几个 几家 几位 几项 几款 几场 几种 几名 几份 几 哪些 哪个 哪几个 哪里 什么 怎么样 怎样 如何 是否 请问
真正 真的 实际 是不是 有没有 哪些省 哪个省 那边 这边 叫啥 啥 谁来 提供 查一下 告诉我 想知道 看看 一下 一共 共有
总共 合计 共 大约 大概 到底 究竟 目前 现在 当前 给 今年 当年 本年 年内 全年 全市 本市 我市 市里 市 年 年度 截至
年底 去年底 期间 报告 具体 有关 相关 关于 方面 的话 达到 达 有 是 为 了 的 吗 呢 吧 呀 在 被
把 和 与 及 以及 或 跟 中 里 上 下 内 等 也 都 又 就 还 个 家 位 项 款 场 份 名 余 约 超 超过 突破 第 累计 没有 多
里面 各 之 其 该 这些 那些 这 那 所 从 到 对 于 由 向 已 已经 过 来 去 人家 谁 我 你 您 我们 你们 他们 能 可以 会
要 想 会不会 发 搞 做 进行 实现 完成 工程 级 型 类 性 化 部 总 全 新 等等 相当于 占了 占到 出 出来 起 掉 得 an the
of in on at by for to from with and or is are was were be been how many much what which who when where number
amount total value volume figure figures data there did does do has have it its per s year tell me please show
give about city 去年 前年 怎么回事 怎么样了 叫什么 名字 叫 哪家 哪一年 什么时候 为什么 是什么 包括 涉及 看 查 找
求 问 介绍 详情 最新 消息 几千家 几百家 几十家 几万份 多少家 多少个 多少项 多少份 多少人 多少名 多少位
多少款 多少场 多少次 多少亿 多少亿元 多少万 多少钱 多少元 几千 几百 几万 有哪些 到多少 为多少 是多少 达多少
大概多少 同志 主要 部分 之后 后 以来 期内 当中 其中 起来 一年 一年里 这一年 每年 上述 本次 此次 真 么 嘛 数量 数目
个数 家数 人数 件数 项数 次数 有多少 为止 至今 保有量 现有 几个点 有几 有几个 currently
current now latest recent recently count counts rmb yuan billion million thousand hundred going went made relative
attending attended participating involved many's
into as than more
most any
some all can could should would will we i you they their there's that this these those total's get got go province
provinces provincial city's china's shanghai's info information statistics stats report reports there one out up
within inside still being having come came so far sized based amounted
"""

STOPWORDS = frozenset(_STOPWORDS.split())
"""Words whose absence from a name counts nothing. They still count where a name has them."""

PARTICLES = frozenset("的了吗呢吧呀")
"""Characters that are no part of any word: free even beside one that they stand next to in some name."""

STOPWORDS_INSIDE = frozenset("中里内上下等")
"""Free characters that stand behind what they belong to: at the beginning they begin another word, as in 中药."""

STOPWORDS_AT_END = frozenset(("数据", "情况", "指标", "统计", "进展", "动态", "数", "总数", "总量"))
"""What is asked about a thing that comes before: 科创板数据 is about the STAR Market, 数据中心 is another thing."""

_DISCRIMINATORS = """
北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川
贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 深圳 广州 杭州 南京 苏州 合肥 武汉 成都 西安 宁波 青岛 长沙
郑州 无锡 厦门 大连 珠海 东莞 美国 英国 日本 德国 法国 韩国 新加坡 欧盟 欧洲 beijing shenzhen guangzhou hangzhou
tianjin chongqing jiangsu zhejiang guangdong 产值 总产值 增加值 附加值 营业额 营业收入 营收 收入 利润 税收 税额
面积 年龄 学历 中小学 小学 中学 性别 工资 薪酬 薪资 薪水 人口 失业 出口 进口 进出口 专利 论文 预算 房价 价格 费率
利率 汇率 门票
能耗 排放 产量 销量 产能 库存 里程 死亡 续航 满意度 存活率 成功率 失败率 通过率 毕业率 中位数 人均 户均 违约
创业板 新三板 主板 港股 美股 北交所 纳斯达克 证券 期货 国家实验室 市级 省级 区级 县级
市重点 省重点 区重点 逾期 处罚 投诉 事故 贷款余额 余额
密度 时长 距离
票价 市值排名 revenue profit profits tax taxes population salary
salaries wage wages area age patent patents papers budget price prices average median sales emissions export
exports import imports unemployment income output
"""

DISCRIMINATORS = frozenset(_DISCRIMINATORS.split())
"""Places and attributes: a query that has one which a fact does not explain asks for another figure."""

_GROUPS = """
研发 科研 研究与试验发展 研究开发 r&d
经费 投入 支出 费用 花费 开支 钱 花的钱 砸钱 开销
总数 总量 总计 总共 累计
比例 比重 占比 份额 强度 百分比 百分之几 之比
地区生产总值 gdp 生产总值 经济总量 国内生产总值
企业 公司 厂商 商家 厂家
高新技术企业 高企 高新企业
单位 机构
金额 钱 资金 款 额 交易额 成交额 总额 价值 收入
成交 交易 交易额
转化 转让 转移 变现
参与 参加 出席 加入 到会 与会 参会 来了 到场
嘉宾 客人 来宾 人士 贵宾 与会者
国家 国 国别
地区 区域
来华 在华 来中国 在中国
外国人 外籍 老外 外国 外籍人士 外籍人员 外国专家 外专
外国人 外籍人才 外国人才 海外人才
工作许可 工作证 就业许可 工作签证 打工许可 就业证
证件 证 证书 许可证 许可
有效期内 有效 在有效期 仍有效 未过期 没过期 没到期
核发 发放 颁发 发了 签发
高端人才 高层次人才 顶尖人才 高端
人才 专家
新增 新晋 增加 新当选 当选 增选 多了 新注册 冒出 诞生 涌现
中小企业 小微企业 中小微企业
中小 小微 中小微
水平 实力 能力 竞争力
国内 外地 外省 外省市 兄弟省市 兄弟省份 省外 跨省 跨省市 对口地区 对口省市 各地
评估 评价 检查 考核 评审
创业投资 创投 风险投资 风投
创业企业 初创企业 初创公司
一带一路 丝绸之路 丝路
买卖 交易 成交 转让
京 北京
津 天津
冀 河北
晋 山西
内蒙古 蒙
辽 辽宁
吉 吉林
黑 黑龙江
苏 江苏
浙 浙江
皖 安徽
闽 福建
赣 江西
鲁 山东
豫 河南
鄂 湖北
湘 湖南
粤 广东
桂 广西
琼 海南
渝 重庆
川 蜀 四川
黔 贵州
滇 云南
藏 西藏
陕 陕西
甘 陇 甘肃
青海 青
宁 宁夏
疆 新疆
港 香港
澳 澳门
台 台湾
沪 上海
新认定 新增 新评 新获
新建 新增 新设 新成立 建了
获批 批准 核准 批了 过审 审批
上市 挂牌 ipo
创新药 新药 药 药品 药物
医疗器械 器械 医械 医疗设备
海外 国外 境外 出海 走出国门 国际市场 国际化
重点实验室 实验室
组建 挂牌 成立 设立 建立 创立 创办 组成
发布 出了 发了 出台 公布 印发 颁布 推出 制定 制订
修订 修改 修法
论坛 峰会
大会 会议
研究院 研究所
人员 员工 人
研发人员 科研人员 研究人员
每万名 每万 万人 每一万
就业人员 从业人员 就业者 劳动者
日均 平均一天 每天 每日 一天 平均每天 天天
大科学设施 大科学装置 大科学工程 大装置
设施 装置 基础设施
重大科技基础设施 大科学装置 大科学设施
孵化器 孵化 科技企业孵化器 企业孵化器
平台 系统
跨境 海外 境外 跨国
合作 协作 联合
合作 伙伴 合伙
累计 历年 历来 迄今
项目 课题 专项
牵头 领衔
规划 计划 拟建
在建 建设中 正在建
已建 建成 建好
排名 位次 名次 第几 第几名 排第几 排行 排位 最多 最高 最大 最强 领先 第一 首位 榜首
全国 国内 中国 我国
全球 世界 国际 环球
集群 群 城市群
服务商 服务机构 中介机构 中介 机构
培育库 后备库 储备库
培育 辅导 培养 扶植
上市培育 上市辅导 上市后备 拟上市 准备上市 筹备上市 待上市
募资额 融资额 募集资金 募资 融资
首发 ipo 首次公开发行
总市值 市值
科创板 star
示范机构 示范单位
分中心 分支机构 分支 分部
落地 签约
协议 合同 签约 签署 签
签署 签订 签 签约
投入运行 上线 启用 开通 运行
意向 意愿
进场 场内
促成 撮合 牵线 谈成 达成 谈妥
活动 交流
医疗卫生机构 医院 医疗机构
高校 大学 院校
科研院所 研究所 科研机构
赋权 确权 授权
成果 科技成果
试点 试验 试行
共同体 联合体
产教融合 校企合作 产学合作 校企
嵌合体猴 猴子 猴
邮轮 游轮
特瑞普利 拓益
信用 诚信
惠企 优惠 红利
享受 受惠 受益 获益 惠及 支持
高质量 高水平 高品质 优质 高能级
大企业 龙头企业 龙头公司 龙头 大公司 领军企业
松绑 减负 放权
扶持 支持 资助 补助 补贴 帮扶 帮助
开放创新中心 创新中心
联盟 协会
牵头承担 承担 主持
实验室 lab
光源二期 光源2期
增长 增长率 增速 涨 涨幅 增幅 同比
上市 登陆 挂牌上市
获批 拿证 获证 注册
转化 卖 出售 变现 落地
登记 注册 认定
认定 评定 评上 授牌
核发 发放量 签发量 办理
牵头 领头 立项 承担
首届 第一届
首次 第一次 首个 全球首个 世界首次
首艘 第一艘
世界知识产权组织 wipo
总书记 主席 国家主席
习近平 习主席 总书记
顶尖科学家 诺奖得主 诺贝尔奖得主
贺信 祝贺 致信
次数 场次 场数 数量
件数 项数 数量
对接 交流 合作 帮扶 支援 援
协议金额 签约额 签约金额 成交金额
自主研发 原创 创新
训练数据 语料 数据集
大模型 基础模型 模型
教授 科学家 学者
扶持政策 惠企政策 优惠政策
分会场 分中心
联合 共建 合建
开工 动工 启动建设
启用 投入使用 投入运行 投用 上线
建成 完工 竣工
管理办法 规定 办法
行动方案 行动计划 方案 计划
实施方案 方案
条例 法规 立法
出海 海外 境外
邮轮 大型邮轮 豪华邮轮
脑科学 类脑
聚变 核聚变 可控核聚变 人造太阳
环 周边
量子 量子计算机
集成电路 芯片 半导体
人工智能 ai
生物医药 生物制药 医药
燃料电池 氢能 氢
大飞机 客机 飞机
海底 深海 海洋
低碳 双碳 碳中和 绿色
养老 老年 银发
数字化 智慧城市 数字
基因治疗 基因疗法
科技 科创 科学技术
园区 科技园 开发区 高新区
政策 措施 新规 新政
举办 召开 举行 主办
启动 开始 开启 开展 实施
入库 进库 纳入 收录
机器人 人形机器人
超导 高温超导
先投后股 拨投结合
引导基金 母基金 产业基金
贷款 信贷 再贷款
贴现 再贴现
票据 贴现
职称 职称评审
评聘 评审
科研诚信 学术诚信 学术不端 科研不端
失信 不端 造假
信用 征信
科普 科学普及 科学传播
科技节 科学节
申办 申请主办 拿下
主办权 举办权 承办权
框架协议 协议
签署 签约 签订 签了 签过
深化 推进 推动
共建 合作共建
覆盖 扩大
券 创新券
"""

_ENGLISH_GROUPS = """
company firm enterprise business corporation corporate startup
high tech hightech
quality standard grade calibre caliber
laboratory lab
centre center hub
permit licence license visa permission
foreigner foreign expat expatriate overseas
abroad overseas foreign other
drug medicine pharmaceutical medication therapeutic therapy
novel innovative new
device equipment instrument
innovative innovation
country nation
organisation organization body
attendee guest participant delegate attendance speaker visitor participation
participating attending participant taking attended participation represented joined
rank ranking position place placed standing spot
first top leading rank
new newly additional added fresh
approved approval authorised authorized cleared greenlit licensed
expenditure spending spent expense cost investment outlay
gdp economy
share ratio percentage percent proportion intensity
academician fellow
transfer transferred commercialisation commercialization commercialised commercialized commercialising commercializing
transferred conversion converted earned made sold
exchange trading
transaction trade traded turnover deal
proceed fundraising raised raising
capitalisation capitalization cap worth
researcher personnel staff
r&d research
worker employed employee employment workforce jobs
talent expert professional
incubator incubation accelerator
facility infrastructure installation apparatus
programme program scheme plan
project task
provider vendor adviser advisor consultant intermediary
valid active current unexpired effective force
force valid unexpired
cumulative overall accumulated total cumulatively running
institution institute organisation agency entity unit
demonstration model exemplary showcase
university college
hospital clinic
cooperation collaboration partnership collaborative deal
partner collaborator
technology tech technological
science scientific
science research
forum summit
event activity session
established founded launched set created
liner ship cruise
daily day every everyday
medium sme
ipo listing listed
listed floated quoted traded
listing floating flotation
class category type
class first
domestic national indigenous
domestic interprovincial interregional regional
national nationwide china chinese countrywide
deal agreement contract
signed concluded signing inked struck reached
intended intent intention planned prospective
homegrown domestic indigenous
start begun started launch begin launched
large big major mega giant
small sme
registered register entered enrolled
count number
empowerment right ownership granting granted
right ownership title
granted assigned given awarded conferred
issued granted handed given issuance issuing
achievement result outcome output finding
foundation founded foundation
pool database reserve pipeline
pre ipo
cultivation nurturing nurture groomed grooming cultivating incubating preparing prepared
measure rule policy regulation
award prize honour
letter message congratulation
meeting conference commission
convention conference congress
assisted benefiting supported benefit benefited benefitting helped backed
preferential incentive favourable favorable benefit break
landed brokered facilitated arranged realised realized
brought brokered facilitated arranged resulting produced
joint shared common joined collaborative
community alliance consortium consortia union association
education academia academic university school
nuclear magneto atomic
worldwide global world international
10k 10000 10,000
generation 6g
mobile 6g
network 6g
fund funding
loan relending credit lending
discount rediscount bill
regulation rule ordinance law
revision revised amendment amended
published issued released launched
build built construction building
planned planning projected
institute centre
branch outpost office subcentre subcenter
belt bri obor silk
reorganised reorganized restructured regrouped
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

_DISCRIMINATORS_OF_FIGURES = """
企业 高校 大学生 女性 男性 青年 学生 科学家 教授 教师 博士 科学院 工程院 农村 民营 国有 外资 国企 民企 全国 中国 海外
大学科技园 科技园 研发机构 众创空间 工程中心 工程研究中心 临床研究中心 技术中心 工作站 示范区
开发区 产业园 图书馆 博物馆 科技馆
教育部 工信部 商务部 财政部 发改委 国资委 卫健委 农业农村部 生态环境部 自然资源部 人社部 进博会 工博会 服贸会 广交会
基础研究 应用研究 试验发展
经费 资金 费用 补贴 补助 投资 融资额 金额 成交额 交易额 收费 奖金 捐赠 债务 负债 资产 存款 罚款
"""

DISCRIMINATORS_OF_FIGURES = frozenset(_DISCRIMINATORS_OF_FIGURES.split())
"""Whose a figure may be or of what (kinds of institution, ministries, fairs, kinds of research), and sums of money:
decisive as well, but only of figures."""

ENGLISH = tuple(sorted(word for word in SYNONYMS if word.isascii() and word.isalpha() and len(word) > 3))
"""English words that a misspelt one may be meant for."""

LONGEST = max(len(word) for word in (*STOPWORDS, *DISCRIMINATORS, *SYNONYMS))
"""Characters of the longest entry."""
