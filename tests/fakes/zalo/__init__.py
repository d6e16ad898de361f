"""An emulator of Zalo Official Account, as strict as what is known of Zalo allows.

Nothing of the program is imported here: it is the other side. ``python -m tests.fakes.zalo``.
"""

from tests.fakes.zalo.clock import Clock
from tests.fakes.zalo.fake import FakeZalo, serving_zalo
from tests.fakes.zalo.rules import Rules
from tests.fakes.zalo.weather import Break

__all__ = ["Break", "Clock", "FakeZalo", "Rules", "serving_zalo"]
