"""What the command bar offers of the wall: everything that a key, a button or a menu of it does."""

from PySide6.QtCore import QCoreApplication

from desktop.presenters.commands import Command

translate = QCoreApplication.translate

PREFIX = "wall/"
"""Before a wish of the wall (`WallPanel.ask`) in the key of a command."""
ATTACH = PREFIX + "attach"


def wall_commands() -> tuple[Command, ...]:
    """Return them, most used first; those about a pane are about the selected one."""
    return tuple(
        Command(PREFIX + wish, icon, words, keys)
        for wish, icon, words, keys in (
            ("tour", "tour", translate("WallCommands", "轮巡：开始或结束"), "T"),
            ("seen", "check", translate("WallCommands", "确认墙上最紧急的报警"), "A"),
            ("ptz", "ptz", translate("WallCommands", "云台控制：所选窗格"), "P"),
            ("replay", "replay", translate("WallCommands", "回放所选窗格最近 30 秒"), "R"),
            ("shot", "camera", translate("WallCommands", "保存所选窗格的画面"), "Alt+S"),
            ("attach", "camera", translate("WallCommands", "把最近截图附到所选工单"), "Shift+S"),
            ("fault", "plus", translate("WallCommands", "生成故障工单：所选窗格"), "O"),
            ("sound", "sound", translate("WallCommands", "所选窗格的声音"), "M"),
            ("record", "history", translate("WallCommands", "画面记录：所选窗格"), ""),
            ("trial", "vitals", translate("WallCommands", "诊断视频：所选窗格"), ""),
            ("layouts", "wall", translate("WallCommands", "窗格布局…"), "G"),
            ("views", "wall", translate("WallCommands", "视图…"), "V"),
            ("save", "wall", translate("WallCommands", "保存视图"), "Ctrl+S"),
            ("lock", "lock", translate("WallCommands", "锁定或解锁视图"), "Ctrl+L"),
            ("undo", "undo", translate("WallCommands", "撤销墙的改动"), "Ctrl+Z"),
            ("redo", "redo", translate("WallCommands", "重做墙的改动"), "Ctrl+Y"),
            ("tree", "tree", translate("WallCommands", "摄像机列表"), "F"),
            ("details.all", "info", translate("WallCommands", "全部窗格的画面信息"), "Alt+I"),
            ("budget", "vitals", translate("WallCommands", "视频流量预算…"), ""),
            ("windows", "window", translate("WallCommands", "视频墙窗口…"), "W"),
            ("identify", "window", translate("WallCommands", "标识屏幕"), ""),
            ("gather", "window", translate("WallCommands", "全部窗口拉回主屏"), ""),
            ("routing", "alert", translate("WallCommands", "报警上墙…"), ""),
            ("alarm_history", "history", translate("WallCommands", "报警上墙记录…"), ""),
        )
    )
