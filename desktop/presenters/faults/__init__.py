"""The words of every fault code, by layer: a short title and one calm sentence, in Chinese.

A key is a code, or ``code/reason`` where a fault's ``reason`` deserves words of its own. Placeholders are the fault's
params. English lies in the translation files, under the context ``Faults``.
"""

from desktop.presenters.faults import attachments, cameras, export, link, program, storage, video, workflow

FAULTS: dict[str, tuple[str, str]] = (
    link.WORDS
    | storage.WORDS
    | video.WORDS
    | attachments.WORDS
    | cameras.WORDS
    | workflow.WORDS
    | export.WORDS
    | program.WORDS
)
