"""A unit's list of workers as a workbook: the template, what was filled in, the rows to mend."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from adapters.tables import safe_cell
from adapters.workbook_parts import Reach
from adapters.workbooks import Cell, Page, Sheet, read_workbook, write_workbook
from rules.errors import Invalid
from rules.identity import check_digit
from rules.terms import Gender, SkillLevel
from rules.workers import COLUMNS, FORMULA, MOST_ROWS, NEEDED

SHEET: Final = "职工名单"
NOTES: Final = "填写说明"
HEADS: Final[Mapping[str, str]] = {
    "name": "姓名",
    "gender": "性别",
    "id_number": "身份证号",
    "phone": "手机号",
    "town": "所在镇街",
    "occupation": "工种",
    "in_trade_since": "从业起始年份",
    "skill_level": "技能等级",
    "certificate_no": "等级证书编号",
    "position": "岗位",
}
AT: Final = "原行号"
REASON: Final = "原因"
WIDTHS: Final = (14, 8, 24, 16, 16, 24, 14, 20, 22, 16)
LEVELS: Final[Mapping[str, SkillLevel]] = {
    "学徒工": SkillLevel.APPRENTICE,
    "初级工（五级）": SkillLevel.FIVE,
    "中级工（四级）": SkillLevel.FOUR,
    "高级工（三级）": SkillLevel.THREE,
    "技师（二级）": SkillLevel.TWO,
    "高级技师（一级）": SkillLevel.ONE,
    "特级技师": SkillLevel.SPECIAL,
    "首席技师": SkillLevel.CHIEF,
}
GENDERS: Final[Mapping[str, Gender]] = {"男": Gender.MALE, "女": Gender.FEMALE}
EXAMPLE_MARK: Final = "示例"
"""A row whose name begins so is an example and is passed over."""
EXAMPLE_ID: Final = "99000119900102001" + check_digit("99000119900102001")
REACH: Final = Reach(rows=MOST_ROWS + 500, columns=60)
ROOM: Final = 500
EXPLAINED: Final = (
    ("怎么填", "一名职工一行，从第 3 行起填；第 2 行是示例，留着也不会被读入。"),
    ("带 * 的列", "必须填写。其他列可以空着，由职工自己补充。"),
    ("身份证号", "按文本填 18 位，末位 X 大小写均可。系统核对校验码、出生日期和性别。"),
    ("手机号", "11 位。职工报名、赛前通知都用它。"),
    ("下拉列", "性别、所在镇街、工种、技能等级请从下拉框里选。工种空着就按所报赛项。"),
    ("从业起始年份", "四位数字，如 2016。"),
    ("照片和同意", "不用代填。提交后系统为每人生成一个链接，由本人确认信息、上传照片并同意。"),
    ("公式", "不要写公式，只写内容。"),
)


def words_of_levels() -> Mapping[str, SkillLevel]:
    """Return the words of skill levels, with and without what stands in brackets."""
    short = {words.partition("（")[0]: level for words, level in LEVELS.items()}
    return {**short, **LEVELS}


def worker_template(towns: Sequence[str], occupations: Sequence[str], trade: str) -> bytes:
    """Write the empty list with its drop-downs, an example row and the notes."""
    example = ("示例：张三", "男", EXAMPLE_ID, "13800000000", towns[0] if towns else "", trade)
    more = ("2016", "高级工（三级）", "", "保管员")
    return write_workbook(
        [
            _page([(*example, *more)], towns, occupations, room=ROOM),
            Page(NOTES, ("项目", "说明"), EXPLAINED, widths=(18, 90)),
        ]
    )


def workers_workbook(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write a filled-in list, as a unit's own system would hand it over."""
    return write_workbook([_page([_line(cells) for cells in rows], (), ())])


def bad_rows_workbook(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    reasons: Mapping[int, list[str]],
    towns: Sequence[str],
    occupations: Sequence[str],
) -> bytes:
    """Write the rows that have faults, each with its first number and its reasons."""
    lines = [
        (*_line(cells), str(at), "；".join(reasons[at])) for at, cells in rows if at in reasons
    ]
    return write_workbook([_page(lines, towns, occupations, more=(AT, REASON))])


def _line(cells: Mapping[str, str]) -> tuple[str, ...]:
    read = (cells.get(name, "") for name in COLUMNS)
    return tuple("" if text == FORMULA else text for text in read)


def _page(
    rows: Sequence[Sequence[str]],
    towns: Sequence[str],
    occupations: Sequence[str],
    *,
    room: int = 0,
    more: tuple[str, ...] = (),
) -> Page:
    lists = {
        "gender": tuple(GENDERS),
        "town": tuple(towns),
        "occupation": tuple(occupations),
        "skill_level": tuple(LEVELS),
    }
    return Page(
        SHEET,
        (*(HEADS[name] + ("*" if name in NEEDED else "") for name in COLUMNS), *more),
        rows,
        widths=(*WIDTHS, *((8, 60) if more else ())),
        choices={COLUMNS.index(name): words for name, words in lists.items() if words},
        room=room,
    )


def read_workers(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """Read the rows of a filled-in list: (row number, column to text), empty rows left out.

    A row of the file of bad rows keeps the number it had first. Raises
    ``Invalid`` when the file is no such list, is empty or is too long.
    """
    sheets = read_workbook(data, REACH)
    sheet = next((one for one in sheets if one.name == SHEET), sheets[0] if sheets else None)
    head = _head(sheet)
    if sheet is None or set(head) < set(HEADS):
        missing = "、".join(words for name, words in HEADS.items() if name not in head)
        raise Invalid(
            "The first row of the sheet lacks these columns: %(missing)s. Download the template "
            "and fill it in. Nothing was imported.",
            missing=missing,
        )
    rows = [(at, _cells(cells, head)) for at, cells in enumerate(sheet.rows[1:], start=2)]
    found = [(_first_number(at, cells), cells) for at, cells in rows if _counts(cells)]
    if not found:
        raise Invalid("The list has no filled-in row. Nothing was imported.")
    if len(found) > MOST_ROWS:
        raise Invalid(
            "A list has at most %(most)s rows. Divide it and upload the parts.", most=MOST_ROWS
        )
    return found


def _head(sheet: Sheet | None) -> dict[str, int]:
    names = {words: name for name, words in HEADS.items()} | {AT: AT}
    found: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[0] if sheet and sheet.rows else ()):
        name = names.get(cell.text.strip("*＊ "))
        if name is not None:
            found.setdefault(name, column)
    return found


def _cells(cells: tuple[Cell, ...], head: Mapping[str, int]) -> dict[str, str]:
    read = {}
    for name, column in head.items():
        if column < len(cells):
            cell = cells[column]
            text = FORMULA if cell.is_formula else cell.text
            if text:
                read[name] = text
    return read


def _counts(cells: Mapping[str, str]) -> bool:
    named = any(name in cells for name in COLUMNS)
    return named and not cells.get("name", "").startswith(EXAMPLE_MARK)


def _first_number(at: int, cells: dict[str, str]) -> int:
    said = cells.pop(AT, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("100000") else at


def links_workbook(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Write name, event, link and the day it ends, to be passed on."""
    lines = [tuple(safe_cell(cell) for cell in row) for row in rows]
    return write_workbook(
        [Page("邀请链接", ("姓名", "赛项", "链接", "有效期至"), lines, widths=(14, 28, 80, 20))]
    )
