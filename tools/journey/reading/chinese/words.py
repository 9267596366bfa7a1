"""Words and endings by which Chinese clauses are judged. Data only."""

from __future__ import annotations

from tools.journey.acts import Act

CUES = ("NEGIS", "NEG", "BU", "WAIT", "REFUSE", "PROMISE", "PLAN", "POSS", "MARK")
ENDING = ("PAUSE", "END")
WEAK = frozenset({"做", "作", "办", "提", "搞", "有"})
DONE_WORDS = frozenset(
    {"已", "已经", "刚", "刚刚", "均已", "都已", "业已", "早已", "已于", "终于", "总算", "今早", "方才", "刚才", "成功", "顺利", "最终", "才刚", "又", "都"}
)
TAKES_ACTS = frozenset({Act.COMPLETE, Act.START, Act.STOP, Act.POSTPONE, Act.CANCEL, Act.CONFIRM, Act.ASK, Act.OBJECT, Act.APPROVE, Act.COMPARE, Act.SEND, Act.MEET, Act.SHOW, Act.ANSWER, Act.ACCEPT})  # fmt: skip
WORDS_OF_SPEECH = frozenset({Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER, Act.COMPARE})
REFUSALS = {
    "不接受": Act.ACCEPT, "拒绝": Act.ACCEPT, "婉拒": Act.ACCEPT, "谢绝": Act.ACCEPT, "回绝": Act.ACCEPT, "不同意": Act.APPROVE, "否决": Act.APPROVE, "驳回": Act.APPROVE,
    "不批准": Act.APPROVE, "不答应": Act.APPROVE, "没答应": Act.APPROVE, "没同意": Act.APPROVE, "不赞成": Act.APPROVE, "否掉": Act.APPROVE, "打回": Act.APPROVE, "不松口": Act.APPROVE,
}  # fmt: skip
PAPERS = tuple(
    [
        "合同",
        "协议",
        "书",
        "单",
        "函",
        "表",
        "章程",
        "纪要",
        "文件",
        "条款",
        "件",
        "版",
        "证",
        "约",
        "报告",
        "票",
        "据",
        "款",
        "稿",
        "方案",
        "页",
        "清单",
        "备忘录",
        "授权",
        "承诺",
        "文本",
        "字",
        "意见",
        "资料",
        "材料",
        "nda",
        "msa",
        "sow",
        "dpa",
        "form",
        "agreement",
        "contract",
    ]
)
"""What papers that are signed are called."""
MONEY = ("款", "票", "金", "费", "钱", "账", "invoice", "payment", "deposit", "fee", "尾", "balance")
TIMES = frozenset({"前", "之前", "以前", "后", "之后", "以后", "时"})
FINISHED = frozenset(
    [
        "一次",
        "一趟",
        "一遍",
        "三次",
        "上了",
        "下了",
        "下来了",
        "两次",
        "两遍",
        "了",
        "几次",
        "出了",
        "到",
        "到了",
        "到位",
        "去了",
        "啦",
        "回了",
        "回来了",
        "好",
        "好了",
        "好啦",
        "妥",
        "妥当",
        "完",
        "完了",
        "完成",
        "完毕",
        "成",
        "成功",
        "掉",
        "掉了",
        "来了",
        "毕",
        "清",
        "给了",
        "过",
        "过了",
        "通过",
        "齐",
        "齐了",
    ]
)
"""What says behind a verb that it came about; a mere direction (发过去) does not."""
GOING = ("到", "去", "赴", "来到", "前往", "走访", "跑", "下井", "登门", "上门", "驱车", "陪")
COURTESIES = ("查收", "知悉", "理解", "谅解", "留意", "放心", "见谅", "知晓", "悉知", "支持", "配合", "稍等", "联系")
"""What a letter asks for without asking for anything."""
THINGS = frozenset("货钱款单票膜料章价税药线书图门灯车房证卡标")
"""What a single character may name."""
ENDS_ACTS = frozenset({Act.POSTPONE, Act.CANCEL, Act.STOP, Act.START, Act.COMPLETE})
COMES = frozenset({"给", "来", "到", "下来", "出", "收到", "拿到", "有", "到位", "下", "回"})
"""What an act that is spoken of as a thing does when it takes place: 批复还没下来."""
PERFECT = tuple(
    [
        "通过",
        "完成",
        "完",
        "好",
        "了",
        "妥",
        "成",
        "到账",
        "到款",
        "清",
        "选定",
        "选中",
        "敲定",
        "获批",
        "中标",
        "入围",
        "落章",
        "下来",
        "定标",
        "过会",
        "过审",
        "见到",
        "竣工",
        "完工",
        "出席",
        "到场",
        "到访",
        "来访",
        "离职",
        "退休",
        "收悉",
    ]
)
"""Endings of verbs that say by themselves that something came about."""
GIVEN = frozenset({Act.SEND, Act.ANSWER, Act.SHOW})
TURNS = frozenset({Act.POSTPONE, Act.STOP, Act.CANCEL, Act.LEAVE, Act.JOIN, Act.RECOMMEND})
NO_OBJECT = frozenset({Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND})
