"""A browser at the door of the console: it keeps cookies, signs forms, and remembers its page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bot.console.origin import form_token
from tests.fakes.console import Client, Shown

SESSION, DOOR, DEVICE = "__Host-console", "__Host-console-door", "__Host-console-device"


@dataclass(slots=True)
class Visitor:
    """Somebody at a browser; ``cookies`` are what it keeps."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)
    agent: str = "trình duyệt thử"

    @property
    def session(self) -> str:
        return self.cookies.get(SESSION, "")

    async def get(self, path: str) -> Shown:
        """Open a page of the console."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, **fields: str) -> Shown:
        """Send a form as the page would that this browser was shown last."""
        if not self.session and DOOR not in self.cookies:
            await self.get("/sign-in")
        signed_by = self.cookies[DOOR] if self._at_the_door(path) else self.session
        return await self._ask("POST", path, {"_csrf": form_token(signed_by), **fields})

    async def signs_in(self, login: str, password: str, **more: str) -> Shown:
        """Send the form of the door."""
        if DOOR not in self.cookies:
            await self.get("/sign-in")
        return await self.post("/sign-in", login=login, password=password, **more)

    def forgets_the_session(self) -> None:
        """Lose what a browser loses when it is closed."""
        self.cookies.pop(SESSION, None)

    @staticmethod
    def _at_the_door(path: str) -> bool:
        return path.startswith(("/sign-in", "/link"))

    async def _ask(self, method: str, path: str, form: dict[str, str] | None) -> Shown:
        headers = {"User-Agent": self.agent}
        if self.cookies:
            headers["Cookie"] = "; ".join(
                f"{name}={value}" for name, value in self.cookies.items()
            )
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with self.client.request(
            method,
            f"/console{path.removeprefix('/console')}",
            data=urlencode(form) if form is not None else None,
            headers=headers,
            allow_redirects=False,
        ) as answer:
            self._keep(answer.headers.getall("Set-Cookie", []))
            return Shown(
                status=answer.status,
                text=await answer.text(errors="replace"),
                headers=answer.headers.copy(),
                body=await answer.read(),
            )

    def _keep(self, given: list[str]) -> None:
        for line in given:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


def secret_shown(text: str) -> str:
    """Give the secret a page shows for an application, as base32."""
    found = re.search(r'<span class="secret">([A-Z2-7 ]+)</span>', text)
    assert found, text
    return found[1].replace(" ", "")


def codes_shown(text: str) -> list[str]:
    """Give the recovery codes a page shows."""
    found = re.search(r'<pre class="secret" id="codes">(.*?)</pre>', text, re.DOTALL)
    return found[1].split() if found else []
