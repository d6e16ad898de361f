"""The rooms of the emulator, each built once over the same world."""

from __future__ import annotations

from tests.fakes.zalo.articles import Articles
from tests.fakes.zalo.broadcasts import Broadcasts
from tests.fakes.zalo.consent import Consent
from tests.fakes.zalo.gate import Gate
from tests.fakes.zalo.listing import Listing
from tests.fakes.zalo.media import Media
from tests.fakes.zalo.messages import Messages
from tests.fakes.zalo.oauth import OAuth
from tests.fakes.zalo.quotas import Quotas
from tests.fakes.zalo.strangers import Strangers
from tests.fakes.zalo.template_sends import TemplateSends
from tests.fakes.zalo.templates import Templates
from tests.fakes.zalo.uploads import Uploads
from tests.fakes.zalo.videos import Videos
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World


class Rooms:
    """All that answers, tells or keeps; ``world`` is what they share."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gate = Gate(world)
        self.oauth = OAuth(world, self.gate)
        self.consent = Consent(world, self.oauth)
        self.uploads = Uploads(world)
        self.media = Media(world)
        self.webhooks = Webhooks(world)
        self.messages = Messages(world, self.uploads, self.webhooks)
        self.videos = Videos(world)
        self.articles = Articles(world, self.videos)
        self.strangers = Strangers(self.webhooks)
        self.broadcasts = Broadcasts(
            world, self.articles, self.messages, self.webhooks, self.strangers
        )
        self.quotas = Quotas(world)
        self.listing = Listing(world, self.webhooks)
        self.templates = Templates(world, self.webhooks)
        self.template_sends = TemplateSends(world, self.templates, self.messages, self.webhooks)
