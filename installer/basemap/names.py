"""Names and the use of the land of the drill district, which does not exist; its names sound like south Pudong."""

from installer.basemap.plan import Point

CELL_KINDS = (
    "works works rows   school towers rows   works  works",
    "works rows  rows   rows   shops  towers rows   works",
    "rows  rows  towers rows   rows   rows   school rows",
    "park  rows  rows   rows   rows   towers rows   rows",
    "towers rows school shops  park   rows   rows   towers",
    "towers rows rows   rows   rows   rows   towers rows",
    "rows  park  rows   towers rows   shops  rows   school",
    "works rows  rows   rows   school rows   rows   works",
)
"""Use of each cell: rows from south to north, columns from west to east."""

NEIGHBOURHOOD_SPLITS = ((2, 1, 2, 1, 2), (1, 2, 2, 2, 1), (2, 2, 1, 2, 1), (1, 2, 1, 2, 2))
"""How many columns each 居委 takes, for each two rows of cells from south to north."""

NEIGHBOURHOODS = (
    "滨浦新村居委",
    "杨思居委",
    "杨新路居委",
    "德州新村一居委",
    "德州新村二居委",
    "杨浜居委",
    "东明一居委",
    "东明二居委",
    "海阳新村居委",
    "上南花苑居委",
    "临江苑居委",
    "长清新村居委",
    "灵岩居委",
    "金谊一居委",
    "金谊二居委",
    "凌兆新村一居委",
    "凌兆新村二居委",
    "凌兆新村三居委",
    "三林苑一居委",
    "三林苑二居委",
)

LABELS: tuple[tuple[str, int, Point], ...] = (
    ("黄浦江", 1, (-1590.0, 60.0)),
    ("凌兆居民区", 1, (-560.0, 1120.0)),
    ("三林苑", 1, (560.0, 1190.0)),
    ("金谊", 1, (1010.0, 90.0)),
    ("东明", 1, (-330.0, -300.0)),
    ("杨思", 1, (650.0, -1010.0)),
    ("临江", 1, (-1110.0, 520.0)),
    ("凌兆新村", 2, (-430.0, 860.0)),
    ("金谊小区", 2, (620.0, 150.0)),
    ("上南花苑", 2, (1350.0, -540.0)),
    ("海阳新村", 2, (330.0, -520.0)),
    ("长清新村", 2, (-770.0, 150.0)),
    ("德州新村", 2, (1330.0, -1270.0)),
    ("浦三小区", 2, (-90.0, 510.0)),
    ("永泰花苑", 2, (270.0, 860.0)),
    ("东明新村", 2, (-90.0, -190.0)),
    ("杨新小区", 2, (-440.0, -1180.0)),
    ("三林浜", 3, (250.0, -150.0)),
    ("凌兆地铁站", 3, (-455.0, 1050.0)),
    ("浦三路站", 3, (-436.0, 330.0)),
    ("杨思站", 3, (90.0, -896.0)),
    ("上南路站", 3, (800.0, -890.0)),
    ("浦三路下立交", 3, (-930.0, 372.0)),
)
"""Text, rank (1 is seen first) and place in the plan frame."""

PARKS: tuple[tuple[str, Point], ...] = (
    ("滨江绿地", (-1235.0, -560.0)),
    ("金谊公园", (265.0, 155.0)),
    ("凌兆公园", (-770.0, 870.0)),
    ("临江公园", (-1110.0, -190.0)),
)

SCHOOL_NAMES = (
    "杨思中学",
    "德州小学",
    "上南中学东校",
    "东明小学",
    "灵岩小学",
    "长清实验学校",
    "金谊幼儿园",
    "凌兆中学",
    "三林小学",
    "环林小学",
    "临江中学",
    "海阳小学",
)
