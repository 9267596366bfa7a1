"""Follow-ups that leave out whom or what they are about, point to a part of it, or pick one record of it: each with the query it must become."""

from __future__ import annotations

from tests.agent.parsing.dialogues import Dialogue

SHOWN = "name,account,owner,product,stage,amount,close_on,opened_on"
ELLIPTICAL: tuple[Dialogue, ...] = (
    (
        "how many deals did the South win in 2025",
        (
            ("total value", "figure : won_value where owner.region=South in 2025"),
            ("North单独是多少？", "figure : won_value where owner.region=North in 2025"),
            ("金额是多少", "figure : won_value where owner.region=North in 2025"),
            ("by product", "breakdown : won_value by product where owner.region=North in 2025 order -0"),
            ("只列Lift Pro的", "figure : won_value where owner.region=North & product=Lift Pro in 2025"),
        ),
    ),
    (
        "won value by region in 2025",
        (
            ("how much for North alone?", "figure : won_value where owner.region=North in 2025"),
            ("which one was the largest?", "top : opportunity[*] where owner.region=North & status=won in 2025 order -amount limit 1"),
        ),
    ),
    (
        "won deals by region in 2025",
        (
            ("within North, which rep won the most?", "top : won_count by owner where owner.region=North in 2025 order -0 limit 5"),
            ("只看Lift Pro的，列一下", "list : opportunity[*] where owner.region=North & status=won & product=Lift Pro in 2025"),
        ),
    ),
    (
        "how many deals did we lose in 2025",
        (
            ("其中food行业客户的有几单", "figure : lost_count where account.sector=food in 2025"),
            ("which one has the highest value?", "top : opportunity[*] where account.sector=food & status=lost in 2025 order -amount limit 1"),
        ),
    ),
    (
        "win rate in the South",
        (
            ("only deals closed in 2025", "figure : win_rate where owner.region=South in 2025"),
            ("what about North, how many deals did they win?", "figure : won_count where owner.region=North in 2025"),
        ),
    ),
    (
        "top 2 products by won value",
        (("and by number of deals?", "top : won_count by product order -0 limit 2"),),
    ),
    (
        "how many deals of Lift Basic are open",
        (
            ("and Pro?", "figure : open_count where product=Lift Pro"),
            ("who has most of them in 2025?", "top : open_count by owner where product=Lift Pro in 2025 order -0 limit 5"),
            ("average amount?", "figure : avg(amount) where product=Lift Pro & status=open in 2025"),
        ),
    ),
    (
        "open deals by product",
        (
            (
                "which is the oldest of those?",
                f"top : opportunity[{SHOWN}] where status=open order +opened_on limit 1",
            ),
        ),
    ),
    (
        "how many deals are open in the South",
        (
            ("2025年的有几个", "figure : open_count where owner.region=South in 2025"),
            ("how many were there in Q1 2025?", "figure : open_count where owner.region=South in Q1 2025"),
            ("how much in 2025?", "figure : pipeline_value where owner.region=South in 2025"),
            ("只看5000以上的，有哪些", "list : opportunity[*] where owner.region=South & status=open & amount ge 5000 in 2025"),
        ),
    ),
    (
        "how many deals did we win in 2025",
        (
            ("涉及哪些客户？", "breakdown : won_count by account in 2025 order -0"),
            ("都是哪些产品的", "breakdown : won_count by product in 2025 order -0"),
            ("who sold them?", "breakdown : won_count by owner in 2025 order -0"),
        ),
    ),
    (
        "how many deals of Lift Basic did we win in 2025",
        (
            ("what share is that?", "share : won_count% by product in 2025 only Lift Basic order -0"),
            ("分别是哪些区域的", "breakdown : won_count by owner.region where product=Lift Basic in 2025 order -0"),
        ),
    ),
    ("how many interactions in 2025", (("把单子列出来", "list : interaction[account,owner,kind,occurred_at] in 2025"),)),
    (
        "how many deals were won in 2025",
        (("how much did it grow?", "refused: not_a_question_about_data"),),
    ),
)
