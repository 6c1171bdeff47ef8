"""What the command bar offers beyond objects: the places of the desk, its pages, its settings."""

from PySide6.QtCore import QCoreApplication

from desktop.presenters.commands import Command

translate = QCoreApplication.translate


def desk_commands(of_wall: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return all commands, most used first; those `of_wall` stand among them."""
    return (
        Command("overview", "overview", translate("Desk", "去总览"), "Alt+1"),
        Command("wall", "wall", translate("Desk", "去视频墙"), "Alt+2"),
        Command("orders", "orders", translate("Desk", "去工单"), "Alt+3"),
        Command("map", "map", translate("Desk", "去地图"), "Alt+4"),
        Command("new_order", "plus", translate("Desk", "上报新工单"), "Ctrl+N"),
        *of_wall,
        Command("tray", "outbox", translate("Desk", "打开待处理箱")),
        Command("hall", "window", translate("Desk", "请大屏显示所选")),
        Command("export", "orders", translate("Desk", "导出列表或工单"), "Ctrl+E"),
        Command("print", "orders", translate("Desk", "打印列表或工单"), "Ctrl+P"),
        Command("attention", "bell", translate("Desk", "提醒设置")),
        Command("mute.15", "bell-off", translate("Desk", "静音 15 分钟")),
        Command("mute.0", "bell", translate("Desk", "立即恢复声音")),
        Command("again", "refresh", translate("Desk", "立即重新连接")),
        Command("keys", "keyboard", translate("Desk", "快捷键表"), "F1"),
        Command("language.en", "settings", "English"),
        Command("language.zh_CN", "settings", "中文"),
        Command("theme.dark", "sun", translate("Desk", "深色主题")),
        Command("theme.light", "sun", translate("Desk", "浅色主题")),
        Command("theme.contrast", "sun", translate("Desk", "高对比主题")),
        Command("lock", "lock", translate("Desk", "锁定席位")),
        Command("password", "lock", translate("Desk", "修改口令")),
        Command("sign_out", "lock", translate("Desk", "退出登录")),
    )
