"""Tables of the CRM room. Only this room writes them; other rooms read through its service."""

from tools.crm.models.deals import Contract, Invoice, Lead, Opportunity, Payment, StageHistory
from tools.crm.models.imports import CustomField, CustomRow, CustomTable, ImportIssue, ImportRun, RowChange
from tools.crm.models.parties import Account, Certificate, Contact, Member, Product, Team
from tools.crm.models.planning import Budget, ExchangeRate, Okr, Target
from tools.crm.models.relationship import Consent, Interaction, Milestone, Request, Signal, Ticket, VerifiedEvent

__all__ = [
    "Account",
    "Budget",
    "Certificate",
    "Consent",
    "Contact",
    "Contract",
    "CustomField",
    "CustomRow",
    "CustomTable",
    "ExchangeRate",
    "ImportIssue",
    "ImportRun",
    "Interaction",
    "Invoice",
    "Lead",
    "Member",
    "Milestone",
    "Okr",
    "Opportunity",
    "Payment",
    "Product",
    "Request",
    "RowChange",
    "Signal",
    "StageHistory",
    "Target",
    "Team",
    "Ticket",
    "VerifiedEvent",
]
