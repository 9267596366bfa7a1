"""The files of the export: their headers, and writing them as CSV with the byte-order mark that spreadsheets like."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from tools.crm.demo.world import Row

HEADERS: dict[str, tuple[str, ...]] = {
    "teams": ("Team ID", "Team name", "Region", "Team lead"),
    "members": (
        "Member ID", "Name", "Email", "Phone", "Job title", "Department", "Access role", "Region", "Team ID", "Manager ID", "Hire date", "Active",
    ),
    "certificates": ("Certificate ID", "Certificate", "Member ID", "Issuer", "Valid from", "Valid to"),
    "accounts": (
        "Account ID", "Account name", "Tier", "Account type", "Sector", "Region", "Country", "City", "Employees", "Revenue", "Currency", "Year established",
        "Women founded", "Website", "Phone", "Account status", "Parent account ID", "Owner ID", "Created",
    ),
    "contacts": ("Contact ID", "Contact name", "Account ID", "Owner ID", "Title", "Role", "Department", "Email", "Mobile", "City", "Created"),
    "products": ("Product ID", "Product name", "Product code", "Product family", "List price", "Currency", "Cost", "Active"),
    "opportunities": (
        "Opportunity ID", "Opportunity name", "Account ID", "Contact ID", "Owner ID", "Product ID", "Stage", "Status", "Amount", "Currency", "Quantity",
        "Probability", "Forecast category", "Opportunity type", "Lead source", "Region", "Competitor", "Lost reason", "Next step", "Created date", "Close date",
    ),
    "stage_history": ("Stage change ID", "Opportunity ID", "From stage", "To stage", "Entered on"),
    "interactions": (
        "Interaction ID", "Account ID", "Contact ID", "Opportunity ID", "Owner ID", "Activity type", "Direction", "Subject", "Notes", "Outcome",
        "Activity date", "Duration (minutes)",
    ),
    "tickets": (
        "Ticket ID", "Account ID", "Contact ID", "Product ID", "Owner ID", "Subject", "Category", "Priority", "Ticket status", "Channel", "Opened at",
        "First response", "Closed at", "Satisfaction",
    ),
    "contracts": (
        "Contract ID", "Contract number", "Contract name", "Account ID", "Opportunity ID", "Owner ID", "Contract type", "Contract status", "Contract amount",
        "Currency", "Signed on", "Start date", "End date", "Auto renew", "Terms",
    ),
    "leads": (
        "Lead ID", "Lead name", "Company", "Title", "Email", "Phone", "Lead source", "Lead status", "Rating", "Sector", "Region", "Description", "Owner ID",
        "Converted account ID", "Created date", "First response", "Converted date",
    ),
    "invoices": (
        "Invoice ID", "Invoice number", "Account ID", "Contract ID", "Owner ID", "Invoice status", "Invoice amount", "Balance", "Currency", "Issued on",
        "Due date",
    ),
    "payments": (
        "Payment ID", "Payment number", "Account ID", "Contract ID", "Invoice ID", "Owner ID", "Payment method", "Payment status", "Payment amount", "Currency",
        "Payment date", "Installment",
    ),
    "targets": ("Target ID", "Owner ID", "Team ID", "Region", "Metric", "Target amount", "Currency", "Period", "Start date", "End date"),
    "okrs": ("OKR ID", "Owner ID", "Objective", "Key result", "Weight", "Progress", "Period", "Start date", "End date"),
    "budgets": (
        "Budget ID", "Budget name", "Team ID", "Account ID", "Opportunity ID", "Budget amount", "Spent", "Currency", "Period", "Start date", "End date",
    ),
    "milestones": ("Milestone ID", "Milestone", "Account ID", "Opportunity ID", "Milestone status", "Due date", "Completed on"),
    "verified_events": ("Verified event ID", "Event", "Account ID", "Opportunity ID", "Contact ID", "Event type", "Verified on"),
    "consents": ("Consent ID", "Account ID", "Contact ID", "Purpose", "Consent status", "Written", "Granted on", "Withdrawn on"),
    "requests": ("Request ID", "Account ID", "Owner ID", "Subject", "Status", "Opened at", "Due at", "Responded at"),
    "signals": ("Signal ID", "Account ID", "Contact ID", "Signal type", "Headline", "Text", "Competitor", "Link", "Observed at"),
    "exchange_rates": ("Base", "Quote", "Exchange rate", "Valid from"),
}  # fmt: skip


def write_table(folder: Path, table: str, rows: Iterable[Row]) -> None:
    """Write one file of the export."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS[table])
        writer.writerows(rows)
