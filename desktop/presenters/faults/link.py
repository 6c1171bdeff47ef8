"""The words of the link to the centre: the road, sign-in, fetching and sending."""

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

WORDS: dict[str, tuple[str, str]] = {
    # --- the road
    "link.unreachable": (
        QT_TRANSLATE_NOOP("Faults", "联系不上中心"),
        QT_TRANSLATE_NOOP("Faults", "网络不通，或中心没有运行。工作台照常可用，操作已保存，恢复后自动发送。"),
    ),
    "link.timeout": (
        QT_TRANSLATE_NOOP("Faults", "中心没有及时应答"),
        QT_TRANSLATE_NOOP("Faults", "正在重试。操作都已保存，不会丢失。"),
    ),
    "link.tls": (
        QT_TRANSLATE_NOOP("Faults", "中心的证书不可信"),
        QT_TRANSLATE_NOOP("Faults", "没有建立安全连接，未发送任何数据。请联系管理员核对中心的证书。"),
    ),
    "link.tls/expired": (
        QT_TRANSLATE_NOOP("Faults", "中心的证书已过期"),
        QT_TRANSLATE_NOOP("Faults", "没有建立安全连接，未发送任何数据。请先核对本机的日期和时间，再联系管理员。"),
    ),
    "link.tls/not_yet_valid": (
        QT_TRANSLATE_NOOP("Faults", "中心的证书尚未生效"),
        QT_TRANSLATE_NOOP("Faults", "没有建立安全连接，未发送任何数据。多半是本机的日期和时间不准，请核对。"),
    ),
    "link.tls/host": (
        QT_TRANSLATE_NOOP("Faults", "证书与中心地址不符"),
        QT_TRANSLATE_NOOP("Faults", "没有建立安全连接，未发送任何数据。请联系管理员核对中心地址。"),
    ),
    "link.not_the_centre": (
        QT_TRANSLATE_NOOP("Faults", "应答的不是中心"),
        QT_TRANSLATE_NOOP("Faults", "可能被网络登录页拦截。请检查网络和中心地址；操作都已保存。"),
    ),
    "link.other_centre": (
        QT_TRANSLATE_NOOP("Faults", "连到了另一个中心"),
        QT_TRANSLATE_NOOP("Faults", "应答的中心与本席位的数据不是同一个，已停止交换数据。请联系管理员核对中心地址。"),
    ),
    "link.other_centre/decide": (
        QT_TRANSLATE_NOOP("Faults", "应答的是另一个中心：{found}"),
        QT_TRANSLATE_NOOP(
            "Faults",
            "本席位此前属于“{expected}”，已停止交换数据，{waiting} 项操作留在本机等它。"
            "如确要改用“{found}”，请登录并确认；否则请联系管理员核对中心地址。",
        ),
    ),
    "link.other_epoch": (
        QT_TRANSLATE_NOOP("Faults", "备用链路的数据与主链路不同"),
        QT_TRANSLATE_NOOP("Faults", "备用链路上的数据已另行重建，没有采用。正在重试主链路；操作都已保存。"),
    ),
    "link.malformed": (
        QT_TRANSLATE_NOOP("Faults", "中心的应答无法识别"),
        QT_TRANSLATE_NOOP("Faults", "已放弃这次应答，正在重试；本地数据没有改动。"),
    ),
    "link.too_large": (
        QT_TRANSLATE_NOOP("Faults", "中心的应答过大"),
        QT_TRANSLATE_NOOP("Faults", "已放弃这次应答，将分小份重取；本地数据没有改动。"),
    ),
    "link.server_error": (
        QT_TRANSLATE_NOOP("Faults", "中心内部出错"),
        QT_TRANSLATE_NOOP("Faults", "中心返回错误 {status}，正在重试。操作都已保存。"),
    ),
    "link.throttled": (
        QT_TRANSLATE_NOOP("Faults", "中心正忙"),
        QT_TRANSLATE_NOOP("Faults", "中心请各席位稍候，{seconds} 秒后继续。"),
    ),
    "link.refused": (
        QT_TRANSLATE_NOOP("Faults", "中心没有接受请求"),
        QT_TRANSLATE_NOOP("Faults", "中心返回 {status}。可以稍后再试；如反复出现，请联系管理员。"),
    ),
    "link.program_too_old": (
        QT_TRANSLATE_NOOP("Faults", "本机程序版本偏旧"),
        QT_TRANSLATE_NOOP(
            "Faults", "中心要求 {needed} 或更新，本机是 {own}。可以继续工作，个别功能可能不能用；请联系管理员升级。"
        ),
    ),
    "link.closed": (
        QT_TRANSLATE_NOOP("Faults", "连接已关闭"),
        QT_TRANSLATE_NOOP("Faults", "程序正在退出或更换中心，这次请求没有进行。"),
    ),
    "link.bad_address": (
        QT_TRANSLATE_NOOP("Faults", "中心地址不正确"),
        QT_TRANSLATE_NOOP("Faults", "请填写以 https:// 开头的地址；演练中心可用本机的 http:// 地址。"),
    ),
    "link.insecure_address": (
        QT_TRANSLATE_NOOP("Faults", "中心地址不加密"),
        QT_TRANSLATE_NOOP("Faults", "{address} 不在本机，须用 https:// 开头的地址，否则数据会明文传输。"),
    ),
    "centre.none": (
        QT_TRANSLATE_NOOP("Faults", "还没有中心地址"),
        QT_TRANSLATE_NOOP("Faults", "请填写中心地址；没有中心时，可以打开演练。"),
    ),
    # --- sign-in
    "auth.wrong_password": (
        QT_TRANSLATE_NOOP("Faults", "用户名或口令不对"),
        QT_TRANSLATE_NOOP("Faults", "请重新输入。多次不对，中心可能会暂时锁定账号。"),
    ),
    "auth.old_password": (
        QT_TRANSLATE_NOOP("Faults", "现口令不对"),
        QT_TRANSLATE_NOOP("Faults", "口令没有修改，请重新输入。"),
    ),
    "auth.password_rule": (
        QT_TRANSLATE_NOOP("Faults", "新口令不合要求"),
        QT_TRANSLATE_NOOP("Faults", "口令没有修改，请按要求另选一个。"),
    ),
    "auth.password_reused": (
        QT_TRANSLATE_NOOP("Faults", "新口令最近用过"),
        QT_TRANSLATE_NOOP("Faults", "口令没有修改，请另选一个没用过的。"),
    ),
    "auth.password_due": (
        QT_TRANSLATE_NOOP("Faults", "口令该换了"),
        QT_TRANSLATE_NOOP("Faults", "中心要求更换口令。手头的事不受影响，请尽快更换。"),
    ),
    "auth.expired": (
        QT_TRANSLATE_NOOP("Faults", "登录已过期"),
        QT_TRANSLATE_NOOP("Faults", "请重新登录。未发送的操作都还在。"),
    ),
    "auth.account_closed": (
        QT_TRANSLATE_NOOP("Faults", "账号已停用"),
        QT_TRANSLATE_NOOP("Faults", "未发送的操作都还在，换人登录后照常送出。如系误停，请联系中心的账号管理员。"),
    ),
    "auth.signed_out": (
        QT_TRANSLATE_NOOP("Faults", "尚未登录"),
        QT_TRANSLATE_NOOP("Faults", "登录后即可取数和发送；未发送的操作都还在。"),
    ),
    "auth.forbidden": (
        QT_TRANSLATE_NOOP("Faults", "没有权限"),
        QT_TRANSLATE_NOOP("Faults", "您的角色不能查看或执行这一项。如有需要，请联系值班长。"),
    ),
    # --- fetching
    "pull.cursor_expired": (
        QT_TRANSLATE_NOOP("Faults", "离线较久，正在重新取数"),
        QT_TRANSLATE_NOOP("Faults", "工作台照常可用；待发送的操作不受影响。"),
    ),
    "pull.epoch_changed": (
        QT_TRANSLATE_NOOP("Faults", "中心的数据已重建"),
        QT_TRANSLATE_NOOP("Faults", "正在重新取数，工作台照常可用；待发送的操作不受影响。"),
    ),
    "pull.snapshot_damaged": (
        QT_TRANSLATE_NOOP("Faults", "取到的数据不完整"),
        QT_TRANSLATE_NOOP("Faults", "核对没有通过，本地数据保持原样，正在重取。"),
    ),
    "pull.held": (
        QT_TRANSLATE_NOOP("Faults", "数据变化异常，等待核实"),
        QT_TRANSLATE_NOOP("Faults", "中心的数据少了 {count} 条在办工单，已暂缓更新，再次取数结果相同才会采用。"),
    ),
    "pull.record_quarantined": (
        QT_TRANSLATE_NOOP("Faults", "有 {count} 条记录无法识别"),
        QT_TRANSLATE_NOOP("Faults", "这些记录已单独存放，其余数据照常更新。请告诉管理员。"),
    ),
    # --- sending
    "push.too_large": (
        QT_TRANSLATE_NOOP("Faults", "操作内容太大"),
        QT_TRANSLATE_NOOP("Faults", "中心不接收这么大的内容。请缩短说明后重做。"),
    ),
    "push.refused": (
        QT_TRANSLATE_NOOP("Faults", "中心不接受这项操作"),
        QT_TRANSLATE_NOOP("Faults", "操作已留在待处理箱，请在那里重做、转为备注或放弃；其余操作照常发送。"),
    ),
    "sync.clock_jump/desk": (
        QT_TRANSLATE_NOOP("Faults", "本机时间被改动了 {seconds} 秒"),
        QT_TRANSLATE_NOOP("Faults", "时限按中心时间计算，不受影响。请告诉管理员检查本机对时。"),
    ),
    "sync.clock_jump": (
        QT_TRANSLATE_NOOP("Faults", "中心时间变动了 {seconds} 秒"),
        QT_TRANSLATE_NOOP("Faults", "时限已按中心的新时间计算。如与实际时间不符，请告诉管理员。"),
    ),
    "push.stumbling": (
        QT_TRANSLATE_NOOP("Faults", "有一项操作中心处理不了"),
        QT_TRANSLATE_NOOP(
            "Faults", "中心处理它时总是出错。它留在本机，隔一阵单独再试；其余操作照常发送。请告诉管理员。"
        ),
    ),
    "sync.changing_centre": (
        QT_TRANSLATE_NOOP("Faults", "正在改用另一个中心"),
        QT_TRANSLATE_NOOP("Faults", "界面上还是原中心的数据，这项操作没有保存。请等新中心的数据到齐后再操作。"),
    ),
    "sync.busy": (
        QT_TRANSLATE_NOOP("Faults", "正在处理前面的请求"),
        QT_TRANSLATE_NOOP("Faults", "等待的请求太多，这一次没有进行。请稍后再试。"),
    ),
    "sync.stopped": (
        QT_TRANSLATE_NOOP("Faults", "与中心的交换已停止"),
        QT_TRANSLATE_NOOP("Faults", "程序正在退出，这次请求没有进行。已保存的操作下次启动后发送。"),
    ),
}
