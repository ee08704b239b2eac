"""The built-in forms an organizer starts from; their words are data and stay as they are.

Source: docs/rules/registration_forms.md, "The national registration form".
"""

from typing import Final

from rules.registration_forms import Condition, DataClass, Field, FieldKind, Form, Match, Page

_K, _D = FieldKind, DataClass
STATUS, WORKING, STUDENT, SOLDIER = "报名身份", "在职职工", "院校学生", "退役军人"
_WORKS: Final = Condition("status", Match.IS, (WORKING,))
_STUDIES: Final = Condition("status", Match.IS, (STUDENT,))
_NEEDLESS: Final = "资格审查用不到，按最少必要原则默认不收集。"

NATIONAL: Final = Form(
    (
        Page(
            "报名身份",
            (
                Field(
                    "status",
                    _K.CHOICE,
                    STATUS,
                    help="按现在的情况选一项，后面只问与你有关的。",
                    required=True,
                    options=(WORKING, "灵活就业人员", SOLDIER, STUDENT),
                    data_class=_D.PERSONAL,
                    retention_days=365,
                ),
                Field(
                    "hired_on",
                    _K.DATE,
                    "入职日期",
                    help="以劳动合同为准。",
                    required=True,
                    shown_if=_WORKS,
                    data_class=_D.PERSONAL,
                    retention_days=365,
                ),
                Field(
                    "industry",
                    _K.CHOICE,
                    "所在行业",
                    shown_if=_WORKS,
                    options=(
                        "绿色石化",
                        "船舶修造",
                        "机械制造",
                        "水产品精深加工",
                        "粮油精深加工",
                        "其他",
                    ),
                ),
                Field(
                    "school",
                    _K.ORGANIZATION,
                    "就读院校",
                    required=True,
                    shown_if=_STUDIES,
                    data_class=_D.PERSONAL,
                    retention_days=365,
                ),
                Field(
                    "class_name",
                    _K.TEXT,
                    "专业与班级",
                    shown_if=_STUDIES,
                    data_class=_D.PERSONAL,
                    retention_days=365,
                    most="40",
                ),
                Field(
                    "ethnicity",
                    _K.TEXT,
                    "民族",
                    data_class=_D.SENSITIVE,
                    retention_days=90,
                    most="20",
                    asked=False,
                    reason=_NEEDLESS,
                ),
                Field(
                    "education",
                    _K.CHOICE,
                    "学历",
                    options=("初中及以下", "高中（中专、中技）", "大专（高技）", "本科", "研究生"),
                    data_class=_D.PERSONAL,
                    retention_days=90,
                    asked=False,
                    reason="比的是技能，学历不作报名条件，默认不收集。",
                ),
                Field(
                    "political_status",
                    _K.TEXT,
                    "政治面貌",
                    data_class=_D.SENSITIVE,
                    retention_days=90,
                    most="20",
                    asked=False,
                    reason=_NEEDLESS,
                ),
            ),
        ),
        Page(
            "证明材料",
            (
                Field(
                    "employment_proof",
                    _K.FILE,
                    "在职证明或社保记录",
                    help="拍照或 PDF 都可以，看得清单位和姓名即可。",
                    required=True,
                    shown_if=_WORKS,
                    data_class=_D.PERSONAL,
                    retention_days=60,
                ),
                Field(
                    "skill_certificate",
                    _K.CERTIFICATE,
                    "职业技能等级证书",
                    help="没有证书可以不填；填了编号就请附上证书照片。",
                    data_class=_D.PERSONAL,
                    retention_days=180,
                ),
                Field(
                    "stamped_form",
                    _K.FILE,
                    "盖章的单位推荐表",
                    shown_if=_WORKS,
                    data_class=_D.PERSONAL,
                    retention_days=180,
                    asked=False,
                    reason="由单位统一推荐的不必选手自己交，个人报名的赛项再打开。",
                ),
            ),
        ),
    )
)
"""The registration form in national use, as far as the usual steps do not ask it already."""

TEMPLATES: Final = {"national": NATIONAL, "empty": Form((Page("补充信息"),))}
