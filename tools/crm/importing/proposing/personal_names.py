"""Tells the names of people from those of companies and things by their form: Chinese ones begin with one of the surnames."""

from __future__ import annotations

import re

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万"
    "钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆司卓古吉简"
    "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明池查麻苑迟"
)
NAME = re.compile(
    rf"(?:[{SURNAMES}]|欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐)[\u3400-\u9fff]{{1,2}}|[\u3400-\u9fff]{{1,6}}·[\u3400-\u9fff]{{1,6}}|"
    r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3}"
)
OF_COMPANIES = re.compile(
    r"\b(?:inc|ltd|llc|corp|corporation|gmbh|ag|co|group|company|plc|limited|holdings?|partners|hotels?|school|university|college|hospital)\b", re.IGNORECASE
)
LATIN = re.compile(r"[A-Za-z]")


def is_personal(text: str) -> bool:
    """Whether a text can be the name of a person."""
    return NAME.fullmatch(text.strip()) is not None and not OF_COMPANIES.search(text)


def is_latin(text: str) -> bool:
    """Whether a text has letters of the Latin script, in which names of people and of companies look alike."""
    return LATIN.search(text) is not None
