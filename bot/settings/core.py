"""What the environment says, read once and refused with all faults at once.

This is the only reader of the environment. README.md lists every variable; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import (
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.errors import BotError
from bot.settings.zalo import ZALO_SECRETS, ZaloSettings, lacking_for_zalo
from bot.vault import Keyring

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SECRET_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
TOKEN_SHAPE: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,100}")
PROXY_SHAPE: Final = re.compile(r"(?:https?|socks5h?)://[^\s/]+/?")
DATABASE_SHAPE: Final = re.compile(r"postgres(?:ql)?(?:\+asyncpg)?://\S+")
SSL_MODE: Final = re.compile(r"(?<=[?&])sslmode=")
ORIGIN_SHAPE: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
ADDRESS_SHAPE: Final = re.compile(r"https?://\S+")
ADDRESS: Final = "ghi địa chỉ bắt đầu bằng https:// hoặc http://"
SHAPES: Final = {
    "database_url": (
        DATABASE_SHAPE,
        "ghi địa chỉ PostgreSQL dạng postgresql://tên:mật-khẩu@máy/kho; bỏ trống thì dùng SQLite",
    ),
    "telegram_token": (TOKEN_SHAPE, "ghi mã của BotFather, dạng 123456:ABC-def"),
    "telegram_proxy": (PROXY_SHAPE, "ghi địa chỉ dạng http://may:cong hoặc socks5://may:cong"),
}
WHOLE_NUMBER: Final = re.compile(r"[0-9]+")
LONGEST_WAIT: Final = 3600
SHORTEST_SECRET: Final = 32
# Where an address may hold a password: before an @, after a ?.
MAY_HOLD_A_SECRET: Final = re.compile(r"(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*[@?].*")
ANY_CODE: Final[Mapping[str, Collection[str]]] = {}
NAMES_NEVER_ECHOED: Final = ZALO_SECRETS | frozenset(
    {
        "TELEGRAM_TOKEN",
        "TELEGRAM_WEBHOOK_SECRET",
        "DATABASE_URL",
        "TELEGRAM_PROXY",
        "CONSOLE_SECRET",
        "DATA_KEYS",
        "SEALED_KEYS",
    }
)


class BadSettings(BotError):
    """The environment holds values the program cannot run with; the message names each."""


class Settings(ZaloSettings):
    """Everything that can be set from outside; field names in capitals are the variables.

    A title tells an official what a value must be.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, title="ghi một số từ 0 đến 65535")] = 8080
    data_dir: Path = Path("var")
    database_url: SecretStr | None = None
    public_url: str = ""
    office: str = ""
    province: Annotated[str, Field(pattern="^[0-9]{2}$", title="ghi hai chữ số, ví dụ 01")] = ""
    log_level: Annotated[
        str,
        Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$", title="ghi DEBUG, INFO, WARNING hoặc ERROR"),
    ] = "INFO"
    body_limit: Annotated[
        int, Field(ge=1024, le=10_485_760, title="ghi một số từ 1024 đến 10485760")
    ] = 65_536
    chat_rate_per_minute: Annotated[int, Field(ge=1, le=600, title="ghi một số từ 1 đến 600")] = 30
    streams_per_address: Annotated[int, Field(ge=1, le=4000, title="ghi một số từ 1 đến 4000")] = (
        500
    )
    trusted_proxies: Annotated[int, Field(ge=0, le=9, title="ghi một số từ 0 đến 9")] = 0
    embed_origins: tuple[str, ...] = ()
    lease_seconds: Annotated[float, Field(ge=1, le=600, title="ghi một số từ 1 đến 600")] = 30
    retention_days: Annotated[int, Field(ge=1, le=3650, title="ghi một số từ 1 đến 3650")] = 90
    portal_url: str = "https://dichvucong.gov.vn"
    portal_pause_ms: Annotated[int, Field(ge=0, le=60_000, title="ghi một số từ 0 đến 60000")] = (
        400
    )
    portal_retry_seconds: tuple[float, ...] = (1, 5, 15)
    portal_sync: Annotated[str, Field(pattern="^(off|nightly)$", title="ghi off hoặc nightly")] = (
        "off"
    )
    console: Annotated[str, Field(pattern="^(on|off)$", title="ghi on hoặc off")] = "on"
    console_secret: SecretStr | None = None
    data_keys: SecretStr | None = None
    sealed_keys: SecretStr | None = None
    console_plain_http: Annotated[str, Field(pattern="^(on|off)$", title="ghi on hoặc off")] = (
        "off"
    )
    telegram_token: SecretStr | None = None
    telegram_mode: Annotated[
        str, Field(pattern="^(polling|webhook)$", title="ghi polling hoặc webhook")
    ] = "polling"
    telegram_webhook_secret: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    telegram_rate: Annotated[int, Field(ge=1, le=30, title="ghi một số từ 1 đến 30")] = 25

    @classmethod
    def from_env(
        cls, environment: Mapping[str, str], codes: Mapping[str, Collection[str]] = ANY_CODE
    ) -> Self:
        """Read the variables this program knows; empty ones count as unset.

        ``codes`` holds those there are of each field that names one; without any, all will do.

        Raises:
            BadSettings: one line for each value that cannot be used.
        """
        known = {name: environment.get(name.upper(), "").strip() for name in cls.model_fields}
        told = {name: value for name, value in known.items() if value}
        lacking = [*_lacking_for_the_webhook(told), *lacking_for_zalo(told)]
        try:
            settings = cls.model_validate(told, context=codes)
        except ValidationError as error:
            faults = [*map(_fault, error.errors()), *lacking]
            raise BadSettings("\n".join(faults)) from None
        if lacking:
            raise BadSettings("\n".join(lacking))
        return settings

    @field_validator(
        "port",
        "body_limit",
        "chat_rate_per_minute",
        "streams_per_address",
        "trusted_proxies",
        "retention_days",
        "portal_pause_ms",
        "telegram_rate",
        "zalo_replay_hours",
        "zalo_rate",
        "zalo_free_replies",
        "zalo_pause_hours",
        "zalo_bot_rate",
        mode="before",
    )
    @classmethod
    def _number_is_digits(cls, value: str | int) -> str | int:
        """Refuse what only a programmer takes for a number: 1_0_2_4, +8193, 8080.0."""
        if isinstance(value, str) and not WHOLE_NUMBER.fullmatch(value):
            raise PydanticCustomError("whole_number", "digits only")
        return value

    @field_validator("office", "province")
    @classmethod
    def _code_is_known(cls, value: str, info: ValidationInfo) -> str:
        codes = (info.context or ANY_CODE).get(str(info.field_name))
        if codes and value not in codes:
            raise ValueError(f"ghi một trong các mã đang có: {', '.join(sorted(codes))}")
        return value

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins_are_cut(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        origins = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
        if not all(map(ORIGIN_SHAPE.fullmatch, origins)):
            raise ValueError("ghi các địa chỉ dạng https://ten-mien, cách nhau bằng dấu phẩy")
        return origins

    @field_validator("portal_retry_seconds", mode="before")
    @classmethod
    def _waits_are_cut(cls, value: str | tuple[float, ...]) -> tuple[float, ...]:
        told = value.replace(",", " ").split() if isinstance(value, str) else value
        try:
            waits = tuple(map(float, told))
        except ValueError:
            waits = (-1,)
        if not all(0 <= wait <= LONGEST_WAIT for wait in waits):
            raise ValueError("ghi các số giây từ 0 đến 3600, cách nhau bằng dấu phẩy, như 1,5,15")
        return waits

    @field_validator(
        "public_url",
        "portal_url",
        "telegram_base_url",
        "zalo_oauth_url",
        "zalo_api_url",
        "zalo_business_url",
        "zalo_bot_base_url",
    )
    @classmethod
    def _address_leads_somewhere(cls, value: str) -> str:
        if not ADDRESS_SHAPE.fullmatch(value) or not _has_a_host(value):
            raise ValueError(ADDRESS)
        # Paths are added.
        return value.rstrip("/")

    @field_validator("database_url", "telegram_token", "telegram_proxy")
    @classmethod
    def _secret_has_its_shape(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        shape, wish = SHAPES[str(info.field_name)]
        if value and not shape.fullmatch(value.get_secret_value()):
            raise ValueError(wish)
        return value

    @field_validator("telegram_webhook_secret", "zalo_bot_webhook_secret")
    @classmethod
    def _secret_fits_the_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not SECRET_SHAPE.fullmatch(value.get_secret_value()):
            raise ValueError("dùng 16–256 ký tự A–Z, a–z, 0–9, _ hoặc -")
        return value

    @field_validator("console_secret")
    @classmethod
    def _secret_is_long(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"dùng ít nhất {SHORTEST_SECRET} ký tự ngẫu nhiên")
        return value

    @field_validator("data_keys", "sealed_keys")
    @classmethod
    def _keys_open(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            Keyring.parse(value.get_secret_value())
        return value

    @property
    def lease_length(self) -> timedelta:
        """How long a lease outlives its last renewal."""
        return timedelta(seconds=self.lease_seconds)

    @property
    def embedded_file(self) -> Path:
        """Where the embedded database stands when no other is named."""
        return self.data_dir.resolve() / "hanhchinh.sqlite3"

    def sqlalchemy_url(self) -> str:
        """Give the async URL of the database: PostgreSQL when named, else the file in DATA_DIR."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.embedded_file}"
        url = self.database_url.get_secret_value()
        # Hosters write libpq's name for it; the driver takes the same values under its own.
        return "postgresql+asyncpg://" + SSL_MODE.sub("ssl=", url.partition("://")[2])


def _has_a_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _lacking_for_the_webhook(told: Mapping[str, str]) -> Iterator[str]:
    """Give what Telegram needs for calling us; told beside the faults of single values."""
    if "telegram_token" not in told or told.get("telegram_mode") != "webhook":
        return
    if "telegram_webhook_secret" not in told:
        yield "TELEGRAM_MODE=webhook cần TELEGRAM_WEBHOOK_SECRET"
    if not told.get("public_url", "").startswith("https://"):
        yield "TELEGRAM_MODE=webhook cần PUBLIC_URL bắt đầu bằng https://"


def _fault(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0]).upper()
    value = MAY_HOLD_A_SECRET.sub(r"\1…", str(detail["input"]))
    shown = "" if name in NAMES_NEVER_ECHOED else f" (đang là {value!r})"
    wish = detail["msg"].removeprefix("Value error, ")
    if detail["type"] != "value_error":
        wish = Settings.model_fields[name.lower()].title or wish
    return f"{name}{shown}: {wish}"
