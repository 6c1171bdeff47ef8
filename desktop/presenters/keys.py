"""The key sheet's contents."""

from PySide6.QtCore import QCoreApplication

from desktop.presenters.labels import verb_word
from desktop.presenters.orders.actions import ACTION_KEYS
from widgets.keysheet import KeyGroup, KeyLine

translate = QCoreApplication.translate


def key_groups() -> tuple[KeyGroup, ...]:
    """Return all keys, by where they are used; the letters of actions come from where they are bound."""
    return (
        KeyGroup(
            translate("Keys", "到处"),
            (
                KeyLine(("Ctrl", "K"), translate("Keys", "搜索与命令")),
                KeyLine(("Alt", "1–4"), translate("Keys", "总览、视频墙、工单、地图")),
                KeyLine(("Alt", "Enter"), translate("Keys", "全屏")),
                KeyLine(("Ctrl", "Space"), translate("Keys", "确认最前面的预警")),
                KeyLine(("Esc",), translate("Keys", "取消选择，离开浮层")),
                KeyLine(("F1",), translate("Keys", "本表")),
            ),
        ),
        KeyGroup(
            translate("Keys", "工单"),
            (
                KeyLine(("/",), translate("Keys", "搜索工单")),
                KeyLine(("Ctrl", "N"), translate("Keys", "上报新工单")),
                KeyLine(("J", "K", "↑", "↓"), translate("Keys", "下一条、上一条")),
                KeyLine(("X", "Shift", "↑↓"), translate("Keys", "选一件、选一段")),
                KeyLine(("Ctrl", "A"), translate("Keys", "全选列表，字母键即批量操作")),
                KeyLine(("Ctrl", "E"), translate("Keys", "导出列表或工单")),
                KeyLine(("Ctrl", "P"), translate("Keys", "打印列表或工单")),
            ),
        ),
        KeyGroup(
            translate("Keys", "所选工单"),
            tuple(KeyLine((key,), verb_word(verb)) for verb, key in ACTION_KEYS.items()),
        ),
        KeyGroup(
            translate("Keys", "视频墙"),
            (
                KeyLine(("1–9",), translate("Keys", "选择窗格；两位连按")),
                KeyLine(("0–9", "Enter"), translate("Keys", "三位或 0 开头：按编号调摄像机")),
                KeyLine(("←", "→", "↑", "↓"), translate("Keys", "相邻窗格")),
                KeyLine(("Enter",), translate("Keys", "放大到整面墙，再按还原")),
                KeyLine(("F",), translate("Keys", "找摄像机，Enter 放入窗格")),
                KeyLine(("G",), translate("Keys", "布局")),
                KeyLine(("V",), translate("Keys", "视图")),
                KeyLine(("Ctrl", "S"), translate("Keys", "保存视图")),
                KeyLine(("Ctrl", "L"), translate("Keys", "锁定、解锁视图")),
                KeyLine(("Ctrl", "Z", "Y"), translate("Keys", "撤销、重做墙的改动")),
                KeyLine(("I", "Alt"), translate("Keys", "画面信息；加 Alt 全部窗格")),
                KeyLine(("Ctrl", "C"), translate("Keys", "复制国标编码")),
                KeyLine(("Alt", "S"), translate("Keys", "保存窗格画面")),
                KeyLine(("Del",), translate("Keys", "清空窗格")),
                KeyLine(("Ctrl", "←→↑↓"), translate("Keys", "与相邻窗格交换画面")),
                KeyLine(("+", "−"), translate("Keys", "画面放大、缩小")),
                KeyLine(("Shift", "←→↑↓"), translate("Keys", "移动放大的画面")),
                KeyLine(("W",), translate("Keys", "视频墙窗口")),
                KeyLine(("Esc",), translate("Keys", "取消放大")),
            ),
        ),
        KeyGroup(
            translate("Keys", "墙上：轮巡、报警、云台"),
            (
                KeyLine(("T",), translate("Keys", "轮巡，再按结束")),
                KeyLine(("←", "→"), translate("Keys", "轮巡中换页")),
                KeyLine(("Space",), translate("Keys", "轮巡暂停、继续")),
                KeyLine(("A",), translate("Keys", "确认窗格的报警，否则最紧急的")),
                KeyLine(("P",), translate("Keys", "云台：方向键、＋－ 按住移动")),
                KeyLine(("1–9", "Ctrl"), translate("Keys", "云台预置位；加 Ctrl 保存")),
                KeyLine(("[", "]"), translate("Keys", "云台慢、快")),
                KeyLine(("R", "Shift"), translate("Keys", "回放最近 30 秒，再按回到实时；加 Shift 暂停")),
                KeyLine(("M",), translate("Keys", "窗格的声音，也可 Alt+U")),
                KeyLine(("O",), translate("Keys", "为窗格的摄像机生成故障工单")),
                KeyLine(("Shift", "S"), translate("Keys", "把最近截图附到所选工单")),
            ),
        ),
        KeyGroup(
            translate("Keys", "地图"),
            (
                KeyLine(("+", "−"), translate("Keys", "放大、缩小")),
                KeyLine(("←", "→", "↑", "↓"), translate("Keys", "移动")),
                KeyLine(("N", "Shift", "N"), translate("Keys", "下一个标记、上一个")),
                KeyLine(("0",), translate("Keys", "看全图，恢复自动视野")),
            ),
        ),
    )
