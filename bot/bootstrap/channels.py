"""The providers' channels that the settings name, and how their messages are fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.bootstrap.cupboard import Cupboard
from bot.bootstrap.zalo import ZaloApp
from bot.channels.pace.budget import Budget
from bot.channels.port import PolledChannel, ProviderChannel, WebhookChannel
from bot.clock import Clock
from bot.delivery.shared_slots import SharedSlots
from bot.intake.inbox import Inbox
from bot.messages import ChannelName
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.bootstrap.zalo_channel import ZaloParts
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.zalo.channel import ZaloChannel
    from bot.channels.zalo_bot.channel import ZaloBotChannel
    from bot.intake.polling import Polling
    from bot.intake.tallies import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The channels with a provider; of them those that send news, are called, and ask."""

    known: tuple[ProviderChannel, ...] = ()
    news: tuple[ProviderChannel, ...] = ()
    pushed: Mapping[ChannelName, WebhookChannel] = field(default_factory=dict)
    polled: tuple[PolledChannel, ...] = ()
    zalo: ZaloApp | None = None
    accounts: ZaloParts | None = None

    @property
    def marks(self) -> Marks | None:
        """Where it is counted what Zalo answers to the accounts' calls."""
        return self.accounts.marks if self.accounts else None


def channels_of(
    settings: Settings, metrics: Metrics, database: Database, clock: Clock, cupboard: Cupboard
) -> Channels:
    """Make the channels that have a token; their pace is shared through ``database``."""
    app = ZaloApp.of(settings)
    known: list[ProviderChannel] = []
    pushed: dict[ChannelName, WebhookChannel] = {}
    polled: list[PolledChannel] = []
    if telegram := _telegram(settings, database, cupboard):
        known.append(telegram)
        if settings.telegram_mode == "webhook":
            pushed[telegram.name] = telegram
        else:
            polled.append(telegram)
    if zalo_bot := _zalo_bot(settings, database, clock):
        known.append(zalo_bot)
        if settings.zalo_bot_mode == "webhook":
            pushed[zalo_bot.name] = zalo_bot
        else:
            polled.append(zalo_bot)
    accounts = _accounts(settings, app, database, clock, cupboard)
    if accounts:
        known.append(_zalo(settings, accounts, cupboard))
    for one in known:
        metrics.show_channel(one.name, _works(one))
    return Channels(
        known=tuple(known),
        news=tuple(one for one in known if one.name not in settings.muted_channels),
        pushed=pushed,
        polled=tuple(polled),
        zalo=app,
        accounts=accounts,
    )


def _works(channel: ProviderChannel) -> Callable[[], bool]:
    return lambda: not channel.fault


def _accounts(
    settings: Settings, app: ZaloApp | None, database: Database, clock: Clock, cupboard: Cupboard
) -> ZaloParts | None:
    """Give what calls in accounts' names; without keys their tokens cannot be kept."""
    if app is None or cupboard.vault is None:
        return None
    from bot.bootstrap.zalo_channel import ZaloParts  # noqa: PLC0415 - only where used

    return ZaloParts.of(app, settings.zalo_rate, database, clock, cupboard.vault)


def _zalo(settings: Settings, accounts: ZaloParts, cupboard: Cupboard) -> ZaloChannel:
    from bot.bootstrap.zalo_channel import zalo_channel  # noqa: PLC0415 - only where used

    return zalo_channel(settings, accounts, cupboard)


def _telegram(
    settings: Settings, database: Database, cupboard: Cupboard
) -> TelegramChannel | None:
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415 - half a second
    from bot.channels.telegram.introduction import Introduction  # noqa: PLC0415

    pushed = settings.telegram_mode == "webhook"
    secret = settings.telegram_webhook_secret
    token = settings.telegram_token.get_secret_value()
    return TelegramChannel(
        token,
        base_url=settings.telegram_base_url,
        proxy=settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None,
        shelf=cupboard.shelf,
        copies=cupboard.copies,
        answers=cupboard.answers,
        budget=_budget(f"telegram:{token.partition(':')[0]}", settings.telegram_rate, database),
        introduction=Introduction.read(
            webhook=f"{settings.public_url}/webhooks/telegram" if pushed else "",
            secret=secret.get_secret_value() if secret and pushed else "",
        ),
    )


def _zalo_bot(settings: Settings, database: Database, clock: Clock) -> ZaloBotChannel | None:
    if settings.zalo_bot_token is None:
        return None
    from bot.channels.zalo.pace import MinutePace  # noqa: PLC0415 - only where there is a bot
    from bot.channels.zalo_bot.channel import ZaloBotChannel  # noqa: PLC0415
    from bot.channels.zalo_bot.introduction import Introduction  # noqa: PLC0415
    from bot.delivery.zalo_calls import SqlCallLog  # noqa: PLC0415

    pushed = settings.zalo_bot_mode == "webhook"
    secret = settings.zalo_bot_webhook_secret
    token = settings.zalo_bot_token.get_secret_value()
    calls = SqlCallLog(database, f"zalo_bot:{token.partition(':')[0]}", clock)
    return ZaloBotChannel(
        token,
        base_url=settings.zalo_bot_base_url,
        introduction=Introduction(
            webhook=f"{settings.public_url}/webhooks/zalo_bot" if pushed else "",
            secret=secret.get_secret_value() if secret and pushed else "",
        ),
        pace=MinutePace(calls, settings.zalo_bot_rate),
        file_hosts=settings.zalo_file_hosts,
    )


def _budget(bot: str, per_second: int, database: Database) -> Budget:
    """Give the one budget of ``bot``: an embedded database has one process."""
    slots = None if database.embedded else SharedSlots(database, bot, per_second)
    return Budget(per_second, slots=slots)


def polling_of(
    channels: Sequence[PolledChannel], inbox: Inbox, clock: Clock, leads: Callable[[], bool]
) -> tuple[Polling, ...]:
    """Fetch the messages of each channel, by the process that leads."""
    if not channels:
        return ()
    from bot.intake.polling import Polling  # noqa: PLC0415 - only where somebody is asked

    return tuple(Polling(channel, inbox, clock, leads=leads) for channel in channels)
