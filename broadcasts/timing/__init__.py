"""Vietnamese time phrases of communication plans → when, until when and how often.

A phrase is cut into tokens (``cutting``), tokens are read as parts (``grammar``), parts are taken
together (``meaning``). The words stand in ``data/words.vi.toml``. No clock: all is told by the
phrase and the year of the plan. What cannot be known is ``UNCLEAR``, never guessed.

How an official is understood:

- "Thường xuyên", "hằng ngày", "cả năm" go on all the time; with a measure beside them ("thường
  xuyên, ít nhất 1 lần/quý") it is the measure that counts. Events beside them ("khi có văn bản
  mới") are what is reported meanwhile and stay a note.
- An event, a wish or another's plan alone is unclear, also with a bare "trong năm"; beside a
  narrower time it is a note.
- "Trước 15/12" ends on the day named, itself excluded (``before``); "trước tháng 7" on 30/6.
  A deadline has no start, but where the stretch is named ("hoàn thành trong quý I").
- The beginning, middle and end of a month are ten days each, of a quarter a month; a year begins
  with quarter I and ends with quarter IV. Weeks of a month are counted in sevens from its first.
- A list ("tháng 3, 6, 9") is one time in each; only "từ … đến …" or a dash makes one stretch.
- "3, 6, 9 tháng và năm" are reports on the year so far, one at the end of each quarter.
- "Cuối quý" or "trong tháng" without saying which is unclear; "cuối mỗi quý" comes again.
- "Từ tháng 4" lasts to the end of the year; "hằng năm" beside another time adds nothing.
- Levels, offices or deeds with times of their own ("cấp tỉnh: quý I; cấp xã: quý II"), and shares
  ("quý II 50 %, quý IV 100 %"), are no list: a person says which time the entry is for.
- Another year than the plan's, "quý II hoặc quý III", several things in a cell: who plans decides.
- Words that tell no time are passed over; a number or a word of time left over makes it unclear.
"""

from broadcasts.timing.models import Per, Period, Timing, TimingKind, YearOutOfRange
from broadcasts.timing.reading import read_timing
from broadcasts.timing.telling import spoken

__all__ = [
    "Per", "Period", "Timing", "TimingKind", "YearOutOfRange", "read_timing", "spoken",
]  # fmt: skip
