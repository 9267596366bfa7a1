"""The turns about rules of stages: setting one up is shown back and waits for a yes; rules are listed, shown, undone and ended. Judges no customer."""

from __future__ import annotations

import re

from agent.answer import Language
from agent.defining import Told
from agent.parsing.language.incoming import clean
from agent.parsing.language.text import has_han
from agent.parsing.messages.teaching import read_reply
from agent.turn import Turn
from prompts.words import say
from tools.definitions.service import levels_of
from tools.journey.criteria.service import (
    Criterion,
    RuleProposal,
    confirm_rule,
    drop_rule,
    forget_rule,
    open_rule,
    propose_rule,
    rule_history,
    rules,
    show_rule,
    undo_rule,
)
from tools.store.errors import PlumbError

_NAME = r"[“\"「『](?P<name>[^”\"」』]{1,80})[”\"」』]"
_PLAIN = r"(?:[“\"「『](?P<name>[^”\"」』]{1,80})[”\"」』]|(?P<bare>[^\s，,：:“”\"]{1,24}(?: [a-z-]{1,20})?))"
_SET = [
    re.compile(rf"^(?:please )?(?:save|set up|create|add|define|keep)(?: (?:the|a|this|as))?(?: new)?(?: stage| journey)?(?: rule| criterion| stage)"
               rf"(?: called| named| for)? {_NAME}\s*(?:as|:|：|when|if|means|to mean|,)?\s*(?P<text>.+)$", re.IGNORECASE),
    re.compile(rf"^(?:an? |the )?(?:customer|account|deal|client) (?:is|counts as|enters|reaches|gets to)(?: in| at| into| to)?(?: the)?(?: stage)? "
               rf"{_PLAIN}(?: stage)? (?:when|once|as soon as|only when|if) (?P<text>.+)$", re.IGNORECASE),
    re.compile(rf"^(?:请)?(?:保存|新建|创建|设置|设定|定义|添加)(?:一条|一个)?(?:阶段)?(?:规则|标准|条件)?{_NAME}(?:阶段)?(?:规则)?\s*(?:为|是|[:：，,])?\s*(?P<text>.+)$"),
    re.compile(rf"^(?:把|将)?(?:客户)?(?:进入|处于)?{_PLAIN}(?:阶段)?(?:的)?(?:定义为|判定标准是|判断标准是|进入条件是|标准是|条件是)[:：，,]?\s*(?P<text>.+)$"),
    re.compile(rf"^(?:当)?(?P<text>.+?)(?:时|的时候|之后|后)?[，,]?\s*(?:该客户|客户)?(?:就|即|才)?(?:算|视为|算是|进入|算进入)(?:了)?{_NAME}(?:阶段)?$"),
]  # fmt: skip
_LIST = re.compile(
    r"^(?:(?:list|show)(?: me)?|what|which)(?: all| the| our| my)*(?: stage| saved)* (?:rules|criteria)(?: of stages| are there| do we have| are saved)*$"
    r"|^(?:列出|显示|看看|查看)?(?:现在|目前|我们)?(?:有|有哪些|都有哪些)?(?:哪些)?(?:已保存的)?(?:所有)?(?:阶段)?规则(?:有哪些|列表)?$",
    re.IGNORECASE,
)
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:{before}) ?{_NAME} ?(?:{behind})?$", re.IGNORECASE))
    for kind, before, behind in (
        ("undo", r"(?:undo|revert|roll back)(?: the)?(?: stage)? rule|(?:撤销|恢复|回退)(?:阶段)?规则", ""),
        ("forget", r"(?:delete|remove|end|forget|stop)(?: the)?(?: stage)? rule|(?:删除|停用|取消)(?:阶段)?规则", ""),
        ("history", r"(?:show |what is )?(?:the )?history of(?: the)?(?: stage)? rule", ""),
        ("history", r"(?:查看)?(?:阶段)?规则", "的(?:历史|版本|历史版本)"),
        (
            "show",
            r"(?:show|explain|what (?:is|does))(?: me)?(?: the)?(?: stage)? rule|(?:查看|显示|解释)?(?:阶段)?规则",
            "mean|是什么|的含义|是什么意思|什么意思",
        ),
    )
)


def tell_rules(question: str, turn: Turn) -> Told | None:
    """What a turn about rules of stages says; None for any other."""
    text = clean(question).strip().rstrip("。.!！?？")
    language: Language = "zh" if has_han(text) else "en"
    try:
        waiting = open_rule(turn.session, turn.principal, turn.thread_id)
        reply = read_reply(text) if waiting is not None else None
        if waiting is not None and reply is not None:
            return _settled(waiting, reply.kind == "yes", reply.language, turn)
        if _LIST.match(text):
            return Told(_list(rules(turn.session, turn.principal), language), language)
        for kind, pattern in _ABOUT:
            if match := pattern.match(text):
                return _about(kind, match["name"], language, turn)
        for pattern in _SET:
            if match := pattern.match(text):
                name = (match["name"] or match.groupdict().get("bare") or "").strip()
                return _proposed(name, match["text"].strip(" ，,"), language, turn, sure=match["name"] is not None)
    except PlumbError as error:
        return Told(say(error.key, language, **error.data), language)
    return None


def _proposed(name: str, text: str, language: Language, turn: Turn, *, sure: bool) -> Told | None:
    """Shown back; where the name stands without quotation marks it may be another sentence, which is left alone if it is no criterion."""
    from agent.requests.criteria import compile_said, compiler_of

    if not sure and compile_said(text, turn).rule is None:
        return None
    levels = levels_of(turn.principal)
    if levels == ("own",):
        return Told(say("ruling_not_allowed", language), language)
    proposal = propose_rule(
        turn.session,
        turn.principal,
        turn.scope,
        name,
        text,
        turn.today,
        turn.asked_at,
        level=levels[-1],
        dictionary=turn.dictionary,
        thread=turn.thread_id,
        other=compiler_of(turn),
    )
    shown = say("ruling_proposed", language, name=name, said=_said(proposal, language), level=say(f"definition_level_{proposal.level}", language))
    if proposal.replaces is not None:
        shown = f"{shown}\n{say('ruling_replaces', language, said=proposal.replaces[0 if language == 'zh' else 1])}"
    return Told(shown, language, proposals=(shown,), next_steps=["确认", "取消"] if language == "zh" else ["Yes", "No"])


def _settled(proposal: RuleProposal, agreed: bool, language: Language, turn: Turn) -> Told:
    if not agreed:
        return Told(say("ruling_dropped", language), language, effect=lambda: drop_rule(turn.session, turn.principal, proposal.id, turn.asked_at))
    saved = confirm_rule(turn.session, turn.principal, proposal.id, turn.asked_at)
    return Told(say("ruling_saved", language, name=saved.name, version=saved.version, said=_said(saved, language)), language)


def _about(kind: str, name: str, language: Language, turn: Turn) -> Told:
    if kind in ("undo", "forget") and levels_of(turn.principal) == ("own",):
        return Told(say("ruling_not_allowed", language), language)
    if kind == "undo":
        undone = undo_rule(turn.session, turn.principal, name, turn.asked_at)
        return Told(say("ruling_undone", language, name=undone.name, version=undone.version, said=_said(undone, language)), language)
    if kind == "forget":
        return Told(say("ruling_forgotten", language, name=forget_rule(turn.session, turn.principal, name, turn.asked_at).name), language)
    found = (show_rule(turn.session, turn.principal, name),) if kind == "show" else rule_history(turn.session, turn.principal, name)
    return Told(_list(found, language), language)


def _list(found: tuple[Criterion, ...], language: Language) -> str:
    if not found:
        return say("ruling_list_empty", language)
    lines = [
        say(
            "ruling_line",
            language,
            name=each.name,
            version=each.version,
            level=say(f"definition_level_{each.level}", language),
            by=each.owner_name,
            said=_said(each, language),
        )
        for each in found
    ]
    return "\n".join((say("ruling_list", language), *lines))


def _said(rule: Criterion | RuleProposal, language: Language) -> str:
    return rule.said_zh if language == "zh" else rule.said_en
