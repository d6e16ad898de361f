"""The OA about itself (getoa)."""

from __future__ import annotations

from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Json


async def getoa(call: Call) -> Json:
    """GET /v2.0/oa/getoa."""
    account = call.account
    return {
        "oa_id": account.oa_id,
        "name": account.name,
        "description": "",
        "is_verified": account.verified,
        "oa_type": account.kind,
        "num_follower": len(account.followers()),
        "avatar": "",
        "cover": "",
        "package_name": account.package,
        "package_valid_through_date": account.package_until,
        "linked_ZCA": account.oa_id if account.cloud_linked else "",
    }
