"""Settings from the environment, prefix ``PLUMB_``. A setting that is unknown or contradicts another stops the start."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from tools.store.errors import PlumbError

PREFIX = "PLUMB_"


class SettingUnknown(PlumbError):
    """An environment variable with our prefix that means nothing. Data: ``name``, ``nearest``."""

    key: ClassVar[str] = "setting_unknown"


class SettingInvalid(PlumbError):
    """A setting whose value can't be used. Data: ``name``, ``reason``."""

    key: ClassVar[str] = "setting_invalid"


class DataDirUnusable(PlumbError):
    """The data directory can't be made or opened. Data: ``path``."""

    key: ClassVar[str] = "data_dir_unusable"


class Settings(BaseSettings):
    """Everything that can be configured."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(default=Path(".plumbline"), description="Where all embedded state lives: database, vectors, checkpoints, signing key.")
    database_url: str | None = Field(default=None, description="PostgreSQL instead of the embedded SQLite: postgresql://user:password@host/name.")
    chroma_url: str | None = Field(default=None, description="A Chroma server instead of the embedded one: http://host:port.")
    llm_base_url: str | None = Field(default=None, description="Base URL of an OpenAI-compatible endpoint. Needs the model's name as well.")
    llm_model: str | None = Field(default=None, description="Name of the model at that endpoint.")
    llm_api_key: SecretStr | None = Field(default=None, description="Key for that endpoint, where it wants one.")
    llm_timeout_s: float = Field(default=20, gt=0, le=300, description="Seconds after which a call to the model is given up.")
    llm_rewords: bool = Field(default=True, description="Whether the model may also reword sentences around their bound values.")
    signal_secret: SecretStr | None = Field(
        default=None, min_length=16, description="Key by which senders of external signals sign; without it POST /api/signals is closed."
    )
    capability_tokens: SecretStr | None = Field(
        default=None, description="Bearer tokens of the services that units call: capability=token, several separated by commas."
    )
    capability_attempts: int = Field(default=3, ge=1, le=10, description="How often a call of a capability is tried, the first time included.")
    capability_failures: int = Field(default=5, ge=1, le=100, description="After so many failed calls in a row a capability is left alone for a while.")
    capability_rest_s: float = Field(default=30, gt=0, le=3600, description="Seconds that such a capability is left alone before one call tries it again.")
    today: date | None = Field(default=None, description="The day that relative dates count from, instead of the clock's.")
    time_zone: str = Field(default="UTC", description="Time zone of times without one in imported files, and of the clock's day.")
    reporting_currency: str | None = Field(default=None, pattern="^[A-Z]{3}$", description="ISO code of the currency that mixed amounts are converted to.")
    host: str = Field(default="127.0.0.1", description="Address that the web chat listens on.")
    port: int = Field(default=8765, ge=1, le=65535, description="Port that the web chat listens on.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.llm_base_url and not self.llm_model:
            raise ValueError("PLUMB_LLM_BASE_URL is set without PLUMB_LLM_MODEL; set both or neither")
        if self.llm_api_key and not self.llm_model:
            raise ValueError("PLUMB_LLM_API_KEY is set without PLUMB_LLM_MODEL; set the model's name or remove the key")
        if self.database_url and not self.database_url.startswith(("postgresql://", "sqlite:///")):
            raise ValueError("PLUMB_DATABASE_URL must begin with postgresql:// or sqlite:///")
        if any(not key.strip() or not token.strip() for key, token in self._token_pairs()):
            raise ValueError("PLUMB_CAPABILITY_TOKENS must be pairs of capability=token, separated by commas")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError) as error:
            raise ValueError(f"PLUMB_TIME_ZONE is not a known time zone: {self.time_zone}") from error
        return self

    def _token_pairs(self) -> list[tuple[str, str]]:
        written = self.capability_tokens.get_secret_value() if self.capability_tokens else ""
        return [(key, token) for key, _, token in (pair.partition("=") for pair in written.split(",") if pair.strip())]

    def tokens_by_capability(self) -> dict[str, SecretStr]:
        """By the key of a capability, the token that its service wants."""
        return {key.strip(): SecretStr(token.strip()) for key, token in self._token_pairs()}

    def make_data_dir(self) -> None:
        """Make the folder of all embedded state where it is missing. Raises DataDirUnusable."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataDirUnusable(path=str(self.data_dir)) from error

    def clock_today(self) -> date:
        """The day to count from: the setting, else the clock's day in the time zone."""
        return self.today or datetime.now(UTC).astimezone(ZoneInfo(self.time_zone)).date()


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with command-line options over them. Raises SettingUnknown and SettingInvalid."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            from rapidfuzz import process

            raise SettingUnknown(name=name, nearest=process.extractOne(name.upper(), known)[0])
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{'_'.join(map(str, first['loc']))}".upper() if first["loc"] else PREFIX + "…"
        raise SettingInvalid(name=name, reason=str(first["msg"]).removeprefix("Value error, ")) from error
