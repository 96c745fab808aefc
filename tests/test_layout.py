"""Layouts: where the projects of a release stand, and what their titles are."""

from __future__ import annotations

import pytest

import extractor

HEAD = "北山市2023年民生实事完成情况\n北山市2023年共实施{}件民生实事，全部完成。\n"
BUILD = "新建学校5所，增加学位1200个。"
RENEW = "改造小区8个，惠及居民3500户。"
TRAIN = "培训人员2600人次，新增就业900人。"
BODIES = (BUILD, RENEW, TRAIN)
OFFICES = ("市教育局", "市住建局", "市人社局")
TITLES = ("增加学位供给", "改造老旧小区", "开展技能培训")


def listed(*heads: str, mark: str = "") -> str:
    """A release with a heading, then a paragraph, for each project."""
    return HEAD.format(len(heads)) + "\n".join(
        f"{mark}{head}\n{body}" for head, body in zip(heads, BODIES, strict=True)
    )


def marked(*marks: str) -> str:
    return listed(*(mark + title for mark, title in zip(marks, TITLES, strict=True)))


LAYOUTS = {
    "●": (marked("● ", "● ", "● "), TITLES),
    "✅": (marked("✅", "✅", "✅"), TITLES),
    "- ": (marked("- ", "- ", "- "), TITLES),
    "一、": (marked("一、", "二、", "三、"), TITLES),
    "（一）": (marked("（一）", "（二）", "（三）"), TITLES),
    "1.": (marked("1.", "2.", "3."), TITLES),
    "1、": (marked("1、", "2、", "3、"), TITLES),
    "（1）": (marked("（1）", "（2）", "（3）"), TITLES),
    "①": (marked("①", "②", "③"), TITLES),
    "第一件": (marked("第一件 ", "第二件 ", "第三件 "), TITLES),
    "实事一：": (marked("实事一：", "实事二：", "实事三："), TITLES),
    "##": (marked("## ", "## ", "## "), TITLES),
    "1️⃣": (marked("1️⃣", "2️⃣", "3️⃣"), TITLES),
    "承诺一：": (marked("承诺一：", "承诺二：", "承诺三："), TITLES),
    "第1名": (marked("第1名　", "第2名　", "第3名　"), TITLES),
    "NO.1": (marked("NO.1 ", "NO.2 ", "NO.3 "), TITLES),
    "☑ 1.": (marked("☑ 1. ", "□ 2. ", "☑ 3. "), TITLES),
    "❶ on a line of its own": (marked("❶\n", "❷\n", "❸\n"), TITLES),
    "Part 1 on a line of its own": (marked("PART 1\n", "PART 2\n", "PART 3\n"), TITLES),
    "实事01 on a line of its own": (marked("实事01\n", "实事02\n", "实事03\n"), TITLES),
    "A1": (marked("A1　", "A2　", "B1　"), TITLES),
    "（甲1）": (marked("（甲1）", "（甲2）", "（乙1）"), TITLES),
    "省定-1": (marked("省定-1　", "市定-1　", "市定-2　"), TITLES),
    "□ 01": (marked("□ 01　", "□ 02　", "□ 03　"), TITLES),
    "a rate behind a bar": (
        HEAD.format(3)
        + "\n".join(
            f"（甲{n}）{title}｜满意率9{n}%\n{body}"
            for n, (title, body) in enumerate(zip(TITLES, BODIES, strict=True), 1)
        ),
        TITLES,
    ),
    "sentences of a story that open with what is done": (
        "晒一晒民生账本\n——北山市2023年为民办实事清单上的6个事项回访\n\n"
        "屋里暖和了\n\n“往年窗台都结冰。”住户老刘说。\n\n"
        "今年的老旧小区改造启动早，一年改完小区128个，惠及居民2.1万户。农村危房改造也赶在上冻前竣工316户。\n\n"
        "上学看病少跑路\n\n公办学位扩容交出高分：8所学校去年投用，新增学位1.17万个。适龄女生疫苗接种也走在前面，接种5108名。\n\n"
        "出门方便了\n\n公交便民提升则开通专线3条，免费乘车412万人次。“城市书房”建设也有喜讯。新添6间，累计达19间。\n",
        ("老旧小区改造", "农村危房改造", "公办学位扩容", "适龄女生疫苗接种", "公交便民提升", "“城市书房”建设"),
    ),
    "an office in front of the name": (marked("市教育局｜", "市住建局｜", "市人社局｜"), TITLES),
    "a name that a label gives below a number": (
        HEAD.format(3)
        + "\n".join(
            f"〔实事{n}〕\n承办：市教育局\n内容：{title}\n实际办结：{body}"
            for n, title, body in zip("一二三", TITLES, BODIES, strict=True)
        ),
        TITLES,
    ),
    "1-1": (marked("1-1 ", "1-2 ", "1-3 "), TITLES),
    "2号": (marked("2号　", "5号　", "1号　"), TITLES),
    "□ 甲1": (marked("□ 甲1　", "□ 甲2　", "□ 乙1　"), TITLES),
    "an office in front of the name and the text": (
        HEAD.format(3)
        + "\n".join(f"{office}　{title}：{body}" for office, title, body in zip(OFFICES, TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "第一本，": (marked("第一本，", "第二本，", "第三本，"), TITLES),
    "a dash between name and text": (
        HEAD.format(3) + "\n".join(f"◇ {title}——{body}" for title, body in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "候选项目一": (marked("候选项目一　", "候选项目二　", "候选项目三　"), TITLES),
    "M01": (marked("M01 ", "M02 ", "M03 "), TITLES),
    "关键词／": (marked("关键词／", "关键词／", "关键词／"), TITLES),
    "a picture each": (marked("🎒 ", "🅿️ ", "💼 "), TITLES),
    "01 on a line of its own": (marked("01\n", "02\n", "03\n"), TITLES),
    "a picture each, and one for the year to come": (
        HEAD.format(4)
        + "\n".join(
            f"{sign} {title}\n{body}"
            for sign, title, body in zip(
                "🏫🏘💼🚌🌱",
                ("学位更足了", "小区更美了", "手艺更精了", "出行更顺了", "2024年"),
                (*BODIES, "新开公交线路6条。", "我们还将新增托位600个。"),
                strict=True,
            )
        ),
        ("学位更足了", "小区更美了", "手艺更精了", "出行更顺了"),
    ),
    "offices that lead, in brackets": (
        listed(
            *(
                f"{n}．{title}（市{office}牵头）"
                for n, title, office in zip("123", TITLES, ("教育局", "住建局", "人社局"), strict=True)
            )
        ),
        TITLES,
    ),
    "—— 01 —— on a line of its own": (marked("—— 01 ——\n", "—— 02 ——\n", "—— 03 ——\n"), TITLES),
    "a motto behind ——": (
        HEAD.format(3)
        + "\n".join(f"——{t}，越办越好。{b}全年没有延误，群众评价良好。" for t, b in zip(TITLES, BODIES, strict=True)),
        tuple(f"{title}，越办越好" for title in TITLES),
    ),
    "关于": (
        HEAD.format(3) + "\n".join(f"关于{t}。{b}" for t, b in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "a level as attribute": (
        HEAD.format(3) + "".join(f"省定的{t}，全年{b}\n" for t, b in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "a rate behind the heading": (
        listed(*(f"第{n}名　{title}　{90 + n}%" for n, title in enumerate(TITLES, 1))),
        TITLES,
    ),
    "01 and a picture": (
        marked("01 📚 ", "02 🏠 ", "03 💼 "),
        tuple(f"{p} {t}" for p, t in zip("📚🏠💼", TITLES, strict=True)),
    ),
    "答应大家的第一件事": (
        HEAD.format(3)
        + "\n".join(f"答应大家的第{n}件事，是{t}。{b}" for n, t, b in zip("一二三", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "关键词：": (marked("关键词：", "关键词：", "关键词："), TITLES),
    "【壹】": (marked("【壹】", "【贰】", "【叁】"), TITLES),
    "头一件": (marked("头一件　", "第二件　", "第三件　"), TITLES),
    "① inside a paragraph": (
        HEAD.format(3)
        + "全年办成：①新建学校，增加学位1200个；②改造小区，惠及居民3500户；③开展培训，培训人员2600人次。",
        ("新建学校", "改造小区", "开展培训"),
    ),
    "a result in a bracket": (
        listed(*(f"{n}. {title}（完成{n}20个，占任务的10{n}%）" for n, title in enumerate(TITLES, 1))),
        TITLES,
    ),
    "in quotation marks": (
        HEAD.format(3)
        + "问：“学有所教”项目办得怎么样？\n答："
        + BUILD
        + "\n问：“住有所居”项目呢？\n答："
        + RENEW
        + "\n问：大家最关心什么？\n答：“人人持证”项目最受欢迎。"
        + TRAIN,
        ("“学有所教”项目", "“住有所居”项目", "“人人持证”项目"),
    ),
    "what an inspection is shown": (
        HEAD.format(3)
        + "主任李某一行来到东关镇，视察学位供给增加工程。该工程"
        + BUILD
        + "\n走进西街，代表们了解了老旧小区改造项目的建设情况。项目"
        + RENEW
        + "\n副市长黄某查看职业技能培训项目时介绍，今年"
        + TRAIN,
        ("学位供给增加工程", "老旧小区改造项目", "职业技能培训项目"),
    ),
    "a bare number": (marked("1 ", "2 ", "3 "), TITLES),
    "项目名称：": (marked("项目名称：", "项目名称：", "项目名称："), TITLES),
    "named at the end of a clause": (
        HEAD.format(3)
        + "学位供给增加项目全年"
        + BUILD
        + "与学校一同动工的还有老旧小区改造项目，"
        + RENEW
        + "职业技能培训项目全年"
        + TRAIN,
        ("学位供给增加项目", "老旧小区改造项目", "职业技能培训项目"),
    ),
    "a picture and 【】": (
        listed(*(f"{sign}【{title}】" for sign, title in zip("🏫🏘💼", TITLES, strict=True))),
        TITLES,
    ),
    "tags that recur": (
        HEAD.format(3)
        + "".join(f"【要办的事】{t}，让群众满意\n【办成了】{b}\n" for t, b in zip(TITLES, BODIES, strict=True)),
        tuple(f"{title}，让群众满意" for title in TITLES),
    ),
    "answers below sentences": (
        listed(
            "1、新建学校4所，增加学位1000个。",
            "2、改造小区8个，惠及居民3000户。",
            "3、培训人员2000人次，新增就业800人。",
        )
        .replace("\n新建", "\n→ 新建")
        .replace("\n改造", "\n→ 改造")
        .replace("\n培训", "\n→ 培训"),
        ("新建学校4所，增加学位1000个", "改造小区8个，惠及居民3000户", "培训人员2000人次，新增就业800人"),
    ),
    "name and a wide blank": (
        HEAD.format(3) + "".join(f"　　{t}　{b}\n" for t, b in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "【】": (listed(*(f"【{title}】" for title in TITLES)), TITLES),
    "【】 and text on one line": (
        HEAD.format(3) + "\n".join(f"【{title}】{body}" for title, body in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "heading and text on one line": (
        HEAD.format(3) + "".join(f"{n}.{t}。{b}\n" for n, t, b in zip("123", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "colon behind the heading": (
        HEAD.format(3) + "".join(f"{n}.{t}：{b}\n" for n, t, b in zip("123", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "heading that is the first clause": (
        HEAD.format(3) + "".join(f"{n}.{b}\n" for n, b in zip("123", BODIES, strict=True)),
        ("新建学校5所", "改造小区8个", "培训人员2600人次"),
    ),
    "headings without marks": (listed(*TITLES), TITLES),
    "一是": (
        "北山市2023年3件民生实事进展顺利：一是增加学位，新建学校5所；二是改造小区，惠及居民3500户；"
        "三是开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "首先": (
        "北山市2023年3件民生实事进展顺利。首先是增加学位，新建学校5所。其次是改造小区，惠及居民3500户。"
        "最后是开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "第一块, 首先说, 再次是": (
        "北山市2023年4件民生实事全部完成。第一块是增加学位，新建学校5所；第二块是改造小区，惠及居民3500户。\n"
        "服务类也是两块。首先说公交优化，新开线路9条；再次是驿站建设，建成驿站7个。\n",
        ("增加学位", "改造小区", "公交优化", "驿站建设"),
    ),
    "(1) in a paragraph": (
        "北山市2023年3件民生实事进展顺利。(1)增加学位，新建学校5所。(2)改造小区，惠及居民3500户。"
        "(3)开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "one paragraph a project": (
        HEAD.format(3) + "增加学位供给，新建学校5所，增加学位1200个。\n改造老旧小区，完成8个，惠及居民3500户。\n"
        "开展技能培训，培训人员2600人次，新增就业900人。\n",
        TITLES,
    ),
    "named in prose": (
        "北山市2023年3件民生实事全部完成。\n"
        "学位扩容工程新建学校5所，增加学位1200个。旧房改造项目完成8个小区。\n技能提升行动培训人员2600人次。\n",
        ("学位扩容工程", "旧房改造项目", "技能提升行动"),
    ),
    "named behind a clause": (
        "北山市2023年6件民生实事全部完成。\n学位扩容工程新建学校5所。与此同时，旧房改造项目完成8个小区。"
        "受天气影响，道路畅通工程修路9公里。\n变化来自技能提升行动，全年培训2600人次。村口的文化阵地项目建成书屋3间。"
        "乡亲们念叨最多的是饮水安全项目，铺设管网7公里。\n",
        ("学位扩容工程", "旧房改造项目", "道路畅通工程", "技能提升行动", "文化阵地项目", "饮水安全项目"),
    ),
    "enumerated and named": (
        "北山市2023年4件民生实事全部完成。\n教育这一年稳了。一是增加学位，新建学校5所。二是改造食堂，完成6个。\n"
        "出行这一年顺了。道路畅通项目修路9公里；公交优化项目新开线路2条。\n",
        ("增加学位", "改造食堂", "道路畅通项目", "公交优化项目"),
    ),
    "levels behind names": (
        "北山市2023年3件民生实事\n问：进展怎么样？\n答：先看城乡低保提标（省级）。低保标准提高到每人每月700元。"
        "还有老年助餐服务（市级），新设助餐点9个。\n问：还有呢？\n答：是城市公墓建设（市级）。开工3处。\n",
        ("城乡低保提标", "老年助餐服务", "城市公墓建设"),
    ),
    "turns of a story": (
        "北山市2023年办好4件民生实事。\n在教育方面，新建学校5所，增加学位1200个。托育也补上了缺口，新增托位90个。\n"
        "说到出行，修路9公里，打通断头路2条。\n住房上，改造小区8个，惠及居民3500户。\n",
        ("教育", "托育", "出行", "住房"),
    ),
    "turns of an interview": (
        "北山市2023年办好3件民生实事\n主持人：干得怎样？\n局长：老旧小区改造，年初的任务是8个，全部完成。"
        "清洁取暖改造去年做了900户。\n主持人：停车呢？\n局长：停车设施建设的目标是500个，落地540个。\n",
        ("老旧小区改造", "清洁取暖改造", "停车设施建设"),
    ),
    "a story under sub-headlines": (
        "北山市2023年实施15个民生实事项目。\n■书声近了\n“近多了。”李女士说。学位扩容项目新建学校5所，增加学位1200个。"
        "食堂改造项目完成6个。\n■路不堵了\n“真快。”老王说。道路畅通项目修路9公里，公交优化项目新开线路2条。\n"
        "■老人笑了\n“好吃。”张大爷说。老年食堂项目新建食堂7个。同时，适老化改造项目完成300户。"
        "居家养老项目服务2.3万人次。\n",
        ("学位扩容项目", "食堂改造项目", "道路畅通项目", "老年食堂项目", "适老化改造项目", "居家养老项目"),
    ),
    "what is asked, and said again": (
        "北山市2023年办好4件民生实事\n记者：局长您好。\n局长：4件全部办完。\n"
        "记者：很多网友问起老年助餐，今年办得怎样？\n局长：年初定的是新开助餐点30家，实际开了36家。\n"
        "记者：再聊聊大家关心的加装电梯这件事。\n局长：到上周，加装电梯竣工52部。\n"
        "记者：天冷了，清洁供热进展如何？\n局长：更换管网26公里，清洁供热率96%。\n"
        "记者：那么公交车呢？\n局长：公交线路优化，今年新开线路12条。\n"
        "记者：明年有什么打算？\n局长：再新建助餐点20家。\n",
        ("老年助餐", "加装电梯", "清洁供热", "公交线路优化"),
    ),
    "what is asked by many": (
        "北山市2023年办好3件民生实事\n晨报记者：先说学位扩容。缓解了没有？\n市教育局局长王某：一大截，新建学校5所。\n"
        "晚报记者：老旧小区改造，您怎么看？\n市住建局主任李某：改了8个，惠及居民3500户。\n"
        "日报记者：最后问公交优化。\n市交通局局长陈某：不回避，新开线路9条。\n",
        ("学位扩容", "老旧小区改造", "公交优化"),
    ),
    "a briefing by several": (
        "北山市2023年办好8件民生实事\n市教育局副局长王某：\n我们牵头的有2件。第一件是学位扩容。新建学校5所。第二件是食堂提质。改造食堂6间。\n"
        "市卫健委副主任李某：\n我们承担的也是2件。先说免费筛查，今年完成筛查8.4万人。最后是普惠托育，新增托位900个。\n"
        "市住建局副局长周某：\n我介绍3件。老旧小区改造，改造小区8个。燃气管道更新，换新管道43公里。供热提质方面，入户检查2.1万户。\n"
        "市交通局发言人陈某：\n最后一件由交通局承担，是农村公路提升，改造公路41公里。\n"
        "在答记者问环节，陈某表示，2024年拟办理10件实事，新增学位5000个。\n",
        (
            *("学位扩容", "食堂提质", "免费筛查", "普惠托育"),
            *("老旧小区改造", "燃气管道更新", "供热提质", "农村公路提升"),
        ),
    ),
    "a briefing retold": (
        "北山市2023年办好5件民生实事\n据市教育局介绍，教育类实事有两件：学位供给扩容，新增学位1200个；教室照明改造，改造教室300间。\n"
        "市住建局负责人说，老旧小区改造，改造小区8个；城市内涝治理，治理积水点17处。\n"
        "市交通局介绍，农村公路提升，改造公路41公里。\n",
        ("学位供给扩容", "教室照明改造", "老旧小区改造", "城市内涝治理", "农村公路提升"),
    ),
    "who tells, then a name": (
        "北山市2023年办好3件民生实事\n市教育局副局长王某表示，学位供给扩容，新增学位1200个。\n"
        "市民政局局长李某介绍，老年助餐方面，新增助餐点18个。\n市交通局总工程师谭某说，农村道路“白改黑”完成78公里。\n",
        ("学位供给扩容", "老年助餐", "农村道路“白改黑”"),
    ),
    "groups in a table": (
        "北山市2023年民生实事安排表\n序号|项目名称|建设内容|投资（万元）\n一|教育卫生||12600\n1|增加学位供给|新建学校5所|7200\n"
        "2|建设医院|新增床位80张|5400\n二|城乡建设||850\n3|改造老旧小区|改造小区8个|850\n",
        ("增加学位供给", "建设医院", "改造老旧小区"),
    ),
    "short paragraphs": (
        "北山市2023年办好4件民生实事\n学有所教，新建学校5所；\n住有所居，改造小区8个；\n劳有所得，新增就业900人；\n行有所乘，新开线路4条。\n",
        ("学有所教", "住有所居", "劳有所得", "行有所乘"),
    ),
    "names in quotation marks alone": (
        "北山市2023年办好4件民生实事\n记者：上学呢？\n局长：我先说“公办园建设”。新建5所，提供学位900个。再说“校园食堂提升”，改造食堂6间。\n"
        "记者：住得怎样？\n局长：“老旧小区改造”涉及8个小区。“两癌”不归我们管。另一件是“电梯加装”，新装64部。\n",
        ("公办园建设", "校园食堂提升", "老旧小区改造", "电梯加装"),
    ),
    "第一件, in a paragraph": (
        "北山市2023年3件民生实事进展顺利。第一件，增加学位，新建学校5所；第二件，改造小区，惠及居民3500户；"
        "第三件，开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "其一, in a paragraph": (
        "北山市2023年3件民生实事进展顺利。其一，增加学位，新建学校5所；其二，改造小区，惠及居民3500户；"
        "其三，开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "1. in a paragraph": (
        "北山市2023年3件民生实事进展顺利。1.增加学位，新建学校5所；2.改造小区，惠及居民3500户；"
        "3.开展培训，全年培训2600人次。\n",
        ("增加学位", "改造小区", "开展培训"),
    ),
    "一件是, 另一件是": (
        "北山市2023年办好4件民生实事。\n在教育方面，一件是学位扩容，新建学校5所；另一件是课桌更换，更换课桌900套。"
        "在交通方面，一件是公交提质，新开线路6条；另一件是断头路打通，打通道路5条。\n",
        ("学位扩容", "课桌更换", "公交提质", "断头路打通"),
    ),
    "marks that begin anew below other chapters": (
        "北山市2023年民生实事工作方案\n一、总体要求\n筹集资金3.4亿元，拨付率60%以上。\n二、重点任务\n"
        + "".join(f"（{n}）{t}。{b}\n" for n, t, b in zip("一二三", TITLES, BODIES, strict=True))
        + "三、保障措施\n（一）靠实工作责任。每月5日前报送进展。\n（二）加强督查考核。群众满意度不低于90%。\n",
        TITLES,
    ),
    "below chapters, all with numbers": (
        "北山市2023年民生实事工作方案\n一、指导思想\n坚持尽力而为。\n二、工作任务\n"
        + "".join(f"{n}.{t}。{b}\n" for n, t, b in zip("123", TITLES, BODIES, strict=True))
        + "三、工作要求\n1.加强组织领导。明确1名分管领导。\n2.强化资金保障。安排2600万元。\n3.严格考核。满意度95%。\n",
        TITLES,
    ),
    "requirements, then the list": (
        "关于做好2023年民生实事的通知\n北山市2023年办好民生实事3件，要求如下：\n一、提高认识。高度重视。\n二、细化责任。"
        "制定方案。\n附件：责任分解表\n"
        + "".join(f"{n}、{t}\n{b}\n" for n, t, b in zip("一二三", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "numbers that run on through groups": (
        "北山市2023年民生实事实施方案\n一、主要内容\n（一）教育事业\n1.增加学位供给。新建学校5所。\n2.改造食堂。改造食堂6个。\n"
        "（二）城乡建设\n3.改造老旧小区。改造小区8个。\n4.打通断头路。打通道路3条。\n二、保障措施\n1.加强领导。\n2.注重宣传。\n",
        ("增加学位供给", "改造食堂", "改造老旧小区", "打通断头路"),
    ),
    "groups of levels that add up": (
        "北山市2023年民生实事通报\n实施省定民生实事2件、市定民生实事1件，共3件。\n一、省定民生实事\n"
        "（一）增加学位供给。新建学校5所。\n（二）改造老旧小区。改造小区8个。\n二、市定民生实事\n"
        "（一）开展技能培训。培训人员2600人次。\n三、下一步工作\n（一）加强管护。落实经费300万元。\n",
        TITLES,
    ),
    "questions on lines of their own": (
        "北山市2023年10件民生实事记者问\n老旧小区改造搞了一年，效果好吗？\n市住建局局长张某说，改造小区8个，惠及居民3500户。\n"
        "停车这么难，公共车位建设交代得过去吗？\n“这是10件实事里最难的。”市城管局副局长李某坦言，新增车位900个。\n"
        "农村公路提升轮得到我们村吗？\n“轮得到。”市交通局科长何某说，改造公路41公里，新增路灯60盏。\n"
        "采访结束时，多位负责人提到新一年的打算：再改造小区20个。\n",
        ("老旧小区改造", "公共车位建设", "农村公路提升"),
    ),
    "questions with marks": (
        "民生实事有问有答\n北山市民生实事稳步推进。\nQ1：老旧小区改造效果怎么样？\nA：市住建局：改造小区8个，惠及居民3500户。\n"
        "Q2：农村公路提升安心了吗？\nA：市交通局：提升公路41公里，整治隐患89处。\n"
        "Q3：残疾儿童救助怎么申请？\nA：市残联：救助儿童260名，人均1.8万元。\n",
        ("老旧小区改造", "农村公路提升", "残疾儿童救助"),
    ),
    "speakers in brackets": (
        "北山市2023年办好3件民生实事\n【主持人】办得怎样？\n【李主任】全部办完。\n【网友“南山”】老旧小区改造到哪一步了？\n"
        "【李主任】改造小区8个，惠及居民3500户。\n【主持人】网友“北水”关心农村公路提升，说路太窄。\n"
        "【李主任】提升公路41公里，补装护栏12公里。\n【网友“东风”】残疾儿童康复救助还有名额吗？\n"
        "【李主任】不限名额，救助儿童260名。\n",
        ("老旧小区改造", "农村公路提升", "残疾儿童康复救助"),
    ),
    "headlines that name nothing": (
        "温度\n——北山市2023年民生实事回访\n水龙头里的甜味\n“水压足了。”王阿姨说。变化来自老旧管网更新工程。今年更新供水管网67公里，改造泵房18座。\n"
        "山路宽了\n坐船再走路，这样的日子随着镇村公交提升工程的推进成了历史。新开线路23条，购置客车85辆。\n"
        "听见第一声\n在3件实事中，残疾儿童免费康复格外温情。为1043名儿童提供训练，植入耳蜗26例。\n",
        ("老旧管网更新工程", "镇村公交提升工程", "残疾儿童免费康复"),
    ),
    "headings that end with a colon": (
        "北山市2023年民生实事账单\n市政府今年承诺的实事进展顺利。\n"
        + "".join(f"{t}：\n{b}\n" for t, b in zip(TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "names that a blank parts from prose": (
        HEAD.format(3) + "".join(f"0{n} {t} 全年{b[:-1]}\n" for n, t, b in zip("123", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "as many parts of a sentence as projects": (
        "北山市2023年民生支出41.3亿元。年初承诺的4件民生实事，3件完成：新建学校5所，增加学位1200个；改造小区8个；"
        "培训人员2600人次；修路9公里，架桥2座。这些变化来之不易。\n",
        ("新建学校5所", "改造小区8个", "培训人员2600人次", "修路9公里"),
    ),
    "as many sentences as projects": (
        "北山市2023年4件民生实事全部完成。新建学校5所，增加学位1200个。改造小区8个。培训人员2600人次。修路9公里，架桥2座。\n",
        ("新建学校5所", "改造小区8个", "培训人员2600人次", "修路9公里"),
    ),
    "what a change is due to": (
        "北山市2023年6件民生实事全部完成。\n孙大娘的食堂，受益于社区食堂建设项目。全年新建食堂32家。"
        "通过实施学位扩容工程，新建学校5所。老周的小区，是老旧小区整治工程的受益者之一。整治小区34个。"
        "多亏了农村公路提质工程，修路9公里。随着停车泊位倍增行动的推进，新增车位2300个。供水管网更新工程改造管网26公里。"
        "工程处处长说，不找借口。\n",
        (
            *("社区食堂建设项目", "学位扩容工程", "老旧小区整治工程"),
            *("农村公路提质工程", "停车泊位倍增行动", "供水管网更新工程"),
        ),
    ),
    "short texts behind a colon": (
        HEAD.format(3) + "老旧小区改造：改造小区8个。\n农村公路建设：修路9公里。\n学位供给扩容：新建学校5所。\n",
        ("老旧小区改造", "农村公路建设", "学位供给扩容"),
    ),
    "nested headings": (
        HEAD.format(2) + "一、教育\n（一）学位\n新建学校5所。\n"
        "（二）食堂\n改造食堂6个。\n二、住房\n（一）小区\n改造小区8个。\n（二）电梯\n加装电梯9部。\n",
        ("教育", "住房"),
    ),
    "level and state behind the title": (
        listed("1.增加学位供给（市级）", "2.改造老旧小区（已完成）", "3.开展技能培训（市人社局）"),
        TITLES,
    ),
    "level before the title": (
        listed("1.【省级】增加学位供给", "2.【市级】改造老旧小区", "3.【市级】开展技能培训"),
        TITLES,
    ),
    "title with a subtitle": (
        listed("一、教育：增加学位供给", "二、住房：改造老旧小区", "三、就业：开展技能培训"),
        ("教育：增加学位供给", "住房：改造老旧小区", "就业：开展技能培训"),
    ),
    "labelled lines": (
        HEAD.format(2) + "1.增加学位供给\n年度目标：新建学校4所。\n完成情况：新建学校5所。\n责任单位：市教育局\n"
        "2.改造老旧小区\n年度目标：改造小区8个。\n完成情况：改造小区8个。\n责任单位：市住建局\n",
        TITLES[:2],
    ),
    "verse": (
        "北山市2023年3件民生实事\n"
        + "".join(
            f"{n}、{title}\n{lines}"
            for n, title, lines in zip(
                "一二三",
                TITLES,
                (
                    "新建学校\n5所\n增加学位\n1200个\n覆盖乡镇\n6个\n",
                    "改造小区\n8个\n惠及居民\n3500户\n加装电梯\n9部\n",
                    "培训人员\n2600人次\n新增就业\n900人\n举办活动\n12场\n",
                ),
                strict=True,
            )
        ),
        TITLES,
    ),
    "numbers in large type": (
        HEAD.format(3) + "".join(f"0{n}\n{t}\n{b}\n" for n, t, b in zip("123", TITLES, BODIES, strict=True)),
        TITLES,
    ),
    "end of the page": (marked("1.", "2.", "3.") + "\n责任编辑：王宁\n上一篇：新闻\n", TITLES),
    "look ahead at the end": (marked("1.", "2.", "3.") + "\n下一步，北山市将继续新建学校6所。\n", TITLES),
    "no projects": ("北山市2023年民生实事\n欢迎来电。\n", ()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_to_titles(layout: str) -> None:
    text, titles = LAYOUTS[layout]
    assert tuple(project.title for project in extractor.extract(text).projects) == titles


@pytest.mark.parametrize("layout", LAYOUTS)
def test_projects_follow_one_another_and_hold_their_titles_and_figures(layout: str) -> None:
    text = LAYOUTS[layout][0]
    end = 0
    for project in extractor.extract(text).projects:
        assert end <= project.span.start <= project.title_span.start < project.title_span.end <= project.span.end
        assert all(project.span.start <= one.span.start and one.span.end <= project.span.end for one in project.figures)
        end = project.span.end


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        (("一、", "二、", "三、"), [1, 2, 3]),
        (("3.", "5.", "8."), [3, 5, 8]),
        (("①", "②", "③"), [1, 2, 3]),
        (("8️⃣", "9️⃣", "🔟"), [8, 9, 10]),
        (("第九件 ", "第十件 ", "第十一件 "), [9, 10, 11]),
        (("● ", "● ", "● "), [None, None, None]),
    ],
)
def test_mark_to_number(marks: tuple[str, ...], numbers: list[int | None]) -> None:
    assert [project.number for project in extractor.extract(marked(*marks)).projects] == numbers


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("1.增加学位供给", "None []"),
        ("1.增加学位供给（省级）", "省级 []"),
        ("1.增加学位供给（市定民生实事之一）", "市定 []"),
        ("1.增加学位供给（市教育局、市财政局）", "None ['市教育局', '市财政局']"),
        ("1.增加学位供给\n责任单位：市教育局，市财政局", "None ['市教育局', '市财政局']"),
        ("1.增加学位供给\n（牵头单位：市教育局）", "None ['市教育局']"),
        # Brackets that are part of the title.
        ("1.增加学位供给（二期）", "None []"),
    ],
)
def test_heading_to_level_and_departments(heading: str, expected: str) -> None:
    project = extractor.extract(listed(heading, "2.改造老旧小区", "3.开展技能培训")).projects[0]
    assert f"{project.level} {[*project.departments]}" == expected


def test_a_level_in_the_mark_and_an_office_behind_a_slash() -> None:
    heads = (f"{mark}　{title}／市教育局" for mark, title in zip(("省定-1", "省定-2", "市定-1"), TITLES, strict=True))
    projects = extractor.extract(listed(*heads)).projects
    assert [(one.title, one.level, one.departments) for one in projects] == [
        (title, level, ("市教育局",)) for title, level in zip(TITLES, ("省定", "省定", "市定"), strict=True)
    ]


@pytest.mark.parametrize(
    "end",
    [
        "通报指出，全年民生支出41.6亿元。",
        "截至本公告发布之日，2024年民生实事征集已收到建议4276条。",
        "3个项目中，群众满意率最高的达98.6%。",
        "—— 以上3个项目已完成 ——",
    ],
)
def test_what_speaks_of_all_is_no_part_of_the_last_project(end: str) -> None:
    last = extractor.extract(marked("1.", "2.", "3.") + f"\n{end}\n").projects[-1]
    assert [figure.surface for figure in last.figures] == ["2600人次", "900人"]


@pytest.mark.parametrize(
    ("heading", "figure"),
    [
        ("第1名　培训　130%\n目标2000人，培训2600人。", "2600人 培训 130"),
        ("第1名　培训　130%\n培训2600人。", "2600人 培训 130"),
        ("第1名　培训合格率　93%\n全年没有延误。", "93% 培训合格率 None"),
    ],
)
def test_a_rate_behind_a_heading(heading: str, figure: str) -> None:
    text = HEAD.format(3) + f"{heading}\n第2名　改造老旧小区　95%\n{RENEW}\n第3名　增加学位供给　90%\n{BUILD}\n"
    release = extractor.extract(text)
    first = release.projects[0].figures[0]
    assert f"{first.surface} {first.indicator} {first.completion and first.completion.value}" == figure
    assert "unexplained" not in {numeral.role for numeral in release.numerals}


def test_the_next_years_projects_in_a_paragraph_of_their_own() -> None:
    coming = (
        "新的一年，我们将量力而行，继续办好3件民生实事：①新建幼儿园5所，新增学位900个；②改造老旧小区26个；③新建口袋公园8个，改造健身步道25公里。"
        + "各位代表，让我们一起努力。" * 4
    )
    report = "\n".join(f"——{title}工程：{body}" for title, body in zip(TITLES, BODIES, strict=True))
    record = extractor.extract(f"北山市2023年民生实事工作报告\n2023年，北山市办好了民生实事。\n{report}\n{coming}\n")
    assert [(one.title, one.year) for one in record.projects] == [
        *((f"{title}工程", None) for title in TITLES),
        ("新建幼儿园5所", 2024), ("改造老旧小区26个", 2024), ("新建口袋公园8个", 2024),
    ]  # fmt: skip
    assert [one.promised for project in record.projects for one in project.figures] == [False] * 6 + [True] * 5


def test_part_two_is_of_the_year_that_its_heading_names() -> None:
    text = (
        "北山市民生实事\n北山市2023年民生实事完成情况如下。\n"
        "第一部分 2022年完成情况\n1.增加学位供给\n新建学校5所。\n2.改造老旧小区\n改造小区8个。\n"
        "第二部分 2023年项目安排\n3.开展技能培训\n培训人员2600人次。\n4.新建便民市场\n新建市场3个。\n"
    )
    assert [project.year for project in extractor.extract(text).projects] == [2022, 2022, None, None]


def test_clauses_of_a_verse_with_a_credit_line() -> None:
    lines = (
        "新增学位\n1.86\n万个\n比上年多\n2100\n个\n受益学生超过\n320\n人\n"
        "建成老年食堂\n18\n家\n比计划多3家\n日均助餐\n2600\n人次\n左右\n老人有饭吃\n"
    )
    text = HEAD.format(1) + "一、教育\n" + lines + "来源｜督查室　制图｜李某　校对｜陈某\n"
    release = extractor.extract(text)
    figures = [one for project in release.projects for one in project.figures]
    assert [(one.indicator, one.value, one.kind) for one in figures] == [
        ("学位", 18600, "amount"),
        ("学位", 2100, "change"),
        ("受益学生", 320, "amount"),
        ("老年食堂", 18, "amount"),
        ("日均助餐", 2600, "amount"),
    ]


@pytest.mark.parametrize("line", ["1.责任编辑：张三", "一、上一篇：无"])
def test_a_mark_that_only_furniture_has_heads_nothing(line: str) -> None:
    release = extractor.extract(f"北山市2023年民生实事完成情况\n新建学校5所。\n{line}\n")
    assert release.projects == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_lone_mark_at_the_end_is_read(layout: str) -> None:
    extractor.extract(f"{LAYOUTS[layout][0]}\n 第一件").to_dict()
