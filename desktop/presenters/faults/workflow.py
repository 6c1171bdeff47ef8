"""The words of the work itself: why a button is closed, and why the centre did not apply an operation."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    # --- the table of states and verbs, here and at the centre
    "workflow.unknown_verb": (
        QT_TRANSLATE_NOOP("Faults", "没有这项操作"),
        QT_TRANSLATE_NOOP("Faults", "现在的版本不认识这项操作。"),
    ),
    "workflow.role": (
        QT_TRANSLATE_NOOP("Faults", "角色不允许"),
        QT_TRANSLATE_NOOP("Faults", "您的角色不能执行这项操作。"),
    ),
    "workflow.state": (
        QT_TRANSLATE_NOOP("Faults", "当前环节不能执行"),
        QT_TRANSLATE_NOOP("Faults", "现在是“{state}”，不能执行这项操作。"),
    ),
    "workflow.unknown_state": (
        QT_TRANSLATE_NOOP("Faults", "环节无法识别"),
        QT_TRANSLATE_NOOP("Faults", "中心给出的“{state}”本版本不认识，只能加备注。"),
    ),
    "workflow.arguments": (
        QT_TRANSLATE_NOOP("Faults", "内容没有填全"),
        QT_TRANSLATE_NOOP("Faults", "请把必填的内容补上。"),
    ),
    # --- outcomes of the centre
    "object_unknown": (
        QT_TRANSLATE_NOOP("Faults", "中心没有这个对象"),
        QT_TRANSLATE_NOOP("Faults", "它可能已被合并或撤销，可以转为备注或放弃。"),
    ),
    "kind_unsupported": (
        QT_TRANSLATE_NOOP("Faults", "中心不办理这类对象"),
        QT_TRANSLATE_NOOP("Faults", "中心还不接受对它的操作，可以放弃。"),
    ),
    "actor_unknown": (
        QT_TRANSLATE_NOOP("Faults", "中心不认可操作人"),
        QT_TRANSLATE_NOOP("Faults", "操作人没有在本席位登录过，请登录后重做。"),
    ),
    "role_not_held": (
        QT_TRANSLATE_NOOP("Faults", "角色已经变动"),
        QT_TRANSLATE_NOOP("Faults", "操作人现在没有当时的角色，请由有此角色的人重做。"),
    ),
    "earlier_op_pending": (
        QT_TRANSLATE_NOOP("Faults", "在等前一项操作"),
        QT_TRANSLATE_NOOP("Faults", "前一项操作办完后自动发送。"),
    ),
    "busy": (
        QT_TRANSLATE_NOOP("Faults", "中心正忙"),
        QT_TRANSLATE_NOOP("Faults", "稍后自动重新发送。"),
    ),
}
