"""HTML: what a reader of the page sees of the release, and nothing of the site around it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.reading import Limits, ReadError, read_one

FILLER = "市政府常务会议审议通过了全年工作安排，各责任单位按照分工逐项落实，进展情况按月公布，接受群众监督。" * 3


def lines(body: str, head: str = "", **limits: int) -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_one(page.encode(), name="a.html", limits=Limits(**limits)).text.split("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>完成<b>58.85</b>亿元</p><p>惠及\n  63.2万人</p>", ["完成58.85亿元", "惠及 63.2万人"]),
        ("<div>完成投资\n      三亿元</div>", ["完成投资三亿元"]),
        ("一<br>二<br/>三", ["一", "二", "三"]),
        (
            "<h2>一、教育</h2>新建<span>5</span>所<div>新增&nbsp;3060&lt;个&gt;</div>",
            ["一、教育", "新建5所", "新增\xa03060<个>"],
        ),
        ("<p>　　首行缩进</p><p>&nbsp;</p><p>  </p>", ["　　首行缩进"]),
        ("<pre>第1行\n  第2行</pre>", ["第1行", "第2行"]),
        ("面积2.75m<sup>2</sup>", ["面积2.75m2"]),
        ("<p>完成3亿元<script>var a='5亿元'</script><style>p{}</style><!-- 7亿元 --></p>", ["完成3亿元"]),
        ("<p>完成3项</p><p style='display: none'>4项</p><p hidden>5项</p><noscript>6项</noscript>", ["完成3项"]),
        ("<select><option>2021</option></select><button>2022</button><textarea>2023</textarea>完成3项", ["完成3项"]),
        ("<p>完成3项&unknown;&lol9;</p>", ["完成3项&unknown;&lol9;"]),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>学校<li>医院</ol>", ["1. 学校", "2. 医院"]),
        (
            "<ol start=3><li>2024年建成</li><li value=9>医院</li><li>公园</li></ol>",
            ["3. 2024年建成", "9. 医院", "10. 公园"],
        ),
        ("<ol reversed><li>甲</li><li>乙</li></ol>", ["2. 甲", "1. 乙"]),
        ("<ol type=a><li>甲</li><li>乙</li></ol><ol type=I><li>丙</li></ol>", ["a. 甲", "b. 乙", "I. 丙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=11><li>甲</li></ol>", ["十一、甲"]),
        ("<ol style='list-style:none'><li>甲</li></ol><ul><li>乙</li></ul>", ["甲", "乙"]),
        ("<ol><li>1.自带序号</li><li>（二）自带序号</li></ol>", ["1.自带序号", "（二）自带序号"]),
        ("<ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", ["1. 甲", "1. 子", "2. 乙"]),
        ("<ol><li><p>甲</p><p>续</p></li><li><p>乙</p></li></ol>", ["1. 甲", "续", "2. 乙"]),
        ("<ol start=x><li value=''>甲</li></ol>", ["1. 甲"]),
    ],
)
def test_numbers_of_lists(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>项目<td>目标<td>完成<tr><td>公路<td>3<td>4", ["| 项目 | 目标 | 完成 |", "| 公路 | 3 | 4 |"]),
        (
            "<tr><th rowspan=2>项目<th colspan=2>公里<tr><th>目标<th>完成<tr><td>公路<td>3000<td>3312",
            ["| 项目 | 公里 |  |", "|  | 目标 | 完成 |", "| 公路 | 3000 | 3312 |"],
        ),
        (
            "<tr><td rowspan=3>公路<td>新建<td>5<tr><td>改建<td>6<tr><td>养护<td>7",
            ["| 公路 | 新建 | 5 |", "|  | 改建 | 6 |", "|  | 养护 | 7 |"],
        ),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3", ["| 甲 | 1 |", "|  | 2 |", "|  | 3 |"]),
        ("<tr><td colspan=99999>甲<td>1<tr><td>乙<td>2", ["| 甲 |  | 1 |", "| 乙 | 2 |  |"]),
        ("<tr><td rowspan=99999 colspan=2>甲<td>1<tr><td>2", ["| 甲 | 1 |", "|  | 2 |"]),
        ("<tr><td>甲<td><td>1<tr><td>乙<td><td>2<tr><td><td><td>", ["| 甲 | 1 |", "| 乙 | 2 |"]),
        ("<tr><td>5<br>120<td><p>甲</p><p>乙</p>", ["| 5\t120 | 甲\t乙 |"]),
        ("<tr><td>甲|乙<td>1", ["| 甲¦乙 | 1 |"]),
        ("<caption>表1</caption><thead><tr><th>甲<th>乙<tbody><tr><td>1<td>2", ["表1", "| 甲 | 乙 |", "| 1 | 2 |"]),
        ("<tr><td><p>一、教育</p><p>新建5所</p></td></tr>", ["一、教育", "新建5所"]),
        ("<tr><td>一、教育<table><tr><td>学校<td>5<tr><td>医院<td>6</table></td><td>尾</td></tr>",
         ["一、教育", "| 学校 | 5 |", "| 医院 | 6 |", "尾"]),
        (f"<tr><td>侧栏<td><p>一、教育<p>{FILLER}<p>{FILLER}<p>{FILLER}", ["一、教育", FILLER, FILLER, FILLER]),
    ],
)  # fmt: skip
def test_tables(rows: str, expected: list[str]) -> None:
    assert lines(f"<table>{rows}</table>") == expected


SITE = """
<div class="header"><h2>云岭市人民政府</h2>
<ul class="nav"><li><a href="/">首页</a></li><li><a>政务公开</a></li></ul></div>
<div class="crumbs">您现在的位置：<a>首页</a> &gt; <a>民生实事</a></div>
<div class="main">
<div class="headline">云岭市2023年十件民生实事完成情况</div>
<div class="info">发布时间：2024-01-12 来源：市政府办公室 【字号：大 中 小】
<span class="bdsharebuttonbox">分享到：<a>微信</a></span></div>
{content}
<p>上一篇：<a>2022年民生实事完成10件</a></p><p>下一篇：没有了</p><p>【打印】 【关闭】</p>
<div class="xgwd related"><h3>相关文章</h3><ul><li><a>2021年民生实事</a></li></ul></div>
</div>
<div class="footer">版权所有 云岭市人民政府办公室 滇ICP备05000000号 网站标识码5300000001</div>
"""
HEAD = """<title>云岭市2023年十件民生实事完成情况_云岭市人民政府</title>
<meta name="ArticleTitle" content="云岭市2023年十件民生实事完成情况"><meta name="PubDate" content="2024-01-12 09:30">
<meta name="ContentSource" content="市政府办公室"><meta name="ColumnName" content="民生实事">
<meta name="SiteName" content="云岭市人民政府">"""
CONTENT = f"""<p>　　{FILLER}</p><p>　　一、新建学校28所，新增学位2.16万个。</p>
<table><tr><td>项目<td>完成<tr><td>水厂<td>17座</table>"""
SHOWN = [f"　　{FILLER}", "　　一、新建学校28所，新增学位2.16万个。", "| 项目 | 完成 |", "| 水厂 | 17座 |"]


@pytest.mark.parametrize(
    "content",
    [
        f"<UCAPCONTENT>{CONTENT}</UCAPCONTENT>",
        f"<div id='UCAP-CONTENT'>{CONTENT}</div>",
        f"<div class='TRS_Editor'><style>.TRS_Editor p{{}}</style>{CONTENT}</div>",
        f"<div id=zoom><div class='TRS_UEDITOR trs_paper_default'>{CONTENT}</div></div>",
        f"<div id='vsb_content'><div class='v_news_content'>{CONTENT}</div></div>",
        f"<div class='pages_content'>{CONTENT}</div>",
        f"<div class='wzy1'><table width=100%><tr><td class=b12c>{CONTENT}</td></tr></table></div>",
        f"<article>{CONTENT}</article>",
    ],
    ids=["ucapcontent", "ucap-content", "trs", "zoom", "vsb", "pages", "unknown-table", "unknown-article"],
)
def test_the_release_is_found_on_its_page(content: str) -> None:
    page = f"<html><head>{HEAD}</head><body>{SITE.format(content=content)}</body></html>"
    document = read_one(page.encode("gb18030"), name="t20240112_1.html")
    shown = document.text.split("\n")
    assert shown[-4:] == SHOWN
    assert shown[0] == "云岭市2023年十件民生实事完成情况"
    assert shown[1].startswith("发布时间：2024-01-12 来源：市政府办公室")
    assert len(shown) == 6
    assert document.meta == (
        "云岭市2023年十件民生实事完成情况",
        "2024-01-12",
        "市政府办公室",
        "民生实事",
        "云岭市人民政府",
    )
    assert document.source.encoding == "gb18030"
    assert document.source.media_type == "text/html"


def test_a_page_without_properties_is_titled_by_its_title() -> None:
    page = f"<title>完成情况 - 民生 - 云岭市</title><h1>完成情况</h1><p>2023年建成3处</p><p>{FILLER}</p>"
    document = read_one(page.encode(), name="a.html")
    assert document.meta == ("完成情况", None, None, None, None)
    assert document.text == f"完成情况\n2023年建成3处\n{FILLER}"


def test_two_containers_of_one_release_are_both_read() -> None:
    parts = (f"<p>{FILLER}</p>", f"<p>二、水厂17座</p><p>{FILLER}</p>")
    body = "".join(f"<div class=TRS_Editor>{part}</div>" for part in parts)
    assert lines(body) == [FILLER, "二、水厂17座", FILLER]


def test_the_page_of_the_release_has_all_its_lines(shared_datadir: Path) -> None:
    text = (shared_datadir / "release.txt").read_text(encoding="utf-8")
    document = read_one(shared_datadir / "release.html")
    assert document.text == text
    assert len(re.findall(r"^\|.*\|$", document.text, re.MULTILINE)) == 5


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "big5hkscs"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "GBK"])
def test_what_a_page_declares_is_checked(codec: str, declared: str) -> None:
    text = "云山公告：完成3.2亿元，建成公路12公里。"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert read_one(page.encode(codec), name="a.html").text == text


def test_lost_characters_are_counted_in_the_text_that_is_left() -> None:
    page = "<html><body><script>'\udcff'</script><p>完成\udcff项</p></body></html>".encode("utf-8", "surrogateescape")
    document = read_one(page + "<p>建成公路十二公里，新建学校三所</p>".encode(), name="a.html")
    (finding,) = document.findings
    assert finding.message.startswith("1 of ")
    assert finding.span
    assert document.text[finding.span.start - 2 : finding.span.end + 1] == "完成\ufffd项"


def test_a_page_that_a_script_fills_says_so() -> None:
    with pytest.raises(ReadError, match=r"^a.html holds no text; if a script fills it, save it from the browser"):
        read_one(b"<html><body><div id=app></div><script>load()</script></body></html>", name="a.html")


@pytest.mark.parametrize("tag", ["div", "b", "font color=red", "a", "span", "ul", "li", "blockquote", "x-y"])
def test_a_hundred_thousand_levels_cost_nothing_but_their_tags(tag: str) -> None:
    deep = f"<{tag}>" * 100_000
    assert lines(f"<p>前言</p>{deep}完成3亿元{f'</{tag.split()[0]}>' * 100_000}<p>后记</p>")[0] == "前言"
    assert "完成3亿元" in "".join(lines(f"{deep}完成3亿元"))


def test_nested_tables_are_read_to_the_bottom() -> None:
    assert lines("<table><tr><td>" * 3_000 + "完成3亿元") == ["完成3亿元"]


def test_giant_tags_are_cut() -> None:
    many = " ".join(f"a{number}=1" for number in range(100_000))
    picture = "A" * 3_000_000
    assert lines(f'<p {many}>完成3亿元</p><img src="data:{picture}"><p>建成5处</p>') == ["完成3亿元", "建成5处"]


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(ReadError, match=r"^a.html has 50\d\d tags, more than the limit of 5000; split it$"):
        lines("<br>" * 5_000, elements=5_000)


def test_a_table_of_giant_spans_stays_small() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65534>1" * 50
    assert sum(map(len, lines(f"<table>{row * 200}</table>"))) < 5_000_000
