"""What Zalo refuses with: numbers of two hosts, the same number may mean two things.

The words are ours; of Zalo's own only the sense is known. One text of -32 speaks of the app, the
other of the OA.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Host(StrEnum):
    """The three hosts of Zalo."""

    OAUTH = "oauth"
    API = "api"
    BUSINESS = "business"


class Refused(Exception):
    """A call answered with HTTP 200 and an error.

    ``foreseen`` says from what the caller could have known; empty when it could not.
    """

    def __init__(self, code: int, says: str = "", *, foreseen: str = "", name: str = "") -> None:
        super().__init__(code, says)
        self.code = code
        self.says = says
        self.foreseen = foreseen
        self.name = name


API: Final = {
    -32: "Calls per minute of this OA exceeded",
    -100: "Attachment id expired",
    -200: "Send message failed",
    -201: "Params is invalid",
    -204: "OA was deleted or disabled",
    -205: "OA does not exist",
    -209: "App is not supported",
    -210: "Param exceeds its limit",
    -211: "Out of quota for this feature",
    -212: "App has not registered this API",
    -213: "User has not followed OA",
    -214: "Article is being processed",
    -216: "Access token is invalid",
    -217: "User has blocked invitations",
    -218: "Out of quota to receive of this user",
    -219: "App was removed or disabled",
    -220: "Access token has expired or was revoked",
    -221: "OA has to be verified",
    -223: "OA has not granted this API, or its quota of articles is used up",
    -224: "Package of the OA is too low",
    -227: "User was banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with the OA, or the interaction expired",
    -233: "Message type is invalid or not supported",
    -234: "Message may not be sent at night",
    -235: "OA type is not supported",
    -237: "Group is switched off",
    -238: "Asset is used or switched off",
    -240: "This API of messages is closed",
    -241: "Asset is used or switched off",
    -242: "appsecret_proof is wrong",
    -244: "User restricted this kind of message",
    -248: "Violates the standards of the platform",
    -249: "Template is not allowed by user id",
    -320: "Cloud account is missing",
    -321: "Cloud account is out of money",
    -403: "OA is not in the group",
}
BUSINESS: Final = {
    -100: "Unknown error, try again",
    -101: "App is invalid",
    -102: "App does not exist",
    -103: "App is not active",
    -104: "Secret of the app is invalid",
    -105: "App is not linked to the OA",
    -108: "Phone number is invalid",
    -109: "Template id is invalid",
    -110: "Version of Zalo is too old",
    -111: "Template data is empty",
    -112: "Template data is of a wrong type",
    -1121: "Template data is too long",
    -1122: "Template data lacks a param",
    -1124: "Template data has a wrong format",
    -113: "Button is invalid",
    -1131: "Button is invalid",
    -114: "User cannot receive",
    -115: "Out of quota or balance",
    -117: "No right to this template",
    -118: "Account does not exist",
    -119: "Account cannot receive",
    -120: "OA lacks this feature",
    -124: "Access token is invalid",
    -1241: "appsecret_proof is wrong",
    -125: "OA id is invalid",
    -126: "Wallet of development is empty",
    -127: "Template in development may go to administrators only",
    -131: "Template is not approved",
    -132: "Param is invalid",
    -133: "May not be sent at night",
    -135: "OA may not send",
    -1351: "OA is blocked from sending",
    -136: "Cloud account is missing",
    -137: "Cloud account is out of money",
    -138: "App has no right",
    -139: "User refused this kind of content",
    -140: "User is not eligible",
    -141: "User refused this OA",
    -144: "OA is over its limit of a day",
    -1441: "OA is over its promotions of a month",
    -145: "Kind of content is not allowed",
    -146: "Template was switched off for its quality",
    -147: "Template is over its limit of a day",
    -1471: "User is over the limit of this kind",
    -1472: "User is over the limit of this kind",
    -160: "Out of quota to create, edit or upload",
    -161: "Sending mode is invalid",
    -162: "Sending mode is not allowed",
}
APP_RATE: Final = "Calls per minute of this app exceeded"


def text_of(host: Host, code: int) -> str:
    """The words of an error where the rule that refused gave none."""
    table = {Host.API: API, Host.BUSINESS: BUSINESS}.get(host, {})
    return table.get(code, f"Error {code}")
