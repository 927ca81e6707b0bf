"""Settings, from the environment, `.env` and files. A wrong one stops the start with one sentence.

Each field's description says what it takes, in the words of that sentence; `.env.example` lists
them all (a test compares).
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_files import SUFFIX, BadSettingFile, from_files
from models.content import roots


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what it takes, without its value."""


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return value.rstrip("/")


def _database(value: str) -> str:
    scheme = value.partition("://")[0].partition("+")[0]
    if "://" not in value or scheme not in ("sqlite", "postgresql"):
        raise ValueError
    return value


def _files(value: str) -> str:
    if "://" in value and not value.startswith(("file://", "s3://")):
        raise ValueError
    return value


def provinces(own: Path | None = None) -> list[str]:
    """The provinces we have content for: those shipped, and those of the folder `own`."""
    return roots.provinces(roots.content_root(own))


def _folder(value: Path | None) -> Path | None:
    if value is not None and not os.path.isdir(value):
        raise ValueError
    return value


def _province(value: str, info: ValidationInfo) -> str:
    """One there is; without a name the only one."""
    found = provinces(info.data.get("content_folder"))
    if not value and len(found) == 1:
        return found[0]
    if value not in found:
        raise ValueError
    return value


def template_ids(written: str) -> dict[str, str]:
    """ "supplement=1234, result=1235" as Zalo's numbers by name. Raises ValueError."""
    pairs = [part.partition("=") for part in written.split(",") if part.strip()]
    found = {name.strip(): number.strip() for name, _, number in pairs}
    if not all(re.fullmatch(r"[a-z_]+", name) and n.isdigit() for name, n in found.items()):
        raise ValueError
    return found


def _templates(value: str) -> str:
    template_ids(value)
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
WEB = "takes an address such as https://"
TOKEN = "takes the token BotFather gave, like 123456:ABC..., or nothing"  # noqa: S105
NO_SECRET = SecretStr("")


def _secret(pattern: str) -> AfterValidator:
    """Nothing, or a secret that matches."""

    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError
        return value

    return AfterValidator(check)


Token = Annotated[SecretStr, _secret(r"\d{3,}:[\w-]{10,}")]


class Settings(BaseSettings):
    """Every setting there is; the names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///var/ocop.sqlite3",
        description="takes sqlite:///path/to/file or postgresql://user:password@host/database",
    )
    files_url: Annotated[str, AfterValidator(_files)] = Field(
        "var/files", description="takes a folder, or s3://bucket/prefix"
    )
    s3_endpoint: WebAddress | None = Field(
        None, description=WEB + "s3.example.vn, the S3-compatible store that FILES_URL names"
    )
    s3_region: str = Field("", description="takes the store's region, or nothing")
    s3_access_key: SecretStr = Field(NO_SECRET, description="takes the store's access key")
    s3_secret_key: SecretStr = Field(NO_SECRET, description="takes the store's secret key")
    content_folder: Annotated[Path | None, AfterValidator(_folder)] = Field(
        None, description="takes a folder that holds provinces of your own, or nothing"
    )
    province: Annotated[str, AfterValidator(_province)] = Field(
        "",
        validate_default=True,
        description="takes the name of a province's folder in content/ or in CONTENT_FOLDER, such "
        f"as {', '.join(provinces())}",
    )
    default_language: Literal["vi", "en"] = Field(
        "vi", description="takes vi or en: for people who have not chosen"
    )
    demo: bool = Field(
        True, description="takes true or false: demo officers when there are none yet"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="takes DEBUG, INFO, WARNING or ERROR"
    )
    secret_key: Annotated[SecretStr, _secret(r".{32,}")] = Field(
        NO_SECRET,
        description="takes 32 characters or more, or nothing: then one is made and kept in the "
        "database",
    )

    http_host: str = Field(
        "127.0.0.1", min_length=1, description="takes the address to listen on, such as 127.0.0.1"
    )
    http_port: int = Field(
        8080, ge=0, le=65535, description="takes a port from 1 to 65535, or 0 for any free one"
    )
    public_url: WebAddress | None = Field(
        None, description=WEB + "ocop.example.vn, where people outside reach this server"
    )

    telegram_household_token: Token = Field(NO_SECRET, description=TOKEN)
    telegram_officer_token: Token = Field(NO_SECRET, description=TOKEN)
    telegram_api_base: WebAddress = Field(
        "https://api.telegram.org", description=WEB + "api.telegram.org"
    )
    telegram_messages_per_second: float = Field(
        29.75,
        gt=0,
        le=10_000,
        description="takes how many messages one bot sends a second: Telegram allows 30, more for "
        "a bot whose limit was raised",
    )

    telegram_link: WebAddress | None = Field(
        None, description=WEB + "t.me/name_bot, the households' bot; printed on posters"
    )

    zalo_oa_app_id: str = Field(
        "", pattern=r"^\d*$", description="takes the app's number, digits only, or nothing"
    )
    zalo_oa_app_secret: SecretStr = Field(NO_SECRET, description="takes the app's secret key")
    zalo_oa_secret: SecretStr = Field(
        NO_SECRET, description="takes the OA secret key that signs webhooks"
    )
    zalo_oa_refresh_token: SecretStr = Field(
        NO_SECRET, description="takes the first refresh token; later ones are kept in the database"
    )
    zalo_oa_api_base: WebAddress = Field(
        "https://openapi.zalo.me", description=WEB + "openapi.zalo.me"
    )
    zalo_oa_oauth_base: WebAddress = Field(
        "https://oauth.zaloapp.com", description=WEB + "oauth.zaloapp.com"
    )
    zalo_oa_link: WebAddress | None = Field(
        None, description=WEB + "zalo.me/123, where people open the OA; printed on posters"
    )
    zalo_oa_templates: Annotated[str, AfterValidator(_templates)] = Field(
        "",
        description="takes names from content/national/templates.yaml with the numbers Zalo gave, "
        "such as supplement=1234, result=1235, or nothing: then no template message is sent",
    )
    zalo_zbs_api_base: WebAddress = Field(
        "https://business.openapi.zalo.me",
        description=WEB + "business.openapi.zalo.me, for template messages",
    )
    zalo_oa_signature: Literal["strict", "warn"] = Field(
        "strict", description="takes strict (refuse a wrong signature) or warn (log it)"
    )
    zalo_bot_token: SecretStr = Field(NO_SECRET, description="takes the Zalo bot's token")
    zalo_bot_secret: Annotated[SecretStr, _secret(r"[\x21-\x7e]{8,256}")] = Field(
        NO_SECRET,
        description="takes 8 to 256 characters, the word a Zalo bot webhook must carry",
    )
    zalo_bot_api_base: WebAddress = Field(
        "https://bot-api.zaloplatforms.com", description=WEB + "bot-api.zaloplatforms.com"
    )

    zalo_bot_link: WebAddress | None = Field(
        None, description=WEB + "zalo.me/123, where people open the bot; printed on posters"
    )

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        household, officer = self.telegram_household_token, self.telegram_officer_token
        if household and household == officer:
            raise ValueError(
                "TELEGRAM_OFFICER_TOKEN takes another bot's token than TELEGRAM_HOUSEHOLD_TOKEN."
            )
        for name in ("app_secret", "secret", "refresh_token") if self.zalo_oa_app_id else ():
            if not getattr(self, f"zalo_oa_{name}"):
                raise ValueError(f"ZALO_OA_{name.upper()} must be set when ZALO_OA_APP_ID is.")
        if self.public_url and self.zalo_bot_token and not self.zalo_bot_secret:
            raise ValueError("ZALO_BOT_SECRET must be set when ZALO_BOT_TOKEN and PUBLIC_URL are.")
        return self


def load(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this process. Raises SettingsError, one sentence, when one is wrong."""
    written = dotenv_values(env_file) if env_file and env_file.is_file() else {}
    _refuse_misspelt(env_file, written)
    try:
        files = from_files(Settings.model_fields, written)
        return Settings(_env_file=env_file, **files)  # type: ignore[arg-type]  # checked there
    except BadSettingFile as wrong:
        raise SettingsError(str(wrong)) from None
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise SettingsError(first["msg"].removeprefix("Value error, ")) from None
        name = str(first["loc"][0])
        takes = Settings.model_fields[name].description
        raise SettingsError(f"{name.upper()} {takes}.") from None


def _refuse_misspelt(env_file: Path | None, written: Mapping[str, str | None]) -> None:
    """A typing mistake in `.env` would leave a default in force without a word."""
    ours = [name.upper() + end for name in Settings.model_fields for end in ("", SUFFIX)]
    for name in written:
        if name.upper() not in ours:
            for meant in difflib.get_close_matches(name.upper(), ours, n=1, cutoff=0.85):
                raise SettingsError(f"{env_file} sets {name}, which is no setting: {meant} is.")
