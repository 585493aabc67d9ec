"""The pages of a report as files: HTML as it is, PDF and DOCX from it, side by side, kept by content."""

import hashlib
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from evaluation.core.processes import end_with_parent
from evaluation.reporting.stale import library_versions, page_digest, write_whole


def render_all(
    pages: dict[str, str],
    wanted: list[tuple[str, str]],
    *,
    titles: dict[str, str],
    date_iso: str,
    cache: Path,
) -> dict[str, bytes]:
    """File name to bytes for every wanted language and format; pages not changed are not rendered again."""
    cache.mkdir(parents=True, exist_ok=True)
    base = hashlib.sha256(
        repr((page_digest(), sorted(library_versions().items()), date_iso)).encode()
    ).hexdigest()
    files: dict[str, bytes] = {}
    waiting: dict[str, tuple[str, str, Path]] = {}
    for language, form in wanted:
        name = f"report.{language}.{form}"
        if form == "html":
            files[name] = pages[language].encode("utf-8")
            continue
        key = hashlib.sha256(f"{base}{name}{pages[language]}".encode()).hexdigest()
        kept = cache / f"{key}.{form}"
        if kept.is_file():
            files[name] = kept.read_bytes()
        else:
            waiting[name] = (language, form, kept)
    if waiting:
        workers = min(len(waiting), os.cpu_count() or 1)
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, mp_context=fork, initializer=end_with_parent) as pool:
            jobs = {
                name: pool.submit(_render_one, form, pages[language], date_iso, language, titles[language])
                for name, (language, form, _) in sorted(waiting.items(), key=lambda item: item[1][1] != "pdf")
            }
            for name, job in jobs.items():
                files[name] = job.result()
                write_whole(waiting[name][2], files[name])
    return files


def _render_one(form: str, page: str, date_iso: str, language: str, title: str) -> bytes:
    from evaluation.reporting.page import build_docx, build_pdf

    if form == "pdf":
        return build_pdf(page, date_iso=date_iso, language=language)
    return build_docx(page, date_iso=date_iso, language=language, title=title)
