"""What a message is: a report, a complaint, a denunciation, praise, a question or else.

Words, pairs, pieces of words and concepts are weighed (``terms``, ``concepts``, ``weights``),
words and pairs counted (``counted``). Of both together (``learnt``) the loudest kind is told with
its reason (``deciding``), what it is about (``about``) and whether it may wait (``urgency``).
"""

from bot.feedback.classifying.deciding import classify
from bot.feedback.classifying.signs import reasons
from bot.feedback.classifying.verdict import Urgency, Verdict

__all__ = ["Urgency", "Verdict", "classify", "reasons"]
