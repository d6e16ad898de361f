"""The environment is read once, and refused with every fault named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import BadSettings, Settings


def test_an_empty_environment_serves_on_an_embedded_file() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.sqlalchemy_url().startswith("sqlite+aiosqlite:///")


def test_all_faults_are_named_at_once_and_secrets_are_not_shown() -> None:
    environment = {"PORT": "x", "LOG_LEVEL": "LOUD", "TELEGRAM_WEBHOOK_SECRET": "short secret"}
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(environment)
    shown = str(caught.value)
    assert all(name in shown for name in environment)
    assert "short secret" not in shown


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("PORT", ["x", "70000", "-1", "1_0_2_4", "+8193", "8080.0", "８０８０"]),
        ("LOG_LEVEL", ["LOUD"]),
        ("BODY_LIMIT", ["3", "lớn"]),
        ("CHAT_RATE_PER_MINUTE", ["0"]),
        ("RETENTION_DAYS", ["0", "9_0", "+90"]),
        ("PROVINCE", ["Hà Nội"]),
        ("PUBLIC_URL", ["xa.example.vn", "https://", "https://xa .vn", "https://[::1"]),
        ("PORTAL_URL", ["dichvucong.gov.vn", "ftp://dichvucong.gov.vn", "https://xa:99999"]),
        ("PORTAL_PAUSE_MS", ["nhanh"]),
        ("PORTAL_SYNC", ["daily"]),
        ("TELEGRAM_MODE", ["push"]),
    ],
)
def test_a_fault_says_in_vietnamese_what_to_write(name: str, values: list[str]) -> None:
    for value in values:
        with pytest.raises(BadSettings) as caught:
            Settings.from_env({name: value})
        assert str(caught.value).startswith(f"{name} (đang là {value!r}): ghi ")


def test_a_code_there_is_will_do_and_another_is_named_with_those_there_are() -> None:
    codes = {"office": ["xa-a", "xa-b"], "province": ["01", "79"]}
    settings = Settings.from_env({"OFFICE": "xa-b", "PROVINCE": "79"}, codes)
    assert (settings.office, settings.province) == ("xa-b", "79")
    assert Settings.from_env({}, codes).office == ""
    with pytest.raises(BadSettings, match=r"OFFICE .*: xa-a, xa-b\nPROVINCE .*: 01, 79"):
        Settings.from_env({"OFFICE": "xa-c", "PROVINCE": "02"}, codes)


@pytest.mark.parametrize("url", ["mysql://a:geheim@c/d", "sqlite:///geheim.db", "geheim"])
def test_a_database_of_another_kind_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(BadSettings, match="DATABASE_URL: ghi địa chỉ PostgreSQL") as caught:
        Settings.from_env({"DATABASE_URL": url})
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_postgres_is_reached_without_blocking(scheme: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": f"{scheme}://a:b@c/d"})
    assert settings.sqlalchemy_url() == "postgresql+asyncpg://a:b@c/d"


def test_what_hosters_call_sslmode_is_the_drivers_ssl() -> None:
    url = "postgres://a:b@c/d?application_name=e&sslmode=require"
    settings = Settings.from_env({"DATABASE_URL": url})
    assert settings.sqlalchemy_url().endswith("/d?application_name=e&ssl=require")


ADDRESSES = ["PUBLIC_URL", "PORTAL_URL", "TELEGRAM_BASE_URL"]


@pytest.mark.parametrize("name", [*ADDRESSES, "EMBED_ORIGINS", "HOST", "OFFICE", "PORT"])
@given(
    scheme=st.sampled_from(["", "ftp://", "ws://", "https://", "postgresql+asyncpg://"]),
    password=st.text(min_size=3).filter(str.strip),
    around=st.sampled_from(
        ["{}@may:99999", "ten:{}@may:99999", "ten:x@{}@[", "may:99999/?key={}"]
    ),
)
def test_a_password_in_an_address_is_never_shown_again(
    name: str, scheme: str, password: str, around: str
) -> None:
    password = f"gei{password}heim"
    value = scheme + around.format(password)
    try:
        Settings.from_env({name: value}, {"office": ["xa-a"]})
    except BadSettings as fault:
        told = str(fault)
        assert password not in told
        assert "gei" not in told
        assert "heim" not in told
        assert told.startswith(f"{name} (đang là ")
    else:
        assert name in {"HOST", *ADDRESSES}


def test_of_an_address_with_a_password_its_beginning_is_shown() -> None:
    with pytest.raises(BadSettings, match=r"\(đang là 'ftp://…'\)"):
        Settings.from_env({"PORTAL_URL": "ftp://ten:geheim@may/kho?a=geheim"})


def test_an_address_with_a_password_is_taken() -> None:
    environment = dict.fromkeys(ADDRESSES, "https://ten:geheim@may:8443/bot")
    assert Settings.from_env(environment).portal_url == "https://ten:geheim@may:8443/bot"


def test_what_a_telegram_webhook_lacks_is_told_with_all_other_faults() -> None:
    environment = {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_MODE": "webhook"}
    lacking = (
        "TELEGRAM_MODE=webhook cần TELEGRAM_WEBHOOK_SECRET\n"
        "TELEGRAM_MODE=webhook cần PUBLIC_URL bắt đầu bằng https://"
    )
    with pytest.raises(BadSettings, match=f"^{lacking}$"):
        Settings.from_env(environment)
    with pytest.raises(BadSettings, match=f"^PORT .*\nLOG_LEVEL .*\n{lacking}$"):
        Settings.from_env({**environment, "PORT": "x", "LOG_LEVEL": "LOUD"})
    with pytest.raises(BadSettings, match=r"^TELEGRAM_MODE=webhook cần PUBLIC_URL [^\n]*$"):
        Settings.from_env(
            {
                **environment,
                "TELEGRAM_WEBHOOK_SECRET": "s" * 16,
                "PUBLIC_URL": "http://xa.example.vn",
            }
        )
    assert Settings.from_env({"TELEGRAM_MODE": "webhook"}).telegram_token is None
    pushed = {"TELEGRAM_WEBHOOK_SECRET": "s" * 16, "PUBLIC_URL": "https://xa.example.vn"}
    assert Settings.from_env({**environment, **pushed}).telegram_mode == "webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "my-token"),
        ("TELEGRAM_TOKEN", "123456:with space"),
        ("TELEGRAM_PROXY", "proxy.local:1080"),
        ("TELEGRAM_PROXY", "ftp://proxy.local"),
        ("TELEGRAM_BASE_URL", "api.telegram.org"),
    ],
)
def test_a_telegram_setting_that_cannot_work_is_refused_at_start(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name) as caught:
        Settings.from_env({name: value})
    assert (value in str(caught.value)) == (name == "TELEGRAM_BASE_URL")


def test_paths_are_added_to_addresses_without_a_second_stroke() -> None:
    settings = Settings.from_env(
        {"PUBLIC_URL": "https://xa.example.vn/", "TELEGRAM_BASE_URL": "http://localhost:8081/"}
    )
    assert settings.public_url == "https://xa.example.vn"
    assert settings.telegram_base_url == "http://localhost:8081"


@pytest.mark.parametrize("proxy", ["http://a:b@p:3128", "socks5://p:1080", "socks5h://p:1080/"])
def test_proxies_of_both_kinds_are_taken(proxy: str) -> None:
    settings = Settings.from_env({"TELEGRAM_PROXY": proxy})
    assert settings.telegram_proxy
    assert settings.telegram_proxy.get_secret_value() == proxy


def test_waits_before_repeats_are_read_from_a_list() -> None:
    settings = Settings.from_env({"PORTAL_RETRY_SECONDS": "0.5, 2,30"})
    assert settings.portal_retry_seconds == (0.5, 2, 30)


@pytest.mark.parametrize("waits", ["soon", "1,-1", "1,nan", "1;5", "3601"])
def test_waits_nobody_can_keep_are_refused_by_name(waits: str) -> None:
    with pytest.raises(BadSettings, match="PORTAL_RETRY_SECONDS"):
        Settings.from_env({"PORTAL_RETRY_SECONDS": waits})


def test_the_consoles_secret_is_long_and_never_echoed() -> None:
    with pytest.raises(BadSettings) as refused:
        Settings.from_env({"CONSOLE_SECRET": "ngan-qua"})
    assert str(refused.value) == "CONSOLE_SECRET: dùng ít nhất 32 ký tự ngẫu nhiên"
    assert Settings.from_env({"CONSOLE_SECRET": "x" * 32}).console_secret


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("https://openapi.zalo.me", True),
        ("http://127.0.0.1:8090/api", True),
        ("http://10.0.0.7", True),
        ("http://zalo:8090", True),
        ("http://openapi.zalo.me", False),
        ("HTTP://openapi.zalo.me:80/x", False),
        ("http://10.0.0.7.example.vn", False),
        ("https://user:word@openapi.zalo.me", False),
        ("https://openapi.zalo.me/?a=1", False),
    ],
)
@pytest.mark.parametrize("name", ["ZALO_API_URL", "ZALO_BOT_BASE_URL"])
def test_tokens_of_zalo_go_out_in_the_clear_to_a_machine_of_ones_own_alone(
    name: str, address: str, *, is_fine: bool
) -> None:
    if is_fine:
        Settings.from_env({name: address})
        return
    with pytest.raises(BadSettings, match=name):
        Settings.from_env({name: address})
