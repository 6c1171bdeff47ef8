"""The words of the local store: disk, databases and the key that opens them."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    # --- disk and databases
    "storage.full": (
        QT_TRANSLATE_NOOP("Faults", "磁盘已满"),
        QT_TRANSLATE_NOOP("Faults", "{file} 写不进去，刚才的操作没有保存。请腾出磁盘空间后再试：{path}"),
    ),
    "storage.io": (
        QT_TRANSLATE_NOOP("Faults", "磁盘读写出错"),
        QT_TRANSLATE_NOOP("Faults", "{file} 读写失败。请检查磁盘和目录：{path}"),
    ),
    "storage.readonly": (
        QT_TRANSLATE_NOOP("Faults", "数据目录不能写"),
        QT_TRANSLATE_NOOP("Faults", "请检查目录的权限：{path}"),
    ),
    "storage.busy": (
        QT_TRANSLATE_NOOP("Faults", "本地数据正忙"),
        QT_TRANSLATE_NOOP("Faults", "{file} 正被占用，这一次没有完成。请稍后再试。"),
    ),
    "storage.corrupt": (
        QT_TRANSLATE_NOOP("Faults", "本地数据损坏"),
        QT_TRANSLATE_NOOP("Faults", "{file} 没有通过核对。请联系管理员；文件保留在原处：{path}"),
    ),
    "storage.duty_corrupt": (
        QT_TRANSLATE_NOOP("Faults", "待发送的操作读不出来"),
        QT_TRANSLATE_NOOP("Faults", "文件已损坏，保留在原处，没有改动。请联系管理员恢复：{path}"),
    ),
    "storage.duty_replayed": (
        QT_TRANSLATE_NOOP("Faults", "有 {count} 项操作已从日志补回"),
        QT_TRANSLATE_NOOP("Faults", "本地文件里缺了这些操作，已按日志逐项补回，会照常发送；中心已有的不会重复。"),
    ),
    "storage.duty_went_back": (
        QT_TRANSLATE_NOOP("Faults", "本地文件被换成了旧的"),
        QT_TRANSLATE_NOOP(
            "Faults",
            "操作记录的文件比日志旧，可能是被还原或清理过。已按日志补回 {count} 项，会照常发送；请核对最近的操作。",
        ),
    ),
    "storage.low_space": (
        QT_TRANSLATE_NOOP("Faults", "磁盘快满了"),
        QT_TRANSLATE_NOOP("Faults", "只剩 {free_mb} MB。满了以后新的操作可能保存不下，请尽快腾出空间：{path}"),
    ),
    "storage.duty_restored": (
        QT_TRANSLATE_NOOP("Faults", "待发送的操作已修复"),
        QT_TRANSLATE_NOOP(
            "Faults", "文件有损坏，已用备份和读得出的 {salvaged} 项拼回，一项不缺。损坏的文件另存在：{path}"
        ),
    ),
    "storage.duty_restored_gaps": (
        QT_TRANSLATE_NOOP("Faults", "有 {missing} 项操作没能找回"),
        QT_TRANSLATE_NOOP(
            "Faults",
            "文件有损坏，已用备份和读得出的 {salvaged} 项拼回。找不回的是本机第 {numbers} 号操作，请核对并重做。"
            "损坏的文件另存在：{path}",
        ),
    ),
    "storage.duty_restored_open": (
        QT_TRANSLATE_NOOP("Faults", "最近的操作可能没能找回"),
        QT_TRANSLATE_NOOP(
            "Faults",
            "文件有损坏，已用备份和读得出的 {salvaged} 项拼回；备份之后的操作可能缺失，已知缺 {missing} 项。"
            "请核对最近的操作。损坏的文件另存在：{path}",
        ),
    ),
    "storage.wrong_key": (
        QT_TRANSLATE_NOOP("Faults", "密钥打不开本地数据"),
        QT_TRANSLATE_NOOP("Faults", "{file} 不是用现在的密钥保存的。请联系管理员；文件保留在原处：{path}"),
    ),
    "storage.newer_schema": (
        QT_TRANSLATE_NOOP("Faults", "本地数据来自更新的版本"),
        QT_TRANSLATE_NOOP(
            "Faults", "{file} 由更新的版本写成（{found}，本版本到 {known}）。请安装新版本；数据没有改动。"
        ),
    ),
    "storage.locked_by_other": (
        QT_TRANSLATE_NOOP("Faults", "工作台已经打开"),
        QT_TRANSLATE_NOOP("Faults", "同一个数据目录已有一个工作台在运行，请切换到那个窗口：{path}"),
    ),
    "storage.network_share": (
        QT_TRANSLATE_NOOP("Faults", "数据目录在网络共享上"),
        QT_TRANSLATE_NOOP(
            "Faults",
            "{path} 在网络共享（{system}）上。断网或多机同用会损坏未发送的操作，因此没有打开。"
            "请用 --data-dir 指定本机磁盘上的目录。",
        ),
    ),
    "storage.no_wal": (
        QT_TRANSLATE_NOOP("Faults", "数据目录不适合存放数据"),
        QT_TRANSLATE_NOOP("Faults", "{file} 所在的磁盘不支持可靠保存（多半是网络共享）。请改用本机磁盘。"),
    ),
    "storage.old_sqlite": (
        QT_TRANSLATE_NOOP("Faults", "数据库组件过旧"),
        QT_TRANSLATE_NOOP("Faults", "现有 {found}，需要 {needed} 或更新，以免损坏数据。请联系管理员更新程序。"),
    ),
    "storage.unclean_stop": (
        QT_TRANSLATE_NOOP("Faults", "上次没有正常退出"),
        QT_TRANSLATE_NOOP("Faults", "本地数据已核对，未发送的操作都在。"),
    ),
    "storage.cache_rebuilt": (
        QT_TRANSLATE_NOOP("Faults", "本地数据已重建"),
        QT_TRANSLATE_NOOP("Faults", "原来的副本损坏，已另存，正在从中心重新取数；未发送的操作不受影响。存放处：{path}"),
    ),
    # --- its work
    "storage.queue_full": (
        QT_TRANSLATE_NOOP("Faults", "本地数据处理不过来"),
        QT_TRANSLATE_NOOP("Faults", "等待写入的内容太多，这一次没有进行。请稍后再试。"),
    ),
    "storage.timeout": (
        QT_TRANSLATE_NOOP("Faults", "本地数据没有及时应答"),
        QT_TRANSLATE_NOOP("Faults", "等了 {seconds} 秒。操作可能稍后完成，请先看列表再决定是否重做。"),
    ),
    "storage.closed": (
        QT_TRANSLATE_NOOP("Faults", "本地数据已关闭"),
        QT_TRANSLATE_NOOP("Faults", "程序正在退出，这一次没有进行。"),
    ),
    "storage.outbox_full": (
        QT_TRANSLATE_NOOP("Faults", "待发送的操作已满"),
        QT_TRANSLATE_NOOP("Faults", "已有 {cap} 项等待发送，新的操作暂时存不下。请恢复与中心的连接。"),
    ),
    "storage.other_epoch": (
        QT_TRANSLATE_NOOP("Faults", "中心的数据已更换"),
        QT_TRANSLATE_NOOP("Faults", "正在重新取数；待发送的操作不受影响。"),
    ),
    "storage.snapshot_incomplete": (
        QT_TRANSLATE_NOOP("Faults", "取到的数据不完整"),
        QT_TRANSLATE_NOOP("Faults", "应有 {expected} 条，实有 {found} 条。本地数据保持原样，正在重取。"),
    ),
    "storage.snapshot_missing": (
        QT_TRANSLATE_NOOP("Faults", "没有可用的新数据"),
        QT_TRANSLATE_NOOP("Faults", "上次取数没有完成，将从头再取；本地数据保持原样。"),
    ),
    "storage.snapshot_older": (
        QT_TRANSLATE_NOOP("Faults", "取到的数据比本地旧"),
        QT_TRANSLATE_NOOP("Faults", "没有采用，正在重取；本地数据保持原样。"),
    ),
    # --- the key
    "keys.no_keyring": (
        QT_TRANSLATE_NOOP("Faults", "系统密钥环不可用"),
        QT_TRANSLATE_NOOP("Faults", "本机没有可用的密钥环，改用口令短语保护密钥。"),
    ),
    "keys.no_keyring/locked": (
        QT_TRANSLATE_NOOP("Faults", "系统密钥环没有解锁"),
        QT_TRANSLATE_NOOP("Faults", "请解锁系统密钥环后再启动，或输入口令短语。"),
    ),
    "keys.no_keyring/timeout": (
        QT_TRANSLATE_NOOP("Faults", "系统密钥环没有应答"),
        QT_TRANSLATE_NOOP("Faults", "请看看是否有等待确认的窗口，然后再试，或输入口令短语。"),
    ),
    "keys.no_passphrase": (
        QT_TRANSLATE_NOOP("Faults", "没有输入口令短语"),
        QT_TRANSLATE_NOOP("Faults", "没有口令短语就打不开本地数据。可以再试一次。"),
    ),
    "keys.passphrase_file": (
        QT_TRANSLATE_NOOP("Faults", "口令文件读不出来"),
        QT_TRANSLATE_NOOP("Faults", "请检查 --passphrase-file 指定的文件和权限：{reason}"),
    ),
    "keys.wrong_passphrase": (
        QT_TRANSLATE_NOOP("Faults", "口令短语不对"),
        QT_TRANSLATE_NOOP("Faults", "请再试一次。数据没有改动。"),
    ),
    "keys.passphrase_too_short": (
        QT_TRANSLATE_NOOP("Faults", "口令短语太短"),
        QT_TRANSLATE_NOOP("Faults", "请用更长的口令短语，例如几个不相干的词。"),
    ),
    "keys.lost": (
        QT_TRANSLATE_NOOP("Faults", "本地数据的密钥不在了"),
        QT_TRANSLATE_NOOP(
            "Faults", "密钥环里没有这份数据的密钥。设过口令短语的，请输入；否则请联系管理员，数据保留在原处。"
        ),
    ),
    "keys.slot_damaged": (
        QT_TRANSLATE_NOOP("Faults", "密钥文件损坏"),
        QT_TRANSLATE_NOOP("Faults", "没有密钥文件就打不开本地数据。请从备份恢复这个文件：{path}"),
    ),
}
