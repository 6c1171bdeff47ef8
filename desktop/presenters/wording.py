"""The words of every fault code: a title and a message in the officer's language.

Sources are Chinese; English comes from the translation files. A code without words is a defect that a test finds;
at run time it is shown as itself rather than hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.presenters.extraction import QT_TRANSLATE_NOOP

_CONTEXT = "Faults"


@dataclass(frozen=True, slots=True)
class Words:
    """What the officer reads of a fault."""

    title: str
    message: str


_FAULTS: dict[str, tuple[str, str]] = {
    # --- the link to the centre
    "link.unreachable": (
        QT_TRANSLATE_NOOP("Faults", "联系不上中心"),
        QT_TRANSLATE_NOOP("Faults", "网络不通，或中心没有运行。工作台照常可用，操作会保存并在恢复后发送。"),
    ),
    "link.timeout": (
        QT_TRANSLATE_NOOP("Faults", "中心没有及时应答"),
        QT_TRANSLATE_NOOP("Faults", "请求已超时，正在重试。操作不会丢失。"),
    ),
    "link.tls": (
        QT_TRANSLATE_NOOP("Faults", "中心的证书不可信"),
        QT_TRANSLATE_NOOP("Faults", "安全连接没有建立，未发送任何数据。请检查本机时间，或联系管理员核对证书。"),
    ),
    "link.not_the_centre": (
        QT_TRANSLATE_NOOP("Faults", "应答的不是中心"),
        QT_TRANSLATE_NOOP("Faults", "收到了网页或别的系统的应答，可能被网络登录页拦截。请检查网络或中心地址。"),
    ),
    "link.malformed": (
        QT_TRANSLATE_NOOP("Faults", "中心的应答无法识别"),
        QT_TRANSLATE_NOOP("Faults", "应答内容不符合约定，已放弃这次应答并会重试。"),
    ),
    "link.server_error": (
        QT_TRANSLATE_NOOP("Faults", "中心内部出错"),
        QT_TRANSLATE_NOOP("Faults", "中心返回错误 {status}，正在重试。"),
    ),
    "link.throttled": (
        QT_TRANSLATE_NOOP("Faults", "中心要求放慢"),
        QT_TRANSLATE_NOOP("Faults", "中心限流，{seconds} 秒后继续。"),
    ),
    "link.bad_address": (
        QT_TRANSLATE_NOOP("Faults", "中心地址不正确"),
        QT_TRANSLATE_NOOP("Faults", "请填写以 http:// 或 https:// 开头的地址。"),
    ),
    # --- sign-in
    "auth.wrong_password": (
        QT_TRANSLATE_NOOP("Faults", "用户名或密码不对"),
        QT_TRANSLATE_NOOP("Faults", "请重新输入。多次失败后账号会被中心锁定。"),
    ),
    "auth.expired": (
        QT_TRANSLATE_NOOP("Faults", "登录已过期"),
        QT_TRANSLATE_NOOP("Faults", "请重新登录。未发送的操作都还在。"),
    ),
    "auth.forbidden": (
        QT_TRANSLATE_NOOP("Faults", "没有权限"),
        QT_TRANSLATE_NOOP("Faults", "您的角色不能执行这项操作。"),
    ),
    # --- pull
    "pull.cursor_expired": (
        QT_TRANSLATE_NOOP("Faults", "离线太久，正在重新取数"),
        QT_TRANSLATE_NOOP("Faults", "中心已不保留断点，正在重建本地数据；待发送的操作不受影响。"),
    ),
    "pull.epoch_changed": (
        QT_TRANSLATE_NOOP("Faults", "中心的数据已重建"),
        QT_TRANSLATE_NOOP("Faults", "正在重新取数；待发送的操作不受影响。"),
    ),
    "pull.snapshot_damaged": (
        QT_TRANSLATE_NOOP("Faults", "取到的数据不完整"),
        QT_TRANSLATE_NOOP("Faults", "校验没有通过，未替换本地数据，正在重取。"),
    ),
    "pull.held": (
        QT_TRANSLATE_NOOP("Faults", "数据异常，待核实"),
        QT_TRANSLATE_NOOP("Faults", "中心要求一次删除 {count} 条在办工单，已暂缓，等第二次取数确认。"),
    ),
    "pull.record_quarantined": (
        QT_TRANSLATE_NOOP("Faults", "有 {count} 条记录无法识别"),
        QT_TRANSLATE_NOOP("Faults", "这些记录已单独存放，其余数据照常更新。"),
    ),
    # --- push
    "push.too_large": (
        QT_TRANSLATE_NOOP("Faults", "操作内容太大"),
        QT_TRANSLATE_NOOP("Faults", "中心不接收这么大的内容，操作已留在待处理箱。"),
    ),
    "push.refused": (
        QT_TRANSLATE_NOOP("Faults", "中心不接受这项操作"),
        QT_TRANSLATE_NOOP("Faults", "操作已留在待处理箱，其余操作照常发送。"),
    ),
    # --- workflow: why a button is closed
    "workflow.unknown_verb": (
        QT_TRANSLATE_NOOP("Faults", "不认识的操作"),
        QT_TRANSLATE_NOOP("Faults", "本版本没有这项操作。"),
    ),
    "workflow.role": (
        QT_TRANSLATE_NOOP("Faults", "角色不允许"),
        QT_TRANSLATE_NOOP("Faults", "您的角色不能执行这项操作。"),
    ),
    "workflow.state": (
        QT_TRANSLATE_NOOP("Faults", "当前环节不能执行"),
        QT_TRANSLATE_NOOP("Faults", "工单现在是“{state}”，不能执行这项操作。"),
    ),
    "workflow.unknown_state": (
        QT_TRANSLATE_NOOP("Faults", "工单状态不认识"),
        QT_TRANSLATE_NOOP("Faults", "中心给出的状态“{state}”本版本不认识，只能加备注。"),
    ),
    "workflow.arguments": (
        QT_TRANSLATE_NOOP("Faults", "内容没有填全"),
        QT_TRANSLATE_NOOP("Faults", "请把必填的内容补上。"),
    ),
    # --- the drill centre
    "drill.failed": (
        QT_TRANSLATE_NOOP("Faults", "演练中心没有启动"),
        QT_TRANSLATE_NOOP("Faults", "演练中心的最后一句话：{words}"),
    ),
    "drill.slow": (
        QT_TRANSLATE_NOOP("Faults", "演练中心启动太慢"),
        QT_TRANSLATE_NOOP("Faults", "{seconds} 秒内没有就绪，已停止。"),
    ),
    # --- the program itself
    "data_dir.unwritable": (
        QT_TRANSLATE_NOOP("Faults", "数据目录不能写"),
        QT_TRANSLATE_NOOP("Faults", "请检查目录的权限和磁盘空间，或用 --data-dir 指定别的目录：{path}"),
    ),
    "display.missing": (
        QT_TRANSLATE_NOOP("Faults", "没有显示器"),
        QT_TRANSLATE_NOOP("Faults", "本机没有图形环境。可在虚拟屏上运行，或用 --self-check 自检。"),
    ),
    "program.bug": (
        QT_TRANSLATE_NOOP("Faults", "程序出错"),
        QT_TRANSLATE_NOOP("Faults", "已记录到 {file}，其余功能照常。请把该文件交给管理员。"),
    ),
}

CODES = frozenset(_FAULTS)
"""Every code that has words."""


class _Blank(dict[str, object]):
    """Placeholders without a value are left empty instead of failing."""

    def __missing__(self, key: str) -> str:
        return ""


def words_of(code: str, params: Mapping[str, object] | None = None) -> Words:
    """Return the words of a fault code in the present language; an unknown code is its own title."""
    found = _FAULTS.get(code)
    if found is None:
        return Words(code, "")
    values = _Blank(params or {})
    title, message = (QCoreApplication.translate(_CONTEXT, text) for text in found)
    return Words(title.format_map(values), message.format_map(values))


def fault_words(fault: BaseException) -> Words:
    """Return the words of a known fault (anything with `code` and `params`), or of a bug."""
    code = getattr(fault, "code", "")
    if not isinstance(code, str) or not code:
        return Words(*(QCoreApplication.translate(_CONTEXT, t).format(file="-") for t in _FAULTS["program.bug"]))
    return words_of(code, getattr(fault, "params", None))
