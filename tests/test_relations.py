"""What belongs together across clauses, brackets, labels and lines: each figure with what is said of it."""

from __future__ import annotations

import pytest

import extractor

HEAD = "北山市2023年民生实事完成情况\n一、改善民生\n"
TAIL = "\n二、其他\n修路3公里。\n"

CASES = {
    "those who take part, and of what kind": (
        "参训群众1.8万人次，惠及入住老人1630余名。新建集中充电棚90处，完成免费检查3万人，免费检查妇女2万人。",
        ["1.8万人次 参训群众", "1630余名 入住老人", "90处 集中充电棚", "3万人 免费检查", "2万人 妇女"],
    ),
    "a condition and a share": (
        "满意率低于80%的项目限期整改；超过80%的学校建成食堂。",
        ["80% 民生"],
    ),
    "what only tells how far it is": (
        "服务人口36.4万人，年度任务提前3个月完成。4个项目超序时进度，2个项目符合序时进度，1个项目滞后。",
        ["36.4万人 服务人口", "3个月 服务人口", "4个 项目", "2个 项目", "1个 项目"],
    ),
    "a topic, and what it does": (
        "关爱工程则把孤儿基本生活费提高到1720元；危桥拆除重建9座；拆除重建危桥6座。",
        ["1720元 孤儿基本生活费", "9座 危桥拆除重建", "6座 危桥"],
    ),
    "goals in many words": (
        "开通药店64家，完成了年初确定的60家任务；建成公园12座，完成了年初确定的10座；普及率91.4%，跑赢了90%的目标。"
        "失业率3.1%，控制在4.5%以内。检查6.05万人，全年6万人的任务已提前完成。",
        ["64家 药店 T60", "12座 公园 T10", "91.4% 普及率 T90", "3.1% 失业率 T4.5", "6.05万人 民生 T60000"],
    ),
    "margins of several units": (
        "治理生活污水68个村，治理率70.3%，分别超出目标3个村、2.3个百分点。处理率95.8%，超出下达的目标（94%）1.8个百分点。",
        ["68个 村 M3", "70.3% 治理率 M2.3", "95.8% 处理率 T94 M1.8"],
    ),
    "those that the plan lists": (
        "列入今年计划的14处积水点，已治理12处；列入计划的58个小区全部开工，已完工41个；年初计划的20所学校全部完工。",
        ["12处 积水点 T14", "58个 小区", "41个 小区", "20所 学校"],
    ),
    "what was to be done is no result of what stands before": (
        "省里下达的任务是8000户，实际完成改造8326户。",
        ["8326户 改造 T8000"],
    ),
    "a label that says planned": (
        "改造校舍5栋。\n计划投资：1.2亿元，其中争取上级资金5000万元。\n年度投资计划：8000万元。",
        ["5栋 校舍", "1.2亿元 计划投资", "5000万元 上级资金", "8000万元 年度投资"],
    ),
    "targets and rates in a bracket": (
        "新增学位2.67万个，助餐点64个。（目标：学位2.5万个、助餐点60个；完成率：106.8%、106.7%）",
        ["2.67万个 学位 T25000 C106.8", "64个 助餐点 T60 C106.7"],
    ),
    "one bracket for each": (
        "新增学位108个（目标：100个），助餐点64个（目标：60个）。",
        ["108个 学位 T100", "64个 助餐点 T60"],
    ),
    "a rate behind a label": (
        "目标：6条、5间\n完成：分别建成7条、5间\n占比：116.7%、100%",
        ["7条 民生 T6 C116.7", "5间 民生 T5 C100"],
    ),
    "numbers in turn for targets in turn": (
        "目标：新增泊位1500个；新建充电桩400个。\n进展：两项分别完成1620个、336个。",
        ["1620个 泊位 T1500", "336个 充电桩 T400"],
    ),
    "what was said at the beginning of the year": (
        "新增学位1380个，比年初说的1200个多了180个；年初定了12个小区，完工13个。",
        ["1380个 学位 T1200 M180", "13个 小区 T12"],
    ),
    "one target for several": (
        "乳腺癌、宫颈癌筛查分别完成4.27万人、4.19万人，计划都是4万人。",
        ["4.27万人 乳腺癌筛查 T40000", "4.19万人 宫颈癌筛查 T40000"],
    ),
    "a target counted otherwise": ("食品抽检4.6批次/千人，超过每千人4批次的要求。", ["4.6批次/千人 食品抽检 T4"]),
    "the ill are counted by their examination": (
        "“两癌”检查2.1万人（宫颈癌1.1万人、乳腺癌1万人）。",
        ["2.1万人 “两癌”检查", "1.1万人 宫颈癌检查", "1万人 乳腺癌检查"],
    ),
    "the rest of what was told before": (
        "承诺铺设管网12公里、改造危桥60座，实际分别完成13公里、57座。其余3座因汛期停工。",
        ["13公里 管网 T12", "57座 危桥 T60", "3座 危桥"],
    ),
    "those who are served": (
        "图书馆服务读者2.6万人次；临时救助困难群众230人次；困难群众救助230人次。",
        ["2.6万人次 读者", "230人次 困难群众", "230人次 困难群众救助"],
    ),
    "what it is made": (
        "智慧化改造停车场10处；适老化改造老年人家庭412户；老年人家庭适老化改造412户。",
        ["10处 停车场", "412户 老年人家庭", "412户 老年人家庭适老化改造"],
    ),
    "who gave the parts of the money": (
        "筹集资金8.8亿元，其中上级补助4.6亿元、县级财政2.3亿元、社会投入1.9亿元。",
        ["8.8亿元 资金", "4.6亿元 上级补助资金", "2.3亿元 县级财政资金", "1.9亿元 社会投入资金"],
    ),
    "parts of those that the whole opens with": (
        "居民人均可支配收入27846元，其中城镇居民38215元、农村居民17093元。妇女筛查8万人次，其中农村妇女5万人次。",
        [
            "27846元 居民人均可支配收入",
            "38215元 城镇居民人均可支配收入",
            "17093元 农村居民人均可支配收入",
            "8万人次 妇女筛查",
            "5万人次 农村妇女",
        ],
    ),
    "where it was done is not what was done": ("建设幼儿园，在城区新建2所。", ["2所 民生"]),
    "a process and how it ends": ("背街小巷整治提升93条。", ["93条 背街小巷"]),
    "how long what takes": ("企业开办时限压缩到2个工作日。", ["2个工作日 企业开办时限"]),
    "a number, then what it counts": (
        "68.5%\n公办园在园幼儿占比\n近43公里\n绿道",
        ["68.5% 公办园在园幼儿占比", "43公里 绿道"],
    ),
    "the topic of places": (
        "综合得分，铁东区96.8分、海城市95.9分，列前两名；岫岩县89.6分。",
        ["96.8分 铁东区综合得分", "95.9分 海城市综合得分", "89.6分 岫岩县综合得分"],
    ),
    "what holds the places": ("新增学位9000个，其中幼儿园4000个。", ["9000个 学位", "4000个 幼儿园学位"]),
    "an attribute alone": ("建成供水工程208处，其中集中式164处。", ["208处 供水工程", "164处 集中式供水工程"]),
    "what was asked and what came of it": (
        "问：城镇新增就业2.8万人的目标守住了吗？答：守住了。全年城镇新增就业3万人。",
        ["3万人 城镇新增就业 T28000"],
    ),
    "what there is by now is no result": (
        "目标是筹集住房3000套，筹集3186套，已有2015套入住。",
        ["3186套 住房 T3000", "2015套 住房"],
    ),
    "higher than a year before": ("管理率92.3%，高于去年同期2.4个百分点。", ["92.3% 管理率", "2.4个百分点 管理率 up"]),
    "against the target of": ("完工危桥22座，较20座的目标有所超额。", ["22座 危桥 T20"]),
    "what is to be done, then what is": ("今年要建公路280公里，目前完成264公里。", ["264公里 公路 T280"]),
    "a total is no result of the plan": (
        "目标任务：新建饭堂10间。\n完成情况：新建饭堂12间，累计达到67间。",
        ["12间 饭堂 T10", "67间 饭堂"],
    ),
    "a part is the result of a part": (
        "目标任务：新增泊位4000个，其中路外泊位2500个。\n完成情况：新增泊位4276个，其中路外泊位2610个。",
        ["4276个 泊位 T4000", "2610个 路外泊位 T2500"],
    ),
    "so many of so many": ("12处积水点已治理9处。", ["9处 积水点 T12"]),
    "beyond the target by an amount": ("整治积水点27处，超额完成3处。", ["27处 积水点 M3"]),
    "a bracket ends its part": (
        "新改建公路2386公里（其中牧区公路761公里）、桥梁104座，分别占年度计划的108.5%、104%。",
        ["2386公里 公路 C108.5", "761公里 牧区公路", "104座 桥梁 C104"],
    ),
    "a list that names verb and noun": (
        "新改建公路、改造危桥分别为864公里和63座。",
        ["864公里 公路", "63座 危桥"],
    ),
    "places take the head": (
        "改造学校28所（射洪9所、蓬溪7所）。",
        ["28所 学校", "9所 射洪学校", "7所 蓬溪学校"],
    ),
    "numbers told of places in turn": (
        "城关镇、河东镇分别新增学位300个、200个，送戏下乡、送书下乡分别完成150场、2万册。",
        ["300个 城关镇学位", "200个 河东镇学位", "150场 送戏下乡", "2万册 送书下乡"],
    ),
    "what a base is of stays out": ("老年食堂每餐补助3元，争取上级补助2亿元。", ["3元 每餐补助", "2亿元 上级补助"]),
    "what a unit cannot count is a place": (
        "完成教室照明改造900间，其中农村学校360间。",
        ["900间 教室照明改造", "360间 农村学校教室照明改造"],
    ),
    "who did it is no part of what was done": (
        "安居工程改造小区12个，“福彩圆梦”资助孤儿大学生213人，第三方评估群众满意率97.1%。",
        ["12个 小区", "213人 孤儿大学生", "97.1% 群众满意率"],
    ),
    "将 that brings its object forward": (
        "工程将低保标准提高到700元，惠及群众12万人。",
        ["700元 低保标准", "12万人 群众"],
    ),
    "the line above names it": (
        "新增泊位\n✔计划20个\n✔建成22个",
        ["22个 泊位 T20"],
    ),
    "a sum for what was given": (
        "为9000名老人发放护理补贴，人均每月300元。",
        ["9000名 老人护理补贴", "300元 护理补贴"],
    ),
    "an earlier value, then the one of now": (
        "公办园占比，去年底是48.6%，今年提高到52.3%。",
        ["52.3% 公办园占比 P48.6"],
    ),
    "since when a value holds": (
        "低保标准自1月起由850元提高到900元。自7月起救助标准调整为720元，补贴标准调整为575元。",
        ["900元 低保标准 P850", "720元 救助标准", "575元 补贴标准"],
    ),
    "numbers on both sides of a list": (
        "实施雨污分流改造56个小区、市政道路38公里。",
        ["56个 小区", "38公里 市政道路"],
    ),
    "what is under way has no target": (
        "加装电梯86部，在建35部，超额完成年度60部的目标任务。",
        ["86部 电梯 T60", "35部 电梯"],
    ),
    "planned money is what was spent": (
        "计划投资3.2亿元，到位资金3.1亿元，完成投资2.9亿元，占总投资的四成。",
        ["3.1亿元 资金", "2.9亿元 投资 T320000000", "四成 投资占总投资"],
    ),
    "told in turn of a list": (
        "发放低保金3.8亿元、特困供养金1.1亿元，分别惠及6.3万人和1.2万人。",
        ["3.8亿元 低保金", "1.1亿元 特困供养金", "6.3万人 低保金", "1.2万人 特困供养金"],
    ),
    "what is told of the programme": (
        "民生实事的群众满意度为97.1%，低保标准每人每月从578元提到610元，托位数升至2.9个，而2021年底为2.3个。",
        ["97.1% 群众满意度", "610元 低保标准 P578", "2.9个 托位数 P2.3"],
    ),
    "what is promised is named behind the promise": (
        "重点项目力争一季度开工率达到60%；公共泊位确保新增6500个。",
        ["60% 开工率", "6500个 公共泊位"],
    ),
    "who tells it holds an office": (
        "市卫健委副主任刘洋告诉记者，去年新建卫生院17家。居民刘洋告诉记者，跑了3趟。",
        ["17家 卫生院"],
    ),
    "what should be done by now": (
        "农贸市场改造应完工18家，实际完工10家，欠账8家。参保率96.5%，比省定95%的目标高1.5个百分点。",
        ["10家 农贸市场改造 T18 M-8", "96.5% 参保率 T95 M1.5"],
    ),
    "percentages on a line of their own": (
        "目标：改造小区40个，涉及3600户；硬化道路110公里。\n进展：改造小区36个、3312户；道路硬化118公里，安装路灯90盏。\n"
        "占比：道路硬化达到目标的107%。",
        ["36个 小区 T40", "3312户 小区 T3600", "118公里 道路硬化 T110 C107", "90盏 路灯"],
    ),
    "spoken verbs": (
        "老旧小区全年改了168个，管网一共换了212公里，给1.2万家企业返了失业保险费9400万元。原先安排2000户，后来做了2150户。",
        ["168个 老旧小区", "212公里 管网", "1.2万家 企业", "9400万元 失业保险费", "2150户 民生 T2000"],
    ),
    "more than the earlier value": (
        "加装电梯62部，比上年的41部多了一半。",
        ["62部 电梯 P41", "一半 电梯 up"],
    ),
}


def told(text: str) -> list[str]:
    """Each figure as one line: surface, indicator, target, completion, margin, previous value, direction."""
    lines = []
    for figure in extractor.extract(HEAD + text + TAIL).projects[0].figures:
        parts = [figure.surface, figure.indicator or "–"]
        for sign, part in (
            ("T", figure.target if figure.target and figure.target.origin == "stated" else None),
            ("C", figure.completion),
            ("M", figure.margin),
            ("P", figure.previous),
        ):
            if part:
                parts.append(f"{sign}{part.value.normalize():f}")
        lines.append(" ".join([*parts, *([figure.direction] if figure.direction else [])]))
    return lines


@pytest.mark.parametrize("case", CASES)
def test_text_to_figures(case: str) -> None:
    text, expected = CASES[case]
    assert told(text) == expected
