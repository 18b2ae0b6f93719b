"""All settings, read once from the environment or `.env`; names are `TAWASUL_…` (see `tawasul settings`)."""

import json
import os
import secrets
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The project's root: where `config.yml`, `nlu_data/` and `bot/` are."""


class Settings(BaseSettings):
    """The service's settings. Secrets left empty are made once and kept in the data directory."""

    model_config = SettingsConfigDict(env_prefix="TAWASUL_", env_file=".env", extra="ignore", env_ignore_empty=True)

    data_dir: Path = Field(Path("var"), description="where the database, attachments and secrets are kept")
    database_url: SecretStr | None = Field(None, description="PostgreSQL 15+; empty: the embedded server")
    public_url: str | None = Field(None, description="the address citizens' channels reach us at, https://…")
    port: int = Field(8000, ge=1, le=65535, description="the port of the web process")
    secret_key: SecretStr | None = Field(None, description="signs what leaves the service and comes back")
    internal_token: SecretStr | None = Field(None, description="what the service and the assistant say to each other")
    storage_url: str | None = Field(None, description="file:///… for attachments; empty: the data directory")
    rasa_url: str = Field("http://127.0.0.1:5005", description="the assistant")
    actions_url: str = Field("http://127.0.0.1:5055", description="the action server")

    agent_silence_minutes: int = Field(30, ge=1, description="after which a conversation goes back to the assistant")

    require_two_factor: str = Field("", description="roles that sign in with a second factor only, e.g. admin,head")
    oidc_issuer: str | None = Field(None, description="an OpenID provider for staff to sign in with; empty: none")
    oidc_client_id: str | None = Field(None, description="what we are called there")
    oidc_client_secret: SecretStr | None = Field(None, description="ours there; empty: a public client")
    oidc_claim: str = Field("email", description="the claim that names an account; an e-mail has to be verified")
    oidc_name: str | None = Field(None, description="what people call that provider")

    telegram_token: SecretStr | None = Field(None, description="from @BotFather; empty: Telegram is off")
    telegram_secret: SecretStr | None = Field(None, description="what Telegram sends back in its webhook header")
    telegram_api_url: str = Field("https://api.telegram.org", description="the Bot API's base address")

    twilio_account_sid: str | None = Field(None, description="empty: WhatsApp and SMS are off")
    twilio_auth_token: SecretStr | None = Field(None, description="also checks the webhooks' signatures")
    twilio_api_url: str = Field("https://api.twilio.com", description="Twilio's base address")
    whatsapp_number: str | None = Field(None, description="our WhatsApp sender, E.164")
    sms_number: str | None = Field(None, description="our SMS sender, E.164 or a name")
    voice_number: str | None = Field(None, description="our voice line, E.164")

    gather_seconds: float = Field(2.0, ge=0, le=30, description="the pause after which a description is taken; 0: none")
    draft_pause_hours: float = Field(6, gt=0, description="after this long, a person is welcomed back to their draft")
    draft_reminder_hours: float = Field(3, gt=0, description="after this long, a person is reminded of a draft, once")

    @field_validator("public_url", "rasa_url", "actions_url", "oidc_issuer", "telegram_api_url", "twilio_api_url")
    @classmethod
    def _no_slash_at_the_end(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @cached_property
    def effective_secret_key(self) -> str:
        """`TAWASUL_SECRET_KEY`, or one made at the first start and kept."""
        return self.secret_key.get_secret_value() if self.secret_key else self._kept_secret("secret_key")

    @cached_property
    def effective_internal_token(self) -> str:
        """`TAWASUL_INTERNAL_TOKEN`, or one made at the first start and kept."""
        if self.internal_token:
            return self.internal_token.get_secret_value()
        return self._kept_secret("internal_token")

    @cached_property
    def effective_telegram_secret(self) -> str:
        """`TAWASUL_TELEGRAM_SECRET`, or one derived from the secret key."""
        if self.telegram_secret:
            return self.telegram_secret.get_secret_value()
        return sha256(f"telegram:{self.effective_secret_key}".encode()).hexdigest()

    @property
    def local_url(self) -> str:
        """Where this machine reaches the web process."""
        return f"http://127.0.0.1:{self.port}"

    def _kept_secret(self, name: str) -> str:
        """Read one secret from `secrets.json`, making it first where it is missing (readable by us only)."""
        path = self.data_dir / "secrets.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_urlsafe(32)
            self.data_dir.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                json.dump(kept, file)
            path.with_suffix(".new").replace(path)
        return str(kept[name])


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The process's settings. Raises pydantic's `ValidationError` where a value cannot be used."""
    return Settings()
