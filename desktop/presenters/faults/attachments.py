"""The words of attachments: why a file is not taken in, not sent, or not shown."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    # --- taking in
    "attachment.empty": (
        QT_TRANSLATE_NOOP("Faults", "文件是空的"),
        QT_TRANSLATE_NOOP("Faults", "请重新选择文件。"),
    ),
    "attachment.type": (
        QT_TRANSLATE_NOOP("Faults", "不能附这种文件"),
        QT_TRANSLATE_NOOP("Faults", "可以附照片（JPEG、PNG、WebP）、PDF 和 MP4 视频；类型按内容判断。"),
    ),
    "attachment.damaged": (
        QT_TRANSLATE_NOOP("Faults", "图片不完整"),
        QT_TRANSLATE_NOOP("Faults", "文件已损坏或没有传完，请重新取得后再附。"),
    ),
    "attachment.pixels": (
        QT_TRANSLATE_NOOP("Faults", "图片尺寸过大"),
        QT_TRANSLATE_NOOP("Faults", "超过四千万像素，请缩小后再附。"),
    ),
    "attachment.too_large": (
        QT_TRANSLATE_NOOP("Faults", "文件过大"),
        QT_TRANSLATE_NOOP("Faults", "超过中心允许的大小，请压缩或截取后再附。"),
    ),
    "attachment.not_readable": (
        QT_TRANSLATE_NOOP("Faults", "文件读不出来"),
        QT_TRANSLATE_NOOP("Faults", "它可能已被移走或没有权限，请重新选择。"),
    ),
    "attachment.busy": (
        QT_TRANSLATE_NOOP("Faults", "文件太多"),
        QT_TRANSLATE_NOOP("Faults", "前面的文件还在处理，请稍后再附。"),
    ),
    "attachment.no_room": (
        QT_TRANSLATE_NOOP("Faults", "磁盘空间不足"),
        QT_TRANSLATE_NOOP("Faults", "剩余空间不足 {mib} MB，暂不能附文件；其他操作不受影响。"),
    ),
    "attachment.unreadable": (
        QT_TRANSLATE_NOOP("Faults", "本机的附件已损坏"),
        QT_TRANSLATE_NOOP("Faults", "有附件读不出来，已单独存放。请重新附上，并告诉管理员。"),
    ),
    # --- sending and fetching
    "attachment.not_taken": (
        QT_TRANSLATE_NOOP("Faults", "中心不接收附件"),
        QT_TRANSLATE_NOOP("Faults", "附件留在本机，没有送达。请告诉管理员。"),
    ),
    "attachment.type_refused": (
        QT_TRANSLATE_NOOP("Faults", "中心不接收这种文件"),
        QT_TRANSLATE_NOOP("Faults", "附件留在本机，没有送达。请换一种格式重新附上。"),
    ),
    "attachment.wrong_content": (
        QT_TRANSLATE_NOOP("Faults", "附件内容核对不上"),
        QT_TRANSLATE_NOOP("Faults", "传送中出错，已从头再传。"),
    ),
    "attachment.superseded": (
        QT_TRANSLATE_NOOP("Faults", "附件正由另一处传送"),
        QT_TRANSLATE_NOOP("Faults", "稍后自动继续。"),
    ),
    "attachment.gap": (
        QT_TRANSLATE_NOOP("Faults", "附件续传位置不对"),
        QT_TRANSLATE_NOOP("Faults", "已重新核对，自动继续。"),
    ),
    "attachment.not_there": (
        QT_TRANSLATE_NOOP("Faults", "附件还没有送到中心"),
        QT_TRANSLATE_NOOP("Faults", "附它的席位可能还在离线，送到后即可查看。"),
    ),
}
