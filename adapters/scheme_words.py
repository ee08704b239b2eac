"""The words of a scheme workbook: its heads and closed lists are Chinese, as judges fill it in."""

from collections.abc import Mapping
from typing import Final

from rules.schemes import AspectKind, ModuleKind

SHEET: Final = "评分表"
SECTIONS: Final = "标准章节"
NOTES: Final = "说明"
HEADS: Final[Mapping[str, str]] = {
    "depth": "层级",
    "code": "编号",
    "name": "名称",
    "kind": "类别",
    "maximum": "满分",
    "weight": "权重（%）",
    "measure": "测量规则",
    "unit": "单位",
    "how": "测量方法",
    "section": "标准章节",
    "level0": "0 分",
    "level1": "1 分",
    "level2": "2 分",
    "level3": "3 分",
}
LEVELS: Final = ("level0", "level1", "level2", "level3")
DEPTHS: Final = ("总分", "模块", "评分项", "子项", "评分点")
FIELDS: Final = (
    frozenset({"maximum"}),
    frozenset({"code", "name", "kind", "maximum", "weight"}),
    frozenset({"code", "name", "maximum"}),
    frozenset({"code", "name", "maximum"}),
    frozenset({"code", "name", "kind", "maximum", "measure", "unit", "how", "section", *LEVELS}),
)
"""Which heads a row of each depth may fill."""
MODULE_KINDS: Final[Mapping[str, str]] = {
    "理论": ModuleKind.THEORY,
    "实操": ModuleKind.PRACTICE,
}
ASPECT_KINDS: Final[Mapping[str, str]] = {
    "测量": AspectKind.MEASUREMENT,
    "评价": AspectKind.JUDGEMENT,
    "去高去低": AspectKind.TRIMMED,
    "理论": AspectKind.THEORY,
}
LONGEST: Final[Mapping[str, int]] = {
    "code": 16,
    "name": 80,
    "measure": 120,
    "unit": 16,
    "section": 16,
}
"""Characters a cell may hold; a head not named here takes ``LONG``."""
LONG: Final = 400
EXPLAINED: Final = (
    ("怎么填", "一行写一层：模块 → 评分项 → 子项 → 评分点，下一层写在上一层的下面。"),
    ("总分", "可以不写。写了就与各模块满分之和核对。"),
    ("模块", "类别填理论或实操。满分等于其下评分点满分之和。权重要么都写、合计 100，要么都不写。"),
    ("评分项、子项", "满分可以不写。写了就与其下评分点之和核对。"),
    ("编号", "不超过 16 个字符，评分点编号全表不重复，如 A1.3。"),
    ("测量", "在“测量规则”里写怎样把测得的值换成分。"),
    ("评价", "三名裁判各打 0、1、2、3，得分为平均值除以 3 乘满分。写清 0–3 分各是什么样。"),
    ("去高去低", "至少五名裁判打分，去掉一个最高分和一个最低分，再平均。"),
    ("理论", "直接录入理论得分，测量规则可不写，或写 direct。"),
    ("pass_fail", "合格得满分，不合格得 0 分。"),
    ("direct step 0.25", "直接录入得分，按 0.25 一档。不写 step 就不分档。"),
    ("deduct 2", "满分起算，每错一处扣 2 分，扣完为止。"),
    (
        "gain 1.5 cap 12 penalty 1 cap_first",
        "每对一处得 1.5 分，最多 12 分；误报一处扣 1 分，先封顶后扣。",
    ),
    ("steps 0/2/4", "只能是所列分值之一。"),
    ("band 10..14", "测得值在 10 到 14 之间得满分，否则 0 分。"),
    (
        "tolerance 0.5=4 1.0=2 target 25",
        "与 25 相差不超过 0.5 得 4 分，不超过 1.0 得 2 分，否则 0 分。",
    ),
    ("plausible 0..20", "写在任何测量规则后面：超出这个范围的录入会提示核对。"),
    ("标准章节", "可以不用。用了就在“标准章节”表里写每个章节的分值，与评分点之和核对。"),
    ("公式", "不要写公式，只写数值。"),
)
"""What the notes sheet says: a word or a measure, and what it means."""
