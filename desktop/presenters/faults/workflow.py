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
    "workflow.changed": (
        QT_TRANSLATE_NOOP("Faults", "工单已变化"),
        QT_TRANSLATE_NOOP("Faults", "确认期间情况已变，没有改动；请重新查看。"),
    ),
    "workflow.arguments": (
        QT_TRANSLATE_NOOP("Faults", "内容没有填全"),
        QT_TRANSLATE_NOOP("Faults", "请把必填的内容补上。"),
    ),
    # --- what the order itself carries
    "workflow.extension_pending": (
        QT_TRANSLATE_NOOP("Faults", "已有延期在审"),
        QT_TRANSLATE_NOOP("Faults", "上一次延期申请还没有结论，不能重复申请。"),
    ),
    "workflow.extension_second": (
        QT_TRANSLATE_NOOP("Faults", "须两人审批"),
        QT_TRANSLATE_NOOP("Faults", "首次延期已用过；再次延期请先申请，由值班长初审、分管领导审批。"),
    ),
    "workflow.extension_none": (
        QT_TRANSLATE_NOOP("Faults", "没有延期申请"),
        QT_TRANSLATE_NOOP("Faults", "现在没有待审的延期申请。"),
    ),
    "workflow.return_none": (
        QT_TRANSLATE_NOOP("Faults", "不是无需处置退回"),
        QT_TRANSLATE_NOOP("Faults", "这次退回不需要审核，可直接改派。"),
    ),
    "workflow.return_in_review": (
        QT_TRANSLATE_NOOP("Faults", "退回在审"),
        QT_TRANSLATE_NOOP("Faults", "“无需处置”的退回须先初审、再由分管领导批准，不能直接改派或作废。"),
    ),
    "workflow.reviewed": (
        QT_TRANSLATE_NOOP("Faults", "已经初审"),
        QT_TRANSLATE_NOOP("Faults", "初审已完成，等待另一人审批。"),
    ),
    "workflow.not_reviewed": (
        QT_TRANSLATE_NOOP("Faults", "尚未初审"),
        QT_TRANSLATE_NOOP("Faults", "须先由值班长初审，再审批。"),
    ),
    "workflow.same_person": (
        QT_TRANSLATE_NOOP("Faults", "须另一人审批"),
        QT_TRANSLATE_NOOP("Faults", "初审和审批必须是两个人，您已做过初审。"),
    ),
    "workflow.top_level": (
        QT_TRANSLATE_NOOP("Faults", "已到最高一级"),
        QT_TRANSLATE_NOOP("Faults", "工单已上提到市级，不能再上提。"),
    ),
    # --- outcomes of the centre
    "merge_target": (
        QT_TRANSLATE_NOOP("Faults", "不能并入该工单"),
        QT_TRANSLATE_NOOP("Faults", "要并入的工单不存在，或它自己已经并单。"),
    ),
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
