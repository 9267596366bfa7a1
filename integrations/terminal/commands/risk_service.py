"""The command that serves the demo's risk service, to try calls of a sensitive capability against."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from integrations.terminal.commands.house import at_work
from integrations.terminal.ways_out import user_language
from prompts.words import say
from tools.store.errors import PlumbError

HOST, PORT = "127.0.0.1", 8790


class RiskCurrencyUnknown(PlumbError):
    """The price is in no currency that there is. Data: ``currency``."""

    key: ClassVar[str] = "risk_currency_unknown"


def demo_risk_service(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = PORT,
    token: Annotated[str | None, typer.Option(help="Token that callers must present; made up and shown by default.")] = None,
    keys: Annotated[Path | None, typer.Option(help="SQLite file of answers by idempotency key; in the data directory by default.")] = None,
    price: Annotated[float, typer.Option(min=0, help="What an assessment costs; a thin one costs half.")] = 10,
    currency: Annotated[str, typer.Option(help="ISO code of the price's currency.")] = "CNY",
    delay_ms: Annotated[int, typer.Option(min=0, help="Wait so long before every answer.")] = 0,
    error_rate: Annotated[float, typer.Option(min=0, max=1, help="Share of calls that fail before they are counted.")] = 0,
    lost_rate: Annotated[float, typer.Option(min=0, max=1, help="Share of calls whose answer gets lost after they were counted.")] = 0,
    seed: Annotated[int, typer.Option(help="Which calls go wrong follows from this number.")] = 0,
) -> None:
    """Serve a small risk service on this machine, to try calls of a sensitive capability against."""
    with at_work(context, False) as house:
        import secrets
        from random import Random

        import uvicorn

        from integrations.risk_service import Faults, create_risk_service
        from integrations.risk_service.keeping import KeptAnswers
        from tools.crm.importing.values import CURRENCY_CODES

        if currency not in CURRENCY_CODES:
            raise RiskCurrencyUnknown(currency=currency)
        settings = house.settings()
        if keys is None:
            settings.make_data_dir()
        shown = token or secrets.token_urlsafe(18)
        faults = Faults(delay_ms / 1000, error_rate, lost_rate, Random(seed))  # noqa: S311 - nothing is kept secret by it
        app = create_risk_service(KeptAnswers(keys or settings.data_dir / "risk-service.db"), shown, faults, Decimal(str(price)), currency)
        typer.echo(say("risk_serving", user_language(), url=f"http://{HOST}:{port}/assess", token=shown), err=True)
        uvicorn.run(app, host=HOST, port=port, log_level="warning")
