"""One text, the quantities in it: "surface = value unit kind [direction] [approx]", · for no unit, ? for no number."""

from __future__ import annotations

import re
from decimal import localcontext
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.language.pack import load_pack
from extractor.language.quantity import Lexer
from extractor.model import Quantity

LEXER = Lexer(load_pack())

NUMBERS = {
    "培训58.85万人次": "58.85万人次 = 588500 人次 amount",
    "培训５８．８５万人次": "５８．８５万人次 = 588500 人次 amount",
    "完成投资2亿3000万元": "2亿3000万元 = 230000000 元 amount",
    "总投资1.2万亿元": "1.2万亿元 = 1200000000000 元 amount",
    "投入3亿5千万元": "3亿5千万元 = 350000000 元 amount",
    "惠及3万5000户": "3万5000户 = 35000 户 amount",
    "投资三点五亿元": "三点五亿元 = 350000000 元 amount",
    "拨付三千二百九十一点三万元": "三千二百九十一点三万元 = 32913000 元 amount",
    "补助伍佰万元": "伍佰万元 = 5000000 元 amount",
    "新建三千二百一十套": "三千二百一十套 = 3210 套 amount",
    "发放两百五十份": "两百五十份 = 250 份 amount",
    "发放两百五份": "两百五份 = 250 份 amount",
    "受益一百二十万零三人": "一百二十万零三人 = 1200003 人 amount",
    "受益一百二十万零三": "一百二十万零三 = 1200003 · amount",
    "共12个": "12个 = 12 个 amount",
    "选派126名医疗骨干": "126名 = 126 名 amount",
    "惠及300名师生": "300名 = 300 名 amount",
    "建成20家长者食堂": "20家 = 20 家 amount",
    "建成200张家庭养老床位": "200张 = 200 张 amount",
    "新建5个体育公园": "5个 = 5 个 amount",
    "1.2万户用上清洁能源": "1.2万户 = 12000 户 amount",
    "共1,024.3公里": "1,024.3公里 = 1024.3 公里 amount",
    "共31 450户": "31 450户 = 31450 户 amount",
    "共1,234,567人": "1,234,567人 = 1234567 人 amount",
    "共１，０２４户": "１，０２４户 = 1024 户 amount",
    "建成 32 所": "32 所 = 32 所 amount",
    "建成 3.5 万 平方米": "3.5 万 平方米 = 35000 平方米 amount",
    "建成32\n所\n学校": "32\n所 = 32 所 amount",
    "统一三个标准": "三个 = 3 个 amount",
    "两个中心": "两个 = 2 个 amount",
    "气温零下5度": "零下5度 = -5 度 amount",
    "得分为-2.5分": "-2.5分 = -2.5 分 amount",
    "结果为负零点五": "负零点五 = -0.5 · amount",
    "共8000": "8000 = 8000 · amount",
    "用时3.5个小时": "3.5个小时 = 3.5 小时 amount",
    "用时一个半小时": "一个半小时 = 1.5 小时 amount",
    "历时两个半月": "两个半月 = 2.5 月 amount",
    "提前一年半": "一年半 = 1.5 年 amount",
    "提前半年完成": "半年 = 0.5 年 amount",
    "只需半小时": "半小时 = 0.5 小时 amount",
    "缩短半个月": "半个月 = 0.5 月 amount",
}
APPROXIMATE = {
    "约30个": "30个 = 30 个 amount about",
    "约 30 个": "30 个 = 30 个 amount about",
    "30个左右": "30个 = 30 个 amount about",
    "近30万人": "30万人 = 300000 人 amount about",
    "将近30万人": "30万人 = 300000 人 amount about",
    "接近三成": "三成 = 30 % rate about",
    "近八成": "八成 = 80 % rate about",
    "超10万人": "10万人 = 100000 人 amount over",
    "超过10万人": "10万人 = 100000 人 amount over",
    "逾百万人": "百万人 = 1000000 人 amount over",
    "突破100亿元": "100亿元 = 10000000000 元 amount over",
    "60家以上": "60家 = 60 家 amount over",
    "10余个": "10余个 = 10 个 amount over",
    "20多万人": "20多万人 = 200000 人 amount over",
    "3万余户": "3万余户 = 30000 户 amount over",
    "20几个": "20几个 = 20 个 amount over",
    "20来个": "20来个 = 20 个 amount about",
    "十几个": "十几个 = 10 个 amount over",
    "十几万元": "十几万元 = 100000 元 amount over",
    "二十余所": "二十余所 = 20 所 amount over",
    "三千多万元": "三千多万元 = 30000000 元 amount over",
    "八千多": "八千 = 8000 · amount over",
    "历时两年多": "两年 = 2 年 amount over",
    "3个多月": "3个多月 = 3 月 amount over",
    "百余场": "百余场 = 100 场 amount over",
    "千余名群众": "千余名 = 1000 名 amount over",
    "上千人": "上千人 = 1000 人 amount over",
    "上百万元": "上百万元 = 1000000 元 amount over",
    "近百人": "百人 = 100 人 amount about",
    "近千户": "千户 = 1000 户 amount about",
    "不足5%": "5% = 5 % rate under",
    "不到一百人": "一百人 = 100 人 amount under",
    "不少于40个": "40个 = 40 个 amount at_least",
    "至少3名": "3名 = 3 名 amount at_least",
    "不超过20天": "20天 = 20 天 amount at_most",
    "20天以内": "20天 = 20 天 amount at_most",
    "签约16万人": "16万人 = 160000 人 amount",
    "附近3个站": "3个 = 3 个 amount",
    "节约3万元": "3万元 = 30000 元 amount",
    "5个多功能厅": "5个 = 5 个 amount",
}
VAGUE = {
    "帮助数十家企业": "数十家 = ? 家 amount",
    "帮助几十家企业": "几十家 = ? 家 amount",
    "数百个": "数百个 = ? 个 amount",
    "数千万元": "数千万元 = ? 元 amount",
    "好几百人": "几百人 = ? 人 amount",
    "数十": "数十 = ? · amount",
}
RANGES = {
    "20-30公里": "20-30公里 = 20–30 公里 amount",
    "20—30公里": "20—30公里 = 20–30 公里 amount",
    "20~30公里": "20~30公里 = 20–30 公里 amount",
    "20～30公里": "20～30公里 = 20–30 公里 amount",
    "20至30公里": "20至30公里 = 20–30 公里 amount",
    "20到30公里": "20到30公里 = 20–30 公里 amount",
    "20公里至30公里": "20公里至30公里 = 20–30 公里 amount",
    "20 - 30 公里": "20 - 30 公里 = 20–30 公里 amount",
    "3至5万元": "3至5万元 = 30000–50000 元 amount",
    "3万至5万元": "3万至5万元 = 30000–50000 元 amount",
    "3万元至5万元": "3万元至5万元 = 30000–50000 元 amount",
    "3000至5万元": "3000至5万元 = 3000–50000 元 amount",
    "三到五万元": "三到五万元 = 30000–50000 元 amount",
    "三至五个": "三至五个 = 3–5 个 amount",
    "1.5亿至2亿元": "1.5亿至2亿元 = 150000000–200000000 元 amount",
    "10%-15%": "10%-15% = 10–15 % rate",
    "10-15%": "10-15% = 10–15 % rate",
    "百分之十到百分之十五": "百分之十到百分之十五 = 10–15 % rate",
    "百分之十至十五": "百分之十至十五 = 10–15 % rate",
    "六至八成": "六至八成 = 60–80 % rate",
    "七八成": "七八成 = 70–80 % rate",
    "5至8个百分点": "5至8个百分点 = 5–8 百分点 change",
    "2到3倍": "2到3倍 = 2–3 倍 rate",
    "七八十人": "七八十人 = 70–80 人 amount",
    "三五个": "三五个 = 3–5 个 amount",
    "两三天": "两三天 = 2–3 天 amount",
    "二三百万元": "二三百万元 = 2000000–3000000 元 amount",
    "一百二三十户": "一百二三十户 = 120–130 户 amount",
    "十二三天": "十二三天 = 12–13 天 amount",
    "15—20个左右": "15—20个 = 15–20 个 amount about",
    "由3个增加到5个": "3个 = 3 个 amount; 5个 = 5 个 amount",
    "从3到5个": "3 = 3 · amount; 5个 = 5 个 amount",
    "8个到5个": "8个 = 8 个 amount; 5个 = 5 个 amount",
    "3年至5个": "3年 = 3 年 amount; 5个 = 5 个 amount",
}
SHARES = {
    "百分之九十五点二": "百分之九十五点二 = 95.2 % rate",
    "百分之95.2": "百分之95.2 = 95.2 % rate",
    "百分之百": "百分之百 = 100 % rate",
    "９５．２％": "９５．２％ = 95.2 % rate",
    "95.2 %": "95.2 % = 95.2 % rate",
    "千分之三": "千分之三 = 3 ‰ rate",
    "3.5‰": "3.5‰ = 3.5 ‰ rate",
    "万分之五": "万分之五 = 5 ‱ rate",
    "九成": "九成 = 90 % rate",
    "九成五": "九成五 = 95 % rate",
    "8.5成": "8.5成 = 85 % rate",
    "一成半": "一成半 = 15 % rate",
    "五分之一": "五分之一 = 0.2 · rate",
    "三分之二": "三分之二 = 0.6667 · rate",
    "4分之3": "4分之3 = 0.75 · rate",
    "一半": "一半 = 50 % rate",
    "半数": "半数 = 50 % rate",
    "过半": "半 = 50 % rate over",
    "超半数": "半数 = 50 % rate over",
    "15.5个百分点": "15.5个百分点 = 15.5 百分点 change",
    "0.3个千分点": "0.3个千分点 = 0.3 千分点 change",
    "41个、22个百分点": "41个 = 41 百分点 change; 22个百分点 = 22 百分点 change",
    "2.6个和1.9个百分点": "2.6个 = 2.6 百分点 change; 1.9个百分点 = 1.9 百分点 change",
    "9.8/10万": "9.8/10万 = 9.8 /10万 rate",
    "师生比1.5:1": "1.5:1 = 1.5 · rate",
}
CHANGES = {
    "同比增长三成": "三成 = 30 % change up",
    "同比增长12.5%": "12.5% = 12.5 % change up",
    "同比下降 3.2%": "3.2% = 3.2 % change down",
    "提高了3.5个百分点": "3.5个百分点 = 3.5 百分点 change up",
    "增幅为8%": "8% = 8 % change up",
    "增长约两成": "两成 = 20 % change up about",
    "分别增长8%、9%": "8% = 8 % change up; 9% = 9 % rate",
    "提高到41%": "41% = 41 % rate",
    "增长-2.3%": "-2.3% = -2.3 % change up",
    "翻一番": "翻一番 = 100 % change up",
    "翻番": "翻番 = 100 % change up",
    "翻了一番": "翻了一番 = 100 % change up",
    "翻两番": "翻两番 = 300 % change up",
    "翻一倍": "翻一倍 = 100 % change up",
    "增长3倍": "3倍 = 3 倍 change up",
    "是上年的1.6倍": "1.6倍 = 1.6 倍 rate",
    "增长一倍半": "一倍半 = 1.5 倍 change up",
}
MONEY = {
    "12元": "12元 = 12 元 amount",
    "12元5角": "12元5角 = 12.5 元 amount",
    "3元2角5分": "3元2角5分 = 3.25 元 amount",
    "5角": "5角 = 5 角 amount",
    "5块钱": "5块钱 = 5 块钱 amount",
    "300万美元": "300万美元 = 3000000 美元 amount",
    "3亿元人民币": "3亿元人民币 = 300000000 元人民币 amount",
    "500万港元": "500万港元 = 5000000 港元 amount",
    "¥100万": "¥100万 = 1000000 ¥ amount",
    "￥1,200": "￥1,200 = 1200 ¥ amount",
    "每人每月744元": "744元 = 744 元 amount",
    "300元/月": "300元/月 = 300 元/月 amount",
    "385元/人·月": "385元/人·月 = 385 元/人·月 amount",
    "补贴20万、30万元": "20万 = 200000 元 amount; 30万元 = 300000 元 amount",
}
MEASURES = {
    "一百二十平方米": "一百二十平方米 = 120 平方米 amount",
    "120㎡": "120㎡ = 120 ㎡ amount",
    "1.5万亩": "1.5万亩 = 15000 亩 amount",
    "100公里": "100公里 = 100 公里 amount",
    "3公里500米": "3公里500米 = 3.5 公里 amount",
    "1小时20分钟": "1小时20分钟 = 80 分钟 amount",
    "5千瓦": "5千瓦 = 5 千瓦 amount",
    "50万千瓦": "50万千瓦 = 500000 千瓦 amount",
    "1.2亿千瓦时": "1.2亿千瓦时 = 120000000 千瓦时 amount",
    "20MW": "20MW = 20 MW amount",
    "500kW": "500kW = 500 kW amount",
    "5km": "5km = 5 km amount",
    "2TB": "2TB = 2 TB amount",
    "4.2万吨/日": "4.2万吨/日 = 42000 吨/日 amount",
    "42000吨每日": "42000吨每日 = 42000 吨每日 amount",
    "38微克/立方米": "38微克/立方米 = 38 微克/立方米 amount",
    "4.5批次/千人": "4.5批次/千人 = 4.5 批次/千人 amount",
    "30例/10万人": "30例/10万人 = 30 例/10万人 amount",
    "22条306公里": "22条 = 22 条 amount; 306公里 = 306 公里 amount",
    "213个、2万户": "213个 = 213 个 amount; 2万户 = 20000 户 amount",
    "新建3、5公里": "3 = 3 公里 amount; 5公里 = 5 公里 amount",
    "300户每户500元": "300户 = 300 户 amount; 500元 = 500 元 amount",
    "100个/50个": "100个 = 100 个 amount; 50个 = 50 个 amount",
    "打8折": "8折 = 8 折 rate",
}
# Numerals that are no quantities, and words that only look like numerals.
NONE = {
    "idioms": "三五成群 千家万户 千方百计 万家灯火 百花齐放 百年大计 一心一意 五湖四海 七上八下 成千上万 数以万计",
    "dates": "2023年12月20日 二〇二三年十二月二十日 12月20日 2023年1-11月 2021-2025年 6月底前 8:30—17:30 晚上6点",
    "periods": "前三季度 上半年 下半年 “十四五”规划 十三五时期 三年行动计划 连续六年 周一至周五 星期三",
    "ordinals": "第八场 第46次常务会议 第三方 第一名 五届人大六次会议 居全省第4位 排名前三",
    "names": "“两病”筛查 “三提高一下降” “一老一小” 15分钟健身圈 一户一档 12345热线 “120”急救 一站式 一卡通 两镇 三农",
    "specifications": "5G基站 DN300管道 PM2.5浓度 IPv6 10千伏及以下线路 60岁以上老年人 0-3岁婴幼儿 24小时自助",
    "places": "经九路 新七街 平西六路 三门峡 七台河 五台山 五家渠 四方区 二级以上医院 地铁3号线 G240国道 三甲医院",
    "references": "渝民实办〔2023〕3号 0377-63131234 13800138000 400-820-8820 2022312号",
    "words": "统一 一直 唯一 万一 一些 一定 一般 一起建设 一路 一样 一体化 一方面 十分重视 百姓 大半 人数 多数",
    "any one": "每一户 某一项 同一家 一次性补助 之一 一名工作人员说 三心二意 双方 珠三角 六角亭",
}


def line(quantity: Quantity) -> str:
    value = "?" if quantity.value is None else f"{quantity.value:f}"
    if quantity.value_max is not None:
        value += f"–{quantity.value_max:f}"
    unit = quantity.unit.text if quantity.unit else "·"
    said = [f"{quantity.surface} =", value, unit, quantity.kind, quantity.direction or "", quantity.approx or ""]
    return " ".join(filter(None, said))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *NUMBERS.items(), *APPROXIMATE.items(), *VAGUE.items(), *RANGES.items(), *SHARES.items(), *CHANGES.items(),
        *MONEY.items(), *MEASURES.items(),
    ],
)  # fmt: skip
def test_a_text_has_its_quantities(text: str, read: str) -> None:
    assert "; ".join(line(quantity) for quantity in extractor.quantities(text)) == read


@pytest.mark.parametrize("text", [text for texts in NONE.values() for text in texts.split()])
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert [line(quantity) for quantity in extractor.quantities(text)] == []


def test_a_row_without_blanks_is_read_number_by_number() -> None:
    read = [line(quantity) for quantity in extractor.quantities("1万2亿3个12元5")]
    assert read == ["1万 = 10000 · amount", "2亿 = 200000000 · amount", "3个 = 3 个 amount", "12元 = 12 元 amount",
                    "5 = 5 · amount"]  # fmt: skip


@settings(deadline=None)
@given(
    st.text(
        st.sampled_from("0123456789,. -—~至到年月日零一二三十百千万亿点半成几数多余个百分点元角%/“”()\n和、每第"),
        max_size=40,
    )
)
def test_every_run_of_digits_is_in_one_numeral(text: str) -> None:
    lexemes = LEXER.read(text)
    assert all(this.end <= following.start for this, following in pairwise(lexemes))
    for run in re.finditer(r"\d+", text):
        assert sum(lexeme.start <= run.start() and run.end() <= lexeme.end for lexeme in lexemes) == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_its_surfaces(text: str) -> None:
    for quantity in extractor.quantities(text):
        assert quantity.surface == text[slice(*quantity.span)] == quantity.surface.strip()
        assert quantity.value_max is None or (quantity.value is not None and quantity.value < quantity.value_max)


# What could be made to take hours, or to be read as one number without end.
ENDLESS = (
    "1",
    "一",
    "十",
    "“",
    "(",
    "“1",
    "“一",
    "1,",
    "1-",
    "1 ",
    "1.",
    "三百",
    "[2023]",
    "电话",
    "1岁",
    "每1",
    "1万",
    "一、",
)


@pytest.mark.parametrize("part", ENDLESS)
def test_a_text_without_end_is_read_to_its_end(part: str) -> None:
    text = part * (30_000 // len(part)) + "。建成32所"
    *_, last = LEXER.read(text)
    assert text[last.start : last.end] == "32所"


def test_values_are_exact_whatever_precision_the_program_has_set() -> None:
    texts = {**NUMBERS, **SHARES, **MONEY, **MEASURES, "投资123456789.25元": "123456789.25元 = 123456789.25 元 amount"}
    with localcontext(prec=2):
        read = {text: "; ".join(line(quantity) for quantity in extractor.quantities(text)) for text in texts}
    assert read == texts
