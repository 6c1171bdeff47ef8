"""The words of video: what keeps a pane without its picture. Titles stand in panes, so they are short."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    # --- what the centre says
    "camera.unknown": (
        QT_TRANSLATE_NOOP("Faults", "中心没有这台摄像机"),
        QT_TRANSLATE_NOOP("Faults", "可能已经撤除。请换一台摄像机。"),
    ),
    "camera.offline": (
        QT_TRANSLATE_NOOP("Faults", "摄像机离线"),
        QT_TRANSLATE_NOOP("Faults", "中心报告它没有上线，恢复后画面会自动出现。"),
    ),
    "camera.forbidden": (
        QT_TRANSLATE_NOOP("Faults", "无权查看这台摄像机"),
        QT_TRANSLATE_NOOP("Faults", "您的角色不能查看它。如有需要，请联系值班长。"),
    ),
    "camera.no_protocol": (
        QT_TRANSLATE_NOOP("Faults", "中心没有可用的视频协议"),
        QT_TRANSLATE_NOOP("Faults", "中心提供的视频协议本机都不能播放，请联系管理员。"),
    ),
    "camera.no_profile": (
        QT_TRANSLATE_NOOP("Faults", "摄像机没有这路码流"),
        QT_TRANSLATE_NOOP("Faults", "它没有窗格要的主码流或子码流。"),
    ),
    # --- the source
    "video.unreachable": (
        QT_TRANSLATE_NOOP("Faults", "摄像机连不上"),
        QT_TRANSLATE_NOOP("Faults", "到摄像机的网络不通，会自动重试。"),
    ),
    "video.refused": (
        QT_TRANSLATE_NOOP("Faults", "摄像机拒绝连接"),
        QT_TRANSLATE_NOOP("Faults", "视频服务可能没有运行，会自动重试。"),
    ),
    "video.silent": (
        QT_TRANSLATE_NOOP("Faults", "摄像机没有应答"),
        QT_TRANSLATE_NOOP("Faults", "正在自动重试。"),
    ),
    "video.unauthorized": (
        QT_TRANSLATE_NOOP("Faults", "摄像机不认可登录"),
        QT_TRANSLATE_NOOP("Faults", "视频口令可能已失效，将换新的再试。"),
    ),
    "video.forbidden": (
        QT_TRANSLATE_NOOP("Faults", "摄像机不允许查看"),
        QT_TRANSLATE_NOOP("Faults", "请联系管理员核对这台摄像机的权限。"),
    ),
    "video.not_found": (
        QT_TRANSLATE_NOOP("Faults", "没有这路视频"),
        QT_TRANSLATE_NOOP("Faults", "摄像机上找不到这路视频，会自动重试。"),
    ),
    "video.server_fault": (
        QT_TRANSLATE_NOOP("Faults", "视频服务出错"),
        QT_TRANSLATE_NOOP("Faults", "摄像机一侧出错，或连接数已满，会自动重试。"),
    ),
    "video.ended": (
        QT_TRANSLATE_NOOP("Faults", "视频已中断"),
        QT_TRANSLATE_NOOP("Faults", "对方结束了这路视频，正在重新连接。"),
    ),
    "video.no_video": (
        QT_TRANSLATE_NOOP("Faults", "没有视频内容"),
        QT_TRANSLATE_NOOP("Faults", "连接成功，但没有画面，会自动重试。"),
    ),
    "video.not_video": (
        QT_TRANSLATE_NOOP("Faults", "内容不是视频"),
        QT_TRANSLATE_NOOP("Faults", "收到的内容无法识别，会自动重试。"),
    ),
    "video.no_pictures": (
        QT_TRANSLATE_NOOP("Faults", "画面停了"),
        QT_TRANSLATE_NOOP("Faults", "一段时间没有新画面，正在重新连接。"),
    ),
    "video.no_key_frame": (
        QT_TRANSLATE_NOOP("Faults", "等不到完整画面"),
        QT_TRANSLATE_NOOP("Faults", "{seconds} 秒内没有收到完整画面，会自动重试。"),
    ),
    "video.frozen": (
        QT_TRANSLATE_NOOP("Faults", "画面静止不动"),
        QT_TRANSLATE_NOOP("Faults", "画面一直没有变化，请核对摄像机是否卡住。"),
    ),
    "video.black": (
        QT_TRANSLATE_NOOP("Faults", "画面全黑"),
        QT_TRANSLATE_NOOP("Faults", "有信号但看不到内容，请核对镜头是否被遮挡或现场断电。"),
    ),
    "video.snapshot_failed": (
        QT_TRANSLATE_NOOP("Faults", "截图没有保存成功"),
        QT_TRANSLATE_NOOP("Faults", "请检查磁盘空间和数据目录。"),
    ),
    "video.replay_empty": (
        QT_TRANSLATE_NOOP("Faults", "还没有可回放的画面"),
        QT_TRANSLATE_NOOP("Faults", "画面播放几秒之后才能回放；由 libVLC 播放的视频不能回放。"),
    ),
    "video.replay_over": (
        QT_TRANSLATE_NOOP("Faults", "回放结束"),
        QT_TRANSLATE_NOOP("Faults", "已回到实时画面。"),
    ),
    "video.replay_failed": (
        QT_TRANSLATE_NOOP("Faults", "回放失败"),
        QT_TRANSLATE_NOOP("Faults", "保存的画面无法解码，请重新开始回放。"),
    ),
    "video.no_sound": (
        QT_TRANSLATE_NOOP("Faults", "这台摄像机没有声音"),
        QT_TRANSLATE_NOOP("Faults", "它只发送画面。"),
    ),
    "video.no_sound_device": (
        QT_TRANSLATE_NOOP("Faults", "本机没有声音设备"),
        QT_TRANSLATE_NOOP("Faults", "请连接音箱或耳机，并检查系统的声音设置。"),
    ),
    "video.trial_busy": (
        QT_TRANSLATE_NOOP("Faults", "正在测试另一路视频"),
        QT_TRANSLATE_NOOP("Faults", "请等它结束后再试。"),
    ),
    "video.bad_address": (
        QT_TRANSLATE_NOOP("Faults", "视频地址无法识别"),
        QT_TRANSLATE_NOOP("Faults", "中心给的地址不能用，请联系管理员。"),
    ),
    # --- this machine
    "video.unsupported_codec": (
        QT_TRANSLATE_NOOP("Faults", "本机播放不了这种编码"),
        QT_TRANSLATE_NOOP("Faults", "可以换一路码流，或联系管理员调整摄像机的编码。"),
    ),
    "video.unsupported_protocol": (
        QT_TRANSLATE_NOOP("Faults", "本机不支持这种视频协议"),
        QT_TRANSLATE_NOOP("Faults", "请联系管理员；其他摄像机不受影响。"),
    ),
    "video.no_engine": (
        QT_TRANSLATE_NOOP("Faults", "没有可用的播放组件"),
        QT_TRANSLATE_NOOP("Faults", "请联系管理员重新安装；工单和地图照常可用。"),
    ),
    "video.pyav_missing": (
        QT_TRANSLATE_NOOP("Faults", "缺少播放组件 PyAV"),
        QT_TRANSLATE_NOOP("Faults", "将改用其他播放组件；如没有画面，请联系管理员重新安装。"),
    ),
    "video.vlc_missing": (
        QT_TRANSLATE_NOOP("Faults", "缺少播放组件 VLC"),
        QT_TRANSLATE_NOOP("Faults", "将改用其他播放组件；如没有画面，请联系管理员安装 VLC 3。"),
    ),
    "video.vlc_version": (
        QT_TRANSLATE_NOOP("Faults", "VLC 版本不合适"),
        QT_TRANSLATE_NOOP("Faults", "现有 {version}，需要 VLC 3。将改用其他播放组件。"),
    ),
    "video.vlc_plugins_missing": (
        QT_TRANSLATE_NOOP("Faults", "VLC 安装不完整"),
        QT_TRANSLATE_NOOP("Faults", "缺少插件，将改用其他播放组件。请联系管理员重新安装 VLC。"),
    ),
    "video.vlc_failed": (
        QT_TRANSLATE_NOOP("Faults", "VLC 没有启动"),
        QT_TRANSLATE_NOOP("Faults", "将改用其他播放组件。如没有画面，请联系管理员。"),
    ),
    "video.credentials_too_long": (
        QT_TRANSLATE_NOOP("Faults", "视频口令过长"),
        QT_TRANSLATE_NOOP("Faults", "播放组件最多接受 {limit} 个字符，现有 {length} 个。请联系管理员。"),
    ),
    "video.over_budget": (
        QT_TRANSLATE_NOOP("Faults", "画面路数已满"),
        QT_TRANSLATE_NOOP("Faults", "本机最多同时播放 {limit} 路，请先关闭一路。"),
    ),
    "video.memory": (
        QT_TRANSLATE_NOOP("Faults", "内存不足"),
        QT_TRANSLATE_NOOP("Faults", "本机放不下更多画面，请关闭几路后再试。"),
    ),
    "video.busy": (
        QT_TRANSLATE_NOOP("Faults", "视频请求太多"),
        QT_TRANSLATE_NOOP("Faults", "正在排队，会自动重试。"),
    ),
    "video.failed": (
        QT_TRANSLATE_NOOP("Faults", "视频没有播放成功"),
        QT_TRANSLATE_NOOP("Faults", "原因已写入日志，会自动重试。"),
    ),
    "video.host_lost": (
        QT_TRANSLATE_NOOP("Faults", "播放进程已重启"),
        QT_TRANSLATE_NOOP("Faults", "画面正在自动恢复，其余功能不受影响。"),
    ),
    "video.host_hung": (
        QT_TRANSLATE_NOOP("Faults", "播放进程没有反应"),
        QT_TRANSLATE_NOOP("Faults", "已重新启动，画面正在自动恢复。"),
    ),
    "video.crashes_host": (
        QT_TRANSLATE_NOOP("Faults", "这路视频使播放进程崩溃"),
        QT_TRANSLATE_NOOP("Faults", "播放进程接连 {hosts} 次中断，已暂停播放它，以免影响其他画面。"),
    ),
    "video.hosts_paused": (
        QT_TRANSLATE_NOOP("Faults", "播放暂停片刻"),
        QT_TRANSLATE_NOOP("Faults", "播放进程接连出错，稍后自动重试；工单和地图照常可用。"),
    ),
}
