"""Why a file or a sheet of paper did not come about."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    "export.no_room": (
        QT_TRANSLATE_NOOP("Faults", "磁盘空间不足，没有导出"),
        QT_TRANSLATE_NOOP("Faults", "没有留下不完整的文件：{path}"),
    ),
    "export.no_right": (
        QT_TRANSLATE_NOOP("Faults", "没有权限写入这里"),
        QT_TRANSLATE_NOOP("Faults", "请换一个文件夹：{path}"),
    ),
    "export.in_use": (
        QT_TRANSLATE_NOOP("Faults", "文件正被其他程序打开"),
        QT_TRANSLATE_NOOP("Faults", "请先关闭它，或换一个文件名：{path}"),
    ),
    "export.no_folder": (
        QT_TRANSLATE_NOOP("Faults", "没有这个文件夹"),
        QT_TRANSLATE_NOOP("Faults", "请选择已有的文件夹：{path}"),
    ),
    "export.no_name": (
        QT_TRANSLATE_NOOP("Faults", "这个文件名不能用"),
        QT_TRANSLATE_NOOP("Faults", "请换一个文件名：{path}"),
    ),
    "export.failed": (
        QT_TRANSLATE_NOOP("Faults", "未能导出"),
        QT_TRANSLATE_NOOP("Faults", "文件没有写成，原有的文件没有改动：{path}"),
    ),
    "export.stopped": (
        QT_TRANSLATE_NOOP("Faults", "已停止导出"),
        QT_TRANSLATE_NOOP("Faults", "没有留下不完整的文件。"),
    ),
    "export.nothing": (
        QT_TRANSLATE_NOOP("Faults", "没有可导出的工单"),
        QT_TRANSLATE_NOOP("Faults", "换一个筛选，或先选择工单。"),
    ),
    "export.printer": (
        QT_TRANSLATE_NOOP("Faults", "打印机没有接收"),
        QT_TRANSLATE_NOOP("Faults", "请检查打印机，或改存为 PDF。"),
    ),
}
