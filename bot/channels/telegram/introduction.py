"""Tells Telegram who we are and where we listen, until it has heard."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Final, Self

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.telegram.reading import WANTED

CONNECTIONS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """The words of ``commands.vi.toml``, and the webhook's address when there is one."""

    about: str
    description: str
    commands: tuple[BotCommand, ...]
    webhook: str = ""
    secret: str = ""

    @classmethod
    def read(cls, *, webhook: str = "", secret: str = "") -> Self:
        """Read the shipped words; an empty ``webhook`` means long polling."""
        file = resources.files("bot.channels.telegram") / "commands.vi.toml"
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(
            about=words["about"].strip(),
            description=words["description"].strip(),
            commands=tuple(BotCommand(c["name"], c["description"]) for c in words["commands"]),
            webhook=webhook,
            secret=secret,
        )

    async def listen(self, bot: Bot) -> None:
        """Have updates pushed to the webhook, or kept for polling; none are dropped.

        Raises:
            TelegramError: it has not been heard.
        """
        if not self.webhook:
            await bot.delete_webhook()
            return
        await bot.set_webhook(
            self.webhook,
            secret_token=self.secret,
            allowed_updates=list(WANTED),
            max_connections=CONNECTIONS,
        )

    async def present(self, bot: Bot) -> None:
        """Set commands and descriptions; only private chats show the commands.

        Raises:
            TelegramError: it has not been heard.
        """
        await bot.set_my_commands(self.commands, scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_description(self.description)
        await bot.set_my_short_description(self.about)
