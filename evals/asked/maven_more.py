"""More phrasings, as other people would say them, of what the own questions about the Maven CRM export ask."""

from datetime import date

from evals.asked import maven_own as own
from evals.asked import maven_own_deals as held
from evals.asked.expecting import QuestionSet

QUESTIONS = QuestionSet("maven_more", today=date(2017, 12, 31), written_by="own")

QUESTIONS.asks(
    "Give me our total count of closed-won deals for 2017",
    "Just curious, what number of deals have we signed so far this year?",
    "2017 wins - total count pls",
    "截至今天，本年度赢单总数是多少？",
    "咱们2017年拿下了多少个单子",
    "老板问今年一共成了几单，报个数",
)(held.won_this_year)
QUESTIONS.asks(
    "I'm after the revenue East brought in between July and September 2017",
    "East region, Q3 2017: how much money did they win?",
    "For the third quarter of 2017, what did the deals won by the East office add up to?",
    "East 大区2017年7到9月赢单金额合计多少",
    "三季度 East 那边一共做了多少业绩？",
    "请统计 East 办公室2017年Q3的赢单总金额",
)(held.east_q3)
QUESTIONS.asks(
    "Of the deals Darcel Schlecht has finished, what percentage did he win?",
    "I'd like to know how often Darcel Schlecht wins",
    "Darcel Schlecht - win ratio?",
    "Darcel Schlecht 的赢率有多高",
    "Darcel Schlecht 跟完的单子里，赢的占几成？",
    "查一下 Darcel Schlecht 赢单比例",
)(held.darcel_rate)
QUESTIONS.asks(
    "When we win a GTX Plus Pro deal, how much is it worth on average?",
    "GTX Plus Pro: average value per closed-won deal",
    "so what does a typical win on GTX Plus Pro bring in, I mean the mean",
    "GTX Plus Pro 赢单的均价是多少",
    "卖成的 GTX Plus Pro，一单平均能有多少金额",
    "算下 GTX Plus Pro 赢单的平均客单价",
)(held.plus_pro_mean)
QUESTIONS.asks(
    "What's the count of opportunities still in play?",
    "How many deals haven't been won or lost yet?",
    "Size of our current pipeline in number of deals please",
    "手头还在推进、没输没赢的单子总共几个",
    "现在 pipeline 里有多少单？",
    "未关闭商机总数",
)(held.open_now)
QUESTIONS.asks(
    "Prospecting stage: deal count?",
    "Can you check how many opportunities we've got at the Prospecting stage?",
    "Tell me the number of deals that are still at prospecting",
    "还停留在 Prospecting 的商机数量",
    "Prospecting 这个阶段现在挂着几个商机？",
    "麻烦数一下阶段是 Prospecting 的单子有多少",
)(held.prospecting)
QUESTIONS.asks(
    "How many opportunities do we have at the Engaging stage right now?",
    "Count the deals whose stage is Engaging",
    "engaging stage, total number of opps?",
    "阶段为 Engaging 的单子共有多少",
    "Engaging 里头现在有多少商机啊",
    "报一下 Engaging 阶段的商机总数",
)(held.engaging)
QUESTIONS.asks(
    "Among closed-won deals, what's the median deal size?",
    "I don't want the mean, give me the median amount of our won deals",
    "median close value, won deals",
    "不要平均数，我想看赢单金额的中位数",
    "所有成交单子的金额中位值是多少？",
    "赢单成交额中位数，谢谢",
)(held.median_won)
QUESTIONS.asks(
    "What's the total value of deals we've won with Kan-code in the current quarter?",
    "Kan-code, this quarter: won amount?",
    "How much business have we closed with Kan-code this quarter, in dollars?",
    "这个季度从 Kan-code 那里拿下了多少金额的单子？",
    "Kan-code 这季度赢单总额",
    "本季 Kan-code 一共签了多少钱",
)(held.kan_code_now)
QUESTIONS.asks(
    "How many deals slipped away from us last month?",
    "Last month's number of closed-lost opportunities, please",
    "Remind me, what was the count of lost opps in the previous month?",
    "上月丢单数量是多少",
    "上个月输掉了几个单子？",
    "看下上个月没拿下来、最后丢掉的单有几个",
)(held.lost_last_month)
QUESTIONS.asks(
    "How much of total won value is GTK 500, percentage-wise?",
    "GTK 500's contribution to overall won revenue as a percentage?",
    "What proportion of all the money we've won came in through GTK 500?",
    "总的赢单金额里，GTK 500 贡献了多大比例",
    "GTK 500 的成交额占比多少？",
    "我们成交的钱里面有几成是 GTK 500 带来的",
)(held.gtk_share)
QUESTIONS.asks(
    "How long does it take us, on average, to win a deal once we've engaged?",
    "avg sales cycle of won deals in days",
    "From the engage date to the close date, how many days does a win usually take on average?",
    "赢单的平均销售周期是几天",
    "一个单子从开始接触到赢下来，平均得花多久？",
    "成交的商机平均跟了多少天才关单",
)(held.won_days)
QUESTIONS.asks(
    "Count of closed-won deals of 10,000 or more",
    "How many wins do we have where the amount is no less than 10k?",
    "Number of deals we won with a value >= $10,000?",
    "一万及以上的赢单一共几个",
    "赢下来的单子里，金额达到1万或更高的有几单？",
    "赢单中金额≥10000的数量",
)(held.big_won)
QUESTIONS.asks(
    "How big was our biggest win ever, in dollars?",
    "Max close value among won deals?",
    "I need the amount of the highest-value deal that we have won",
    "咱们赢过最大的一单是多少钱",
    "赢单里金额的最大值",
    "历史上成交金额最大的那笔单子，金额是多少？",
)(held.largest_value)
QUESTIONS.asks(
    "Count open opportunities where the account is blank",
    "What's the number of deals in the pipeline that are missing an account?",
    "hey, how many of our open deals aren't linked to any account",
    "还没关单的商机里，客户一栏空着的有多少个？",
    "没有关联客户的进行中商机数量",
    "在跟的单子有几个没填客户",
)(held.open_without_account)
QUESTIONS.asks(
    "How many wins did we land last week?",
    "Closed-won count for last week pls",
    "Can you tell me the number of deals that we won in the past calendar week, I mean last week?",
    "上个星期赢了几个单子？",
    "上周赢单数",
    "上一周我们一共签下几单",
)(held.won_last_week)
QUESTIONS.asks(
    "Number of distinct customers we won deals with in Q4 2017",
    "Between October and December 2017, how many separate accounts did we close won deals with?",
    "Unique buying accounts in the fourth quarter: count?",
    "2017年四季度有成交的客户去重后有几家",
    "Q4 一共有多少家客户跟我们成交过？",
    "10月到12月赢单涉及多少个不同客户",
)(held.buyers_q4)
QUESTIONS.asks(
    "How many MG Advanced deals did Vicki Laflamme win in 2017?",
    "MG Advanced, Vicki Laflamme, number of wins this year",
    "I'd like the count of MG Advanced wins credited to Vicki Laflamme for 2017",
    "Vicki Laflamme 2017年赢了几个 MG Advanced 的单子？",
    "今年 MG Advanced 这个产品，Vicki Laflamme 签成了几单",
    "统计 Vicki Laflamme 本年度 MG Advanced 赢单数量",
)(held.vicki_advanced)
QUESTIONS.asks(
    "Who are our three strongest salespeople going by won revenue?",
    "Rank the sales agents by won amount and show me the first three",
    "Leaderboard by closed-won value, top three reps only",
    "按赢单金额排，前3的销售是哪几位",
    "业绩最好的三个销售是谁，看成交金额",
    "给我拉个成交额 top 3 的销售名单",
)(held.top_reps)
QUESTIONS.asks(
    "Who's our number one customer by won value?",
    "Name the account that has generated the highest total of won deals in dollars",
    "Which customer have we won the most money from?",
    "成交总额最高的是哪家客户？",
    "哪家客户给我们带来的赢单金额最多",
    "咱们最大的金主是谁，按成交额算",
)(held.best_account)
QUESTIONS.asks(
    "Which rep is the runner-up by count of won deals?",
    "Number two sales agent when sorted by number of wins?",
    "Apart from the champion, who has won the most deals - I mean second place by win count",
    "赢单数第二多的销售是谁？",
    "赢单个数排行榜上的老二是谁",
    "论赢单的单数，哪个销售排在第2位",
)(held.second_rep)
QUESTIONS.asks(
    "Which sales agent has the poorest win rate?",
    "Who's at the bottom when you rank reps by win rate?",
    "Tell me who wins the smallest share of their closed deals among the sales agents",
    "哪位销售的赢单率最低？",
    "销售里面赢率最差的是谁啊",
    "赢单率倒数第一的销售人员",
)(held.worst_rate)
QUESTIONS.asks(
    "What was our best month of 2017 by won revenue?",
    "Peak month for closed-won value in 2017?",
    "Of all the months in 2017, which one had the highest won amount?",
    "今年哪个月赚得最多，看赢单金额",
    "2017年成交金额最高的月份",
    "２０１７年业绩最好的是几月份，按成交额看？",
)(held.best_month)
QUESTIONS.asks(
    "In 2017, whose team racked up the most losses? (by manager)",
    "Which manager saw the highest number of lost deals in 2017?",
    "manager with most closed-lost deals this year",
    "2017年丢单数最多的经理是谁？",
    "今年输单最多的是哪位经理带的队",
    "按经理统计，本年度谁的丢单数量最高",
)(held.manager_lost)
QUESTIONS.asks(
    "Which sales rep is carrying the most open deals?",
    "Who has the largest number of open opportunities on their plate?",
    "Rep with the fullest pipeline, counted in deals?",
    "谁手里的在跟商机数量最多？",
    "哪个销售名下未关闭的单子最多",
    "目前哪位销售手上没关的单最多啊",
)(held.most_open)
QUESTIONS.asks(
    "In which industry is our average won-deal sales cycle the shortest?",
    "Among the sectors, where do we need the fewest days on average to win a deal?",
    "shortest avg time to win by sector - which one is first?",
    "赢单平均用时最短的是哪个行业？",
    "哪个行业的客户我们赢得最快，看平均天数",
    "各行业比一比，从接触到赢单平均天数最少的是谁",
)(held.fastest_sector)
QUESTIONS.asks(
    "Top 5 accounts for the West region by won value",
    "Who are West's five biggest customers in terms of closed-won dollars?",
    "For the West office, rank customers by won revenue and give me the first 5",
    "West 大区赢单金额最高的五家客户是哪些？",
    "West 那边成交额排前5名的客户",
    "想看看 West 办公室贡献成交金额最多的 5 个客户",
)(held.west_accounts)
QUESTIONS.asks(
    "Break down our won revenue by region",
    "How much has each regional office won in dollars?",
    "won amount, split by regional office",
    "按区域办公室汇总一下赢单金额",
    "每个大区分别做了多少成交额？",
    "成交额分大区看",
)(held.region_value)
QUESTIONS.asks(
    "What's the win rate for each product?",
    "Show me how win rates differ from product to product",
    "Per-product win ratio, all products",
    "每个产品的赢单率各是多少？",
    "各产品赢率列一下",
    "我想了解一下不同产品的赢单率情况",
)(held.product_rate)
QUESTIONS.asks(
    "For each quarter of 2017, how much did we win in dollars?",
    "Won value per quarter, 2017",
    "Could you lay out 2017 closed-won revenue quarter by quarter?",
    "今年四个季度各成交了多少钱",
    "2017年分季度赢单金额",
    "把2017年的成交额按季度拆开给我看看",
)(held.quarter_value)
QUESTIONS.asks(
    "Lost deals per month for 2017",
    "Show me the monthly number of closed-lost deals during 2017",
    "How did our lost deal count develop across the months of 2017?",
    "今年每个月各丢了几单？",
    "2017年丢单数按月统计",
    "按月份看一下2017年丢单数量的变化",
)(held.month_lost)
QUESTIONS.asks(
    "For each regional office and product series, how many deals were won?",
    "Cross-tab of won deal counts: regional office by series",
    "I want to see the number of wins by regional office, split further by product series",
    "每个大区、每个产品系列各赢了多少单？",
    "赢单数按区域办公室和产品系列两个维度分组",
    "分大区再分产品系列，看看赢单数量",
)(held.region_series)
QUESTIONS.asks(
    "Break open deals down by stage",
    "Number of open opportunities at each stage?",
    "Our pipeline by stage, as deal counts",
    "在跟商机按阶段分布如何？",
    "进行中的单子，每个阶段各有几个",
    "按阶段数一下现在 pipeline 里的商机",
)(held.open_stages)
QUESTIONS.asks(
    "How did Q4 2017 won revenue stack up against Q3 2017?",
    "Put won revenue for the third and fourth quarters of 2017 side by side",
    "Q3 vs Q4 2017, closed-won value",
    "对比2017年Q3和Q4的成交额",
    "今年第三季度跟第四季度，成交金额哪个高？",
    "把三季度、四季度的赢单金额放一起看看",
)(held.q3_q4)
QUESTIONS.asks(
    "Do we win more often with GTX Basic or with MG Special?",
    "win rate comparison: MG Special against GTX Basic",
    "Between MG Special and GTX Basic, whose win rate is better?",
    "对比一下 MG Special 跟 GTX Basic 的赢单率",
    "赢率方面，GTX Basic 比 MG Special 强吗，各是多少？",
    "MG Special、GTX Basic 两个产品的赢单率",
)(held.basic_special)
QUESTIONS.asks(
    "Compare won value: Cara Losch vs Rocco Neubert (managers)",
    "Put the won revenue of the teams of Cara Losch and Rocco Neubert next to each other",
    "Whose team has the higher closed-won value, Cara Losch's or Rocco Neubert's?",
    "Cara Losch 的团队跟 Rocco Neubert 的团队，谁的赢单金额更高？",
    "比较 Rocco Neubert 与 Cara Losch 两位经理的赢单总额",
    "Rocco Neubert 团队和 Cara Losch 团队各做了多少成交额",
)(held.two_managers)
QUESTIONS.asks(
    "Which won deals had a close value of more than 29000?",
    "Show me every win bigger than $29k",
    "pull up closed-won opportunities with an amount over 29,000 please",
    "金额大于29000的赢单有哪些？",
    "把超过2.9万的成交单都调出来",
    "赢单里面金额高于 29,000 的，给我看一下明细",
)(held.above_29k)
QUESTIONS.asks(
    "Were there any GTK 500 wins in November 2017?",
    "Nov 2017 - any closed-won GTK 500 deals?",
    "Can you check whether a GTK 500 deal was won during November this year?",
    "GTK 500 在2017年11月有赢单吗？",
    "上个月 GTK 500 有没有成交",
    "今年11月份签下过 GTK 500 的单子吗",
)(held.gtk_november)
QUESTIONS.asks(
    "Does Garret Kinder still have deals in the pipeline?",
    "Is there anything open under Garret Kinder?",
    "Any unfinished opportunities that belong to Garret Kinder?",
    "Garret Kinder 名下有没有在跟的商机？",
    "Garret Kinder 现在还有进行中的单子没",
    "请问 Garret Kinder 是否还有未关闭的商机",
)(held.garret_open)
QUESTIONS.asks(
    "What's the number of technology accounts in our CRM?",
    "Count of customers whose sector is technology",
    "Customers in tech: how many do we have?",
    "technology 行业的客户数量",
    "我们有几家科技类客户？",
    "属于科技行业的客户共有多少个",
)(own.technology)
QUESTIONS.asks(
    "List customers located in countries other than the United States",
    "Show me all non-US accounts",
    "Who are our overseas customers, i.e. office not in the United States?",
    "办公地点在美国以外的客户都有谁",
    "列一下海外客户（办公地不是 United States 的）",
    "哪些客户不在美国？",
)(own.abroad)
QUESTIONS.asks(
    "Which account employs the most people?",
    "Largest customer by number of employees?",
    "Out of all our accounts, whose workforce is the biggest?",
    "哪家客户的员工人数最多？",
    "论员工规模，最大的客户是谁",
    "客户里面人最多的公司是哪个",
)(own.headcount)
QUESTIONS.asks(
    "When was Plexzap founded?",
    "Plexzap - year established?",
    "Do you know what year Plexzap was set up?",
    "Plexzap 的成立年份",
    "Plexzap 这家公司哪年创立的？",
    "帮我看看 Plexzap 成立于哪一年",
)(own.plexzap)
QUESTIONS.asks(
    "Give me the customers we've won GTK 500 deals with",
    "Who has bought GTK 500 from us?",
    "Accounts with at least one closed-won GTK 500 deal",
    "GTK 500 卖给了哪些客户？",
    "有过 GTK 500 赢单的客户名单",
    "哪几个客户下过 GTK 500 的单并且成交了",
)(own.gtk_buyers)
QUESTIONS.asks(
    "Who does Cassey Cress report to?",
    "Name of Cassey Cress's manager please",
    "Cassey Cress is on whose team?",
    "Cassey Cress 归哪位经理管？",
    "Cassey Cress 的直属经理叫什么",
    "Cassey Cress 是谁团队的人",
)(own.cassey)
QUESTIONS.asks(
    "Which reps haven't got a single deal to their name?",
    "List sales agents with zero deals",
    "Are there reps without any opportunities? Name them",
    "没有任何商机的销售有哪些人？",
    "列出名下商机数为零的销售",
    "一个单子都没有的销售是哪几个",
)(own.idle)
QUESTIONS.asks(
    "How much does MG Advanced cost according to the product list?",
    "sales price, MG Advanced",
    "What do we list MG Advanced at?",
    "MG Advanced 的售价是多少？",
    "MG Advanced 目录价",
    "问一下 MG Advanced 这款产品定价多少",
)(own.advanced_price)
QUESTIONS.asks(
    "Which sales agents have over 170 wins?",
    "Name everyone on the sales team with more than 170 won deals",
    "Who has closed more than 170 deals as won?",
    "谁的赢单数在170单以上（不含170）？",
    "赢了超过170单的销售名单",
    "列出赢单数大于 170 的销售人员",
)(own.above_170)
