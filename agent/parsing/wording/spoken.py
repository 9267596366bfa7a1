"""Frames of spoken Chinese around what is asked, said in the words that the parser reads: 每一步, 签过项目没有, 年内. Saying them twice changes nothing."""

from __future__ import annotations

import re

from agent.parsing.wording.customers import customer_at

_STEP = re.compile(r"(?P<which>每|哪|各|这)一?个?步(?![骤行伐调])")
_PART_COUNTED = re.compile(
    r"(?<=[一-鿿])占(?:了|到|着)?(?P<count>(?:多少|几)(?:[份单笔张家台件条次起位块元万](?!额)|个(?!百分|点)|钱))(?=\s*(?:$|[，,。；;？?！!]))"
)
_FROM_SIGNING = re.compile(r"从签(?:订|署|完|下|好)?了?合同(?=[到至])")
_FROM_INVOICE = re.compile(r"从?发票开(?:出去?|好|完)了?(?:以后|之后)?到(?:钱|款项?|回款)(?:到账|到位|进来)[，,]?(?=平均|一般|[要得多])")
_DONE_OR_NOT = re.compile(r"(?P<done>[一-鿿][了过](?!几|多少|哪)[^，,。；;？?！!几哪多没]{0,10})没有?\s*(?P<mark>[？?。！!]*)\s*$")
_ON_THE_WAY = re.compile(r"(?:现在|目前)?(?:都)?(?:还|仍|正)?在路上(?:的)?(?P<more>[、，,]?(?:还)?没到(?:货|达)?)?")
_SORTED = re.compile(r"[，,]?\s*(?:按)?(?:从)?(?P<first>多|少|高|低|大|小)的(?:都)?(?:排|放|列)(?:在)?(?:最)?前面?")
_OPPOSITES = {"多": "少", "少": "多", "高": "低", "低": "高", "大": "小", "小": "大"}
_IN_THE_END = re.compile(
    r"[，,]?\s*(?<![月周季年天度])(?:最后|最终|结果)(?=(?:还是|却|都)?(?:我们|咱们)?(?:没|未)?(?:输|丢|黄|落标|流标|赢|中标|签下|拿下|谈成|成单)[单掉标了过]*(?:的|，|,)?(?:有|一?共)?(?:多少|几))"
)
_DUE = re.compile(r"应该(?=[收回付到交还][^，,。；;？?]{0,3}(?:多少|几|的款|款))")
_BIG_ONES = re.compile(r"(?<=以上的|以下的)[大小](?P<what>单(?!子)|项目|客户|合同|订单|商机|单子)")  # 20万以上的大单: the bound says how big
_BY_WHOM = re.compile(r"(?P<by>归|由)哪[位个名](?!谁)[一-鿿]{0,4}?(?:员|顾问|经理|销售|同事|工程师|代表|主管)(?=来?(?:服务|管|负责|跟进?|维护|对接|带))")
_SUMS = re.compile(r"(?<=[收回付打])(?P<aspect>[了过]?)多少款(?![项式])")
_SUMS_DUE = re.compile(r"(?<=多少)款项?(?=(?:还|都)?[该要应待][收付交缴])")
_LATE = re.compile(r"(?:拖|延|误|迟)(?:期|误|后|迟)?了(?=(?:几|多少)天|多久)")
_SOME_LATE = re.compile(r"拖期|延期|逾期|延误|误期|晚|迟")
_WHAT_GOODS = re.compile(r"(?:是|发|卖|装|买)的?(?:什么|啥)货(?=\s*(?:[，,。；;？?！!]|$))")
_THOSE = re.compile(r"(?<=的)(?:那些|那几[个张批单家笔份]|那批)(?=[一-鿿])(?![的是有都])")
_MONEY_TAKEN = re.compile(r"(?<![没未验回签该要应待])(?<!没有)收(?:到|来|上来|回来)?的款(?!项|式|待)(?:子)?")
_GOODS_APART = re.compile(r"(?P<verb>[发到送退收交出])(?P<aspect>[了过])?(?P<count>(?:多少|好?几|\d+)[单批票次车箱件个笔]?)货(?![款品物值运架])")
_COPIED = re.compile(r"(?P<verb>[一-鿿])(?P<object>[一-鿿]{1,4}?)(?P=verb)(?:得|的(?=最))")
_COPIED_COUNT = re.compile(r"(?P<verb>[寄卖发送买跑签收退])(?P<object>[一-鿿]{1,4}?)(?P<again>(?P=verb)[了掉过出到](?:多少|好?几))")
_WHO_VISITS = re.compile(
    r"(?P<who>谁|哪[位个]?(?:销售|业务员|同事|营销员|人))(?P<verb>走访|拜访|回访|探访|联系|接触|跑)(?:的)?(?P<whom>[一-鿿]{2,4}?)(?=(?:的?次数|得|的)?最|(?:的)?次数)"
)
_EVER_HAD = re.compile(r"(?<![没未曾])有过(?=(?:多少|好?几)[个家笔条单张次位份场项]?)")
_WHO_OWES = re.compile(r"谁(?=(?:还|都|最)?欠(?![一-鿿]?[谁交发货]))")
_OWED = re.compile(r"(?<![拖赊尾尚拒])欠(?:着|了|下)?(?:(?:我们|咱们|我司|我方)(?:公司)?(?:的)?[钱款账]?|[钱款账])?(?:得|的)?(?=最|多少(?!份|张|[货票])|几)")
_NOT_A_CENT = re.compile(r"连?一[分毛](?:钱|款)?[都也]?(?:还|尚)?(?:没有?|未)(?:到账|到位|收到|收回来?|收上来|付过?|给过?|[交缴]过?|回来|打过来)")
_NOT_HANDED_IN = re.compile(r"(?<=[一-鿿])(?:还没有?|尚未|没有?|未)[交缴](?:钱|费|款|清|上来)?(?=的|[，,。；;？?！!]|$)")
_OF_MONEY = re.compile(r"[费款钱欠账租]|逾期")
_EVER_DONE = re.compile(r"(?P<verb>[做办开搞])过(?P<what>[^，,。；;？?！!几多哪谁有没]{2,10})吗(?=\s*[？?。！!]*\s*$)")
_ALL_OTHERS = re.compile(r"(?<=以外|之外|除外)(?:的)?(?:其[他它余]|别的)的?(?=[一-鿿])")
_SO_OFTEN = re.compile(r"(?<=[提报访去来买签赢输投谈开做标])过(?=\d+[次单个家笔张回])")
_WHO_LEFT = re.compile(
    r"(?P<who>[一-鿿A-Za-z]{2,12}?)(?:不是|都|也|已经?)?(?:离职|走|辞职)(?:了|之后|以后|后|吗|吧){1,3}[，,]?\s*(?:(?:他|她|其)(?:的)?)?(?=名下|手上|手里|手头)"
)
_LONG_SINCE = re.compile(r"[离距]离?(?!目标|指标|任务|配额)(?P<event>[一-鿿]{2,4}?)(?:的?时间|到?现在|至今)?(?:已经)?最(?:久|长|远)")
_CONTRACTED = re.compile(r"(?P<denied>没有?|还没有?|尚未|未)签合同(?=的|$|[，,。？?])")
_MADE = re.compile(r"(?:完成|实现|取得|创造)了(?=多少[一-鿿]{0,4}(?:金额|额|业绩|收入|利润|毛利))")
_YEAR_AGO = re.compile(r"(?P<with>[，,]\s*(?:跟|和|与|同|比|较)去年同期(?:相?比|对比)?)(?:呢|怎么样|怎样|如何)(?=\s*[？?。]?\s*$)")
_NUMBERS = re.compile(r"(?:的)?(?:单号|编号)(?:都)?(?:列?给我|发我|列出来|列一下)(?=\s*[。！!？?]?\s*$)")
_NOBODY_MINDS = re.compile(r"(?:没有?人|无人|没有谁|没谁)(?:在)?(?:负责|管)(?=的|$|[，,。？?！!])")
_NOT_BEEN = re.compile(r"(?P<none>没有?|从没有?|从未|未|没人|没有人|无人)(?:去|上门|登门)过?(?:了)?(?=的|$|[，,。；;？?！!])")
_NOBODY_WENT = re.compile(r"(?:没有?人|无人|没有谁|没谁)(?:去|来)?(?P<deed>跟进?|联系|走访|拜访|回访|沟通|对接)过(?:了)?(?=的|$|[，,。；;？?！!])")
_WHO_MOST = re.compile(r"^(?P<what>[^，,。；;？?！!谁]{2,12})(?:里面?|中)?(?:是)?谁(?:在)?(?P<verb>管|负责|跟|带)(?:得|的)?(?P<most>最[多少])")
_DEALS_MADE = re.compile(r"(?P<verb>[签])[了过]?的单(?:子)?(?=得?最)")
_SECOND_BEST = re.compile(r"(?P<by>[卖做销干])得第(?P<place>[二三四五])(?P<how>好|差)(?:的)?")
_MAINLY = re.compile(
    r"(?:主要|大多|多半|基本上?)(?:都)?(?:是)?(?:因为|由于|出于)(?:啥|什么|哪些)(?![原理因])|(?:都|主要)是?(?:因为|由于)(?:啥|什么|哪些)(?:原因|理由)?"
    r"|(?<=的)(?P<whose>(?:(?![主大多基都])[一-鿿]){0,4}?)是?(?:因为|由于)(?:啥|什么)(?:原因|理由)?(?:呢|啊)?(?=\s*[？?。]?\s*$)"  # 去年丢的商机因为啥
)
_NOT_RETURNED = re.compile(r"(?:还|尚|都|一直)?(?:没有?|未)回(?:来|到|上来|完)?的(?:货|尾)?款(?:项)?(?!式|待)")
_STILL_OUT = re.compile(
    r"(?:还|尚)?(?P<left>剩下?|差|欠)?(?:有)?多少(?P<noun>[一-鿿]{0,2}?(?:款项?|钱|费|租金|账))?(?:都|还|尚)?(?:没有?|未)"
    r"(?:收(?:到|回来?|上来|进来|齐|完)?|回(?:来|笼|上来)|到(?:账|位)|进(?:来|账))(?=\s*(?:$|[，,。；;？?！!]))"
)
_OF_SUM = re.compile(r"[款费钱账租](?:这?一?[项块笔]|里面?|当?中)?(?:现在|目前|一共|总共|到现在|到目前)?$")
_MONEY_NOT_IN = re.compile(r"(?<![尾首])[钱款]项?(?:都|还|也|尚)*(?:没有?|未)(?:进来|回来|到手|收到|收回来?|收上来|到账|进账|到位|到)的")
_LATE_ARRIVAL = re.compile(r"(?<=款)(?P<late>逾期|超期|到期)?(?:还|都|一直)?(?:没有?|未)到(?:账|位)?的")
_A_YEAR = re.compile(
    r"(?<![近过前最半上下同整\d一二两三四五六七八九十几])一年(?:下来)?(?:大概|大约|差不多)?(?:要|得|能|可以)?(?=[花收付用卖赚买][掉了出]?(?:多少|几))"
)
_MOST_USED = re.compile(r"(?:采用|选用|用|选)得?(?:的)?(?P<most>最[多少])(?=的|是|[，,。？?！!]|$)")
_WEIGHTED = re.compile(
    r"(?:按(?:照)?|用|以)?(?:各自的|每单的?)?(?:成交|赢单|成单|中标)?(?:概率|赢率|可能性|成功率|把握)(?:来|去|进行)?加权(?:之?后|过|算)?(?:的)?"
    r"(?=(?:未结|在谈|在途|在手)?(?:商机)?(?:管道|漏斗|商机|pipeline|金额|总额))",
    re.IGNORECASE,
)
_WEIGHED_PIPELINE = re.compile(r"加权(?:之?后|过)?的?(?:未结|在谈|在途|在手)?(?:管道|漏斗|商机|pipeline)(?:的)?(?:总?金额|总额|总值)?", re.IGNORECASE)
_HANDLING = re.compile(r"(?:正在|正|(?<!现)在)?(?:跟|跟进|盯)着(?P<count>几个|多少个?|哪些|哪几个)(?P<deals>单子?|项目|商机)")
_TAKEN_IN = re.compile(r"(?<![少多没未该应漏实回签验接吸])收了多少(?:钱|款)?(?=\s*(?:$|[，,。；;？?！!]))")
_CAME_IN = re.compile(
    r"(?<![未没不该应要待可能会来挽收召撤返])回(?:来|到|上来)?[了过]?(?:多少|几)(?:钱|款|万元?)的?(?:款|钱)?(?:项)?(?=\s*(?:$|[，,。；;？?！!]))"
)
_EACH_PART = re.compile(
    r"(?:各自?|分别)(?:都)?占(?:到|了)?(?:多少(?:比例|比重|百分比)?|百分之(?:多少|几)|几成|比(?:是|有)?(?:多少)?)(?=\s*(?:$|[，,。；;？?！!]))"
)
_RUNNING = re.compile(r"(?P<deals>单子?|项目|商机)(?:都)?(?:还)?在跑(?![客拜访业])")
_LATE_MONEY = re.compile(
    r"(?P<late>(?:逾期|超期|拖欠)(?:了|已)?(?:超过|超|过|大于|满)?(?:[\d一二三四五六七八九十半两]{1,4}(?:天|日|周|个月|年)(?:以上)?)?(?:还没(?:付|给|到|收)?|未付)?)的?款(?:项|子)?(?=一?共?有|[是都还现目全总合一各]|$|[，,。？?])"
)
_ONLY_MONEY = re.compile(r"(?:一?共|总共|合计|现在|目前|还)*(?:是|有)?多少(?![笔条个期])")
_GOODS_DUE = re.compile(r"(?P<should>应该|应|该|要)(?P<verb>[到发送交])的货(?![款品物值运架])")
_VISITED = re.compile(r"(?<![逃转过失除离回抢夺进出])(?:跑|去)[了过]?(?P<count>(?:多少|好?几|哪几|哪些)家)(?P<what>[一-鿿]?)")
_VISITED_LAST = re.compile(r"(?P<when>上一?次|最近一次|最后一次)(?:去|跑)(?!年)(?=[一-鿿]{2})")
_BEEN_TO = re.compile(r"(?<![失过除离]|[上下])去过(?=[一-鿿A-Za-z])(?![年月世])")
_EVER_SEEN = re.compile(r"(?P<verb>拜访|走访|联系)过(?P<whom>[^，,。；;？?！!几多哪谁]{2,24}?)吗(?=\s*[？?。！!]*\s*$)")
_WHOSE = re.compile(r"(?<=[是归属])谁家(?:的)?(?=\s*(?:$|[，,。；;？?！!]))")
_ALL_IN = re.compile(r"(?P<denied>(?:还|都|一直|尚)?(?:没有?|未))收(?:齐|全)")
_DIED_OF = re.compile(r"(?:死|栽|折|败|倒|毁)在(?P<what>什么|哪些|哪个|哪种|啥)(?P<noun>原因|理由|问题|环节)(?:上面?|里)?")
_CAN_TAKE = re.compile(r"(?P<time>多久|多长时间|几天|多少天|几个月)(?:才|就|可以|大概)?能(?=[一-鿿]{2})(?!够?不能|力|源|耗|量|效|用|否)")
_WORKED_ON = re.compile(r"(?:办|弄|搞)了(?=(?:多少|好?几)(?:天|个?小时)|多久|多长时间)")
_THIS_YEAR = re.compile(r"(?<![\d一二两三四五六七八九十几半同当多])(?:今年|本年度?)?年(?:之)?内(?![部容])|(?<=今年)(?:之)?内(?![部容])")


_FELL_THROUGH = re.compile(r"(?<=单|子|目|机)黄[得的](?=最)|黄的(?=(?:单子?|商机)(?![位据价]))|(?:(?<=为啥)|(?<=为什么)|(?<=怎么))黄的")
_MEAN_DEAL = re.compile(
    r"(?P<mean>平均(?:每一?|一)[单笔]|[每一][单笔]平均)(?P<verb>(?:能|大概|大约)?(?:做成?|成交?|签[下成]?|卖|赢[下]?|拿[下到]?|谈成)(?:了|下来)?)多少(?=\s*(?:[，,。；;？?！!呢啊]|$))"
)
_MINDED = re.compile(r"(?:归|由)谁(?:来|在)?(?:跟进?|盯|管|带|维护|服务|负责|对接)(?!的|单|商|项|中|途|手|着)")
_YET = re.compile(r"(?<=[，,、；;])可是?(?=(?:从|还|又)?(?:没|未)|一[个家位名单笔张条次份场台项][^，,。；;？?]{0,8}(?:都|也)(?:还)?没)")
_ON_FILE = re.compile(
    r"(?:档案|系统|库|台账|名册|客户表)(?:里|中|上|内)?(?:都|是)?有(?:记录|登记)?的?[、，,；;](?:可是?|却|但是?)?(?=(?:从|还|又)?(?:没|未|一[个家张笔单条次份]))"
)
_THEIR = re.compile(r"^(?P<who>[^，,。；;？?几多少谁哪没]{2,20})[，,](?=(?:他|她)?们?(?:的)?(?:名下|手上|手里|手头|手底下))")
_ALTOGETHER = re.compile(r"(?:全部?|都)?加(?:在|到)?一(?:块儿?|起|道)(?:儿)?(?:来)?(?:算|的话)?(?=一?共?(?:总计)?(?:是|有)?(?:多少|几|[，,。；;？?！!]|$))")
_INTO_TABLE = re.compile(r"(?<=[一-鿿])(?:帮我|给我|请)?(?:列|做|出|拉|来)(?:成|一|个|张)+表格?(?:吧|看看|给我)?\s*[。！!]?\s*$")

_CAME_TO_US = re.compile(
    r"(?P<when>哪[天年]|几月份?|几号|什么时候|啥时候|何时)(?:来|进|到)[了的]?(?:我们|咱们?|本)?公司(?:上班|工作|报到)?的?(?=\s*(?:[，,。；;？?！!]|$))"
)


def spoken(text: str) -> str:
    """The question without them."""
    text = _FROM_INVOICE.sub("从开票到到账", _FROM_SIGNING.sub("从签订", text))
    text = _PART_COUNTED.sub(lambda m: f"有{m['count']}", text)
    text = _WEIGHED_PIPELINE.sub("加权管道金额", _WEIGHTED.sub("加权", text))
    text = _STEP.sub(lambda m: f"{m['which']}个阶段" if m["which"] != "各" else "各阶段", text)
    text = _DONE_OR_NOT.sub(lambda m: f"{m['done']}吗{m['mark']}", text)
    text = _ON_THE_WAY.sub(lambda m: "还没到" + ("达" if "达" in (m["more"] or "") else "货"), text)
    text = _BY_WHOM.sub(lambda m: f"{m['by']}谁", text)
    text = _BIG_ONES.sub(lambda m: "单子" if m["what"] == "单" else m["what"], text)
    text = _SORTED.sub(lambda m: f"，从{m['first']}到{_OPPOSITES[m['first']]}", text)
    text = _GOODS_APART.sub(lambda m: f"{m['verb']}货{m['aspect'] or ''}{m['count']}", text)
    text = _COPIED_COUNT.sub(lambda m: m["object"] + m["again"], _COPIED.sub(lambda m: m["verb"] + m["object"], text))
    text = _WHO_LEFT.sub(lambda m: m["who"], _SO_OFTEN.sub("了", _EVER_HAD.sub("有", _OWED.sub("欠款", _WHO_OWES.sub("哪家客户", text)))))
    text = _CONTRACTED.sub(lambda m: m["denied"].rstrip("有") + ("有" if m["denied"].startswith(("没", "还")) else "") + "合同", text)
    text = _LONG_SINCE.sub(lambda m: f"{m['event']}最早", text)
    text = _YEAR_AGO.sub(lambda m: m["with"], _MADE.sub("", text))
    text = _WHO_VISITS.sub(_without_customer, text)
    text = _NOT_BEEN.sub(lambda m: ("没有" if m["none"].endswith("人") else m["none"]) + "拜访", _NOBODY_MINDS.sub("没有负责人", text))
    text = _NOBODY_WENT.sub(lambda m: f"没有{'跟进' if m['deed'] == '跟' else m['deed']}过", text)
    text = _ON_FILE.sub("", _THEIR.sub(lambda m: m["who"], text))
    text = _MINDED.sub("谁负责", _YET.sub("却", _ALTOGETHER.sub("一共", text)))
    text = _RUNNING.sub(lambda m: f"在跟的{m['deals']}", _A_YEAR.sub("每年", text))
    text = _TAKEN_IN.sub("收款金额是多少", _HANDLING.sub(lambda m: f"有{m['count']}在跟的{m['deals']}", text))
    text = _CAME_IN.sub("回款金额是多少", _EACH_PART.sub("各占多少比例", text))
    text = _MOST_USED.sub(lambda m: m["most"], text)
    text = _WHO_MOST.sub(lambda m: f"谁{m['verb']}的{m['what']}{m['most']}", text)
    text = _SECOND_BEST.sub(lambda m: f"{m['by']}得最{m['how']}的第{m['place']}名", _DEALS_MADE.sub(lambda m: f"{m['verb']}单", text))
    text = _NOT_RETURNED.sub("未到账的回款", _MAINLY.sub(lambda m: f"{m['whose'] or ''}的最主要的原因", text))
    text = _LATE_ARRIVAL.sub(lambda m: f"{m['late'] or ''}未到账的", _MONEY_NOT_IN.sub("未收回的", _STILL_OUT.sub(_still_out, text)))
    text = _THOSE.sub("", _MONEY_TAKEN.sub("的回款", text))
    text = _WHAT_GOODS.sub("的货品是什么", text)
    text = _IN_THE_END.sub("", text)
    text = _NUMBERS.sub("有哪些", _SUMS.sub(lambda m: f"{m['aspect']}多少钱", _DUE.sub("应", _SUMS_DUE.sub("钱", text))))
    text = _ALL_OTHERS.sub("的", _EVER_DONE.sub(lambda m: f"有没有{m['verb']}过{m['what']}", text))
    text = _NOT_A_CENT.sub("没到账", text)
    text = _FELL_THROUGH.sub(lambda m: "丢的" if m.group().endswith("的") else "丢得", text)
    text = _INTO_TABLE.sub("列一下", _MEAN_DEAL.sub(lambda m: f"{m['mean']}{m['verb']}多少钱", text))
    if (unpaid := _NOT_HANDED_IN.search(text)) is not None and _OF_MONEY.search(text[: unpaid.start()]):
        text = _NOT_HANDED_IN.sub("未付", text)
    late = _LATE.search(text)
    if late is not None and _SOME_LATE.search(text[: late.start()]):
        text = _LATE.sub("晚了", text)
    text = _DIED_OF.sub(lambda m: f"是{m['what']}{m['noun']}", text)
    text = _CAN_TAKE.sub(lambda m: m["time"], text)  # 平均多久能成交
    text = _WORKED_ON.sub("处理了", _LATE_MONEY.sub(_unpaid_late, text))
    text = _GOODS_DUE.sub(lambda m: f"{m['should']}{m['verb']}货的", text)
    text = _WHOSE.sub("哪家客户的", _ALL_IN.sub(lambda m: f"{m['denied']}收回", text))
    text = _EVER_SEEN.sub(lambda m: f"有没有{m['verb']}过{m['whom']}", _BEEN_TO.sub("拜访过", text))
    text = _VISITED_LAST.sub(lambda m: f"{m['when']}拜访", _VISITED.sub(_visited, text))
    return _THIS_YEAR.sub("今年", _CAME_TO_US.sub(lambda m: f"{m['when']}入职", text))


def _visited(found: re.Match[str]) -> str:
    """As in 跑了几家学校, 去了哪几家: whom one goes to so is visited; customers where nobody is named."""
    return f"拜访了{found['count']}{found['what'] or '客户'}"


def _still_out(found: re.Match[str]) -> str:
    """As in 还有多少钱没回来, 还剩多少尾款没收: what has not come in is asked for as an amount; 还有多少没收 may ask how many, but not of 尾款 before it."""
    if not (found["noun"] or found["left"] or _OF_SUM.search(found.string[: found.start()])):
        return found.group()
    noun = found["noun"] if found["noun"] not in {None, "款", "款项", "账"} else "钱"
    return f"未收回的{noun}有多少" + ("" if noun == "钱" else "钱")


def _unpaid_late(found: re.Match[str]) -> str:
    """As in 逾期超过90天的款: money that is late has not come in, and is no deal that closes late."""
    late = re.sub(r"(?:还没[付给到收]?|未付)$", "", found["late"])
    return f"{late}的钱" if _ONLY_MONEY.match(found.string, found.end()) else f"{late}未付的回款"


def _without_customer(found: re.Match[str]) -> str:
    """As in 谁走访客户最勤: with whom it was says nothing more."""
    if customer_at(found.string, found.start("whom")) != found["whom"]:
        return found.group()
    return found["who"] + ("拜访" if found["verb"] == "跑" else found["verb"])
