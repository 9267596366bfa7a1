"""Recognises sentences about words instead of records: teaching one, asking what it means, forgetting it, saying yes.

What a word is to mean is read by the ordinary parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.answer import Language
from agent.parsing.language.text import has_han, term_key
from tools.crm.query import Among, And, Between, Exists, Filter, Query, Window
from tools.crm.semantic import SemanticModel
from tools.definitions.schemas import Level, Meaning

Kind = Literal["teach", "list", "explain", "forget", "yes", "no"]
LONGEST_NAME = 40
LONGEST_SAID = 600
_COUNTED = re.compile(
    r"(?P<records>\S+)(?P<where>\s.+?)?\s+(?:with|having|that have|which have|who have)\s+(?P<bound>more than|over|at least|fewer than|less than|at most)\s+(?P<number>\d+)\s+(?P<related>[a-z][a-z ]*)$",  # noqa: E501 - one pattern
    re.IGNORECASE,
)
"""As in "accounts with more than 3 open tickets", which the parser reads as groups of tickets."""
_QUOTES = "\"'“”‘’「」『』《》"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a word. ``sure`` where nothing else can be meant; others count only if their parts are understood."""

    kind: Kind
    language: Language
    name: str = ""
    body: str = ""
    level: Level | None = None
    sure: bool = True


_LEAD_EN = (
    r"(?:(?:please|ok|okay|hey|note that|remember(?: that)?|keep in mind that|from now on|in future|let's say(?: that)?|for us|at our company|here)[,:]?\s+)*"
)
_LEAD_ZH = r"(?:请|请你|帮我)?(?:记住|记一下|注意|记下|记得)?[，,：:\s]*+(?:以后|今后|从现在起|从今以后|在我们这里|在我们公司|我们这儿|我们公司)?[，,：:\s]*+"
_MEANS_EN = r"(?:means?|stands? for|refers? to|(?:is|are|be|should be|shall be) defined as|(?:is|are) (?:short|shorthand|our word|our term) for|should mean|shall mean|(?:is|are) to mean)"  # noqa: E501 - one pattern
_MEANS_ZH = r"(?:是指|指的就是|指的是|就是指|指代|意思是|的意思是|的定义是|定义为|定义成|定义是|表示|意味着|指(?![令导标数定]))[：:，,\s]*+"

_TEACH: tuple[tuple[str, bool], ...] = (
    (rf"^{_LEAD_EN}(?:by|with)\s+(?P<name>.+?)\s*,?\s+(?:we|i|they|people|you)\s+(?:always\s+|usually\s+)?(?:mean|understand|refer to)s?\s+(?P<body>.+)$", True),  # noqa: E501 - one pattern
    (rf"^{_LEAD_EN}(?:when|if|whenever)\s+(?:we|i)\s+(?:say|ask for|ask about|talk about|write)\s+(?P<name>.+?)\s*,?\s+(?:we|i)\s+mean\s+(?P<body>.+)$", True),
    (rf"^{_LEAD_EN}(?:let's |let us |i want to |i'd like to |can you |could you )?define\s+(?P<name>.+?)\s+(?:as|to be|to mean|like this:)\s+(?P<body>.+)$", True),  # noqa: E501 - one pattern
    (rf"^{_LEAD_EN}(?:let's |let us |we |i )?(?:will )?(?:call|name|label)\s+(?P<body>.+?)\s+[{_QUOTES}](?P<name>[^{_QUOTES}]+)[{_QUOTES}]$", True),
    (rf"^{_LEAD_EN}(?:treat|count|consider|regard)\s+(?P<body>.+?)\s+as\s+(?:an?\s+)?(?P<name>.+)$", False),
    (rf"^{_LEAD_EN}(?P<body>.+?)\s+(?:are|is|should be|will be)\s+(?:called|named|known as|referred to as)\s+(?P<name>.+)$", True),
    (rf"^{_LEAD_EN}(?:the (?:word|term)\s+)?(?P<name>.+?)\s+{_MEANS_EN}\s*:?\s+(?P<body>.+)$", True),
    (rf"^{_LEAD_EN}(?:an?)\s+(?P<name>.+?)\s+is\s+(?:an?|any|every)\s+(?P<body>.+)$", False),
    (rf"^{_LEAD_EN}(?:define|definition|new (?:word|term|definition|filter)|save (?:a |the )?filter)\s*:?\s+(?P<name>[^:=]+?)\s*[:=]\s*(?P<body>.+)$", True),
    (rf"^{_LEAD_EN}save\s+(?P<body>.+?)\s+(?:as|under)\s+(?:the (?:filter|name|word)\s+)?(?P<name>.+)$", False),
    (rf"^{_LEAD_ZH}(?:把|将)(?P<body>.+?)(?:叫做|叫作|称为|称作|称之为|定义为|定义成|记为|记作|命名为|归为|算作|视为|看作|保存为|存为|叫)(?P<name>.+)$", True),
    (rf"^{_LEAD_ZH}(?:当)?(?:我们|我|大家|咱们)?(?:所?说的?|讲的|提到的|问的)(?P<name>.+?)(?:时|的时候)?[，,]?(?:都|就)?(?:{_MEANS_ZH}|就是)(?P<body>.+)$", True),  # noqa: E501 - one pattern
    (rf"^{_LEAD_ZH}(?:定义|新增定义|新建定义|新建筛选|保存筛选)(?:一下)?[：:\s]*(?P<name>[^：:，,=]+?)(?:[：:，,=]|为|是指|是)\s*(?P<body>.+)$", True),
    (rf"^{_LEAD_ZH}(?P<body>.+?)(?:叫做|叫作|称为|称作|统称为|统称|我们叫|就叫|算是|算作|都算|就算|视为|叫)(?P<name>[^，,]+)$", False),
    (rf"^{_LEAD_ZH}(?P<name>.+?)[，,]?(?:我们)?(?:都|就|一律)?{_MEANS_ZH}(?P<body>.+)$", True),
    (rf"^{_LEAD_ZH}(?P<name>.+?)(?:就是|等于|=|＝|即|(?<![务售户药术理商区])代表)(?P<body>.+)$", False),
    (r"^(?P<name>[^:：=＝]{2,20})\s*[:：=＝]\s*(?P<body>.+)$", False),
)  # fmt: skip
_ASKING = re.compile(
    r"[?？]|什么|哪|多少|几[个单人位名家笔张条次台]|吗$|呢$|怎么|如何|为何|为什么|谁|是否|有没有|帮我(?!记)|(?:查|看|算|列|数|说|统计|告诉我)一?下"
    r"|^(?:what|who|which|how|why|when|where|whose|does|do|did|is|are|was|were|has|have|show|list|give|tell|compare)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(r"(?:when|whenever|if)\s+(?:we|i)\s+(?:say|ask|talk|write)\b", re.IGNORECASE)
_LIST = re.compile(
    r"(?:(?:which|what) (?:(?:own|custom|saved|dynamic|ready-made) )*(?:words|terms|definitions|filters|names|expressions)\b.*"
    r"\b(?:taught|teach|define[ds]?|saved?|know|learned|learnt|have|there|own|custom|exist)\b.*"
    r"|what (?:have|did) (?:i|we) (?:taught|teach|defined?)(?: you)?"
    r"|(?:list|show|show me|see|give me)\s+(?:all |me )*(?:my|our|the|saved|custom|taught|defined)\s+(?:(?:saved|custom|taught|own|defined|ready-made|dynamic)\s+)*(?:words|terms|definitions|filters)"  # noqa: E501 - one pattern
    r"|(?:有|你知道|我们有|我有)?(?:哪些|什么)(?:自定义|已定义|定义好)的?(?:说法|词|词语|词汇|术语|定义|筛选|筛选器|叫法)?"
    r"|(?:我|我们|大家)(?:都)?(?:教过?|教给)(?:了)?你(?:了)?(?:哪些|什么).*"
    r"|(?:我|我们)(?:都)?(?:自己)?定义(?:了|过)(?:哪些|什么).*"
    r"|(?:列出|看看|显示|查看|看一下)(?:我的|我们的|所有|全部|已有)*的?(?:自定义|定义|术语|保存的筛选)(?:的)?(?:说法|词|筛选|术语|定义)?)$",
    re.IGNORECASE,
)
_EXPLAIN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^what(?:'s| is| are)\s+(?:the (?:definition|meaning) of\s+)?(?:an?\s+|the\s+)?(?P<name>.+)$",
        r"^what\s+(?:does|do)\s+(?:an?\s+|the\s+)?(?P<name>.+?)\s+(?:mean|stand for)$",
        r"^what do (?:you|we|i) (?:mean|understand) by\s+(?P<name>.+)$",
        r"^how (?:is|are|do (?:we|you) define|did (?:i|we) define|have (?:i|we) defined)\s+(?P<name>.+?)(?:\s+defined)?$",
        r"^(?:explain|define|describe)\s+(?:the (?:word|term|filter)\s+)?(?P<name>.+)$",
        r"^(?:什么是|什么叫|何谓|啥叫|啥是)(?P<name>.+)$",
        r"^(?P<name>.+?)(?:是什么|是什么意思|什么意思|是指什么|指什么|指的是什么|是啥|怎么定义的?|是怎么定义的|如何定义的?|是如何定义的|的定义是什么|的定义是?|的含义(?:是什么)?|怎么算的?)$",
        r"^(?:解释一下|解释|说明一下|说说)(?P<name>.+?)(?:的意思|的含义|的定义)?$",
    )
)
_FORGET = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:please\s+)?(?:forget|delete|remove|drop|undo|unlearn)\s+(?:about\s+|what\s+)?(?:the\s+|my\s+|our\s+)?(?:(?:word|term|definition|filter|meaning)\s+(?:of\s+)?)?(?P<name>.+?)(?:\s+(?:means|definition|filter))?$",
        r"^(?:请)?(?:忘掉|忘记|忘了|删除|删掉|删了|去掉|撤销|取消|移除|废除)(?:定义|自定义)?(?P<name>.+?)(?:这个|的)?(?:定义|说法|词|叫法|筛选)?$",
        r"^(?:请)?(?:把|将)(?P<name>.+?)(?:这个|的)?(?:定义|说法|词|叫法)?(?:忘掉|忘了|删掉|删了|删除|去掉|撤销|取消)$",
        r"^(?:不要|别)再?(?:用|使用)(?P<name>.+?)(?:这个|的)?(?:定义|说法|词)?了?$",
    )
)
_LEVELS: tuple[tuple[Level, str], ...] = (
    (
        "company",
        r"(?:for )?(?:the (?:whole |entire )?company|everyone|everybody|all of us|company[- ]wide)|(?:给|对|为)?(?:全公司|整个公司|公司|所有人|大家|全员)(?:用|使用|生效)?",  # noqa: E501 - one pattern
    ),
    ("team", r"(?:for )?(?:my|our|the) (?:whole )?team|team(?:[- ]wide)?|(?:给|对|为)?(?:我的|我们)?(?:团队|小组|组里|我们组)(?:用|使用|生效)?"),
    ("own", r"(?:just |only )?(?:for )?(?:me|myself)(?: only)?|(?:只|仅)?(?:给|对|为)?(?:我|我自己|自己|个人)(?:用|使用|生效)?"),
)
_YES_EN = (
    r"yes|yep|yeah|yup|sure|ok|okay|confirm(?:ed)?|correct|right|that's right|exactly|save(?: it| that)?|do it|go ahead|please do|sounds good|looks good|fine"
)
_YES_ZH = r"好的?|好呀|好啊|确认|是的?|对的?|对啊|可以|行|没错|没问题|嗯+|保存|就这样|同意|正确"
_YES = re.compile(rf"(?:{_YES_EN}|{_YES_ZH})", re.IGNORECASE)
_NO = re.compile(r"no|nope|cancel|don't|do not|never ?mind|wrong|not that|不|不要|不是|不对|不用了?|算了|取消|别|错了|不行|不保存", re.IGNORECASE)


def read_said(text: str) -> list[Said]:
    """Every way in which a sentence may be one about a word, the likeliest first; none for most questions."""
    plain = re.sub(r"\s+", " ", text).strip().rstrip("。.!！;； ")
    found: list[Said] = []
    if len(plain) > LONGEST_SAID:
        return found
    asked = plain.rstrip("?？ ")
    if _LIST.fullmatch(asked):
        found.append(Said("list", _language(plain)))
    for kind, patterns in (("explain", _EXPLAIN), ("forget", _FORGET)):
        for pattern in patterns:
            match = pattern.match(asked)
            if match:
                found.append(Said(kind, _language(pattern.pattern), _name(match["name"]), sure=False))  # type: ignore[arg-type]
    if _SAYING.match(plain) or not _ASKING.search(_beside_quotes(plain)):
        for shape, sure in _TEACH:
            match = re.match(shape, plain, re.IGNORECASE)
            if match and (name := _name(match["name"])) and len(name) <= LONGEST_NAME:
                found.append(Said("teach", _spoken(shape, match, plain), name, match["body"].strip(" ，,：:"), sure=sure))
    return found


def read_reply(text: str) -> Said | None:
    """A yes, with for whom, or a no to what was just shown back; None for anything else."""
    plain = text.strip().strip("。.!！ ")
    language = _language(plain)
    if _NO.fullmatch(plain):
        return Said("no", language)
    rest, level = plain, None
    for each, pattern in _LEVELS:
        match = re.search(rf"(?:^|[\s,，、]|(?<=[\u4e00-\u9fff]))(?:{pattern})$", rest, re.IGNORECASE)
        if match:
            rest, level = rest[: match.start()].strip(" ,，、"), each
            break
    words = [word for word in re.split(r"[\s]*[,，、]\s*", rest) if word]
    if (level is not None and not words) or (words and all(_YES.fullmatch(re.sub(r"^please | please$", "", word)) for word in words)):
        return Said("yes", language, level=level)
    return None


def bodies(said: Said, model: SemanticModel) -> list[str]:
    """The body as requests for records, or for a figure, that the parser reads."""
    body = said.body
    if said.language == "zh":
        label = model.entities["opportunity"].words.label("zh") if "opportunity" in model.entities else ""
        plain = re.sub(r"^(?:那些|所有|全部|任何|凡是|一切)", "", body)
        return [f"列出{plain}", plain, *([f"列出{plain}的{label}"] if not _names_records(plain, model) else [])]
    plain = re.sub(r"^(?:an?|any|every|each|all|those|the)\s+(?:of the\s+)?", "", body, flags=re.IGNORECASE)
    counted = _COUNTED.match(plain)
    as_groups = [f"number of {counted['related']} by {counted['records']} {counted['bound']} {counted['number']}{counted['where'] or ''}"] if counted else []
    label = model.entities["opportunity"].words.label("en") if "opportunity" in model.entities else ""
    return [*as_groups, f"list {plain}", f"what is the {plain}", *([f"list {label} with {plain}"] if not _names_records(plain, model) else [])]


def _names_records(body: str, model: SemanticModel) -> bool:
    """Whether a body says what kind of record it is about; "amount above 500k" doesn't, and is about deals."""
    key = term_key(body)
    return any(term_key(word) in key for entity in model.entities.values() for word in (*entity.words.en, *entity.words.zh))


def meaning_of(query: Query, model: SemanticModel) -> Meaning | None:
    """A query as a meaning: a condition on one kind of record, or one named measure; None where it says more than that."""
    if query.dimensions:
        return _counted(query, model)
    if query.compare or query.having or query.only or query.limit or query.skip or len(query.measures) > 1:
        return None
    measure = query.measures[0] if query.measures else None
    if measure is not None and (measure.measure is None or measure.share or measure.per or measure.fold):
        return None
    parts: list[Filter] = list(query.where.parts) if isinstance(query.where, And) else [query.where] if query.where else []
    if query.window is not None:
        own = model.measures[measure.measure].time if measure is not None and measure.measure else None
        path = query.window.path or own or model.entities[query.entity].time
        if path is None:
            return None
        parts.append(_between(path, query.window))
    where = None if not parts else parts[0] if len(parts) == 1 else And(parts=tuple(parts))
    return Meaning(entity=query.entity, where=where, measure=measure) if where is not None or measure is not None else None


def misses_count(said: Said, meaning: Meaning) -> bool:
    """Whether a number of related records was asked for and the meaning only asks whether there are any."""
    parts = meaning.where.parts if isinstance(meaning.where, And) else (meaning.where,)
    return _COUNTED.match(said.body) is not None and any(isinstance(part, Exists) for part in parts)


def _counted(query: Query, model: SemanticModel) -> Meaning | None:
    """Groups that pass a bound, as the records that they are: accounts by their number of tickets."""
    if not query.having or len(query.dimensions) > 1 or len(query.measures) > 1 or query.compare or query.only or query.limit or query.window:
        return None
    to = model.field(query.entity, query.dimensions[0].path)[1].to
    return Meaning(entity=to, where=Among(path="", query=query.model_copy(update={"order": ()}))) if to is not None else None


def _between(path: str, window: Window) -> Between:
    return Between(path=path, low=window.start.isoformat() if window.start else None, high=window.end.isoformat() if window.end else None)


def _name(text: str) -> str:
    plain = text.strip(f" ，,：:{_QUOTES}")
    plain = re.sub(r"^(?:an?|the|our|my)\s+", "", plain, flags=re.IGNORECASE)
    return plain.strip(f" {_QUOTES}")


def _beside_quotes(text: str) -> str:
    return re.sub(rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]", "x", text)


def _language(text: str) -> Language:
    return "zh" if has_han(text) else "en"


def _spoken(shape: str, match: re.Match[str], text: str) -> Language:
    """The language that the teaching is said in, whatever that of its names: "by 大单 we mean …" is English."""
    if has_han(shape):
        return "zh"
    start, end = match.span("name")
    around = text[:start] + text[end:]
    return "en" if re.search(r"[A-Za-z]{2}", around) else _language(around)
