"""More phrasings of questions about the demo company, as other people would say them, over the truths of ``demo_own``."""

from datetime import date

from evals.asked import demo_own_sales as sales
from evals.asked import demo_own_service as service
from evals.asked.expecting import QuestionSet

QUESTIONS = QuestionSet("demo_more", today=date(2026, 11, 20), written_by="own")

# -- opportunities --------------------------------------------------------------------------------------------------

QUESTIONS.asks(
    "For the October recap I need the tally of closed-won deals.",
    "last month's wins, just the count",
    "Could you tell me what number of opportunities ended up won in October 2026?",
    "10月份拿下了几个单子",
    "上月赢单数，报一下",
    "月度复盘要用：2026年10月成交的商机总共有多少个？",
)(sales.won_october)
QUESTIONS.asks(
    "How much business in euros did the Europe region close successfully between July and September 2026?",
    "Q3 closed-won amount, Europe only",
    "Please sum up the value of European deals won in the third quarter of this year.",
    "欧洲那边Q3赢下来的单子加起来值多少钱",
    "请统计2026年7月至9月欧洲区赢单金额合计",
    "三季度欧洲成交额？",
)(sales.europe_q3)
QUESTIONS.asks(
    "Out of the 华东 deals decided in 2026, what fraction did we win?",
    "华东 win ratio, year to date",
    "I'd like to know how good our closing rate in 华东 has been since January.",
    "今年以来华东的胜率怎么样",
    "老板问2026年华东区赢率有多高",
    "华东，今年，赢单比例，给个数",
)(sales.east_rate)
QUESTIONS.asks(
    "Give me the number of deals sitting in the Negotiation stage.",
    "Negotiation stage - deal count?",
    "Right, so what's the headcount of opportunities we are negotiating currently?",
    "目前还在谈判的单子数量",
    "有多少商机走到了谈判这一步",
    "查一下阶段为 Negotiation 的商机总数",
)(sales.negotiating)
QUESTIONS.asks(
    "What's the total amount of deals Carla Quigley still has open?",
    "Carla Quigley: pipeline value",
    "Add up everything open that Carla Quigley is working on and tell me the dollar figure, thanks.",
    "Carla Quigley 的管道金额有多大",
    "麻烦算下 Carla Quigley 名下未关闭商机一共多少钱",
    "Carla Quigley 还没结掉的单子合计金额是？",
)(sales.carla_pipeline)
QUESTIONS.asks(
    "Why do deals slip away from us most often?",
    "Top loss reason across all lost opps?",
    "When we lose, which reason is recorded more than any other?",
    "输单原因里排第一的是啥",
    "咱们为啥老丢单，最常见的那个原因是什么",
    "请给出输单数最多的丢单原因",
)(sales.lost_reason)
QUESTIONS.asks(
    "In 2026 who was the competitor on the largest number of our losses?",
    "most frequent competitor, lost deals, this year",
    "So which rival has been in the picture the most when opportunities were lost this year?",
    "2026年丢的单里面哪个竞品出现次数最多",
    "今年丢单，对手最多是谁家？",
    "统计今年输单对应的竞争对手，哪一家出现得最频繁",
)(sales.rival)
QUESTIONS.asks(
    "Break our win rate down by the source of the lead, please.",
    "For each lead source, what share of decided deals do we win?",
    "lead source vs win rate",
    "按线索来源拆一下胜率",
    "各个来源的商机，赢率分别有多高？",
    "想看赢单率，以线索来源为维度",
)(sales.source_rate)
QUESTIONS.asks(
    "Which three salespeople closed the most deals this year?",
    "our 3 best closers of 2026 by deal count",
    "Name the top three reps for wins in 2026, with how many each.",
    "今年谁赢的单最多，列前3名销售",
    "2026赢单榜（按单数）TOP3",
    "把今年成交单数最多的三位销售报给我",
)(sales.top_reps)
QUESTIONS.asks(
    "Split the open deals across regions for me, counts only.",
    "open opps by region",
    "How are our open opportunities distributed over the regions?",
    "每个区域手上还有几个没关的商机",
    "在跟的单子按大区分布是怎样的",
    "未关闭商机，分区域统计数量",
)(sales.open_by_region)
QUESTIONS.asks(
    "Show me how many deals were won in each month of 2026.",
    "wins by month, 2026",
    "I want to see the month-by-month trend of won deals since the start of this year.",
    "2026年赢单数按月走势",
    "今年1月到现在，逐月的成交单数",
    "拉一下今年各月份赢单数量",
)(sales.won_months)
QUESTIONS.asks(
    "Which European deals that are still open are worth more than 400,000 euros?",
    "show open Europe opps > 400k",
    "Pull up every open opportunity in Europe with an amount over €400,000.",
    "欧洲40万欧元以上、还没关的商机有哪几个",
    "欧洲区在手的大单，金额大于40万的，给个清单",
    "看看欧洲哪些未关闭商机的金额高于400000",
)(sales.big_europe)
QUESTIONS.asks(
    "Compare the win rates of new business and expansion deals.",
    "win rate: New business vs Expansion",
    "Do we win a larger share of expansion opportunities or of new business ones?",
    "新业务跟增购单的胜率对比一下",
    "增购和新签相比，赢率哪个更高",
    "商机类型里 New business 和 Expansion 的赢单率分别是多少",
)(sales.type_rate)
QUESTIONS.asks(
    "Number of open deals where the next step was left blank?",
    "open deals w/o a next step - count pls",
    "For pipeline hygiene: on what number of open opportunities is the next step missing?",
    "有几个在跟的单子下一步是空着的",
    "数一数，没写下一步的未关闭商机有多少个",
    "在手商机，下一步为空的数量",
)(sales.no_next_step)
QUESTIONS.asks(
    "How many days does it typically take, on average, for a deal to get from created to won?",
    "mean sales cycle of won deals, days",
    "Tell me our average time to close for the opportunities we won.",
    "赢下来的单子平均周期几天",
    "从立项（创建）到成交，赢单平均要多少天？",
    "赢单商机的平均成交周期",
)(sales.won_days)

# -- accounts, contacts and products --------------------------------------------------------------------------------

QUESTIONS.asks(
    "What is the size of our strategic tier, counted in accounts?",
    "# of strategic customers",
    "I keep forgetting: the number of accounts classed as strategic is...?",
    "战略级客户总共几家",
    "客户等级是战略的，数量多少",
    "咱现在战略客户有几个啊",
)(sales.strategic)
QUESTIONS.asks(
    "Of the accounts in healthcare, how many were founded by women?",
    "healthcare customers founded by women, count",
    "We're preparing a diversity report - how many women-founded healthcare accounts are in the CRM?",
    "女性创始的医疗客户有几家",
    "医疗客户当中，由女性创办的数量是多少？",
    "做多元化报告要用，医疗行业女性创办客户数",
)(sales.women_medical)
QUESTIONS.asks(
    "Give me a sector breakdown of the account base.",
    "How many customers do we serve in each sector?",
    "customer count by sector please",
    "客户的行业分布给我看下",
    "各行业分别有多少家客户",
    "每个行业的客户数量，列个表",
)(sales.accounts_sector)
QUESTIONS.asks(
    "Which strategic customers are based in 宁波?",
    "strategic accounts, city 宁波 - names please",
    "I'm flying to 宁波 next week, show me the strategic accounts there.",
    "下周去宁波出差，那边的战略客户给我列一下",
    "在宁波的战略级客户名单",
    "位于宁波市的战略客户是哪几家",
)(sales.ningbo_strategic)
QUESTIONS.asks(
    "Account owner of Pellgate Networks Group?",
    "Who on our side is responsible for Pellgate Networks Group?",
    "I need to talk to whoever looks after Pellgate Networks Group, what's the name?",
    "Pellgate Networks Group 归哪个销售管",
    "Pellgate Networks Group 的负责人叫什么",
    "请问哪位同事在跟 Pellgate Networks Group 这个客户？",
)(sales.pellgate_owner)
QUESTIONS.asks(
    "CTOs among our contacts: what's the count?",
    "Count the contacts whose title is CTO.",
    "For an invitation-only dinner, what number of CTO contacts do we know?",
    "我们认识几个CTO",
    "职务为CTO的联系人数量",
    "系统里头衔是 CTO 的联系人总共几位？",
)(sales.ctos)
QUESTIONS.asks(
    "What number of contacts is on file for 宁波卓源信息?",
    "宁波卓源信息 - what's the contact count there, pls",
    "Do tell me how many people we have as contacts at 宁波卓源信息.",
    "在宁波卓源信息那边我们有多少个联系人",
    "宁波卓源信息的联系人数量",
    "查下宁波卓源信息股份有限公司名下登记了几位联系人",
)(sales.zhuoyuan_contacts)
QUESTIONS.asks(
    "What does RiskLens cost according to the price list?",
    "RiskLens, list price pls",
    "A customer is asking what RiskLens goes for at list price.",
    "RiskLens 目录价多少钱",
    "客户在问 RiskLens 标价，多少？",
    "请提供 RiskLens 风控引擎的标价",
)(sales.risklens_price)
QUESTIONS.asks(
    "Which product carries the highest list price?",
    "priciest product by list price?",
    "Of everything in the catalogue, name the product with the top list price.",
    "咱们家最贵的产品是啥",
    "产品目录里标价排第一的是哪个",
    "哪款产品的标价最贵",
)(sales.dearest)
QUESTIONS.asks(
    "Number of products by product family",
    "Count our products, one line per family.",
    "I wonder how the catalogue splits up over product families, in number of products.",
    "各产品族分别包含几款产品",
    "产品数量按产品族统计",
    "产品族维度看一下，各有多少款产品",
)(sales.families)

# -- leads ----------------------------------------------------------------------------------------------------------

QUESTIONS.asks(
    "What's the number of new leads so far in November?",
    "leads created this month, total",
    "Marketing keeps asking how many fresh leads were cretaed this month.",
    "这个月来了几条新线索",
    "11月新增线索数",
    "截至今天，本月一共收到多少线索？",
)(sales.leads_month)
QUESTIONS.asks(
    "What's our lead conversion rate overall?",
    "share of leads that got converted",
    "Of all the leads we ever had, what portion ended up converted?",
    "线索转化率多少",
    "所有线索里最终转化的占几成？",
    "想了解下总体的线索转化率",
)(sales.lead_conversion)
QUESTIONS.asks(
    "Are there any hot leads still waiting for a first response?",
    "Is any Hot lead without first response left?",
    "Please check whether we have hot leads that never got a first response.",
    "热线索是不是还有没响应过的",
    "是否存在评级为 Hot 且没有首次响应的线索？",
    "Hot 的线索还有没人回过的吗",
)(sales.hot_unanswered)
QUESTIONS.asks(
    "Where do our leads come from? Count for each source.",
    "lead count per source",
    "Group all leads by where they originated and give me the numbers.",
    "每个渠道来源各有几条线索",
    "线索数按来源拆开看",
    "请按线索来源分组，统计线索数量",
)(sales.lead_sources)
QUESTIONS.asks(
    "From which sector do we get the smallest number of leads?",
    "sector with least leads?",
    "Looking at leads by sector, which one is at the very bottom?",
    "线索数垫底的行业是哪一个",
    "线索数量最低的是什么行业",
    "哪个行业的线索条数最少？",
)(sales.fewest_leads)
QUESTIONS.asks(
    "What is the median size of the deals we have won in North America?",
    "North America, won deals: median amount in USD",
    "Not the average - I need the median value of North American won opportunities.",
    "北美赢下的单子，金额中位数是多少",
    "不要平均值，给我北美区赢单金额的中位数",
    "北美成交单的中位金额",
)(sales.america_median)

# -- contracts, invoices and payments -------------------------------------------------------------------------------

QUESTIONS.asks(
    "What's the total number of contracts in status Active?",
    "active contracts, count",
    "Just curious how many contracts are currently active.",
    "眼下处于生效状态的合同几份",
    "状态是生效中的合同总数",
    "现有有效合同（Active）一共多少份？",
)(service.active_contracts)
QUESTIONS.asks(
    "Total amount of the contracts North America signed from July through September 2026?",
    "NA contracts signed in Q3 2026, total dollars (North America)",
    "How much contract value was signed last quarter in North America?",
    "北美上个季度签下的合同加起来多少美元",
    "2026年第三季度北美签约合同金额合计",
    "Q3北美签了多少钱的合同？",
)(service.america_signed)
QUESTIONS.asks(
    "Number of contracts with auto renew switched on",
    "How many of our contracts have the auto-renew flag set to yes?",
    "contracts w/ auto renew = yes, how many?",
    "会自动续约的合同有几份",
    "设了自动续约的合同，一共多少份？",
    "自动续约合同数统计",
)(service.auto_renew)
QUESTIONS.asks(
    "Of the contracts signed this year, how many are new and how many are renewals?",
    "contracts signed 2026: New vs Renewal counts",
    "Compare how many new and how many renewal contracts we signed this year.",
    "2026年签的合同，新签多还是续签多，各几份",
    "今年签约合同中新签与续签的份数对比",
    "今年合同新签几份、续签几份",
)(service.contract_types)
QUESTIONS.asks(
    "Name the customer with the largest number of contracts.",
    "who's our number one account by number of contracts?",
    "Among all customers, which one has signed more contracts than any other?",
    "跟我们签合同最多（按份数）的是哪家客户",
    "哪个客户手里合同份数最多",
    "合同数量排名第一的客户",
)(service.most_contracts)
QUESTIONS.asks(
    "End date of contract HT-000002, please.",
    "HT-000002 ends when?",
    "I have HT-000002 in front of me - on what date does that contract end?",
    "HT-000002 这份合同啥时候结束",
    "帮忙查一下合同 HT-000002 的结束日期",
    "HT-000002 哪天到期",
)(service.one_end)
QUESTIONS.asks(
    "What's the mean value of a European contract?",
    "avg contract amount, Europe",
    "If you take all contracts in Europe, how big are they on average?",
    "欧洲一份合同平均多大金额",
    "欧洲区合同均值是多少欧元",
    "计算欧洲区全部合同的平均合同额",
)(service.europe_contract)
QUESTIONS.asks(
    "What is the number of overdue invoices?",
    "overdue invoices - count",
    "Finance wants to know how many of our invoices have gone overdue.",
    "有几张发票逾期了",
    "逾期发票数量",
    "财务在催，现在逾期状态的发票总共多少张",
)(service.overdue)
QUESTIONS.asks(
    "How high is the outstanding invoice balance for Europe?",
    "Europe invoices: total balance",
    "Add up the balance on all Europe invoices for me.",
    "欧洲区发票的未付余额合计多少",
    "欧洲的发票还欠着多少钱",
    "汇总一下欧洲区发票余额",
)(service.europe_balance)
QUESTIONS.asks(
    "Which invoices have the status Partly paid?",
    "partly paid invoices, show them all",
    "Could I see the invoices where customers have paid only part of the amount?",
    "部分付款的发票清单",
    "哪些发票是只付了部分款的",
    "把状态为 Partly paid 的发票拉出来",
)(service.partly)

# -- service and work -----------------------------------------------------------------------------------------------

QUESTIONS.asks(
    "Number of tickets that have not been closed",
    "How many support tickets are in any status other than Closed?",
    "tickets not closed, total pls",
    "没关闭的工单总数",
    "现在还有几张工单没关掉",
    "除了已关闭的，工单还剩多少张？",
)(service.tickets_open)
QUESTIONS.asks(
    "How satisfied are customers with our tickets on average?",
    "mean ticket satisfaction score",
    "What satisfaction score do our tickets get on average?",
    "工单满意度均分",
    "客户给工单打的满意度平均几分",
    "想知道工单满意度平均值是多少",
)(service.satisfaction)
QUESTIONS.asks(
    "Which product do customers raise the most tickets about?",
    "product with the highest ticket count?",
    "Rank products by number of tickets - who's on top?",
    "工单数最高的产品是哪一款",
    "客户报工单报得最多的是什么产品",
    "按产品看工单数量，排第一的是谁",
)(service.ticket_product)
QUESTIONS.asks(
    "What proportion of our tickets have priority High?",
    "high-priority tickets as a share of all tickets",
    "Among all support tickets, how large is the share with high priority?",
    "高优先级的工单占全部工单的几成",
    "优先级为高的工单比例是多少？",
    "所有工单里高优先级占百分之几",
)(service.high_share)
QUESTIONS.asks(
    "What was the number of phone calls logged in October 2026?",
    "October call count?",
    "Let me know how many customer calls our people made last month.",
    "10月份电话记录有多少条",
    "上月电话互动次数",
    "咱们团队上个月给客户打电话打了几次",
)(service.calls)
QUESTIONS.asks(
    "Which rep has logged the largest number of visits in 2026?",
    "most visits this year: which salesperson?",
    "I'd like to praise the colleague with the highest number of visits this year, who's that?",
    "2026年拜访客户最勤（次数最多）的是哪位",
    "今年谁跑客户拜访跑得最多",
    "今年拜访次数排名第一的销售",
)(service.visitors)
QUESTIONS.asks(
    "How many minutes does a meeting last on average?",
    "mean duration of meetings (min)",
    "Our meetings feel long - what's their average duration in minutes?",
    "开一次会平均多长时间，按分钟算",
    "会议类互动的平均时长（分钟）",
    "一场会议平均要多少分钟啊",
)(service.meeting_minutes)
QUESTIONS.asks(
    "What's the count of milestones with status Missed?",
    "missed milestones, number",
    "How many milestones have been missed altogether?",
    "里程碑错过了几个",
    "状态为 Missed 的里程碑数量",
    "总共有多少个里程碑被错过了？",
)(service.missed)
