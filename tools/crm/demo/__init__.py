"""An invented bilingual company, written as the CSV export that its CRM would give, with the truth planted in it."""

from tools.crm.demo.company import write_demo
from tools.crm.demo.truth import DemoTruth

__all__ = ["DemoTruth", "write_demo"]
