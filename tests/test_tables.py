"""Tables, however they were flattened: each row's project with its numbers, and what they were to be."""

from __future__ import annotations

import pytest

import extractor

TITLE = "北山市2023年民生实事完成情况\n\n"
HEAD = ("序号", "项目名称", "年度目标", "完成情况", "责任单位")
ROWS = (
    ("1", "增加学位供给", "新建学校4所", "新建学校5所", "市教育局"),
    ("2", "改造老旧小区", "改造小区8个", "改造小区8个", "市住建局"),
    ("3", "开展技能培训", "培训人员2000人次", "培训人员2600人次", "市人社局"),
)
TOLD = ["增加学位供给 5所/4", "改造老旧小区 8个/8", "开展技能培训 2600人次/2000"]
ALL = (HEAD, *ROWS)


def framed(rows: tuple[tuple[str, ...], ...]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def told(text: str) -> list[str]:
    """Each project as one line: its title, its figures and their targets."""
    lines = []
    for project in extractor.extract(text).projects:
        figures = [f"{one.surface}/{one.target.value if one.target else '-'}" for one in project.figures]
        lines.append(f"{project.title} {' '.join(figures)}")
    return lines


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(framed(ALL), id="pipes"),
        pytest.param(framed((HEAD, ("---",) * 5, *ROWS)), id="pipes and a rule"),
        pytest.param("".join("\t".join(row) + "\n" for row in ALL), id="tabs"),
        pytest.param("".join("   ".join(row) + "\n" for row in ALL), id="blanks"),
        pytest.param(
            "".join("\t".join(row) + "\n" for row in ALL).replace("市教育局", "市教育局\n市财政局"),
            id="a cell on two lines",
        ),
        pytest.param("".join("\n".join(row) + "\n" for row in ALL), id="a cell a line"),
        pytest.param(
            "".join("\n".join(row) + "\n" for row in ALL).replace("\n市住建局", "，水质合格，\n第2批已验收\n市住建局"),
            id="a cell a line and its rest",
        ),
        pytest.param(
            "    ".join(HEAD) + "\n\n一、省定实事（3件）\n" + "".join("    ".join(row) + "\n" for row in ROWS),
            id="a group below the head",
        ),
        pytest.param("".join("\n".join(row[1:]) + "\n" for row in ALL), id="a cell a line without 序号"),
        pytest.param(framed((HEAD, ("", "一、市级项目", "", "", ""), *ROWS)), id="a line that heads a part"),
    ],
)
def test_table_to_projects(table: str) -> None:
    assert [line for line in told(TITLE + table) if line in TOLD] == TOLD


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            (
                ("序号", "项目名称", "单位", "目标任务", "完成情况", "完成率"),
                ("1", "新建学校", "所", "4", "5", "125%"),
                ("2", "改造小区", "个", "8", "8", "100%"),
            ),
            ["5所/4 125", "8个/8 100"],
            id="the unit in a column",
        ),
        pytest.param(
            (
                ("序号", "项目名称", "目标（万人）", "完成（万人）"),
                ("1", "技能培训", "2.4", "2.6"),
                ("2", "岗位推荐", "3", "3.1"),
            ),
            ["26000人/24000 -", "31000人/30000 -"],
            id="the unit in the head",
        ),
        pytest.param(
            (
                ("序号", "项目名称", "具体任务（单位）", "目标/完成/比例"),
                ("1", "就业", "技能培训（人次）;岗位推荐（个）", "12/15/125%;80/84/105%"),
                ("2", "教育", "新建学校（所）", "4/5/125%"),
            ),
            ["15人次/12 125", "84个/80 105", "5所/4 125"],
            id="slashes",
        ),
        pytest.param(
            (
                ("序号", "项目名称", "单位", "2022年完成", "2023年目标", "2023年完成", "完成率"),
                ("1", "新建学校", "所", "3", "4", "5", "125%"),
                ("2", "改造小区", "个", "9", "8", "8", "100%"),
            ),
            ["5所/4 125", "8个/8 100"],
            id="columns of years",
        ),
    ],
)
def test_columns_to_values(table: tuple[tuple[str, ...], ...], expected: list[str]) -> None:
    figures = [one for project in extractor.extract(TITLE + framed(table)).projects for one in project.figures]
    assert [
        f"{one.value.normalize():f}{one.unit.text if one.unit else ''}"
        f"/{one.target.value.normalize() if one.target else '-':f}"
        f" {one.completion.value if one.completion else '-'}"
        for one in figures
        if one.target
    ] == expected


REMARKS = (
    ("其中梅列、三元两区1126个", "2318 泊位", "1126个 梅列、三元两区泊位"),
    ("其中学校300个", "2318 泊位", "300个 学校泊位"),
    ("差82个", "2318 泊位 M-82"),
    ("受汛期影响少建82个，3月底前补齐", "2318 泊位 M-82"),
    ("超额118个", "2318 泊位 M118"),
    ("超计划118个", "2318 泊位 M118"),
    ("上年为1900个", "2318 泊位 P1900"),
    ("上年同期1900", "2318 泊位 P1900"),
    ("较上年增加418个", "2318 泊位", "418个 泊位"),
)


@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: remark[0])
def test_a_remark_tells_of_its_row(remark: tuple[str, ...]) -> None:
    heads = ("序号", "项目名称", "指标", "单位", "目标", "完成", "备注")
    rows = (
        ("1", "停车", "新增泊位", "个", "2200", "2318", remark[0]),
        ("2", "养老", "新增床位", "张", "60", "66", ""),
    )
    project = extractor.extract(TITLE + framed((heads, *rows))).projects[0]
    assert [
        f"{one.surface} {one.indicator}"
        + (f" M{one.margin.value}" if one.margin else "")
        + (f" P{one.previous.value}" if one.previous else "")
        for one in project.figures
    ] == list(remark[1:])
    assert {one.action for one in project.figures if one.kind != "change"} == {"新增"}


def test_cells_merged_at_both_ends() -> None:
    """序号, 项目 and the office stand in a project's first row only."""
    table = (
        "序号\t项目名称\t子项\t单位\t计划\t完成\t完成率\t备注\t责任单位\n"
        "1\t教育扩容\t新建学校\t所\t4\t5\t125\t/\t市教育局\n"
        "新增学位\t个\t1200\t1260\t105\t其中小学600个\n"
        "2\t安居\t改造小区\t个\t8\t8\t100\t/\t市住建局\n"
        "满意率\t%\t90\t96.2\t—\t/\n"
    )
    assert told(TITLE + table) == ["教育扩容 5/4 1260/1200 600个/-", "安居 8/8 96.2/90"]


def test_rows_in_named_parts_with_remarks_and_a_column_of_margins() -> None:
    table = (
        "序号\t项目名称\t单位\t年度目标\t实绩\t完成率(%)\t比序时(±百分点)\t责任单位\n"
        "绿灯：快于序时\n"
        "1\t新建学校\t所\t10\t8\t80.0\t+5.0\t市教育局\n"
        "红灯：落后序时\n"
        "2\t改造小区\t个\t10\t6\t60.0\t-15.0\t市住建局\n"
        "　　滞后原因：汛期停工，另有2个小区已复工。\n"
        "3\t培训人员\t人次\t2000\t1500\t75.0\t0\t市人社局\n"
    )
    figures = [one for project in extractor.extract(TITLE + table).projects for one in project.figures]
    assert [f"{one.surface} {one.margin.value if one.margin else '-'}" for one in figures] == [
        "8 5.0", "6 -15.0", "2个 -", "1500 0",
    ]  # fmt: skip


def test_cells_on_lines_of_their_own_merged_at_the_end() -> None:
    heads = ("序号", "项目", "指标", "计量单位", "目标", "完成", "完成率", "到位资金（万元）", "责任单位")
    rows = (
        ("1", "教育扩容", "新建学校", "所", "3", "3", "100", "4260", "市教育局"),
        ("新增学位", "个", "900", "990", "110"),
        ("2", "安居", "改造小区", "个", "8", "8", "100", "5120", "市住建局"),
        ("加装电梯", "部", "15", "12", "80"),
    )
    cells = [cell for row in (heads, *rows) for cell in row]
    assert told(TITLE + "\n".join(cells) + "\n") == ["教育扩容 3/3 4260/- 990/900", "安居 8/8 5120/- 12/15"]


def test_a_column_of_something_else() -> None:
    heads = ("序号", "项目名称", "完成情况", "计划投资（万元）", "投资完成（万元）", "受益人数（人）")
    rows = (("1", "停车", "新增泊位620个", "1850", "1665", "1080"), ("2", "公园", "新建公园5处", "640", "640", "—"))
    figures = [one for project in extractor.extract(TITLE + framed((heads, *rows))).projects for one in project.figures]
    assert [f"{one.surface} {one.indicator} {one.target.value if one.target else '-'}" for one in figures] == [
        "620个 泊位 -", "1665 投资 18500000", "1080 受益人数 -", "5处 公园 -", "640 投资 6400000",
    ]  # fmt: skip


def test_a_table_beside_that_of_the_projects() -> None:
    rows = (
        ("指标", "2022年（%）", "2023年（%）", "变化（百分点）"),
        ("普及率", "89.4", "92.1", "升2.7"),
        ("投诉率", "6.8", "5.1", "降1.7"),
    )
    record = extractor.extract(TITLE + framed(ALL) + "\n\n" + framed(rows))
    outside = [one for one in record.figures if one.id.startswith("r")]
    assert len(record.projects) == 3
    assert [f"{one.surface} {one.indicator} {one.kind} {one.direction}" for one in outside] == [
        "92.1 普及率 rate None", "2.7 普及率 change up", "5.1 投诉率 rate None", "1.7 投诉率 change down",
    ]  # fmt: skip


def test_what_a_result_does_not_name_its_target_does() -> None:
    heads = ("序号", "项目名称", "年度目标", "完成情况", "完成率（%）", "实际投资（万元）")
    rows = (
        (
            "1",
            "健身",
            "建设步道60公里、运动场18个",
            "步道63公里、运动场20个已交付；人均面积2.2平方米",
            "105；111",
            "90",
        ),
        ("2", "公厕提质", "新建改建公厕35座", "新建改建38座，其中新建21座、城区8座", "108.6", "1520"),
    )
    figures = [one for project in extractor.extract(TITLE + framed((heads, *rows))).projects for one in project.figures]
    assert [
        f"{one.surface} {one.indicator} {one.completion.value if one.completion else '-'}" for one in figures
    ] == [
        "63公里 步道 105", "20个 运动场 111", "2.2平方米 人均面积 -", "90 实际投资 -",
        "38座 公厕 108.6", "21座 公厕 -", "8座 城区公厕 -", "1520 实际投资 -",
    ]  # fmt: skip


def test_a_row_of_sums_is_no_project() -> None:
    table = framed((*ALL, ("合计", "", "", "", "")))
    assert told(TITLE + table) == TOLD


def test_a_department_is_that_of_its_row() -> None:
    projects = extractor.extract(TITLE + framed(ALL)).projects
    assert [project.departments for project in projects] == [("市教育局",), ("市住建局",), ("市人社局",)]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            (("姓名", "电话", "地址"), ("王宁", "12345", "北山路8号"), ("李宁", "12346", "北山路9号")), id="people"
        ),
        pytest.param((("序号", "项目名称", "备注"), ("1", "增加学位", "无"), ("2", "改造小区", "无")), id="no values"),
    ],
)
def test_what_names_no_projects_with_values_gives_no_targets(table: tuple[tuple[str, ...], ...]) -> None:
    release = extractor.extract(TITLE + framed(table))
    assert not [one for project in release.projects for one in project.figures if one.target]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            (
                ("项目", "单位", "2022年", "2023年"),
                ("停车泊位", "个", "1200", "1560"),
                ("养老床位", "张", "800", "835"),
            ),
            [("1560", "个", "停车泊位", "1200"), ("835", "张", "养老床位", "800")],
            id="two years",
        ),
        pytest.param(
            (("项目", "上年同期", "目标", "完成"), ("公园（个）", "4", "6", "7"), ("公路（万米）", "—", "3", "3.5")),
            [("7", "个", "公园", "4"), ("3.5", "米", "公路", None)],
            id="last year and a unit in brackets",
        ),
        pytest.param(
            (("项目", "目标", "完成"), ("培训（线上）", "400", "500"), ("公园（新建）", "6", "7")),
            [("500", None, "培训（线上）", None), ("7", None, "公园（新建）", None)],
            id="brackets that hold no unit",
        ),
        pytest.param(
            (
                ("项目", "计划", "完成", "单位", "占比"),
                ("食堂", "30", "36（其中农村21）", "个", "120%"),
                ("公园", "8", "6", "座", "75%"),
            ),
            [("36", "个", "食堂", None), ("6", "座", "公园", None)],
            id="a part in brackets, and percentages under 占比",
        ),
    ],
)
def test_units_and_earlier_values(table: tuple[tuple[str, ...], ...], expected: list[tuple[str | None, ...]]) -> None:
    figures = [figure for project in extractor.extract(TITLE + framed(table)).projects for figure in project.figures]
    assert [
        (
            figure.surface,
            figure.unit.text if figure.unit else None,
            figure.indicator,
            str(figure.previous.value) if figure.previous else None,
        )
        for figure in figures
    ] == expected


def test_planned_money_is_the_target_of_money_spent() -> None:
    heads = ("项目名称", "年度任务", "完成情况", "计划投资", "完成投资", "投资完成率", "备注")
    rows = (
        ("农村养老服务", "改造幸福院45个", "改造幸福院48个", "2350", "2468", "105%", "超额完成"),
        ("公办幼儿园建设", "新建幼儿园6所", "竣工幼儿园5所", "14200", "13350", "94%", "—"),
    )
    text = TITLE + "金额单位：万元\n" + "".join("\n".join(row) + "\n" for row in (heads, *rows))
    money = [project.figures[-1] for project in extractor.extract(text).projects]
    assert [
        (
            figure.indicator,
            figure.value,
            figure.target and figure.target.value,
            figure.completion and figure.completion.value,
        )
        for figure in money
    ] == [("投资", 24680000, 23500000, 105), ("投资", 133500000, 142000000, 94)]
