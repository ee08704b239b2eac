"""A handful of invented pages for the tests of the engines."""

import datetime as dt

from search_index.documents import Document

WELDER = Document(
    key="craftsman:he-dingbo",
    kind="craftsman",
    title="贺定波：岑港街道走出的焊工",
    name="贺定波",
    trade="焊工（船舶）",
    town="岑港街道",
    employer="定海湾船舶修造（示例）",
    family="船舶修造",
    level="高级技师",
    honours=("定海名匠",),
    themes=("工匠日",),
    year=2024,
    text="他练成了鱼鳞焊，管道6G位置单面焊双面成型。PLC联锁柜也难不倒他。",
    published=dt.date(2024, 5, 1),
)
PAINTER = Document(
    key="craftsman:shan-xueqin",
    kind="craftsman",
    title="单雪琴的漆面",
    name="单雪琴",
    trade="船舶涂装工",
    town="盐仓街道",
    family="船舶修造",
    level="技师",
    honours=("舟山工匠",),
    year=2023,
    text="她给船壳喷漆，也学过焊工的护目。",
    published=dt.date(2023, 3, 8),
)
NANNY = Document(
    key="craftsman:yu-gendi",
    kind="craftsman",
    title="余根娣与新生儿",
    name="余根娣",
    trade="母婴护理员",
    town="白泉镇",
    family="一老一小",
    level="技师",
    year=2024,
    text="袋鼠式护理是她的拿手活。",
    published=dt.date(2024, 1, 2),
)
STORY = Document(
    key="story:fish-scale-weld",
    kind="story",
    title="鱼鳞焊是怎样炼成的",
    name="贺定波",
    trade="焊工（船舶）",
    themes=("工匠日", "传承"),
    year=2025,
    text="师父何守义递来面罩，氩弧焊打底要看火候。",
    published=dt.date(2025, 4, 30),
    boost=0.8,
)
CONTEST = Document(
    key="contest:2025",
    kind="contest",
    title="2025年“技赢定海”职业技能竞赛",
    themes=("传承",),
    year=2025,
    text="焊工、钳工、养老护理员三个项目。",
    published=dt.date(2025, 2, 1),
    boost=0.6,
)
ALL = (WELDER, PAINTER, NANNY, STORY, CONTEST)
