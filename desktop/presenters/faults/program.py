"""The words of the program itself and of the drill centre that it can start."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    "drill.failed": (
        QT_TRANSLATE_NOOP("Faults", "演练中心没有启动"),
        QT_TRANSLATE_NOOP("Faults", "它最后的记录：{words}"),
    ),
    "drill.slow": (
        QT_TRANSLATE_NOOP("Faults", "演练中心启动太慢"),
        QT_TRANSLATE_NOOP("Faults", "{seconds} 秒内没有就绪，已停止。可以再试一次。"),
    ),
    "data_dir.unwritable": (
        QT_TRANSLATE_NOOP("Faults", "数据目录不能写"),
        QT_TRANSLATE_NOOP("Faults", "请检查目录的权限和磁盘空间，或用 --data-dir 指定别的目录：{path}"),
    ),
    "attention.no_sound": (
        QT_TRANSLATE_NOOP("Faults", "这台机器放不出声音"),
        QT_TRANSLATE_NOOP("Faults", "提醒仍会显示在画面上。请检查音箱和声音设置，或在“提醒”中打开边框闪烁。"),
    ),
    "attachment.too_many": (
        QT_TRANSLATE_NOOP("Faults", "一次带入的文件太多"),
        QT_TRANSLATE_NOOP("Faults", "只附了前 {count} 个，其余请再附一次。"),
    ),
    "program.bug": (
        QT_TRANSLATE_NOOP("Faults", "程序出错"),
        QT_TRANSLATE_NOOP("Faults", "这一步没有完成，其余功能照常。细节已存入数据目录的日志，请告诉管理员。"),
    ),
}
