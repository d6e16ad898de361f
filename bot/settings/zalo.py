"""What the environment says of Zalo; what Zalo does not promise is a setting with a safe default.

The doubts, and what to ask Zalo about each, stand in docs/zalo.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, Field, SecretStr, field_validator

DIGITS: Final = re.compile(r"\d{1,20}")
BOT_TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,200}")
VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
HOST_SUFFIX: Final = re.compile(r"[A-Za-z0-9.-]{1,100}(?::\d{1,5})?")
PROOF: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
PREFIXES: Final = ("app_id", "oa_id")
# Tokens go along with every call, so plain http is for machines of one's own: by a name without a
# dot, or by address.
IN_THE_CLEAR: Final = re.compile(r"http://(?![0-9.]+(?:[:/]|$))[^/:]*\..*", re.IGNORECASE)
SHORTEST_WEBHOOK_SECRET: Final = 8
ON_OFF: Final = {"pattern": "^(on|off)$", "title": "ghi on hoặc off"}
# Hosts on which Zalo keeps what citizens send, as seen in 2026; subdomains count.
FILE_HOSTS: Final = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com", "zaloplatforms.com", "dlfl.vn")
ZALO_SECRETS: Final = frozenset(
    {
        "ZALO_APP_SECRET",
        "ZALO_WEBHOOK_SECRETS",
        "ZALO_CODE_VERIFIER",
        "ZALO_BOT_TOKEN",
        "ZALO_BOT_WEBHOOK_SECRET",
    }
)


class ZaloSettings(BaseModel):
    """One app of an Official Account and one bot of the Bot Platform; both off when not named."""

    zalo_app_id: str = ""
    zalo_app_secret: SecretStr | None = None
    zalo_webhook_secrets: tuple[SecretStr, ...] = ()
    zalo_signature_prefixes: tuple[str, ...] = PREFIXES
    zalo_replay_hours: Annotated[int, Field(ge=1, le=72, title="ghi một số từ 1 đến 72")] = 13
    zalo_domain_proof: str = ""
    zalo_consent: Annotated[
        str, Field(pattern="^(saved|request)$", title="ghi saved hoặc request")
    ] = "saved"
    zalo_code_verifier: SecretStr | None = None
    zalo_proof: Annotated[str, Field(**ON_OFF)] = "off"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_api_url: str = "https://openapi.zalo.me"
    zalo_business_url: str = "https://business.openapi.zalo.me"
    zalo_rate: Annotated[int, Field(ge=1, le=4000, title="ghi một số từ 1 đến 4000")] = 90
    zalo_buttons: Annotated[
        str, Field(pattern="^(off|buttons|list)$", title="ghi off, buttons hoặc list")
    ] = "off"
    zalo_free_replies: Annotated[int, Field(ge=0, le=1000, title="ghi một số từ 0 đến 1000")] = 8
    zalo_paid: Annotated[
        str, Field(pattern="^(off|package|pay)$", title="ghi off, package hoặc pay")
    ] = "package"
    zalo_pause_hours: Annotated[int, Field(ge=0, le=168, title="ghi một số từ 0 đến 168")] = 12
    zalo_target_values: Annotated[
        str, Field(pattern="^(strings|numbers)$", title="ghi strings hoặc numbers")
    ] = "strings"
    zalo_tracking: Annotated[str, Field(**ON_OFF)] = "off"
    zalo_file_hosts: tuple[str, ...] = FILE_HOSTS
    zalo_bot_token: SecretStr | None = None
    zalo_bot_mode: Annotated[
        str, Field(pattern="^(polling|webhook)$", title="ghi polling hoặc webhook")
    ] = "polling"
    zalo_bot_webhook_secret: SecretStr | None = None
    zalo_bot_base_url: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_rate: Annotated[int, Field(ge=1, le=4000, title="ghi một số từ 1 đến 4000")] = 30
    zalo_bot_news: Annotated[str, Field(**ON_OFF)] = "off"

    @field_validator("zalo_app_id")
    @classmethod
    def _app_is_digits(cls, value: str) -> str:
        if value and not DIGITS.fullmatch(value):
            raise ValueError("ghi mã ứng dụng chỉ gồm chữ số")
        return value

    @field_validator("zalo_webhook_secrets", mode="before")
    @classmethod
    def _secrets_are_cut(cls, value: str | tuple[SecretStr, ...]) -> tuple[object, ...]:
        told = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
        if any(isinstance(one, str) and len(one) < SHORTEST_WEBHOOK_SECRET for one in told):
            raise ValueError(
                "ghi khóa bí mật của trang Webhook, nhiều khóa cách nhau bằng dấu phẩy"
            )
        return told

    @field_validator("zalo_signature_prefixes", mode="before")
    @classmethod
    def _prefixes_are_known(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        told = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
        if not told or not set(told) <= set(PREFIXES):
            raise ValueError("ghi app_id, oa_id hoặc cả hai, cách nhau bằng dấu phẩy")
        return told

    @field_validator("zalo_file_hosts", mode="before")
    @classmethod
    def _hosts_are_cut(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        told = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
        if not all(map(HOST_SUFFIX.fullmatch, told)):
            raise ValueError("ghi các tên miền, cách nhau bằng dấu phẩy, như zdn.vn,zadn.vn")
        return told

    @field_validator("zalo_oauth_url", "zalo_api_url", "zalo_business_url", "zalo_bot_base_url")
    @classmethod
    def _nobody_listens(cls, value: str) -> str:
        if IN_THE_CLEAR.fullmatch(value) or set(value) & set("@?#"):
            raise ValueError("ghi địa chỉ https:// của Zalo, không kèm mật khẩu, ? hay #")
        return value

    @field_validator("zalo_code_verifier")
    @classmethod
    def _verifier_has_its_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not VERIFIER.fullmatch(value.get_secret_value()):
            raise ValueError("dùng 43–128 ký tự A–Z, a–z, 0–9, . _ ~ hoặc - (RFC 7636)")
        return value

    @field_validator("zalo_domain_proof")
    @classmethod
    def _proof_is_a_code(cls, value: str) -> str:
        if value and not PROOF.fullmatch(value):
            raise ValueError("ghi mã xác thực tên miền Zalo cấp, không kèm dấu ngoặc kép")
        return value

    @field_validator("zalo_bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not BOT_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("ghi mã của Zalo Bot Manager, dạng 123456:ABC-def")
        return value

    @property
    def muted_channels(self) -> frozenset[str]:
        """The channels that answer and send no news: whether a bot of Zalo may is not sure."""
        return frozenset({"zalo_bot"}) if self.zalo_bot_news == "off" else frozenset()

    @property
    def zalo_replay_window(self) -> timedelta:
        """How old a webhook call may be; the last repetition comes after almost two hours."""
        return timedelta(hours=self.zalo_replay_hours)

    @property
    def zalo_pause(self) -> timedelta:
        """For how long nothing is said by itself after a person answered in OA Manager."""
        return timedelta(hours=self.zalo_pause_hours)


def lacking_for_zalo(told: Mapping[str, str]) -> Iterator[str]:
    """Give what Zalo cannot work without; told beside the faults of single values."""
    if "zalo_app_id" in told:
        if "zalo_app_secret" not in told:
            yield "ZALO_APP_ID cần ZALO_APP_SECRET"
        if "public_url" not in told:
            yield "ZALO_APP_ID cần PUBLIC_URL, địa chỉ Zalo gọi vào"
    if "zalo_bot_token" in told and told.get("zalo_bot_mode") == "webhook":
        if "zalo_bot_webhook_secret" not in told:
            yield "ZALO_BOT_MODE=webhook cần ZALO_BOT_WEBHOOK_SECRET"
        if "public_url" not in told:
            yield "ZALO_BOT_MODE=webhook cần PUBLIC_URL"
