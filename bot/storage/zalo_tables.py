"""The tables of Zalo: accounts, who follows them, what was called and what came; see docs/zalo.md.

An ``oa_id`` is an Official Account's id, text as every id of Zalo: they are larger than what each
reader of JSON takes for a whole number.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables import BIG, UtcDateTime, metadata

OA = String(24)

zalo_accounts = Table(
    "zalo_accounts",
    metadata,
    Column("oa_id", OA, primary_key=True),
    Column("office", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False, default=""),
    # ``connected``, ``consent_needed`` or ``off``.
    Column("status", String(16), nullable=False),
    Column("access_sealed", LargeBinary),
    Column("refresh_sealed", LargeBinary),
    Column("access_until", UtcDateTime),
    Column("refresh_until", UtcDateTime),
    Column("refreshed_at", UtcDateTime),
    # Counts the pairs; ``refreshing`` is the number of the one that was asked for last.
    Column("generation", Integer, nullable=False, default=0),
    Column("refreshing", Integer, nullable=False, default=0),
    Column("fault", String(24), nullable=False, default=""),
    Column("fault_at", UtcDateTime),
    Column("alarmed_at", UtcDateTime),
    # As the account's own page at Zalo tells (getoa); JSON, empty until looked at.
    Column("told", Text, nullable=False, default="{}"),
    Column("told_at", UtcDateTime),
    # Until when buttons are not tried, as Zalo refused them, and nothing at all is called.
    Column("plain_until", UtcDateTime),
    Column("silent_until", UtcDateTime),
    Column("connected_at", UtcDateTime),
    Column("connected_by", BIG),
)

# Consents that were begun and not come back; each is used once.
zalo_consents = Table(
    "zalo_consents",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("officer", BIG, nullable=False),
    Column("verifier_sealed", LargeBinary, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

# The fixed PKCE verifier that is saved in the developer page, where the environment has none.
zalo_apps = Table(
    "zalo_apps",
    metadata,
    Column("app_id", OA, primary_key=True),
    Column("verifier_sealed", LargeBinary, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

zalo_people = Table(
    "zalo_people",
    metadata,
    Column("oa_id", OA, primary_key=True),
    Column("user_id", String(64), primary_key=True),
    # What opens the windows of 48 hours and 7 days.
    Column("interacted_at", UtcDateTime),
    # Free replies since then.
    Column("replies", Integer, nullable=False, default=0),
    Column("follows", Boolean),
    Column("follow_at", UtcDateTime),
    Column("paused_until", UtcDateTime),
    # Why nothing reaches them: ``blocked``, ``inactive``, ``restricted``; mostly empty.
    Column("state", String(16), nullable=False, default=""),
    Column("state_at", UtcDateTime),
    Index(None, "oa_id", "interacted_at"),
)

# The calls of the last minute, by which the pace is kept, over restarts too.
zalo_calls = Table(
    "zalo_calls",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    # The account, or the bot, whose pace it is.
    Column("line", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "line", "at"),
)

# Webhook calls, sealed as they came, until they are sorted; the key is remembered for some days.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(128), nullable=False),
    # Whose words they are, so that they are sorted in order; of what is nobody's its own key.
    Column("subject", String(180), nullable=False),
    Column("event", String(64), nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("body_sealed", LargeBinary),
    Column("claimed_until", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done", Boolean, nullable=False, default=False),
    UniqueConstraint("channel", "key"),
    Index(None, "done", "subject", "id"),
    Index(None, "done", "received_at"),
)

zalo_quotas = Table(
    "zalo_quotas",
    metadata,
    Column("oa_id", OA, primary_key=True),
    # ``sub_quota``, ``purchase_quota``, ``reward_quota``, ``template_daily``, ``broadcast``.
    Column("kind", String(24), primary_key=True),
    Column("remain", Integer, nullable=False),
    Column("total", Integer),
    Column("until", UtcDateTime),
    Column("read_at", UtcDateTime, nullable=False),
)

# News on its way as an article: made, shown, broadcast; each step is written down before the next.
zalo_articles = Table(
    "zalo_articles",
    metadata,
    Column("delivery", BIG, primary_key=True, autoincrement=False),
    Column("oa_id", OA, nullable=False),
    Column("step", String(16), nullable=False),
    Column("token", String(300), nullable=False, default=""),
    Column("article", String(128), nullable=False, default=""),
    Column("changed_at", UtcDateTime, nullable=False),
)

zalo_templates = Table(
    "zalo_templates",
    metadata,
    Column("oa_id", OA, primary_key=True),
    Column("template_id", String(24), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("status", String(24), nullable=False),
    Column("quality", String(24), nullable=False, default=""),
    Column("tag", Integer),
    Column("price_phone", Integer),
    Column("price_uid", Integer),
    # JSON: name, require, type, minLength, maxLength of each parameter.
    Column("params", Text, nullable=False, default="[]"),
    Column("read_at", UtcDateTime, nullable=False),
)

# Which template an office uses for what, and what fills its parameters (JSON).
zalo_template_uses = Table(
    "zalo_template_uses",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("use", String(24), primary_key=True),
    Column("oa_id", OA, nullable=False),
    Column("template_id", String(24), nullable=False),
    Column("gaps", Text, nullable=False, default="{}"),
    Column("changed_at", UtcDateTime, nullable=False),
)

# What was counted of an account: which signature matched, events not known, errors by their code.
zalo_marks = Table(
    "zalo_marks",
    metadata,
    Column("oa_id", OA, primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)
