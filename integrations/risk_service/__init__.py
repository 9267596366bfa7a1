"""A small risk service to try calls of a sensitive capability against. It stands alone: it knows neither the store nor the sandbox."""

from integrations.risk_service.app import create_risk_service
from integrations.risk_service.faults import Faults

__all__ = ["Faults", "create_risk_service"]
