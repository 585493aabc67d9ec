"""A report that prints its own audit: judged on a draft, printed, then judged again on the finished files.

The checks read files, and the annex with their result is in the files. So the pages are first made with an empty annex
and judged as they stand; what was found is printed; and the finished files are judged once more. Where that finds
something else than what is printed, the report is made again with what it found.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from evaluation.reporting.seal import MANIFEST, as_json
from evaluation.reporting.wording import load_wording

Files = dict[str, bytes]
Pages = dict[str, str]
Annex = Mapping[str, str]
Audit = Callable[[Path], dict[str, str]]
"""Reads the files of an unsealed report in a folder and tells, by language, what the annex prints.

Where the folder holds pages only, Word and PDF are taken to say what the pages say.
"""


def render_audited(
    make: Callable[[Annex], Pages],
    render: Callable[[Pages], Files],
    *,
    evidence: Files,
    manifest: dict[str, object],
    audit: Audit | None,
    whole: bool,
) -> Files:
    """The report's files, with their audit in them where there is an ``audit``.

    ``make`` puts pages together around an annex, ``render`` turns them into files; ``whole`` says that all languages
    and formats are made, so that the finished files can be judged.
    """
    if audit is None:
        return render(make({}))
    beside = {**evidence, MANIFEST: as_json({**manifest, "files": {}})}
    words = load_wording()
    waiting = {
        language: f"<p>{words.text('audit.waiting', language=language)}</p>" for language in ("ro", "en")
    }
    drafts = {f"report.{language}.html": page.encode() for language, page in make(waiting).items()}
    annex = _judge(audit, {**beside, **drafts})
    files = render(make(annex))
    if whole:
        found = _judge(audit, {**beside, **files})
        files = files if found == annex else render(make(found))
    return files


def _judge(audit: Audit, files: Files) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix="snitp-audit-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        return audit(folder)
