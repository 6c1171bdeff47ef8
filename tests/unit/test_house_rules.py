"""Each rule finds its sin, and leaves the virtuous neighbour alone."""

import ast
from pathlib import Path

import pytest

from tests.support import house_rules
from tests.support.house_rules import Module, Rule

CASES: list[tuple[Rule, str, str]] = [
    (house_rules.colours_in_code, "pen = '#d92b2b'", "label = '#12 order'"),
    (house_rules.colours_in_code, "css = 'color: #fff;'", "css = 'color: {{ ink }};'"),
    (house_rules.untranslatable_texts, "self.tr(f'{n} orders')", "self.tr('%n orders', '', n)"),
    (house_rules.untranslatable_texts, "self.tr(title)", "self.tr('title')"),
    (
        house_rules.untranslatable_texts,
        "QCoreApplication.translate(C, text)",
        "QT_TRANSLATE_NOOP('C', 'x'); QCoreApplication.translate(C, text); painter.translate(x, y)",
    ),
    (house_rules.untranslatable_texts, "QT_TRANSLATE_NOOP('C', 'a' + b)", "QT_TRANSLATE_NOOP('C', 'a' 'b')"),
    (house_rules.closures_as_slots, "button.clicked.connect(lambda: go())", "button.clicked.connect(self.go)"),
    (house_rules.closures_as_slots, "s.connect(functools.partial(go, 1))", "partial(go, 1)"),
    (house_rules.event_loop_tricks, "QApplication.processEvents()", "loop.exec()"),
    (house_rules.event_loop_tricks, "QThread(); thread.terminate()", "process.terminate()"),
    (house_rules.nameless_threads, "threading.Thread(target=run)", "threading.Thread(target=run, name='sync')"),
    (house_rules.endless_waits, "thread.join()", "thread.join(2); ', '.join(names)"),
    (house_rules.endless_waits, "process.wait()", "if late:\n  process.kill()\n  process.wait()\nprocess.wait(2)"),
    (house_rules.boundless_queues, "queue.Queue()", "queue.Queue(maxsize=100)"),
    (house_rules.boundless_queues, "SimpleQueue()", "deque(maxlen=9)"),
    (house_rules.guessed_markup, "label = QLabel(title)", "label = QLabel(); label.setTextFormat(PlainText)"),
    (house_rules.guessed_markup, "button.setToolTip(order.title)", "button.setToolTip(self.tr('x'))"),
    (house_rules.guessed_markup, "QMessageBox.warning(self, title, text)", "strip.show_message(text)"),
    (house_rules.narrow_signals, "moved = Signal(int)", "moved = Signal(object)"),
]


def module(source: str) -> Module:
    return Module(Path("sample.py"), source, ast.parse(source))


@pytest.mark.parametrize(("rule", "sin", "virtue"), CASES)
def test_that_a_rule_finds_its_sin_and_nothing_else(rule: Rule, sin: str, virtue: str) -> None:
    assert list(rule(module(sin)))
    assert not list(rule(module(virtue)))
