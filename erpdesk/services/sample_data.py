"""Invented firms for the sample company: same seed, same firms. Nothing in it is real."""

import random
from collections.abc import Callable
from dataclasses import dataclass

CITIES = (
    ("杭州", "3301", "0571"), ("上海", "3101", "021"), ("苏州", "3205", "0512"),
    ("宁波", "3302", "0574"), ("南京", "3201", "025"), ("无锡", "3202", "0510"),
    ("嘉兴", "3304", "0573"), ("合肥", "3401", "0551"), ("温州", "3303", "0577"),
    ("绍兴", "3306", "0575"), ("常州", "3204", "0519"), ("芜湖", "3402", "0553"),
)  # fmt: skip
FIRST = "青明海远金瑞宏嘉新天恒百安晨锦万东华盛通和泰鼎兴元博汇川云启"
SECOND = "禾湖川达源丰图宇越利诚辉腾驰茂德信康隆基联创业朗辰森峰阳立航"
TRADES = (
    "包装材料", "机电设备", "五金制品", "建材", "食品", "纺织品", "化工原料", "电子元件", "印刷",
    "办公用品", "医疗器械", "物流服务", "农副产品", "汽车配件", "家具", "照明电器", "仪器仪表",
    "塑料制品", "环保设备", "精密模具",
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "贸易有限公司", "股份有限公司", "商行", "经营部")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "秀兰", "建国", "志强", "晓燕", "文静", "海燕", "国庆", "思远", "雨桐", "子涵", "佳怡",
)  # fmt: skip
ROADS = ("人民路", "解放路", "中山路", "工业大道", "创新路", "滨江路", "金枫路", "江陵路", "文三路")
BANKS = ("中国工商银行", "中国建设银行", "中国农业银行", "中国银行", "招商银行", "交通银行")
USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented customer."""

    code: str
    name: str
    tax_id: str
    contact: str
    phone: str
    email: str
    address: str
    bank_name: str
    bank_account: str
    terms_days: int
    barcodes: tuple[str, ...]


def firms(seed: int, count: int, *, with_check: Callable[[str], str]) -> tuple[Firm, ...]:
    """Return invented firms with different names; ``with_check`` completes a tax number."""
    chance, seen, made = random.Random(seed), set[str](), list[Firm]()  # noqa: S311 - no secret
    while len(made) < count:
        city = chance.choice(CITIES)
        brand = chance.choice(FIRST) + chance.choice(SECOND)
        name = city[0] + brand + chance.choice(TRADES) + chance.choice(FORMS)
        if brand + city[0] not in seen:
            seen.add(brand + city[0])
            made.append(_firm(chance, len(made) + 1, name, city, with_check))
    return tuple(made)


def _firm(
    chance: random.Random,
    n: int,
    name: str,
    city: tuple[str, str, str],
    with_check: Callable[[str], str],
) -> Firm:
    digits = _digits(chance, 8)
    organisation = "".join(chance.choice(USCC_LETTERS) for _ in range(9))
    return Firm(
        code=f"KH{n:05d}",
        name=name,
        tax_id=with_check(f"91{city[1]}{_digits(chance, 2)}{organisation}"),
        contact=chance.choice(SURNAMES) + chance.choice(GIVEN),
        phone=f"1{chance.choice('35789')}{_digits(chance, 9)}",
        email=f"ar{n:05d}@kehu.example",
        address=f"{city[0]}市{chance.choice(ROADS)}{chance.randint(1, 1999)}号",
        bank_name=f"{chance.choice(BANKS)}{city[0]}分行",
        bank_account=f"62{digits}{_digits(chance, 9)}",
        terms_days=chance.choice((0, 30, 30, 45, 60, 90)),
        barcodes=tuple(
            _ean(f"69{_digits(chance, 10)}") for _ in range(chance.choice((0, 1, 1, 2)))
        ),
    )


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _ean(twelve: str) -> str:
    total = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(twelve))
    return twelve + str(-total % 10)
