"""Codes and refresh tokens, and the pair of PKCE (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from tests.fakes.zalo.people import Account


@dataclass
class Code:
    """An authorization code and the challenge it has to be redeemed against."""

    account: Account
    challenge: str
    until: float
    used: bool = False


@dataclass
class Refresh:
    """A refresh token; ``access`` was given out with it."""

    account: Account
    access: str
    until: float
    used: bool = False
    refused: bool = False


def challenge_of(verifier: str) -> str:
    """base64url(SHA-256(verifier)) without padding."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
