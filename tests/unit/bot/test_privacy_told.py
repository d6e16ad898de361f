"""What people tell about themselves and others in words is hidden; questions about it stay."""

from __future__ import annotations

import pytest

from bot.privacy import mask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mật khẩu vneid của tôi là Abc@12345", "mật khẩu vneid của tôi là [password]"),
        ("mat khau vneid cua em la abc12345", "mat khau vneid cua em la [password]"),
        ("mật khẩu: Hoa1990!", "mật khẩu: [password]"),
        ("mật khẩu là conyeumevangoi, sao sai", "mật khẩu là [password], sao sai"),
        ("mk vneid Abc@12345 sao không vào được", "mk vneid [password] sao không vào được"),
        ("mk: 123456", "mk: [password]"),
        ("pass vneid 654321", "pass vneid [password]"),
        ("password=Qwerty#1.", "password=[password]."),
        ("OTP 482913", "OTP [one-time code]"),
        ("mã otp của tôi là 482 913 nhập ở đâu", "mã otp của tôi là [one-time code] nhập ở đâu"),
        ("482913 là mã OTP phải không", "[one-time code] là mã OTP phải không"),
        ("ma xac thuc 4829", "ma xac thuc [one-time code]"),
        ("mã PIN: 123456", "mã PIN: [one-time code]"),
        ("con tôi Lê Minh Khôi học lớp 5", "con tôi [name] học lớp 5"),
        ("Vợ em Trần Thị Bé mới sinh", "Vợ em [name] mới sinh"),
        ("chong toi le van tam, mat hom qua", "chong toi [name], mat hom qua"),
        ("má con tên Nguyễn Thị Sáu, làm thẻ", "má con tên [name], làm thẻ"),
        ("CHỒNG TÔI LÊ VĂN TÁM MUỐN LÀM CCCD", "CHỒNG TÔI [name] MUỐN LÀM CCCD"),
        ("chủ tk LE VAN C", "chủ tk [name]"),
        ("chủ tài khoản: Nguyễn Văn C, vietcombank", "chủ tài khoản: [name], vietcombank"),
        ("tên tài khoản PHAM THI DAO", "tên tài khoản [name]"),
        ("ông Nguyễn Văn B chủ tịch xã", "ông [name] chủ tịch xã"),
        ("chu tich xa nguyen van b", "chu tich xa [name]"),
        ("chủ tịch phường Lê Thị B ăn tiền", "chủ tịch phường [name] ăn tiền"),
        ("cán bộ Trần Thị Mận hách dịch", "cán bộ [name] hách dịch"),
        ("hàng xóm tên là Phạm Quang Huy", "hàng xóm tên là [name]"),
        (
            "căn cước của tôi 001199012345 tên Nguyễn Văn An sđt 0912345678, tra giúp hồ sơ",
            "căn cước của tôi [cccd] tên [name] sđt [phone], tra giúp hồ sơ",
        ),
        ("cccd 001199012345 ten nguyen van an sdt", "cccd [cccd] ten [name] sdt"),
        ("cccd 001199012345 Nguyễn Văn An", "cccd [cccd] [name]"),
        ("căn cước 001199012345 (Trần Thu Hà)", "căn cước [cccd] ([name])"),
        ("0912345678 Nguyễn Văn An, tra giúp hồ sơ", "[phone] [name], tra giúp hồ sơ"),
        ("Nguyễn Văn An 0912345678", "[name] [phone]"),
        ("Lê Thu Hà, cccd 001199012345", "[name], cccd [cccd]"),
        ("hồ sơ tên Lê Minh Tuấn nộp tháng 3", "hồ sơ tên [name] nộp tháng 3"),
        ("sổ đỏ đứng tên Nguyễn Thị Hoa", "sổ đỏ đứng tên [name]"),
        ("đổi tên Lê Văn Tám thành Lê Minh Tâm", "đổi tên [name] thành [name]"),
        ("tôi ở số 12 Lê Lợi, phường 3", "tôi ở số [address], phường 3"),
        ("em o so 12 le loi phuong 3", "em o so [address] phuong 3"),
        ("nhà em ở số 7 Trần Hưng Đạo", "nhà em ở số [address]"),
        ("địa chỉ: số 45b Hai Bà Trưng, quận 1", "địa chỉ: số [address], quận 1"),
        ("trú tại số 9 Lê Lợi", "trú tại số [address]"),
        ("tôi ở 12 Lê Lợi thì nộp ở đâu", "tôi ở [address] thì nộp ở đâu"),
    ],
)  # fmt: skip
def test_what_is_told_of_persons_is_hidden(typed: str, kept: str) -> None:
    assert mask(typed).text == kept


@pytest.mark.parametrize(
    "typed",
    [
        "quên mật khẩu vneid phải làm sao", "mật khẩu là gì", "mật khẩu vneid đặt thế nào",
        "mat khau la bao nhieu ky tu", "mật khẩu phải có 8 ký tự", "mật khẩu mới là không đúng",
        "đổi mật khẩu dịch vụ công", "cho mk hỏi làm khai sinh", "mk sinh năm 1990 làm đc k",
        "mk 1990 có phải đổi thẻ không", "không nhận được mã OTP", "mã OTP 6 số gửi về đâu",
        "mã xác nhận gửi về email nào", "mã PIN của thẻ căn cước",
        "con tôi ba tuổi", "con tôi mai thi đại học", "con tôi Mai Châu", "vợ tôi ở Hà Nội",
        "chồng tôi là bộ đội", "bố em là Đảng viên", "ông bà nội",
        "chủ tịch phường Trần Hưng Đạo", "công an xã Lê Lợi", "cán bộ Tư pháp xã", "Ông Hồ",
        "đường Hai Bà Trưng", "xã Nguyễn Huệ", "chủ tài khoản là ai", "tên tài khoản sai",
        "tôi ở số 3 xã Tân Lập", "nộp ở số 2 phường 3", "quốc lộ số 1", "mẫu số 12",
        "đường tên Nguyễn Văn Linh", "tên đường Nguyễn Văn Linh", "tên công ty Hoàng Long",
        "trường tên Nguyễn Văn Trỗi có nhận học sinh không", "đặt tên Trần cho con", "tên Hà Nội",
        "đổi tên con cần gì", "đổi tên lý do gì", "đứng tên sổ đỏ", "tên cao quá dài",
        "ở phường 12 Lê Chân", "tôi ở 2 nơi", "ở số nhà nào", "tại số 5 Phường 7",
    ],
)  # fmt: skip
def test_questions_about_it_stay(typed: str) -> None:
    assert mask(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("gọi 0912345678 Hà Nội", "gọi [phone] Hà Nội"),
        ("gọi 0912345678 đường Lê Lợi", "gọi [phone] đường Lê Lợi"),
        ("0912345678 Cao tuổi được hưởng gì", "[phone] Cao tuổi được hưởng gì"),
        ("Hồ sơ của tôi, 0912345678", "Hồ sơ của tôi, [phone]"),
        ("thẻ 001199012345 hết hạn Đổi ở đâu", "thẻ [cccd] hết hạn Đổi ở đâu"),
    ],
)
def test_what_stands_beside_a_number_is_not_always_a_name(typed: str, kept: str) -> None:
    assert mask(typed).text == kept
