"""Conversations as people have them, in both languages: each follow-up with the query that it must become."""

from __future__ import annotations

Dialogue = tuple[str, tuple[tuple[str, str], ...]]

DIALOGUES: tuple[Dialogue, ...] = (
    (
        "won value in North in Q1 2025",
        (
            ("and in the South?", "figure : won_value where owner.region=South in Q1 2025"),
            ("那上个季度呢？", "figure : won_value where owner.region=South in last quarter (Q4 2025)"),
            ("what about 2025", "figure : won_value where owner.region=South in 2025"),
            ("and Ben Stone?", "figure : won_value where owner.region=South & owner=Ben Stone in 2025"),
            ("换成按产品", "breakdown : won_value by product where owner.region=South & owner=Ben Stone in 2025 order -0"),
            ("in total", "figure : won_value where owner.region=South & owner=Ben Stone in 2025"),
        ),
    ),
    (
        "won value by region in 2025",
        (
            ("only the big ones", "top : won_value by owner.region in 2025 order -0 limit 5"),
            ("only those over 10k", "top : won_value by owner.region in 2025 having gt10000 order -0 limit 5"),
            ("只看South的", "figure : won_value where owner.region=South in 2025"),
            ("without the lost ones", "figure : deal_value where owner.region=South & status ne lost in 2025"),
        ),
    ),
    (
        "deals in 2025",
        (
            ("without the lost ones", "list : opportunity[*] where status ne lost in 2025"),
            ("only those over 5k", "list : opportunity[*] where status ne lost & amount gt 5000 in 2025"),
            ("only the big ones", "refused: which_amount"),
            ("how many is that?", "figure : deal_count where status ne lost & amount gt 5000 in 2025"),
        ),
    ),
    (
        "how many deals in 2025",
        (
            ("除了North区", "figure : deal_count where owner.region ne North in 2025"),
            ("赢单率呢", "figure : win_rate where owner.region ne North in 2025"),
            ("and the average?", "figure : avg(amount) where owner.region ne North & status=won|lost in 2025"),
            ("how about revenue", "figure : won_value where owner.region ne North in 2025"),
            ("by count instead", "figure : won_count where owner.region ne North in 2025"),
        ),
    ),
    (
        "how many deals did we win in 2025",
        (
            ("no, by value", "figure : won_value in 2025"),
            ("不是，按金额", "figure : won_value in 2025"),
            ("I meant lost deals", "figure : lost_value in 2025"),
            ("I mean Q3", "figure : lost_value in Q3 2025"),
        ),
    ),
    (
        "won value in North in 2025",
        (
            ("not North, South", "figure : won_value where owner.region=South in 2025"),
            ("I meant lost deals", "figure : lost_value where owner.region=South in 2025"),
        ),
    ),
    (
        "won value in 2025",
        (
            ("换成按产品", "breakdown : won_value by product in 2025 order -0"),
            ("by month instead", "trend : won_value by close_on:month in 2025"),
            ("break that down by rep", "breakdown : won_value by owner in 2025 order -0"),
            ("per region and product", "breakdown : won_value by owner.region,product in 2025 order -0"),
            ("in total", "figure : won_value in 2025"),
            ("总共", "figure : won_value in 2025"),
        ),
    ),
    (
        "won value by rep in 2025",
        (
            ("and the lowest?", "top : won_value by owner in 2025 order +0 limit 5"),
            ("top 10", "top : won_value by owner in 2025 order -0 limit 10"),
            ("show 20", "top : won_value by owner in 2025 order -0 limit 20"),
            ("the second one?", "top : won_value by owner in 2025 order -0 limit 1 skip 1"),
            ("who is next?", "top : won_value by owner in 2025 order -0 limit 1 skip 2"),
            ("倒数第一呢", "top : won_value by owner in 2025 order +0 limit 1"),
        ),
    ),
    (
        "how many deals did we win in 2025",
        (
            ("show them", "list : opportunity[*] where status=won in 2025"),
            ("sort by close date", "list : opportunity[*] where status=won in 2025 order -close_on"),
            ("sort by amount", "list : opportunity[*] where status=won in 2025 order -amount"),
            ("how many is that?", "figure : deal_count where status=won in 2025"),
        ),
    ),
    (
        "won value in 2025",
        (
            ("which ones?", "list : opportunity[*] where status=won in 2025"),
            ("who owns the first one?", "lookup : opportunity[name,owner] where status=won & source_id=o12 in 2025"),
            ("and its amount?", "lookup : opportunity[name,amount] where status=won & source_id=o12 in 2025"),
            ("when was it closed?", "lookup : opportunity[name,close_on] where status=won & source_id=o12 in 2025"),
            ("第二个是谁负责", "lookup : opportunity[name,owner] where status=won & source_id=o9 in 2025"),
        ),
    ),
    (
        "win rate in 2025",
        (("列出来", "list : opportunity[*] where status=won|lost in 2025"),),
    ),
    (
        "win rate in Q4 2025",
        (
            ("and the quarter before?", "figure : win_rate in Q3 2025"),
            ("compared to last year?", "figure : win_rate in Q3 2025 vs Q3 2024"),
            ("同比呢", "figure : win_rate in Q3 2025 vs Q3 2024"),
            ("环比", "figure : win_rate in Q3 2025 vs Q2 2025"),
        ),
    ),
    (
        "How many deals did Ada Brook win?",
        (
            ("how many did she lose?", "figure : lost_count where owner=Ada Brook"),
            ("what is her region?", "lookup : member[name,region] where name=Ada Brook"),
            ("她的经理是谁", "lookup : member[name,manager] where name=Ada Brook"),
            ("and Ben Stone?", "lookup : member[name,manager] where name=Ben Stone"),
        ),
    ),
    (
        "赢单金额",
        (
            ("那North呢", "figure : won_value where owner.region=North"),
            ("what about product Lift Pro", "figure : won_value where owner.region=North & product=Lift Pro"),
            ("他们的赢单率是多少", "figure : win_rate where owner.region=North & product=Lift Pro"),
        ),
    ),
    (
        "win rate in North",
        (
            ("and in the South?", "figure : win_rate where owner.region=South"),
            ("and overall?", "figure : win_rate"),
            ("and Ben Stone?", "figure : win_rate where owner=Ben Stone"),
            ("what about Ada Brook", "figure : win_rate where owner=Ada Brook"),
        ),
    ),
    (
        "赢单金额",
        (
            ("那South区呢", "figure : won_value where owner.region=South"),
            ("2025年呢", "figure : won_value where owner.region=South in 2025"),
            ("上个季度呢", "figure : won_value where owner.region=South in last quarter (Q4 2025)"),
            ("只看Lift Pro", "figure : won_value where owner.region=South & product=Lift Pro in last quarter (Q4 2025)"),
            ("除了Lift Pro", "figure : won_value where owner.region=South & product ne Lift Pro in last quarter (Q4 2025)"),
        ),
    ),
    (
        "won value in 2025",
        (
            ("and 2024?", "figure : won_value in 2024"),
            ("what about Q3 2025", "figure : won_value in Q3 2025"),
            ("and Q4?", "figure : won_value in Q4 2025"),
        ),
    ),
    (
        "how many deals did we win in Q4 2025",
        (
            ("and lost?", "figure : lost_count in Q4 2025"),
            ("and how much was that worth?", "figure : lost_value in Q4 2025"),
            ("what is the average?", "figure : avg(amount) where status=lost in Q4 2025"),
            ("and the median?", "figure : median(amount) where status=lost in Q4 2025"),
        ),
    ),
    (
        "deals in Q4 2025",
        (
            ("which ones were lost?", "list : opportunity[*] where status=lost in Q4 2025"),
            ("how many are there?", "figure : deal_count where status=lost in Q4 2025"),
            ("what's the total value?", "figure : lost_value in Q4 2025"),
        ),
    ),
    (
        "how many accounts in China",
        (
            ("which ones?", "list : account[*] where country=China"),
            ("and in Kenya?", "list : account[*] where country=Kenya"),
            ("by sector", "breakdown : account_count by sector where country=Kenya order -0"),
        ),
    ),
    (
        "North区的赢单数",
        (
            ("金额呢", "figure : won_value where owner.region=North"),
            ("赢单率呢", "figure : win_rate where owner.region=North"),
            ("那输单呢", "figure : loss_rate where owner.region=North"),
            ("按产品", "breakdown : loss_rate by product where owner.region=North order -0"),
            ("按月", "trend : loss_rate by close_on:month where owner.region=North"),
            ("总共", "figure : loss_rate where owner.region=North"),
        ),
    ),
    (
        "won value by product in 2025",
        (
            ("and by region?", "breakdown : won_value by owner.region in 2025 order -0"),
            ("by quarter instead", "trend : won_value by close_on:quarter in 2025"),
            ("monthly please", "trend : won_value by close_on:month in 2025"),
            ("by rep and product", "breakdown : won_value by owner,product in 2025 order -0"),
            ("in total", "figure : won_value in 2025"),
        ),
    ),
    (
        "deals by rep",
        (
            ("top 2", "top : deal_count by owner order -0 limit 2"),
            ("and the lowest?", "top : deal_count by owner order +0 limit 2"),
            ("the second one?", "top : deal_count by owner order +0 limit 1 skip 1"),
            ("who is next?", "top : deal_count by owner order +0 limit 1 skip 2"),
        ),
    ),
    (
        "各销售的商机数",
        (
            ("最低的呢", "top : deal_count by owner order +0 limit 5"),
            ("前2名", "top : deal_count by owner order -0 limit 2"),
            ("第二名是谁", "top : deal_count by owner order -0 limit 1 skip 1"),
            ("下一个呢", "top : deal_count by owner order -0 limit 1 skip 2"),
        ),
    ),
    (
        "compare North and South by won value",
        (
            ("and their win rates?", "compare : win_rate by owner.region where owner.region=North|South order -0"),
            ("what about North?", "figure : win_rate where owner.region=North"),
        ),
    ),
    (
        "What share of won value comes from Lift Pro?",
        (
            ("and Lift Basic?", "share : won_value% by product only Lift Basic order -0"),
            ("by region", "breakdown : won_value by owner.region where product=Lift Basic order -0"),
        ),
    ),
    (
        "list won deals over 5k",
        (
            ("over 8k", "list : opportunity[*] where status=won & amount gt 8000"),
            ("between 2000 and 9000", "list : opportunity[*] where status=won & 2000<=amount<=9000"),
            ("only Ada Brook's", "list : opportunity[*] where status=won & 2000<=amount<=9000 & owner=Ada Brook"),
            ("without Ada Brook", "list : opportunity[*] where status=won & 2000<=amount<=9000 & owner ne Ada Brook"),
        ),
    ),
    (
        "金额超过五千的商机",
        (
            ("只要赢单的", "list : opportunity[*] where amount gt 5000 & status=won"),
            ("不要North区的", "list : opportunity[*] where amount gt 5000 & status=won & owner.region ne North"),
            ("共有多少个", "figure : deal_count where amount gt 5000 & status=won & owner.region ne North"),
        ),
    ),
    (
        "How many employees does Granite Optics have?",
        (
            ("and its sector?", "lookup : account[name,sector] where name=Granite Optics"),
            ("where is it?", "lookup : account[name,country] where name=Granite Optics"),
            ("and Granite Foods Ltd?", "lookup : account[name,country] where name=Granite Foods Ltd"),
            ("它有多少商机", "figure : deal_count where account=Granite Foods Ltd"),
        ),
    ),
    (
        "list accounts in China",
        (
            ("the first one?", "lookup : account[*] where country=China & source_id=a2"),
            ("its employees?", "lookup : account[name,employees] where country=China & source_id=a2"),
            ("who owns the second one?", "lookup : account[name,owner] where country=China & source_id=a3"),
            ("and the first?", "lookup : account[name,owner] where country=China & source_id=a2"),
        ),
    ),
    (
        "who won the most deals?",
        (
            ("what is her win rate?", "figure : win_rate where owner=Ada Brook"),
            ("how many did she lose?", "figure : lost_count where owner=Ada Brook"),
        ),
    ),
    (
        "谁的商机最多",
        (
            ("他的赢单金额是多少", "figure : won_value where owner=Ada Brook"),
            ("他输了多少单", "figure : lost_count where owner=Ada Brook"),
        ),
    ),
    (
        "win rate in Q4 2025",
        (
            ("compared to the quarter before", "figure : win_rate in Q4 2025 vs Q3 2025"),
            ("vs a year earlier", "figure : win_rate in Q4 2025 vs Q4 2024"),
            ("and in Q3?", "figure : win_rate in Q3 2025"),
        ),
    ),
    (
        "2025年第四季度赢单数",
        (
            ("环比呢", "figure : won_count in Q4 2025 vs Q3 2025"),
            ("同比", "figure : won_count in Q4 2025 vs Q4 2024"),
            ("前一个季度呢", "figure : won_count in Q3 2025"),
            ("去年同期呢", "figure : won_count in Q3 2024"),
        ),
    ),
    (
        "won value in Q4 2025",
        (
            ("and the year before?", "figure : won_value in Q4 2024"),
            ("and the quarter after?", "figure : won_value in Q1 2025"),
            ("and of all time?", "figure : won_value"),
        ),
    ),
    (
        "won value in North in 2025",
        (
            ("for all regions", "figure : won_value in 2025"),
            ("那按产品呢", "breakdown : won_value by product in 2025 order -0"),
        ),
    ),
    (
        "how many deals did Ada Brook win in 2025?",
        (("her manager?", "lookup : member[name,manager] where name=Ada Brook"),),
    ),
    (
        "how many deals did Ada Brook win in 2025?",
        (
            ("那她输了多少？", "figure : lost_count where owner=Ada Brook in 2025"),
            ("and 林晓?", "figure : lost_count where owner=林晓 in 2025"),
            ("show me the deals", "list : opportunity[*] where owner=林晓 & status=lost in 2025"),
            ("sort by amount", "list : opportunity[*] where owner=林晓 & status=lost in 2025 order -amount"),
            ("smallest first", "list : opportunity[*] where owner=林晓 & status=lost in 2025 order +amount"),
            ("show 3", "list : opportunity[*] where owner=林晓 & status=lost in 2025 order +amount limit 3"),
            ("the last one?", "lookup : opportunity[*] where owner=林晓 & status=lost & source_id=o7 in 2025 order +amount limit 3"),
        ),
    ),
    (
        "tickets",
        (
            ("only high priority", "list : ticket[subject,account,priority,opened_at] where priority=high"),
            ("how many is that?", "figure : ticket_count where priority=high"),
        ),
    ),
    (
        "visits in 2026",
        (("and calls?", "list : interaction[account,owner,kind,occurred_at] where kind=call in 2026"),),
    ),
    (
        "won value in 2025",
        (
            ("I meant 2024", "figure : won_value in 2024"),
            ("sorry, Q2", "figure : won_value in Q2 2024"),
            ("no, lost", "figure : lost_value in Q2 2024"),
            ("not by region, by product", "breakdown : lost_value by product in Q2 2024 order -0"),
        ),
    ),
    (
        "won value by region",
        (
            ("not by region, by product", "breakdown : won_value by product order -0"),
            ("rather by rep", "breakdown : won_value by owner order -0"),
        ),
    ),
    (
        "赢单金额按地区",
        (
            ("不对，按产品", "breakdown : won_value by product order -0"),
            ("我是说输单", "breakdown : lost_value by product order -0"),
            ("改成按销售", "breakdown : lost_value by owner order -0"),
        ),
    ),
    (
        "win rate by product",
        (
            ("only those over 40%", "breakdown : win_rate by product having gt0.4 order -0"),
            ("and in 2025", "breakdown : win_rate by product in 2025 having gt0.4 order -0"),
        ),
    ),
    (
        "won value by rep",
        (
            ("only those over 10k", "breakdown : won_value by owner having gt10000 order -0"),
            ("without Ben Stone", "breakdown : won_value by owner where owner ne Ben Stone having gt10000 order -0"),
        ),
    ),
    (
        "lost deals in 2025",
        (
            ("按金额排序", "list : opportunity[*] where status=lost in 2025 order -amount"),
            ("倒序", "list : opportunity[*] where status=lost in 2025 order +amount"),
        ),
    ),
    (
        "won value in 2025",
        (("and deals lost?", "figure : lost_count in 2025"),),
    ),
    (
        "won value by rep",
        (
            ("first the lowest", "top : won_value by owner order +0 limit 5"),
            ("reverse", "top : won_value by owner order -0 limit 5"),
            ("all of them", "top : won_value by owner order -0"),
        ),
    ),
    (
        "how many deals did we win in 2025",
        (
            ("is that more than last year?", "figure : won_count in 2025 vs 2024"),
            ("and the month before?", "figure : won_count in Dec 2024"),
        ),
    ),
    (
        "赢单率",
        (
            ("South呢", "figure : win_rate where owner.region=South"),
            ("换成North", "figure : win_rate where owner.region=North"),
        ),
    ),
    (
        "won value of Granite Optics",
        (
            ("and its country?", "lookup : account[name,country] where name=Granite Optics"),
            ("when was it founded?", "lookup : account[name,founded_year] where name=Granite Optics"),
            ("how many tickets do they have?", "figure : ticket_count where account=Granite Optics"),
        ),
    ),
    (
        "Ada Brook 赢了多少单",
        (
            ("她的赢单金额", "figure : won_value where owner=Ada Brook"),
            ("那林晓呢", "figure : won_value where owner=林晓"),
            ("show me those deals", "list : opportunity[*] where owner=林晓 & status=won"),
            ("只看2025年的", "list : opportunity[*] where owner=林晓 & status=won in 2025"),
            ("多少个", "figure : deal_count where owner=林晓 & status=won in 2025"),
        ),
    ),
    (
        "list deals in stage Proposal",
        (
            ("by product", "breakdown : deal_count by product where stage=Proposal order -0"),
            ("just Lift Pro", "figure : deal_count where stage=Proposal & product=Lift Pro"),
        ),
    ),
    (
        "list accounts",
        (
            ("only food", "list : account[*] where sector=food"),
            ("and medical?", "list : account[*] where sector=medical"),
            ("how many is that?", "figure : account_count where sector=medical"),
        ),
    ),
    (
        "deal count by month in 2025",
        (
            ("by quarter", "trend : deal_count by close_on:quarter in 2025"),
            ("in total", "figure : deal_count in 2025"),
            ("and in 2024?", "figure : deal_count in 2024"),
        ),
    ),
    (
        "赢单数",
        (
            ("今年呢", "figure : won_count in this year (2026)"),
            ("去年呢", "figure : won_count in last year (2025)"),
            ("前一年呢", "figure : won_count in 2024"),
        ),
    ),
    (
        "won value in Q2 2025",
        (
            ("vs the quarter before", "figure : won_value in Q2 2025 vs Q1 2025"),
            ("and by product?", "breakdown : won_value by product in Q2 2025 vs Q1 2025 order -0"),
        ),
    ),
    (
        "lost deals by rep",
        (
            ("换成按产品", "breakdown : lost_count by product order -0"),
            ("最低的呢", "top : lost_count by product order +0 limit 5"),
        ),
    ),
    (
        "win rate by region",
        (
            ("and loss rate?", "breakdown : loss_rate by owner.region order -0"),
            ("只看North的", "figure : loss_rate where owner.region=North"),
        ),
    ),
    (
        "average deal size",
        (
            ("for Lift Pro", "figure : average_won_value where product=Lift Pro"),
            ("and Lift Basic?", "figure : average_won_value where product=Lift Basic"),
            ("without Lift Basic", "figure : average_won_value where product ne Lift Basic"),
        ),
    ),
    (
        "列出North的商机",
        (
            ("按金额排序", "list : opportunity[*] where owner.region=North order -amount"),
            ("第一个是谁负责", "lookup : opportunity[name,owner] where owner.region=North & source_id=o12 order -amount"),
            ("它的金额呢", "lookup : opportunity[name,amount] where owner.region=North & source_id=o12 order -amount"),
        ),
    ),
    (
        "open deals by product",
        (
            ("and by rep instead", "breakdown : open_count by owner order -0"),
            ("in total", "figure : open_count"),
            ("列出来", "list : opportunity[*] where status=open"),
        ),
    ),
    (
        "how many deals did 林晓 win?",
        (
            ("and Ada Brook?", "figure : won_count where owner=Ada Brook"),
            ("她输了多少单", "figure : lost_count where owner=Ada Brook"),
            ("in 2025", "figure : lost_count where owner=Ada Brook in 2025"),
        ),
    ),
    (
        "number of deals in China",
        (
            ("那Kenya呢", "figure : deal_count where account.country=Kenya"),
            ("赢单金额呢", "figure : won_value where account.country=Kenya"),
            ("按产品", "breakdown : won_value by product where account.country=Kenya order -0"),
        ),
    ),
    (
        "How many deals did Ada Brook win in 2025?",
        (
            ("赢单率？", "figure : win_rate where owner=Ada Brook in 2025"),
            ("add Ben Stone", "figure : win_rate where owner=Ada Brook|Ben Stone in 2025"),
        ),
    ),
    (
        "won value in 2025",
        (
            ("which region has the most?", "top : won_value by owner.region in 2025 order -0 limit 5"),
            ("哪个产品最高", "top : won_value by product in 2025 order -0 limit 5"),
        ),
    ),
    (
        "won value in North",
        (
            ("各地区比一下", "breakdown : won_value by owner.region order -0"),
            ("Q4 2025 versus Q3 2025", "breakdown : won_value by owner.region in Q4 2025 vs Q3 2025 order -0"),
        ),
    ),
    (
        "open deals by rep",
        (("how many of those are over 5k?", "figure : open_count where amount gt 5000"),),
    ),
    (
        "compare North and South by won deals",
        (("who's ahead on win rate?", "top : win_rate by owner.region where owner.region=North|South order -0 limit 5"),),
    ),
    (
        "list won deals over 5k",
        (("and less than 9k", "list : opportunity[*] where status=won & amount gt 5000 & amount lt 9000"),),
    ),
    (
        "how many open deals are there?",
        (("what are they worth in total?", "figure : pipeline_value"),),
    ),
    (
        "what is the biggest deal of 2025",
        (
            ("谁跟的", "lookup : opportunity[name,owner] in 2025 order -amount limit 1"),
            ("how many open deals does she have", "figure : open_count where owner=Ada Brook"),
        ),
    ),
    (
        "what is the biggest deal of 2025",
        (("她手上还有几个没签的", "figure : open_count where owner=Ada Brook"),),
    ),
    (
        "how many deals did Ada Brook win in 2025",
        (("她手上还有几个", "figure : open_count where owner=Ada Brook"),),
    ),
    (
        "2025年North的赢单金额",
        (
            ("那边手上还有几个项目", "figure : open_count where owner.region=North"),
            ("how many open deals there?", "figure : open_count where owner.region=North"),
        ),
    ),
)
