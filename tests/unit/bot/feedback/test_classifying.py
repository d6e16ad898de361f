"""The rooms of recognising: how a message is read, what speaks for a kind, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.feedback_counting import counted_in
from benchmarks.feedback_training import Example, learnt, topics_learnt
from bot.feedback.classifying import Urgency, about, classify, reasons
from bot.feedback.classifying.concepts import Groups, concepts
from bot.feedback.classifying.counted import frequencies
from bot.feedback.classifying.deciding import kinds_of
from bot.feedback.classifying.reading import SUM, read
from bot.feedback.classifying.signs import signs
from bot.feedback.classifying.tables import read_table, written
from bot.feedback.classifying.terms import terms_of
from bot.feedback.classifying.weights import KINDS, shipped
from bot.feedback.kinds import Kind
from bot.feedback.topics import OTHER, topics


def test_short_forms_and_numbers_are_read_as_what_they_mean() -> None:
    (clause,) = read("cb ko nhận 500k").clauses
    assert clause.words == ("can", "bo", "khong", "nhan", SUM)
    assert read("nhận 300k").clauses == read("nhận 5tr").clauses
    assert read("sđt 0912447308").clauses == read("sđt 0388215964").clauses


def test_keys_left_standing_by_an_input_method_are_undone() -> None:
    assert read("coongs tawcs").clauses[0].words == ("cong", "tac")


def test_marks_tell_words_apart_where_the_writer_uses_them() -> None:
    groups = Groups.of({"stench": ["thối"], "until": ["tới"]})
    assert groups.told(read("rác thối quá")) == {"stench"}
    assert groups.told(read("rác thôi nhé")) == set()
    assert groups.told(read("rac thoi qua")) == {"stench"}


def test_concepts_that_meet_are_terms_of_their_own() -> None:
    terms = terms_of(read("cán bộ đòi phong bì"))
    assert {"@official", "@bribe", "@official>bribe", "@bribe&official"} <= terms.concepts
    assert "phong bi" in terms.words


def test_a_verdict_tells_its_reason_by_concepts_of_the_file() -> None:
    verdict = classify("chủ tịch xã nhận phong bì của nhà thầu")
    assert verdict.kind is Kind.DENUNCIATION
    assert verdict.signs
    known = {group for _, group in _all_groups()}
    assert set(verdict.signs) <= known
    assert "nói tới tiền hoặc quà lót tay" in reasons(verdict)


def test_every_sign_that_has_a_name_is_a_concept() -> None:
    assert signs().keys() <= {group for _, group in _all_groups()}


def _all_groups() -> list[tuple[str, str]]:
    book = concepts().bare.groups
    return [(" ".join(way), group) for way, names in book.items() for group in names]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cán bộ một cửa hách dịch quá", Kind.REPORT),
        ("rác đổ đầy đầu ngõ mấy hôm nay", Kind.REPORT),
        ("tố cáo giùm cái ổ gà này đi", Kind.REPORT),
        ("tôi khiếu nại vụ rác hẻm 88 không ai gom", Kind.REPORT),
        ("tố cáo thì nộp đơn ở đâu, có mẫu không", Kind.QUESTION),
        ("khiếu nại lần đầu trong bao lâu được giải quyết", Kind.QUESTION),
        ("cán bộ địa chính đòi tiền bồi dưỡng mới đo đất", Kind.DENUNCIATION),
        ("tôi không đồng ý quyết định thu hồi đất nhà tôi, yêu cầu hủy", Kind.COMPLAINT),
        ("đề nghị lắp thêm đèn ở khu tái định cư", Kind.PROPOSAL),
        ("cảm ơn chị quầy 2 hướng dẫn tận tình", Kind.PRAISE),
        ("cháy nhà rồi cứu với", Kind.EMERGENCY),
        ("alo", Kind.OTHER),
        ("", Kind.OTHER),
        ("…!?", Kind.OTHER),
    ],
)
def test_what_a_message_is(text: str, kind: Kind) -> None:
    assert classify(text).kind is kind


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("đèn đường trước trạm y tế tắt cả tuần", "chieu_sang"),
        ("rác đổ trước cổng trường mẫu giáo", "moi_truong"),
        ("trạm y tế hết thuốc", "y_te"),
        ("cán bộ nhận phong bì làm sổ đỏ", "can_bo"),
        ("alo", "khac"),
    ],
)
def test_what_a_message_is_about(text: str, topic: str) -> None:
    assert classify(text).topic == topic


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("nắp cống giữa đường mất tiêu, tối người đi xe không thấy", Urgency.URGENT),
        ("cây đổ chắn đường, xe cứu thương không qua được", Urgency.URGENT),
        ("cột điện nghiêng sắp đổ xuống nhà dân", Urgency.URGENT),
        ("cột điện nghiêng sắp đổ hôm trước đã sửa xong mà rác còn bỏ lại", Urgency.NORMAL),
        ("rác đầy ngõ", Urgency.NORMAL),
        ("cháy nhà rồi cứu với", Urgency.URGENT),
    ],
)
def test_whether_a_matter_may_wait(text: str, urgency: Urgency) -> None:
    assert classify(text).urgency is urgency


def test_what_was_learnt_is_read_as_it_is_written(tmp_path: Path) -> None:
    some = {"rac": (3, 0, 0, 0, 0, 0, 0, -3), "#": (1,) * 8}
    path = tmp_path / "weights.tsv"
    path.write_text(written(some), encoding="utf-8")
    assert read_table(path) == some


def test_seldom_words_speak_louder_and_all_count_as_one() -> None:
    rows = {"rac": (6000,), "duong": (2000,)}
    told = dict(frequencies({"rac": 1, "duong": 1, "moi": 4}, rows))
    assert told["rac"] == pytest.approx(3 * told["duong"])
    assert sum(part**2 for part in told.values()) == pytest.approx(1)
    assert dict(frequencies({"duong": 1}, rows))["duong"] < 1
    assert frequencies({"moi": 1}, rows) == []


def test_words_seldom_said_outside_a_kind_speak_for_it() -> None:
    report = terms_of(read("rác"))
    told = [(report, Kind.REPORT)] * 3 + [(terms_of(read("khen")), Kind.PRAISE)] * 3
    scores = dict(zip(Kind, counted_in(told, KINDS).scores(report.said), strict=True))
    assert max(scores, key=lambda kind: scores[kind]) is Kind.REPORT


def test_topics_are_counted_in_the_order_of_their_file() -> None:
    assert {len(row) for row in about.shipped().rows.values()} == {1 + len(topics())}
    known = topics_learnt(
        [Example("đèn tắt tối om", Kind.REPORT, "", "chieu_sang")] * 3
        + [
            Example("rác hôi đầy ngõ", Kind.REPORT, "", "moi_truong"),
            Example("rác hôi thối", Kind.REPORT, "", ""),
        ]
        * 3
    )
    scores = dict(zip(topics(), known.scores(terms_of(read("tắt tối om")).said), strict=True))
    assert max(scores, key=lambda topic: scores[topic]) == "chieu_sang"


def test_counts_tell_a_topic_no_word_of_the_table_does() -> None:
    said = read("cái chòi kia")
    terms = terms_of(said)
    taught = [Example("cái chòi kia", Kind.REPORT, "", "quang_cao")] * 3
    others = [Example("ngõ kia bẩn", Kind.REPORT, "", "moi_truong")] * 3
    known = topics_learnt([*taught, *others])
    assert about.topic_of(said, terms, Kind.REPORT, known) == "quang_cao"
    assert about.topic_of(said, terms, Kind.OTHER, known) == OTHER
    assert about.topic_of(said, terms, Kind.EMERGENCY, known) in about.RESCUERS


def test_what_was_taught_is_told_again_and_teaching_is_the_same_each_time() -> None:
    taught = [
        Example("rác đầy ngõ hôi quá", Kind.REPORT, ""),
        Example("ngõ đầy rác hôi thối", Kind.REPORT, ""),
        Example("cảm ơn cán bộ tận tình", Kind.PRAISE, ""),
        Example("cán bộ tận tình quá, cảm ơn", Kind.PRAISE, ""),
    ]
    known = learnt(taught)
    for text, kind in {"rác hôi": Kind.REPORT, "cảm ơn": Kind.PRAISE}.items():
        said = read(text)
        assert next(iter(kinds_of(said, terms_of(said), known))) is kind
    assert learnt(reversed(taught)) == known


def test_every_concept_that_is_weighed_is_in_the_file() -> None:
    singles = {term[1:] for term in shipped().rows if term[0] == "@" and term[1:].isidentifier()}
    assert len(singles) > 50
    assert singles <= {group for _, group in _all_groups()}
