"""Why the wall takes no change by hand, in words."""

from PySide6.QtCore import QCoreApplication

from desktop.presenters.wall.stand import Stand, Standing

translate = QCoreApplication.translate


def refusal(stand: Stand, standing: Standing | None = None) -> str:
    """Give the reason why an officer cannot change the wall, or the pane that stands so; "" if it can be changed."""
    if stand.own.locked:
        return translate("Wall", "视图已锁定，按 Ctrl+L 解锁")
    if standing is not None and standing.role == "guest":
        return translate("Wall", "这个窗格留给预警画面")
    if standing is None or standing.role != "linked":
        return stand.takeovers[-1].words if stand.takeovers else ""
    return ""
