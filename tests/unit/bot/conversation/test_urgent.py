"""Danger now is told whom to call before anything else; papers after it are no danger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.places import Places
from bot.conversation.steps.intent import URGENT, WHATEVER_IS_NAMED
from knowledge.models import OfficeCode
from knowledge.text import fold, tokens
from tests.unit.bot.conversation.test_follow_ups import talk

POLICE = (
    "con tôi bị bạn đánh ở trường",
    "hàng xóm đánh nhau",
    "chong dang danh em",
    "ck e danh e hoai",
    "ba tui say rượu đánh má tui",
    "bị chồng bạo hành",
    "có người cầm dao trước nhà",
    "nó đòi giết cả nhà tôi",
    "bị nhốt trong nhà",
    "em bi nhot trong phong",
    "nhà bên có trộm",
    "tôi vừa bị cướp giật",
    "bị cướp giật điện thoại",
    "có người lạ cạy cửa",
    "con bị đánh hội đồng",
    "chém nhau ngoài chợ",
    "chém lộn ngoài ngõ",
    "phát hiện xác chết ngoài đồng",
    "bị bắt cóc",
    "thầy giáo đánh con tôi chảy máu",
    "mẹ kế đánh đập con bé dã man",
    "chu no danh toi",
    "bạn trai tát em",
    "gọi công an gấp",
)
ABUSE = (
    "em bị anh họ sờ người",
    "cháu 13 tuổi bị bố dượng sờ mó",
    "bị cưỡng hiếp",
    "bị ba dượng hiếp dâm",
    "bị ba dượng hiếp",
    "bi cuong hiep",
    "thầy giáo sàm sỡ con gái tôi",
    "con gai toi bi thay giao sam so",
    "bé gái bị hàng xóm dâm ô",
    "bị sếp quấy rối tình dục",
    "cháu tôi bị xâm hại",
    "bị ép quan hệ",
    "ông già rờ mó cháu em",
)
FIRE = (
    "xe lật xuống ruộng có người bị kẹt",
    "cháy nhà rồi, cứu với",
    "chay nha roi",
    "cháy",
    "nhà hàng xóm đang bốc cháy",
    "đang cháy mà giấy tờ còn trong nhà",
    "cây đổ đè người",
    "tường sập đè trúng thợ",
    "kẹt thang máy",
    "sạt lở đất vùi người rồi",
    "khói mù mịt trong chung cư",
)
GAS = (
    "rò rỉ khí gas",
    "rò rỉ khí ga quá",
    "ro ri khi gas",
    "mùi gas nồng nặc trong nhà",
    "bình ga bị xì",
    "xì gas rồi",
    "nghe mùi ga quá trời",
)
WATER = (
    "nước lên tới ngực rồi",
    "có đứa nhỏ rớt xuống ao",
    "lũ lên cao quá không ra được",
    "nuoc lu len khong ra duoc",
    "nước ngập tới nóc nhà",
    "con tôi bị nước cuốn",
    "có người đuối nước",
    "cháu bé rớt xuống giếng",
    "lật ghe ngoài sông",
    "nhà ngập mắc kẹt hai mẹ con",
)
MEDICAL = (
    "bé nhà em nuốt pin rồi",
    "ba em té cầu thang nằm im luôn",
    "vợ em sắp sinh vỡ ối rồi",
    "vo em be oi roi",
    "điện giật",
    "thợ bị điện giật",
    "bà nội ngất xỉu",
    "ba em bị đột quỵ",
    "con em hóc hạt nhãn",
    "bé sốt cao co giật",
    "mẹ uống nhầm thuốc sâu",
    "bị rắn cắn",
    "tai nạn giao thông trước cổng chợ",
    "bị xe tông bất tỉnh",
    "cháu bị bỏng nước sôi",
    "ngộ độc cả nhà",
    "chồng em treo cổ",
)
BITE = ("bị chó dại cắn", "chó hàng xóm cắn người", "con bị mèo cào", "bi cho can")
MISSING = (
    "ông ngoại đi đâu từ hôm qua tới giờ chưa về",
    "con tôi mất tích 2 ngày rồi",
    "bà ngoại đi lạc từ sáng",
    "lạc mất con ở chợ",
    "con gái bỏ nhà đi 3 hôm nay",
    "con toi mat tich",
    "ông nội đi từ sáng chưa thấy về",
)
THREAT = (
    "bồ cũ đăng clip của em lên mạng",
    "bị tống tiền bằng clip",
    "người yêu cũ tung ảnh nóng",
    "dọa tung clip lên mạng",
    "xã hội đen đến đòi nợ",
    "bị gọi điện khủng bố đòi nợ",
    "chồng cũ nhắn tin đe dọa",
    "bị quay lén",
)
FRAUD = (
    "em bị người ta lừa 30tr qua zalo",
    "vừa chuyển tiền cho bọn lừa đảo xong",
    "bị lừa đảo qua mạng",
    "bị lừa chuyển khoản 50 triệu",
    "bi lua chuyen khoan",
    "mẹ tôi bị lừa 200 triệu",
    "lỡ chuyển tiền cho lừa đảo",
    "lỡ đọc otp cho nó rồi",
    "tài khoản bị trừ tiền bị rút hết tiền",
    "mua hàng online bị lừa",
    "đầu tư sàn không rút được tiền",
)
CRIME = (
    "có người bán ma túy gần nhà",
    "đánh bạc trong xóm",
    "tụ tập đánh bạc",
    "đá gà ăn tiền",
    "trộm chó",
    "tối qua nhà bị mất trộm",
    "có tụi hút chích trong hẻm",
)
OFFICIAL = ("công an đánh người", "cong an danh nguoi", "bị công an đánh", "cán bộ đánh dân")
EXPLOSIVE = ("phát hiện bom mìn khi cuốc đất", "đào móng thấy quả bom", "ngoài ruộng có lựu đạn")
HELP = (
    "cứu tôi",
    "cứu",
    "cứu em với",
    "nhà bên cạnh có người kêu cứu",
    "cuu voi",
    "help me",
)
SAID_FIRST = {
    "113 (công an)": (*POLICE, *ABUSE),
    "114": (*FIRE, *WATER),
    "rò rỉ khí": GAS,
    "115": MEDICAL,
    "Bị chó, mèo cắn": BITE,
    "mất tích": MISSING,
    "tống tiền": THREAT,
    "lừa lấy tiền": FRAUD,
    "tội phạm": CRIME,
    "113; có người bị thương": OFFICIAL,
    "đừng chạm": EXPLOSIVE,
    "gọi ngay:": HELP,
}
NO_DANGER = (
    "khai tử cho bố mới mất",
    "chồng chết đuối làm khai tử cần giấy tờ gì",
    "ba tôi mất tại bệnh viện khai tử ở đâu",
    "người thân tự tử khai tử thế nào",
    "tai nạn lao động hưởng chế độ gì",
    "bị tai nạn giao thông bảo hiểm chi trả thế nào",
    "tai nạn lao động chết người được bồi thường bao nhiêu",
    "bi tai nan lao dong lam ho so gi",
    "mất giấy tờ xe do bị trộm",
    "mất căn cước làm lại",
    "bị cướp mất căn cước xin cấp lại",
    "bị giật túi mất hộ chiếu",
    "đánh mất sổ đỏ",
    "đánh rơi bằng lái",
    "bị đánh cắp cccd",
    "thi bằng lái bị đánh rớt thì thi lại ở đâu",
    "cán bộ đánh giá hồ sơ mất bao lâu",
    "thuế bị đánh thế nào",
    "bị đánh thuế đất hai lần",
    "thương binh hạng 4 có trợ cấp không",
    "xin giấy xác nhận thương binh",
    "bố bị thương nặng hồi chiến tranh làm hồ sơ thương binh",
    "nhà cháy được hỗ trợ không",
    "nha bi chay xin ho tro",
    "cháy nhà mất sổ đỏ xin cấp lại",
    "nhà cháy hết giấy tờ giờ làm lại sao",
    "nhà bị bão sập được hỗ trợ không",
    "lũ cuốn trôi nhà có được trợ cấp không",
    "bạo lực gia đình thủ tục xin cấm tiếp xúc",
    "chồng đánh muốn ly hôn cần giấy tờ gì",
    "nạn nhân bạo hành gia đình được hỗ trợ gì",
    "thủ tục hỗ trợ trẻ em bị xâm hại",
    "trẻ bị xâm hại được trợ giúp pháp lý không",
    "đi viện cấp cứu trái tuyến bhyt có chi trả không",
    "cấp giấy phép xe cứu thương",
    "mở đại lý gas cần giấy phép gì",
    "giấy chứng nhận phòng cháy chữa cháy",
    "nghiệm thu pccc",
    "tuyên bố người mất tích",
    "chồng mất tích 5 năm làm sao ly hôn",
    "bộ đội mất tích trong chiến tranh xác nhận liệt sĩ",
    "mất tích giấy tờ",
    "hồ sơ của tôi bị mất tích",
    "vợ bỏ nhà đi làm khai sinh cho con thế nào",
    "nạn nhân bom mìn được trợ cấp không",
    "kinh doanh vật liệu nổ",
    "xóa án tích tội đánh bạc",
    "cai nghiện ma túy đăng ký ở đâu",
    "sắp sinh con cần chuẩn bị giấy tờ gì",
    "vợ em sắp sinh hưởng thai sản sao",
    "đẻ rơi không có giấy chứng sinh",
    "tra cứu em bé đã có số định danh chưa",
    "cứu em vụ này với, làm cccd ở đâu",
    "nhận biết kẻ lừa đảo giả công an",
    "công an gọi bảo cập nhật vneid có phải lừa đảo không",
    "đánh máy sai tên trong khai sinh",
    "trợ cấp cứu đói giáp hạt",
    "mất khả năng lao động được hưởng gì",
    "gia đình có người chết được mai táng phí bao nhiêu",
    "con bị điện giật chết có được trợ cấp không",
    "hồ sơ chậm chờ muốn chết",
    "đóng quỹ phòng chống thiên tai",
    "tiêm phòng chó dại cho chó ở đâu",
    "đèn đường cháy bóng",
    "đường ngập quá xe không đi được",
    "chó thả rông ngoài đường",
    "trâu đi lạc vào ruộng nhà tôi",
    "bị phạt vì đánh nhau nộp tiền ở đâu",
    "sinh con thứ ba có bị phạt không",
    "lớp học bơi phòng chống đuối nước",
    "em o tro muon dang ky tam tru",
    "con mất cha được trợ cấp mồ côi không",
    "cấp lại thẻ thương binh bị mất",
    "đổi bằng lái bị cháy",
    "thủ tục tố cáo",
    "hộ bị cháy nhà hưởng gì",
    "con em bị bạn đánh xin chuyển trường",
    # The same letters without marks say something else.
    "con toi hoc lop 7 xin chuyen truong",
    "cat dat de ban cho em",
    "ruong lua kem muon chuyen sang trong cam",
    "xe dang chay bi hu giay",
    "cap giay thong hanh cho can bo",
    "xin bao hanh may in cua xa",
    "no thue nhieu qua xin tra tu tu",
    "tien ma chay nha nuoc cho thi xin o dau",
    "ba ma di lam xa gui chau cho ngoai",
    "de toi hoi chut ve dat",
    "vui choi duoi nuoc o ho can xin phep gi",
    "tai khoan bi phong toa vi no thue",
    "trung tam du hoc het han",
    "gui tien nop thue lan hai lo chuyen thua",
    "anh em tranh chap dat vi hang rao",
    "muon chay xe dich vu can bang gi",
)


@pytest.mark.parametrize(
    ("said", "first"), [(said, first) for first, each in SAID_FIRST.items() for said in each]
)
def test_whom_to_call_is_said_first(desk: Desk, said: str, first: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.EMERGENCY
    assert first in result.replies[-1].text.splitlines()[0]
    assert not result.procedure


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("help my house is on fire", "114"),
        ("I want to kill myself", "not alone"),
        ("có đứa bé bị bỏ rơi trước cổng chùa", "111"),
        ("cứuuuuu tôiiii với", "113"),
        ("công an gọi điện bắt chuyển tiền", "ngân hàng"),
        ("vk e dang de roi ma chua toi benh vien", "115"),
        ("em bị lừa sang campuchia, chúng nó không cho về", "113"),
    ],
)
def test_danger_is_met_with_what_helps(desk: Desk, said: str, told: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.EMERGENCY
    assert told in result.replies[-1].text


@pytest.mark.parametrize("said", ["cô ơi cho cháu hỏi", "chú công an ơi", "cô chú ơi", "hiiii"])
def test_calling_somebody_is_no_danger(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is not Outcome.EMERGENCY


@pytest.mark.parametrize("said", NO_DANGER)
def test_papers_are_no_danger(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is not Outcome.EMERGENCY


def test_few_words_for_a_procedure_are_taken_for_danger(desk: Desk) -> None:
    known = desk.knowledge.snapshot.procedures
    every = sorted({alias for one in known for alias in one.aliases})[::15]
    folded = [fold(alias) for alias in every]
    urgent = (
        said
        for said in (*every, *folded)
        if desk.intents.first(URGENT, desk.intents.hear(tokens(said)))
    )
    calm = [
        said
        for said in urgent
        if desk.intents.first(WHATEVER_IS_NAMED, desk.intents.hear(tokens(said))) == ""
    ]
    assert [one for one in calm if talk(desk, one).outcome is Outcome.EMERGENCY] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [("em bị chồng đánh muốn uỷ ban cấm không cho đến gần", "1.012084")],
)
def test_who_is_beaten_finds_rescue_first_and_the_way_on_beside(
    desk: Desk, said: str, code: str
) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.EMERGENCY
    assert [choice.value for choice in result.replies[-1].choices] == [f"p:{code}"]


@pytest.mark.parametrize("typed", ["xin nơi tạm lánh", "xin cấm tiếp xúc"])
def test_what_a_beaten_person_is_told_to_type_is_answered(desk: Desk, typed: str) -> None:
    assert f"“{typed}”" in talk(desk, "bị chồng đánh").replies[-1].text
    assert talk(desk, typed).outcome in (Outcome.ANSWERED, Outcome.CHOICES)


def test_a_fraud_is_stopped_at_the_bank_and_no_fire_is_spoken_of(desk: Desk) -> None:
    told = talk(desk, "bị lừa chuyển khoản 50 triệu").replies[-1].text
    assert "Gọi ngân hàng" in told
    assert "114" not in told


def test_a_child_in_danger_has_a_number_of_its_own(desk: Desk) -> None:
    for said in ("cháu 13 tuổi bị bố dượng sờ mó", "con tôi bị bạn đánh ở trường"):
        assert "111" in talk(desk, said).replies[-1].text


def test_who_is_beaten_by_an_official_is_asked_for_no_names(desk: Desk) -> None:
    assert "đừng viết tên" in talk(desk, "công an đánh người").replies[-1].text


def test_the_police_nearby_are_named_when_the_office_knows_them(desk: Desk) -> None:
    assert "Công an xã Mẫu: " in talk(desk, "nhà bên có trộm").replies[-1].text
    alone = replace(desk, places=Places(()))
    assert "Công an xã Mẫu" not in talk(alone, "nhà bên có trộm").replies[-1].text


def test_the_police_of_another_commune_are_not_nearby(desk: Desk) -> None:
    assert desk.office is not None
    home = replace(desk.office, code=OfficeCode("elsewhere"), parent=OfficeCode("beyond"))
    assert desk.places.police(home) is None
    beside = replace(desk.office, code=OfficeCode("mau-xa-vp"), parent=OfficeCode("mau-xa"))
    found = desk.places.police(beside)
    assert found is not None
    assert found.name == "Công an xã Mẫu"
