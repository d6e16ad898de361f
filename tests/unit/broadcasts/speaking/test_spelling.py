"""What is written short is read out whole; what nobody can be sure of is shown to a person."""

from __future__ import annotations

import unicodedata

import pytest

from broadcasts.speaking.records import FlagKind
from broadcasts.speaking.speech import shipped_speech
from broadcasts.speaking.spelling import spell
from broadcasts.speaking.syllables import is_word, syllables


def read(line: str) -> str:
    return " ".join(sentence.text for sentence in spell(line, shipped_speech()))


def flags(line: str) -> list[tuple[FlagKind, str]]:
    found = spell(line, shipped_speech())
    return [(flag.kind, flag.found) for sentence in found for flag in sentence.flags]


CERTAIN = [
    # days
    ("ngày 15/12/2026", "Ngày mười lăm tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ("nộp 15.12.2026", "Nộp ngày mười lăm tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ("nộp 2026-12-15", "Nộp ngày mười lăm tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ("trước 15/12", "Trước ngày mười lăm tháng mười hai"),
    ("sáng thứ Ba (15/12)", "Sáng thứ Ba (ngày mười lăm tháng mười hai)"),
    ("từ 01/3 đến 30/6", "Từ ngày mùng một tháng ba đến ngày ba mươi tháng sáu"),
    ("01/3 - 30/6", "Ngày mùng một tháng ba đến ngày ba mươi tháng sáu"),
    ("ngày 15-17/12", "Ngày mười lăm đến ngày mười bảy tháng mười hai"),
    ("ngày 28 – 30/4", "Ngày hai mươi tám đến ngày ba mươi tháng tư"),
    ("ngày 5 tháng 4", "Ngày mùng năm tháng tư"),
    ("ngày 05 và ngày 21/9", "Ngày mùng năm và ngày hai mươi mốt tháng chín"),
    ("mùng 3/2", "Mùng ba tháng hai"),
    ("lễ Quốc khánh 2/9", "Lễ Quốc khánh ngày mùng hai tháng chín"),
    ("ngày 20-11", "Ngày hai mươi tháng mười một"),
    ("ngày 15-17", "Ngày mười lăm đến mười bảy"),
    ("tháng 4", "Tháng tư"),
    ("tháng 3/2027", "Tháng ba năm hai nghìn không trăm hai mươi bảy"),
    ("nộp 3/2027", "Nộp tháng ba năm hai nghìn không trăm hai mươi bảy"),
    ("tháng 5, 6/2027", "Tháng năm, sáu năm hai nghìn không trăm hai mươi bảy"),
    (
        "giai đoạn 2021-2030",
        "Giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm ba mươi",
    ),
    (
        "ngày 5/2/2000 và 3/4",
        "Ngày mùng năm tháng hai năm hai nghìn và ngày mùng ba tháng tư",
    ),
    ("từ 5/2 - 3/4", "Từ ngày mùng năm tháng hai đến ngày mùng ba tháng tư"),
    # hours
    ("trong 48h", "Trong bốn mươi tám giờ"),
    ("7 giờ 30", "Bảy giờ ba mươi phút"),
    ("7 giờ 30 phút", "Bảy giờ ba mươi phút"),
    ("7h30", "Bảy giờ ba mươi phút"),
    ("07:30", "Bảy giờ ba mươi phút"),
    ("7g30", "Bảy giờ ba mươi phút"),
    ("từ 7h đến 11h00", "Từ bảy giờ đến mười một giờ"),
    ("13h30-17h", "Mười ba giờ ba mươi phút đến mười bảy giờ"),
    ("8 giờ 05 phút", "Tám giờ năm phút"),
    ("5 giờ", "Năm giờ"),
    ("từ 7g30 đến 11g", "Từ bảy giờ ba mươi phút đến mười một giờ"),
    ("trong 2,5h", "Trong hai phẩy năm giờ"),
    ("7h-11h, T2-T6", "Bảy giờ đến mười một giờ, thứ hai đến thứ sáu"),
    ("chiều T7, CN", "Chiều thứ bảy, chủ nhật"),
    # money, shares and measures
    ("50.000 đồng", "Năm mươi nghìn đồng"),
    ("50.000đ/hồ sơ", "Năm mươi nghìn đồng một hồ sơ"),
    ("1,5 triệu", "Một phẩy năm triệu"),
    ("1.234,5 tỷ", "Một nghìn hai trăm ba mươi tư phẩy năm tỷ"),
    ("2 triệu đồng/người/tháng", "Hai triệu đồng một người một tháng"),
    ("50.000 đồng/01 bản", "Năm mươi nghìn đồng một bản"),
    ("02 số/tháng", "Hai số một tháng"),
    ("85,67%", "Tám mươi lăm phẩy sáu mươi bảy phần trăm"),
    ("10-15%", "Mười đến mười lăm phần trăm"),
    ("10% - 15%", "Mười phần trăm đến mười lăm phần trăm"),
    ("3-5 ngày", "Ba đến năm ngày"),
    ("xếp hạng 05/34", "Xếp hạng năm trên ba mươi tư"),
    ("hạng 5/12", "Hạng năm trên mười hai"),
    ("3 giải x 500k", "Ba giải nhân năm trăm nghìn"),
    ("45/50 phiếu", "Bốn mươi lăm trên năm mươi phiếu"),
    ("30 km²", "Ba mươi ki-lô-mét vuông"),
    ("120m2", "Một trăm hai mươi mét vuông"),
    ("120 m²", "Một trăm hai mươi mét vuông"),
    ("-5°C", "Âm năm độ xê"),
    ("công nghệ 4.0", "Công nghệ bốn chấm không"),
    ("mục 3.2.1", "Mục ba chấm hai chấm một"),
    ("hạng B2", "Hạng bê hai"),
    ("37,5-38°C", "Ba mươi bảy phẩy năm đến ba mươi tám độ xê"),
    ("2.204,07 đồng/kWh", "Hai nghìn hai trăm linh bốn phẩy không bảy đồng một ki-lô-oát giờ"),
    ("250 người/km²", "Hai trăm năm mươi người một ki-lô-mét vuông"),
    ("50 nghìn đồng/con", "Năm mươi nghìn đồng một con"),
    ("50km/h-61km/h", "Năm mươi ki-lô-mét một giờ đến sáu mươi mốt ki-lô-mét một giờ"),
    ("5 tr/m2", "Năm triệu một mét vuông"),
    ("135.000đ/GPLX", "Một trăm ba mươi lăm nghìn đồng một giấy phép lái xe"),
    ("45 ca/10.000 dân", "Bốn mươi lăm ca trên mười nghìn dân"),
    ("ảnh 3x4", "Ảnh ba nhân bốn"),
    ("1000000 đồng", "Một triệu đồng"),
    ("MST: 4100123456", "Mã số thuế: bốn một không, không một hai, ba bốn năm, sáu"),
    ("mức độ 3,4", "Mức độ ba, bốn"),
    ("mức độ 3,4%", "Mức độ ba phẩy bốn phần trăm"),
    ("tháng 3,6,9", "Tháng ba, sáu, chín"),
    ("Đề án 06", "Đề án không sáu"),
    (
        "1234567890123456,5",
        "Một hai ba, bốn năm sáu, bảy tám chín, không một hai, ba bốn năm, sáu phẩy năm",
    ),
    # terms
    ("Quý IV", "Quý bốn"),
    ("Quý IV/2026", "Quý bốn năm hai nghìn không trăm hai mươi sáu"),
    ("quý 2/2027", "Quý hai năm hai nghìn không trăm hai mươi bảy"),
    ("quý I, II và III", "Quý một, hai và ba"),
    ("quý III-IV", "Quý ba đến bốn"),
    ("khóa XV", "Khóa mười lăm"),
    ("lần thứ IV", "Lần thứ tư"),
    ("lần thứ 1", "Lần thứ nhất"),
    # documents
    (
        "Luật số 11/2025/QH15",
        "Luật số mười một, năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm",
    ),
    (
        "Quyết định số 2398/QĐ-UBND",
        "Quyết định số hai nghìn ba trăm chín mươi tám của Ủy ban nhân dân",
    ),
    (
        "Quyết định số 23/QĐ-UBND ngày 05/6 của UBND tỉnh",
        "Quyết định số hai mươi ba ngày mùng năm tháng sáu của Ủy ban nhân dân tỉnh",
    ),
    ("Nghị quyết 76/NQ-CP", "Nghị quyết số bảy mươi sáu của Chính phủ"),
    ("theo 76/NQ-CP", "Theo Nghị quyết số bảy mươi sáu của Chính phủ"),
    ("Công văn 12/UBND-VX", "Công văn số mười hai của Ủy ban nhân dân"),
    ("Luật 91/2025", "Luật số chín mươi mốt, năm hai nghìn không trăm hai mươi lăm"),
    ("số 30a/2008/NQ-CP", "Số ba mươi a, năm hai nghìn không trăm linh tám của Chính phủ"),
    (
        "Nghị quyết số 16/NQ-UBTVQH15",
        "Nghị quyết số mười sáu của Ủy ban Thường vụ Quốc hội khóa mười lăm",
    ),
    ("số 38/KH - UBND", "Số ba mươi tám của Ủy ban nhân dân"),
    ("NQ 57-NQ/TW", "Nghị quyết số năm mươi bảy của Trung ương"),
    ("Kết luận số 127-KL/TW", "Kết luận số một trăm hai mươi bảy của Trung ương"),
    ("các QĐ-UBND", "Các Quyết định của Ủy ban nhân dân"),
    ("UBTVQH15", "Ủy ban Thường vụ Quốc hội khóa mười lăm"),
    # telephones
    ("0256 3822 345", "Không hai năm sáu, ba tám hai hai, ba bốn năm"),
    ("(0256) 3822345", "Không hai năm sáu, ba tám hai hai ba bốn năm"),
    ("0901234567", "Không chín không một, hai ba bốn, năm sáu bảy"),
    ("02438221234", "Không hai bốn, ba tám hai hai, một hai ba bốn"),
    ("+84 901 234 567", "Không chín không một, hai ba bốn, năm sáu bảy"),
    ("gọi 1022 hoặc 113", "Gọi một không hai hai hoặc một một ba"),
    ("tổng đài 1900 1234", "Tổng đài một chín không không, một hai ba bốn"),
    ("1900 54 54 81", "Một chín không không, năm bốn, năm bốn, tám một"),
    ("cấp cứu 115", "Cấp cứu một một năm"),
    ("cấp cứu 115 ca", "Cấp cứu một trăm mười lăm ca"),
    ("công an: 113, 114", "Công an: một một ba, một một bốn"),
    ("giải quyết 113 hồ sơ", "Giải quyết một trăm mười ba hồ sơ"),
    ("thẻ 052090001234", "Thẻ không năm hai, không chín không, không không một, hai ba bốn"),
    # addresses
    ("dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia"),
    ("vào https://dichvucong.gov.vn/.", "Vào Cổng Dịch vụ công quốc gia."),
    (
        "Cổng dịch vụ công quốc gia: dichvucong.gov.vn",
        "Cổng dịch vụ công quốc gia: dịch vụ công chấm gov chấm vê en",
    ),
    (
        "xem www.binhdinh.gov.vn/tin-tuc.",
        "Xem vê kép vê kép vê kép chấm bình định chấm gov chấm vê en gạch chéo tin tức.",
    ),
    ("vanphong@hue.gov.vn", "Văn phòng a còng huế chấm gov chấm vê en"),
    # abbreviations and signs
    ("tỷ lệ >=80%, <5 ngày", "Tỷ lệ từ tám mươi phần trăm, dưới năm ngày"),
    ("KH số 30/KH-UBND", "Kế hoạch số ba mươi của Ủy ban nhân dân"),
    ("UBND xã và HĐND xã", "Ủy ban nhân dân xã và Hội đồng nhân dân xã"),
    ("ubnd xã, cccd", "Ủy ban nhân dân xã, căn cước công dân"),
    ("TTHC/DVC", "Thủ tục hành chính, dịch vụ công"),
    ("HĐND-UBND", "Hội đồng nhân dân, Ủy ban nhân dân"),
    ("GPLX & BHYT", "Giấy phép lái xe và bảo hiểm y tế"),
    ("VNeID", "Vi en i đi"),
    ("PAR INDEX, SIPAS, PAPI, DDCI", "Pa in-đéc, xi-pát, pa-pi, đê đê xê i"),
    ("TP. Huế, TP.HCM", "Thành phố Huế, Thành phố Hồ Chí Minh"),
    ("Số: 45/TB-UBND", "Số: bốn mươi lăm của Ủy ban nhân dân"),
    ("Tổ 2 KP.5", "Tổ hai khu phố năm"),
    ("P. An Nhơn, Q.1", "Phường An Nhơn, quận một"),
    ("UBND P. An Nhơn", "Ủy ban nhân dân phường An Nhơn"),
    ("bà Lê Thị H. ở xã", "Bà Lê Thị H. ở xã"),
    ("ông Lê Văn P. ở xã", "Ông Lê Văn P. ở xã"),
    ("QL1A", "Quốc lộ một A"),
    ("ĐT.638", "Đường tỉnh sáu trăm ba mươi tám"),
    ("ĐT 0901.234.567", "Điện thoại không chín không một, hai ba bốn, năm sáu bảy"),
    ("COVID-19, 5G, 24/7", "Cô-vít mười chín, năm gờ, hai mươi bốn trên bảy"),
    ("đ/c Lan, v/v khai sinh", "Đồng chí Lan, về việc khai sinh"),
    ("phường/xã", "Phường, xã"),
    ("xã - nơi ở", "Xã, nơi ở"),
    ("THÔNG BÁO TỚI NGƯỜI DÂN", "THÔNG BÁO TỚI NGƯỜI DÂN"),
    ("MỜI BAN AN NINH", "MỜI BAN AN NINH"),
    ("KHÔNG nộp tiền 👍 *nhé*", "KHÔNG nộp tiền nhé"),
    # heads of lines
    ("- Hồ sơ gồm", "Hồ sơ gồm"),
    ("2.1. Hồ sơ gồm", "Mục hai chấm một: Hồ sơ gồm"),
    ("b) Hồ sơ gồm", "Ý bê: Hồ sơ gồm"),
    ("đ. Hồ sơ gồm", "Ý đê: Hồ sơ gồm"),
    ("-Hồ sơ gồm", "Hồ sơ gồm"),
    ("• Hồ sơ gồm", "Hồ sơ gồm"),
    ("2. Hồ sơ gồm", "Hai là: Hồ sơ gồm"),
    ("2/ Hồ sơ gồm", "Hai là: Hồ sơ gồm"),
    ("(2) Hồ sơ gồm", "Hai là: Hồ sơ gồm"),
    ("*) Lưu ý", "Lưu ý"),
    ("II - THỜI GIAN", "Phần hai: THỜI GIAN"),
    ("A. Hồ sơ gồm", "Phần A: Hồ sơ gồm"),
    ("gồm: a) Đơn; b) Ảnh", "Gồm: ý a: Đơn; ý bê: Ảnh"),
    ("Làm ngay: (1) Tắt điện; (2) Sơ tán", "Làm ngay: một là: Tắt điện; hai là: Sơ tán"),
    ("1.1. Đơn; 1.2. Ảnh", "Mục một chấm một: Đơn; mục một chấm hai: Ảnh"),
    ("IV. Hồ sơ gồm", "Phần bốn: Hồ sơ gồm"),
]


@pytest.mark.parametrize(("written", "spoken"), CERTAIN)
def test_it_is_read_out_whole_and_nobody_is_asked(written: str, spoken: str) -> None:
    assert (read(written), flags(written)) == (spoken, [])


@pytest.mark.parametrize("spoken", sorted({spoken for _, spoken in CERTAIN}))
def test_what_is_read_out_needs_no_further_reading(spoken: str) -> None:
    assert read(spoken) == spoken


@pytest.mark.parametrize(
    ("written", "kind", "found"),
    [
        ("theo XYZT", FlagKind.UNKNOWN_ABBREVIATION, "XYZT"),
        ("tàu SE", FlagKind.UNKNOWN_ABBREVIATION, "SE"),
        ("app iHanoi", FlagKind.UNKNOWN_ABBREVIATION, "iHanoi"),
        ("được đc", FlagKind.UNKNOWN_ABBREVIATION, "đc"),
        ("số 12/XY-ABC", FlagKind.UNKNOWN_ABBREVIATION, "12/XY-ABC"),
        ("CA phường", FlagKind.AMBIGUOUS_ABBREVIATION, "CA"),
        ("họp T7", FlagKind.AMBIGUOUS_ABBREVIATION, "T7"),
        ("TT Diêu Trì", FlagKind.AMBIGUOUS_ABBREVIATION, "TT"),
        ("ngày 31/02/2026", FlagKind.UNREAD_NUMBER, "31/02/2026"),
        ("ngày 31/02", FlagKind.UNREAD_NUMBER, "31/02"),
        ("mã H12.34-0001", FlagKind.UNREAD_NUMBER, "H12.34-0001"),
        ("số 1,234.56", FlagKind.UNREAD_NUMBER, "1,234.56"),
        ("lúc 25:70", FlagKind.UNREAD_NUMBER, "25:70"),
        ("lúc 25h30", FlagKind.UNREAD_NUMBER, "25h30"),
        ("quý IIX", FlagKind.UNKNOWN_ABBREVIATION, "IIX"),
        ("quý I, IIX", FlagKind.UNKNOWN_ABBREVIATION, "IIX"),
        ("IIX. Hồ sơ", FlagKind.UNKNOWN_ABBREVIATION, "IIX"),
        ("ngày 5-11", FlagKind.AMBIGUOUS_NUMBER, "5-11"),
        ("nộp 13/2026", FlagKind.AMBIGUOUS_NUMBER, "13/2026"),
        ("½ ngày", FlagKind.UNREAD_NUMBER, "½"),
        ("giá 12,345", FlagKind.AMBIGUOUS_NUMBER, "12,345"),
        ("giá 1,234,567", FlagKind.AMBIGUOUS_NUMBER, "1,234,567"),
        ("đạt 4/5 tiêu chí", FlagKind.AMBIGUOUS_NUMBER, "4/5"),
        ("đạt 30/6 tiêu chí", FlagKind.AMBIGUOUS_NUMBER, "30/6"),
        ("xem abc.vn nhé", FlagKind.UNKNOWN_ADDRESS, "abc.vn"),
        ("a@b.vn", FlagKind.UNKNOWN_ADDRESS, "a@b.vn"),
        ("xem hue.gov.vn/a?b=1.", FlagKind.LONG_ADDRESS, "hue.gov.vn/a?b=1"),
    ],
)
def test_what_is_not_certain_is_shown_to_a_person(
    written: str, kind: FlagKind, found: str
) -> None:
    assert flags(written) == [(kind, found)]


def test_a_form_of_several_meanings_names_them() -> None:
    (sentence,) = spell("Theo TT mới", shipped_speech())
    assert sentence.flags[0].hints == (
        "thông tư",
        "tuyên truyền",
        "trung tâm",
        "thị trấn",
        "thông tin",
    )
    assert sentence.text == "Theo TT mới"


def test_a_flag_stays_with_its_sentence() -> None:
    first, second = spell("Xin chào bà con. Theo XYZT thì nghỉ.", shipped_speech())
    assert first.flags == ()
    assert [flag.found for flag in second.flags] == ["XYZT"]


def test_sentences_end_where_they_end_and_not_at_an_abbreviation() -> None:
    found = spell("Nộp tại TP. Huế, xã, v.v. Có 2 cách! 3 ngày sau nhận. ok", shipped_speech())
    assert [sentence.text for sentence in found] == [
        "Nộp tại thành phố Huế, xã, vân vân.",
        "Có hai cách!",
        "Ba ngày sau nhận. ok",
    ]


def test_how_marks_are_composed_is_no_matter() -> None:
    assert read(unicodedata.normalize("NFD", "HĐND xã, quý IV")) == read("HĐND xã, quý IV")


def test_signs_nobody_sees_fall_away() -> None:
    assert read("th\u200bủ tục\u00a0mới\U000f0000") == "Thủ tục mới"


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Xin chào bà con!", 4), ("ki-lô-mét vuông", 4), ("Đắk Lắk", 2), ("D’ran", 1)],
)
def test_syllables_are_counted(text: str, count: int) -> None:
    assert syllables(text) == count


@pytest.mark.parametrize("word", ["PHƯỜNG", "BÁO", "quyết", "nghiêng", "GIẾNG", "AN", "quạ"])
def test_a_syllable_is_a_word(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["UBND", "PAPI", "VAT", "HĐND", "SARS", "OK"])
def test_what_cannot_be_a_syllable_is_no_word(word: str) -> None:
    assert not is_word(word)
