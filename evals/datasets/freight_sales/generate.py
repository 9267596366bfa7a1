"""Writes the export of an invented freight and warehousing company's own CRM: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20251022
TODAY = date(2025, 10, 22)
START = date(2023, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

# emp_no, name, branch, role, joined, manager, target 2024 in thousands, target 2025 in thousands, active
STAFF = (
    ("E100", "Margaret Oyelaran", "Head Office", "Commercial Director", "2011-02-14", "", "", "", "Y"),
    ("E103", "Tom Ashworth", "Felixstowe", "Branch Manager", "2013-06-03", "E100", 300, 320, "Y"),
    ("E107", "James Porter", "Felixstowe", "Key Account Exec", "2016-09-12", "E103", 900, 950, "Y"),
    ("E109", "Priya Nair", "Felixstowe", "Sales Exec", "2020-01-20", "E103", 600, 650, "Y"),
    ("E112", "Callum Reid", "Felixstowe", "Sales Exec", "2022-11-07", "E103", 400, 450, "Y"),
    ("E120", "Annelies de Wit", "Rotterdam", "Branch Manager", "2014-03-17", "E100", 350, 350, "Y"),
    ("E121", "James Porter", "Rotterdam", "Sales Exec", "2021-05-10", "E120", 450, 500, "Y"),
    ("E124", "Bram Kuipers", "Rotterdam", "Key Account Exec", "2018-08-01", "E120", 800, 850, "Y"),
    ("E131", "Katrin Vogel", "Hamburg", "Branch Manager", "2015-10-05", "E100", 500, 520, "Y"),
    ("E133", "Jonas Petersen", "Hamburg", "Sales Exec", "2019-04-15", "E131", 550, 600, "Y"),
    ("E135", "Lena Brandt", "Hamburg", "Sales Exec", "2023-02-01", "E131", 350, 420, "Y"),
    ("E140", "Zhou Minghui", "Ningbo", "Branch Manager", "2012-12-03", "E100", 600, 650, "Y"),
    ("E142", "Wang Fang", "Ningbo", "Key Account Exec", "2017-07-11", "E140", 950, 1000, "Y"),
    ("E145", "Xu Tao", "Ningbo", "Sales Exec", "2021-03-01", "E140", 500, 550, "Y"),
    ("E151", "Liang Jiahao", "Shenzhen", "Branch Manager", "2016-01-18", "E100", 450, 480, "Y"),
    ("E152", "Huang Siyi", "Shenzhen", "Sales Exec", "2020-09-21", "E151", 600, 640, "Y"),
    ("E155", "Deng Kai", "Shenzhen", "Sales Exec", "2022-04-25", "E151", 400, "", "N"),
    ("E160", "Ruth Okafor", "Head Office", "Claims Handler", "2015-05-26", "E100", "", "", "Y"),
    ("E161", "Pieter Smit", "Rotterdam", "Claims Handler", "2019-11-04", "E160", "", "", "Y"),
    ("E162", "Shen Yue", "Ningbo", "Claims Handler", "2021-08-30", "E160", "", "", "Y"),
    ("E170", "Gareth Lloyd", "Felixstowe", "Site Surveyor", "2014-07-28", "E103", "", "", "Y"),
    ("E171", "Ingrid Maas", "Rotterdam", "Site Surveyor", "2018-02-12", "E120", "", "", "Y"),
    ("E172", "Guo Peng", "Ningbo", "Site Surveyor", "2020-06-15", "E140", "", "", "Y"),
)
SELLERS = {"Felixstowe": ("E107", "E109", "E112"), "Rotterdam": ("E124", "E121", "E120"), "Hamburg": ("E133", "E131", "E135")}
SELLERS |= {"Ningbo": ("E142", "E145", "E140"), "Shenzhen": ("E152", "E151", "E155")}
SKILL = {"E107": 0.56, "E109": 0.5, "E112": 0.37, "E124": 0.53, "E121": 0.41, "E120": 0.46, "E133": 0.44, "E131": 0.58, "E135": 0.33}
SKILL |= {"E142": 0.64, "E145": 0.47, "E140": 0.6, "E152": 0.51, "E151": 0.43, "E155": 0.3}
CODES = (
    ("svc_code", "FCL", "Full container load"),
    ("svc_code", "LCL", "Groupage / less than container load"),
    ("svc_code", "AIR", "Air freight"),
    ("svc_code", "RD", "Road haulage"),
    ("svc_code", "WH", "Warehousing and storage"),
    ("svc_code", "CUS", "Customs brokerage"),
    ("svc_code", "PRJ", "Project cargo"),
    ("deal_sts", "ENQ", "Enquiry"),
    ("deal_sts", "QTD", "Quoted"),
    ("deal_sts", "NEG", "In negotiation"),
    ("deal_sts", "HLD", "On hold"),
    ("deal_sts", "WON", "Won"),
    ("deal_sts", "LST", "Lost"),
    ("lost_rsn", "PRC", "Price too high"),
    ("lost_rsn", "TRN", "Transit time too long"),
    ("lost_rsn", "CAP", "No capacity or space"),
    ("lost_rsn", "SVC", "Service record"),
    ("lost_rsn", "NOD", "Customer made no decision"),
    ("shp_sts", "BKD", "Booked"),
    ("shp_sts", "ITR", "In transit"),
    ("shp_sts", "DLV", "Delivered"),
    ("shp_sts", "CXL", "Cancelled"),
    ("clm_type", "DAM", "Damage"),
    ("clm_type", "SHT", "Shortage"),
    ("clm_type", "DLY", "Delay"),
    ("clm_type", "LOS", "Total loss"),
    ("clm_sts", "O", "Open"),
    ("clm_sts", "I", "Under investigation"),
    ("clm_sts", "S", "Settled"),
    ("clm_sts", "R", "Rejected"),
    ("Chan", "PH", "Phone call"),
    ("Chan", "EML", "E-mail"),
    ("Chan", "VST", "Visit"),
    ("Chan", "VC", "Video call"),
    ("Chan", "WX", "WeChat"),
    ("CustSts", "A", "Active"),
    ("CustSts", "D", "Dormant"),
    ("CustSts", "H", "On credit hold"),
)
SECTORS = ("Food & Beverage", "Automotive", "Electronics", "Furniture", "Chemicals", "Apparel", "Machinery", "Toys")
WORDS = {
    "Food & Beverage": ("Foods", "Dairy", "Beverages"),
    "Automotive": ("Autoparts", "Motors"),
    "Electronics": ("Electronics", "Lighting"),
    "Furniture": ("Furniture", "Interiors"),
    "Chemicals": ("Chemicals", "Coatings"),
    "Apparel": ("Textiles", "Outfitters"),
    "Machinery": ("Engineering", "Machinery"),
    "Toys": ("Toys", "Games"),
}
HAN_WORDS = {"Food & Beverage": "食品", "Automotive": "汽配", "Electronics": "电子", "Furniture": "家具", "Chemicals": "化工"}
HAN_WORDS |= {"Apparel": "服饰", "Machinery": "机械", "Toys": "玩具"}
STEMS = {
    "Felixstowe": (
        "Brambleford",
        "Oakmere",
        "Stourbridge",
        "Penhallow",
        "Larkfield",
        "Thornbury",
        "Wexcombe",
        "Ashdown",
        "Kelso",
        "Tarrant",
        "Mallory",
        "Eastvale",
    ),
    "Rotterdam": ("Van Houtum", "Zilverberg", "Maasdijk", "Kroonenburg", "De Ruiter", "Lindhout", "Waalstroom", "Oosterbeek", "Brinkman", "Terlouw"),
    "Hamburg": ("Hansen & Krull", "Elbtal", "Nordmark", "Rieger", "Holtmann", "Weserland", "Falkenstein", "Brockmeyer", "Altona", "Stegemann"),
    "Ningbo": ("蓝海", "恒达", "甬兴", "东钱", "金鹭", "瑞和", "永嘉", "新宇"),
    "Shenzhen": ("鹏程", "南山", "华瑞", "宝德", "Goldpine", "Pearl Bay", "Sunrise Delta", "Kingway"),
}
TOWNS = {
    "Felixstowe": (("Ipswich", "GB"), ("Leeds", "GB"), ("Bristol", "GB"), ("Coventry", "GB"), ("Cork", "IE")),
    "Rotterdam": (("Breda", "NL"), ("Utrecht", "NL"), ("Antwerp", "BE"), ("Ghent", "BE"), ("Venlo", "NL")),
    "Hamburg": (("Bremen", "DE"), ("Kiel", "DE"), ("Hannover", "DE"), ("Aarhus", "DK")),
    "Ningbo": (("宁波", "CN"), ("义乌", "CN"), ("绍兴", "CN"), ("苏州", "CN")),
    "Shenzhen": (("东莞", "CN"), ("深圳", "CN"), ("Foshan", "CN"), ("Huizhou", "CN")),
}
TWINS = (
    ("Harrow & Finch Ltd", "Apparel", "Felixstowe", "Leeds", "GB"),
    ("Harrow & Finch Foods Ltd", "Food & Beverage", "Felixstowe", "Bristol", "GB"),
    ("Northgate Chemicals BV", "Chemicals", "Rotterdam", "Antwerp", "BE"),
    ("Northgate Toys GmbH", "Toys", "Hamburg", "Bremen", "DE"),
    ("宁波恒达家电有限公司", "Electronics", "Ningbo", "宁波", "CN"),
    ("苏州恒达精密机械有限公司", "Machinery", "Ningbo", "苏州", "CN"),
)
CONTACTS = (
    "Helen Marsh",
    "Oliver Grant",
    "Sanne Bakker",
    "Dieter Lang",
    "陈丽",
    "周伟",
    "Maria Lopes",
    "刘洋",
    "Femke Visser",
    "Ian Doyle",
    "吴婷",
    "Uwe Franke",
)
LANES = {
    "Felixstowe": ("Ningbo-Felixstowe", "Shanghai-Felixstowe", "Felixstowe-New York", "Yantian-Felixstowe"),
    "Rotterdam": ("Ningbo-Rotterdam", "Yantian-Rotterdam", "Rotterdam-Santos", "Shanghai-Rotterdam"),
    "Hamburg": ("Shanghai-Hamburg", "Ningbo-Hamburg", "Hamburg-Busan", "Hamburg-New York"),
    "Ningbo": ("Ningbo-Felixstowe", "Ningbo-Rotterdam", "Ningbo-Hamburg", "Ningbo-Long Beach"),
    "Shenzhen": ("Yantian-Felixstowe", "Yantian-Rotterdam", "Yantian-Long Beach", "Yantian-Hamburg"),
}
SERVICES = {"FCL": (30, 95), "LCL": (17, 22), "AIR": (15, 48), "RD": (12, 26), "WH": (15, 130), "CUS": (7, 9), "PRJ": (4, 310)}
EASE = {"FCL": 0.02, "LCL": 0.1, "AIR": -0.08, "RD": 0.04, "WH": -0.05, "CUS": 0.22, "PRJ": -0.16}
RIVALS = ("Kestrel Freight", "DeepBlue Logistics", "Sinotide", "Hanso Cargo", "TransNorth")
CARRIERS = {
    "SEA": ("Meridian Line", "Orient Star", "Polaris Ocean", "Baltica"),
    "AIR": ("Skyhaul", "EuroAir Cargo", "CathMail"),
    "ROAD": ("own fleet", "Duvall Haulage"),
}
MODE = {"FCL": "SEA", "LCL": "SEA", "PRJ": "SEA", "AIR": "AIR", "RD": "ROAD"}
OUTCOMES = ("positive", "neutral", "neutral", "negative", "no answer", "")
NOTES = (
    "chased quote feedback",
    "rate validity extended",
    "asked for revised transit time",
    "discussed peak season surcharge",
    "客户询问舱位",
    "booking forecast received",
    "complained about demurrage",
    "POD copies sent",
    "催对账单",
    "intro to new buyer",
    "wants weekly LCL consol",
    "QBR prep",
    "",
)
REMARKS = ("", "aisle width tight", "sprinklers due", "good access", "no cold store", "roof leak bay 3", "forklift charging ok")


def dash(when: date | None) -> str:
    """As in 14-Mar-2025."""
    return f"{when:%d-%b-%Y}" if when else ""


def slash(when: date | None) -> str:
    """As in 2025/3/14."""
    return f"{when.year}/{when.month}/{when.day}" if when else ""


def british(when: date | None) -> str:
    """As in 14/03/2025."""
    return f"{when:%d/%m/%Y}" if when else ""


def plain(when: date | None) -> str:
    """As in 2025-03-14."""
    return when.isoformat() if when else ""


def dollars(value: float | None) -> str:
    """As in $48,200."""
    return f"${round(value):,}" if value is not None else ""


def customers(dice: random.Random) -> list[Row]:
    """Companies that ship or store, with their branch and account manager."""
    named: list[tuple[str, str, str, str, str]] = list(TWINS)
    taken = {row[0] for row in named}
    endings = {"GB": "Ltd", "IE": "Ltd", "NL": "BV", "BE": "NV", "DE": "GmbH", "DK": "A/S", "CN": "Co Ltd"}
    for branch, stems in STEMS.items():
        for stem in stems:
            for sector in dice.sample(SECTORS, 3 if branch in ("Ningbo", "Shenzhen") else 2 + (dice.random() < 0.5)):
                town, country = dice.choice(TOWNS[branch])
                if stem == "恒达":
                    continue
                name = f"{stem} {dice.choice(WORDS[sector])} {endings[country]}" if stem.isascii() else f"{town}{stem}{HAN_WORDS[sector]}有限公司"
                name = name if stem.isascii() or not town.isascii() else f"佛山{stem}{HAN_WORDS[sector]}有限公司"
                if name not in taken:
                    taken.add(name)
                    named.append((name, sector, branch, town, country))
    rows = []
    for place, (name, sector, branch, town, country) in enumerate(named):
        if name.startswith("佛山"):
            town = "佛山"
        weight = dice.choice((1, 1, 1, 2, 2, 3, 5))
        seen = date(2015, 1, 1) + timedelta(days=dice.randrange(365 * 9))
        seller = dice.choices(SELLERS[branch], weights=(5, 4, 2))[0]
        status = dice.choices(("A", "D", "H"), weights=(82, 13, 5))[0]
        if place < len(TWINS):
            weight, status = 3, "A"
        rows.append(
            {
                "cust_no": f"C{10017 + place * 7}",
                "Cust Name": name,
                "TradeSector": sector,
                "Town": town,
                "cntry": country,
                "SrvBranch": branch,
                "acct_mgr": seller,
                "KeyAcct": "Y" if weight == 5 or (weight == 3 and dice.random() < 0.4) else "N",
                "CustSts": status,
                "dt_onboarded": dash(seen),
                "credit_lim_k": dice.choice((25, 40, 50, 75, 100, 150, 200, 300, 500)) if dice.random() < 0.93 else "",
                "pay_terms_days": dice.choices((14, 30, 45, 60, 90), weights=(8, 45, 18, 22, 7))[0],
                "AEO_cert": dice.choices(("Y", "N", ""), weights=(35, 55, 10))[0],
                "lead_src": dice.choices(("referral", "trade fair", "web form", "cold call", "tender portal", ""), weights=(30, 18, 20, 16, 10, 6))[0],
                "est_teu_pa": weight * dice.randrange(8, 70) if dice.random() < 0.88 else "",
                "PrimaryContact": dice.choice(CONTACTS) if dice.random() < 0.9 else "",
                "_weight": weight * (0.3 if status == "D" else 1),
                "_since": seen,
            }
        )
    return rows


def deals(dice: random.Random, held: list[Row]) -> list[Row]:
    """The register of deals, in order of opening."""
    opened = sorted(START + timedelta(days=int((dice.random() ** 0.88) * (TODAY - START).days)) for _ in range(560))
    rows: list[Row] = []
    titles: dict[str, int] = {}
    for place, begun in enumerate(opened):
        customer = dice.choices(held, weights=[row["_weight"] for row in held])[0]
        branch = customer["SrvBranch"]
        seller = customer["acct_mgr"] if dice.random() < 0.8 else dice.choice(SELLERS[branch])
        if seller == "E155" and begun > date(2025, 4, 1):
            seller = "E152"
        service = dice.choices(list(SERVICES), weights=[SERVICES[code][0] for code in SERVICES])[0]
        lane = dice.choice(LANES[branch]) if service in ("FCL", "LCL", "AIR", "PRJ") else ""
        estimate = round(SERVICES[service][1] * 1000 * dice.lognormvariate(-0.2, 0.65) * (1.5 if customer["KeyAcct"] == "Y" else 1), -2)
        tender = "Y" if dice.random() < (0.35 if customer["KeyAcct"] == "Y" else 0.14) else "N"
        rival = dice.choice(RIVALS) if dice.random() < 0.68 else ""
        chance = SKILL[seller] + EASE[service] - 0.09 * (tender == "Y") - {"Sinotide": 0.14, "Kestrel Freight": 0.05}.get(rival, 0)
        quote_due = begun + timedelta(days=dice.randrange(3, 12))
        quoted = quote_due + timedelta(days=dice.choice((-3, -2, -1, -1, 0, 0, 0, 1, 2, 4, 7)))
        quoted = max(quoted, begun)
        expected = begun + timedelta(days=dice.randrange(25, 120))
        cycle = dice.randrange(12, 75) + (30 if tender == "Y" else 0) + (25 if service in ("WH", "PRJ") else 0)
        closed: date | None = max(begun + timedelta(days=cycle), quoted + timedelta(days=3))
        if closed and (closed > TODAY or dice.random() < 0.07):
            closed = None
        won = closed is not None and dice.random() < chance
        age = (TODAY - begun).days
        if closed:
            status = "WON" if won else "LST"
        elif quoted > TODAY:
            status = "ENQ"
        else:
            status = dice.choices(("ENQ", "QTD", "NEG", "HLD"), weights=(1, 4, 4, 1 if age < 90 else 4))[0]
        quoted_at = quoted if quoted <= TODAY and status != "ENQ" else None
        actual = round(estimate * dice.uniform(0.78, 1.14), -1) if won else None
        margin = dice.uniform(0.09, 0.27)
        what = {"WH": "storage", "CUS": "customs", "RD": "haulage", "PRJ": "project"}.get(service, service)
        title = f"{customer['Cust Name'].removesuffix('有限公司')} {what} {lane or begun.year}".strip()
        titles[title] = titles.get(title, 0) + 1
        rows.append(
            {
                "DealRef": f"D{begun:%y}-{place * 3 + 211:04d}",
                "Deal Title": f"{title} #{titles[title]}" if titles[title] > 1 else title,
                "cust_no": customer["cust_no"],
                "acct_mgr": seller,
                "svc_code": service,
                "Lane": lane,
                "deal_sts": status,
                "prob_pct": {"ENQ": 10, "QTD": 30, "NEG": 60, "HLD": 5}.get(status, ""),
                "rev_est": dollars(estimate) if status != "ENQ" or dice.random() < 0.6 else "",
                "rev_actual": dollars(actual),
                "gp_est": dollars(estimate * margin) if quoted_at else "",
                "gp_actual": dollars(actual * (margin + dice.uniform(-0.07, 0.03))) if actual is not None else "",
                "dt_opened": plain(begun),
                "dt_quote_due": plain(quote_due),
                "dt_quoted": plain(quoted_at),
                "dt_exp_close": plain(expected),
                "dt_closed": plain(closed),
                "lost_rsn": dice.choices(("PRC", "TRN", "CAP", "SVC", "NOD", ""), weights=(40, 17, 12, 8, 18, 5))[0] if status == "LST" else "",
                "Competitor": rival,
                "Tender": tender,
                "HazCargo": "Y" if dice.random() < (0.5 if customer["TradeSector"] == "Chemicals" else 0.05) else "N",
                "contract_mths": dice.choice((3, 6, 12, 12, 24, 36)) if service in ("WH", "FCL") and dice.random() < 0.9 else "",
                "_closed": closed,
                "_branch": branch,
                "_opened": begun,
            }
        )
    return rows


def shipments(dice: random.Random, sold: list[Row]) -> list[Row]:
    """Shipments under the deals that were won, in order of departure."""
    rows: list[Row] = []
    for deal in sold:
        if deal["deal_sts"] != "WON" or deal["svc_code"] not in MODE:
            continue
        mode = MODE[deal["svc_code"]]
        start, end = (
            deal["Lane"].split("-")
            if deal["Lane"]
            else dice.choice((("Felixstowe", "Leeds"), ("Rotterdam", "Venlo"), ("Hamburg", "Hannover"), ("Ningbo", "义乌")))
        )
        count = dice.choice((1, 2, 3, 4, 5, 6, 7)) if deal["svc_code"] != "PRJ" else 1
        revenue = float(deal["rev_actual"].strip("$").replace(",", ""))
        for turn in range(count):
            leaves = deal["_closed"] + timedelta(days=7 + turn * 16 + dice.randrange(14))
            if leaves > TODAY + timedelta(days=20):
                continue
            transit = {"SEA": dice.randrange(26, 41), "AIR": dice.randrange(2, 6), "ROAD": dice.randrange(1, 4)}[mode]
            carrier = dice.choice(CARRIERS[mode])
            slip = dice.choices((-2, -1, 0, 1, 3, 6, 11), weights=(8, 14, 34, 14, 14, 10, 6 if carrier != "Orient Star" else 26))[0]
            if mode != "SEA":
                slip = min(slip, 2)
            sailed = leaves + timedelta(days=dice.choice((0, 0, 0, 0, 1, 2, 4)) if mode == "SEA" else 0)
            promised = leaves + timedelta(days=transit)
            arrived: date | None = max(promised + timedelta(days=slip), sailed + timedelta(days=1))
            cancelled = dice.random() < 0.03
            sailed_at = sailed if sailed <= TODAY and not cancelled else None
            arrived = arrived if arrived and arrived <= TODAY and sailed_at else None
            status = "CXL" if cancelled else "DLV" if arrived else "ITR" if sailed_at else "BKD"
            amount = revenue / (count + 0.4) * dice.uniform(0.75, 1.2)
            due = (arrived or promised) + timedelta(days=30)
            paid: date | None = due + timedelta(days=dice.choice((-9, -4, -1, 0, 2, 8, 19, 35)))
            paid = paid if paid and paid <= TODAY and dice.random() < 0.94 and arrived else None
            rows.append(
                {
                    "DealRef": deal["DealRef"],
                    "cust_no": deal["cust_no"],
                    "Mode": mode,
                    "Carrier": carrier,
                    "POL": start,
                    "POD": end,
                    "ETD": slash(leaves),
                    "ATD": slash(sailed_at),
                    "ETA_promised": slash(promised),
                    "ATA": slash(arrived),
                    "shp_sts": status,
                    "TEU": dice.choice((1, 2, 2, 2, 3, 4, 6)) if deal["svc_code"] in ("FCL", "PRJ") else "",
                    "gross_wt_kg": dice.randrange(180, 2400) if mode == "AIR" else dice.randrange(2100, 24000),
                    "inv_amt": round(amount, 2) if arrived else "",
                    "cost_amt": round(amount * dice.uniform(0.7, 1.02), 2) if arrived else "",
                    "demurrage": round(dice.randrange(80, 950) * (1 + max(slip, 0) / 6)) if arrived and mode == "SEA" and dice.random() < 0.16 else "",
                    "dt_inv_due": slash(due) if arrived else "",
                    "dt_paid": slash(paid),
                    "POD signed": "" if not arrived else "Y" if dice.random() < 0.9 else "N",
                    "_leaves": leaves,
                    "_arrived": arrived,
                    "_late": slip,
                    "_amount": amount,
                }
            )
    rows.sort(key=lambda row: (row["_leaves"], row["DealRef"]))
    return [{"ShpNo": f"SH{230400 + place * 3}", **row} for place, row in enumerate(rows)]


def claims(dice: random.Random, moved: list[Row], where: dict[str, str]) -> list[Row]:
    """Claims on shipments that arrived."""
    handlers = {"Felixstowe": "E160", "Hamburg": "E160", "Rotterdam": "E161", "Ningbo": "E162", "Shenzhen": "E162"}
    rows: list[Row] = []
    for shipment in moved:
        if not shipment["_arrived"] or dice.random() > (0.34 if shipment["_late"] > 3 else 0.15):
            continue
        kind = dice.choices(("DAM", "SHT", "DLY", "LOS"), weights=(45, 25, 60 if shipment["_late"] > 3 else 6, 4))[0]
        filed = shipment["_arrived"] + timedelta(days=dice.randrange(1, 24))
        if filed > TODAY:
            continue
        asked = round(shipment["_amount"] * dice.uniform(0.03, 0.5 if kind != "LOS" else 1.3) + 120, 2)
        ends: date | None = filed + timedelta(days=dice.randrange(9, 120))
        ends = ends if ends and ends <= TODAY and dice.random() < 0.9 else None
        status = dice.choices(("S", "R"), weights=(70, 30))[0] if ends else dice.choice(("O", "I"))
        rows.append(
            {
                "ShpNo": shipment["ShpNo"],
                "cust_no": shipment["cust_no"],
                "clm_type": kind,
                "clm_sts": status,
                "dt_filed": british(filed),
                "dt_settled": british(ends),
                "amt_claimed": f"{asked:,.2f}",
                "amt_paid": f"{asked * dice.choice((1, 0.9, 0.75, 0.5, 0.5)):,.2f}" if status == "S" else "0.00" if status == "R" else "",
                "Handler": handlers[where[shipment["cust_no"]]],
                "Insured": "Y" if dice.random() < 0.62 else "N",
                "_filed": filed,
            }
        )
    rows.sort(key=lambda row: (row["_filed"], row["ShpNo"]))
    return [{"claim_no": f"CLM-{row['_filed']:%y}{place + 1:03d}", **row} for place, row in enumerate(rows)]


def surveys(dice: random.Random, sold: list[Row], held: list[Row]) -> list[Row]:
    """Surveys of the sites where goods are stored or collected."""
    people = {"Felixstowe": "E170", "Rotterdam": "E171", "Hamburg": "E171", "Ningbo": "E172", "Shenzhen": "E172"}
    towns = {row["cust_no"]: row["Town"] for row in held}
    rows: list[Row] = []
    for deal in sold:
        if dice.random() > (0.8 if deal["svc_code"] == "WH" else 0.06):
            continue
        when = deal["_opened"] + timedelta(days=dice.randrange(5, 40))
        if when > TODAY:
            continue
        area = dice.randrange(6, 95) * 100
        rows.append(
            {
                "DealRef": deal["DealRef"],
                "cust_no": deal["cust_no"],
                "SiteTown": towns[deal["cust_no"]],
                "survey_dt": plain(when).replace("-", "."),
                "Surveyor": people[deal["_branch"]],
                "floor_sqm": area,
                "pallet_pos": round(area * dice.uniform(0.6, 1.1)) if dice.random() < 0.9 else "",
                "dock_doors": max(1, area // 900 + dice.randrange(-1, 3)),
                "RackingOK": dice.choices(("Y", "N"), weights=(76, 24))[0],
                "FireCert": dice.choices(("Y", "N", ""), weights=(68, 22, 10))[0],
                "risk_score": dice.choices(range(1, 11), weights=(4, 9, 13, 15, 14, 12, 9, 6, 4, 2))[0],
                "Remarks": dice.choice(REMARKS),
                "_when": when,
            }
        )
    rows.sort(key=lambda row: (row["_when"], row["DealRef"]))
    return [{"survey_id": f"SV{place + 41:04d}", **row} for place, row in enumerate(rows)]


def cards(dice: random.Random) -> list[Row]:
    """Rate cards by lane and carrier, with what is paid and what is asked."""
    rows: list[Row] = []
    for lane in sorted({lane for lanes in LANES.values() for lane in lanes}):
        for service, mode, unit, base in (("FCL", "SEA", "TEU", 1900), ("LCL", "SEA", "cbm", 74), ("AIR", "AIR", "kg", 4.6)):
            for year in (2024, 2025):
                if dice.random() < (0.12 if service == "FCL" else 0.45):
                    continue
                begins = date(year, dice.choice((1, 4, 7)), 1)
                ends = begins + timedelta(days=dice.choice((89, 180, 364)))
                buy = round(base * dice.uniform(0.7, 1.35) * (1.12 if year == 2025 else 1), 2)
                rows.append(
                    {
                        "rc_id": f"RC{len(rows) + 301}",
                        "svc_code": service,
                        "Lane": lane,
                        "Carrier": dice.choice(CARRIERS[mode]),
                        "Unit": unit,
                        "BuyRate": buy,
                        "SellRate": round(buy * dice.uniform(0.98, 1.34), 2),
                        "min_chg": {"FCL": "", "LCL": dice.choice((60, 75, 90)), "AIR": dice.choice((55, 65, 85))}[service],
                        "valid_from": f"{begins:%Y%m%d}",
                        "valid_to": f"{ends:%Y%m%d}",
                    }
                )
    return rows


def talks(dice: random.Random, sold: list[Row], held: list[Row]) -> list[Row]:
    """Contacts with customers: around the deals, and between them."""
    managers, status = {row["cust_no"]: row["acct_mgr"] for row in held}, {row["cust_no"]: row["CustSts"] for row in held}
    branches = {row["cust_no"]: row["SrvBranch"] for row in held}
    found: list[tuple[datetime, str, str, str]] = []
    for deal in sold:
        ends = deal["_closed"] or TODAY
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            when = deal["_opened"] + timedelta(days=dice.randrange(max((ends - deal["_opened"]).days, 1)))
            moment = datetime(when.year, when.month, when.day, dice.randrange(8, 18), dice.choice((0, 10, 15, 30, 45)))
            found.append((moment, deal["cust_no"], deal["DealRef"], deal["acct_mgr"]))
    for row in held:
        for _ in range(dice.choice((0, 1, 2, 4))):
            when = START + timedelta(days=dice.randrange((TODAY - START).days if status[row["cust_no"]] != "D" else 500))
            found.append(
                (datetime(when.year, when.month, when.day, dice.randrange(8, 18), dice.choice((0, 20, 40))), row["cust_no"], "", managers[row["cust_no"]])
            )
    rows = []
    for place, (moment, customer, deal_ref, person) in enumerate(sorted(found)):
        east = branches[customer] in ("Ningbo", "Shenzhen")
        channel = dice.choices(("PH", "EML", "VST", "VC", "WX"), weights=(30, 34, 17, 12, 30 if east else 0))[0]
        later = moment.date() + timedelta(days=dice.randrange(4, 30))
        rows.append(
            {
                "log_no": 50012 + place,
                "dt_contact": f"{moment:%Y-%m-%d %H:%M}",
                "cust_no": customer,
                "DealRef": deal_ref,
                "emp_no": person,
                "Chan": channel,
                "Mins": dice.choice((5, 10, 15, 20, 30, 45)) if channel in ("PH", "VC") else dice.choice((45, 60, 90, 120)) if channel == "VST" else "",
                "Outcome": dice.choice(OUTCOMES),
                "dt_next_action": plain(later) if dice.random() < 0.4 else "",
                "Notes": dice.choice(NOTES),
            }
        )
    return rows


def write(name: str, rows: list[Row], mark: bool = False) -> None:
    """One file; columns whose name begins with an underscore are left out."""
    EXPORT.mkdir(exist_ok=True)
    columns = [column for column in rows[0] if not column.startswith("_")]
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """All files of the export."""
    dice = random.Random(SEED)  # noqa: S311
    held = customers(dice)
    sold = deals(dice, held)
    moved = shipments(dice, sold)
    names = ("emp_no", "FullName", "Branch", "Role", "dt_joined", "mgr_emp_no", "tgt_2024_k", "tgt_2025_k", "Active")
    write("Staff", [dict(zip(names, person, strict=True)) for person in STAFF])
    write("Codes", [dict(zip(("code_type", "code", "Descr"), code, strict=True)) for code in CODES])
    write("Customer_Master", held, mark=True)
    write("DealRegister", sold, mark=True)
    write("shipments", moved, mark=True)
    write("Claims", claims(dice, moved, {row["cust_no"]: row["SrvBranch"] for row in held}))
    write("SiteSurveys", surveys(dice, sold, held), mark=True)
    write("rate cards", cards(dice))
    write("Contact Log", talks(dice, sold, held), mark=True)


if __name__ == "__main__":
    main()
