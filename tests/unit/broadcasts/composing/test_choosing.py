"""A plan's activity tells the kind of its news, or nothing is guessed."""

from __future__ import annotations

import unicodedata

import pytest

from broadcasts.composing.choosing import kind_told
from broadcasts.composing.kinds import URGENT, kinds


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        ("Đăng các văn bản chỉ đạo, điều hành của UBND lên Trang thông tin", "van_ban_moi"),
        ("Công khai thủ tục hành chính được sửa đổi, thay thế", "tthc_moi"),
        ("Danh mục thủ tục thí điểm chỉ nhận hồ sơ trực tuyến", "nop_truc_tuyen"),
        ("Kết quả xếp hạng Chỉ số CCHC, mức độ hài lòng của tổ chức, công dân", "ket_qua_cchc"),
        ("Công bố kết quả PAR  INDEX", "ket_qua_cchc"),
        ("KET QUA CHI SO CAI CACH HANH CHINH", "ket_qua_cchc"),
        ("Bài viết nêu gương điển hình tiên tiến, các sáng kiến mới", "guong_dien_hinh"),
        ("Hướng dẫn người dân sử dụng dịch vụ công trực tuyến", "huong_dan_dvc"),
        ("Vận động dùng dịch vụ bưu chính công ích", "buu_chinh"),
        ("Chương trình đối thoại trực tiếp lãnh đạo UBND xã", "lich_doi_thoai"),
        ("Tổ chức thi tìm hiểu về cải cách hành chính", "cuoc_thi"),
    ],
)
def test_the_words_of_an_activity_tell_its_kind(activity: str, kind: str) -> None:
    for written in (activity, unicodedata.normalize("NFD", activity), activity.upper()):
        told = kind_told(written)
        assert told is not None
        assert told.code == kind


@pytest.mark.parametrize(
    "activity",
    [
        "",
        "Chuyên mục “cải cách hành chính”.",
        "Cập nhật các tin, bài về công tác cải cách hành chính của thị xã",
        "Tỷ lệ hồ sơ được cung cấp qua dịch vụ công trực tuyến mức độ 3, 4",
        "Gắn cải cách hành chính với công tác thi đua khen thưởng",
        "Tập huấn nghiệp vụ; cập nhật chủ trương, chính sách mới",
        # Several kinds are spoken of: which one it is to be, a person says.
        "Hướng dẫn về dịch vụ công trực tuyến; trả kết quả qua Bưu điện",
        "Tổ chức cuộc thi, nêu gương điển hình",
    ],
)
def test_what_tells_no_single_kind_is_not_guessed(activity: str) -> None:
    assert kind_told(activity) is None


def test_every_phrase_tells_its_own_kind_and_no_plan_foresees_what_is_urgent() -> None:
    for kind in kinds().values():
        assert {kind_told(phrase) for phrase in kind.words} <= {kind}
    assert kinds()[URGENT].words == ()
