"""The words of moving a camera: who holds it, and why it does not move."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    "camera.taken": (
        QT_TRANSLATE_NOOP("Faults", "云台正由他人控制"),
        QT_TRANSLATE_NOOP("Faults", "{by} 正在控制这路摄像机，放开后即可使用；值班长可以收回。"),
    ),
    "camera.lease_lost": (
        QT_TRANSLATE_NOOP("Faults", "云台控制权已失去"),
        QT_TRANSLATE_NOOP("Faults", "控制权已释放，或已由他人取得。如需继续，请重新申请。"),
    ),
    "camera.fixed": (
        QT_TRANSLATE_NOOP("Faults", "这路摄像机不能转动"),
        QT_TRANSLATE_NOOP("Faults", "它是固定机位，没有云台。"),
    ),
    "camera.not_held": (
        QT_TRANSLATE_NOOP("Faults", "没有控制权"),
        QT_TRANSLATE_NOOP("Faults", "这路摄像机现在不由您控制，不需要释放。"),
    ),
    "camera.presets_full": (
        QT_TRANSLATE_NOOP("Faults", "预置位已满"),
        QT_TRANSLATE_NOOP("Faults", "请先删除不用的预置位，再保存。"),
    ),
    "camera.no_preset": (
        QT_TRANSLATE_NOOP("Faults", "没有这个预置位"),
        QT_TRANSLATE_NOOP("Faults", "它可能已被删除，请重新选择。"),
    ),
    "camera.no_link": (
        QT_TRANSLATE_NOOP("Faults", "现在不能控制云台"),
        QT_TRANSLATE_NOOP("Faults", "与中心没有连接，摄像机不会转动。恢复后再试。"),
    ),
    "camera.unanswered": (
        QT_TRANSLATE_NOOP("Faults", "没有取得控制权"),
        QT_TRANSLATE_NOOP("Faults", "中心 {seconds} 秒内没有答复，请再试一次。"),
    ),
    "camera.refused": (
        QT_TRANSLATE_NOOP("Faults", "中心没有接受"),
        QT_TRANSLATE_NOOP("Faults", "中心不接受这个要求，请稍后再试。"),
    ),
    "camera.no_recording": (
        QT_TRANSLATE_NOOP("Faults", "没有这一段录像"),
        QT_TRANSLATE_NOOP("Faults", "所选时间没有录像，或已过保存期限。"),
    ),
    "claim_late": (
        QT_TRANSLATE_NOOP("Faults", "申请已过时"),
        QT_TRANSLATE_NOOP("Faults", "申请送到时已晚，没有取得控制权。"),
    ),
    "hall.nothing_to_show": (
        QT_TRANSLATE_NOOP("Faults", "大屏上没有可显示的"),
        QT_TRANSLATE_NOOP("Faults", "中心没有这个对象，大屏没有变化。"),
    ),
    "vital.unknown": (
        QT_TRANSLATE_NOOP("Faults", "没有这项监测"),
        QT_TRANSLATE_NOOP("Faults", "中心没有这项监测，或已停用。"),
    ),
}
