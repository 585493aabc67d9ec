"""Check of the build: seal, inputs, programs, seeds, and equal bytes when built again."""

import json
import re

from evaluation.audit.catalogue import Check
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.sealed import Sealed
from evaluation.core.errors import AuditError
from evaluation.core.provenance import digest_file

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
_TOLD = (
    "inputs",
    "inputs_digest",
    "content_digest",
    "versions",
    "seeds",
    "kit_version",
    "assessment",
    "files",
)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_rebuilt(run: Sealed, check: Check) -> Pointers:
    """T01: the seal is whole, the manifest complete and printed, and a second build has equal bytes.

    A draft has no seal yet, and nothing to be compared with.
    """
    told = [*_manifest(run), *_printed(run, check)]
    return told if run.draft else [*_seal(run), *told, *_again(run)]


def _seal(run: Sealed) -> Pointers:
    sums = run.folder / SUMS
    if not sums.is_file():
        return [Pointer(SUMS, SUMS, "digest", SUMS)]
    lines = [one.split("  ", 1) for one in sums.read_text(encoding="utf-8").splitlines()]
    listed = {name: digest for digest, name in (one for one in lines if len(one) == 2)}
    present = {one.name for one in run.folder.iterdir()} - {SUMS}
    wrong = [
        name
        for name, digest in sorted(listed.items())
        if name not in present or digest_file(run.folder / name) != digest
    ]
    recorded = run.manifest.get("files", {})
    wrong += [name for name, digest in listed.items() if name != MANIFEST and _sum(recorded, name) != digest]
    return [Pointer(one, SUMS, "digest", one) for one in sorted({*wrong, *(present - set(listed))})]


def _sum(recorded: dict[str, dict[str, str]], name: str) -> str:
    return str(recorded.get(name, {}).get("sha256", ""))


def _manifest(run: Sealed) -> Pointers:
    found = [Pointer(MANIFEST, one, "not_recorded", one) for one in _TOLD if one not in run.manifest]
    inputs = run.manifest.get("inputs") or {}
    found += [
        Pointer(MANIFEST, name, "not_recorded", name)
        for name, digest in inputs.items()
        if not _DIGEST.fullmatch(str(digest))
    ]
    for empty in ("inputs", "versions"):
        if not run.manifest.get(empty):
            found.append(Pointer(MANIFEST, empty, "not_recorded", empty))
    return found


def _printed(run: Sealed, check: Check) -> Pointers:
    """Digests, versions and seeds stand in the annex of every language."""
    found = []
    for language in run.languages:
        page = run.page(language)
        parts = page.under("origin")
        rows = {row for part in parts for grid in part.grids for row in grid.rows}
        for name in ("inputs", "versions"):
            for key, value in (run.manifest.get(name) or {}).items():
                if (key, str(value)) not in rows:
                    found.append(Pointer(page.name, "origin", "not_printed", key))
        text = " ".join(part.text for part in parts)
        told = check.pattern("seeds", language).search(text) and all(
            str(one) in text for one in run.manifest.get("seeds", [])
        )
        if not told:
            found.append(Pointer(page.name, "origin", "not_printed", "seeds"))
    return found


def _again(run: Sealed) -> Pointers:
    """Everything but the time of the build is compared; a copy of the run itself proves nothing."""
    other = run.rebuilt
    if other is None:
        return [Pointer(MANIFEST, "rebuilt", "not_rebuilt", "--rebuilt")]
    if not (other / MANIFEST).is_file():
        raise AuditError(
            f"{other.name}: no sealed run in it; build the report a second time and name that run."
        )
    second = json.loads((other / MANIFEST).read_text(encoding="utf-8"))
    if other.resolve() == run.folder.resolve() or second.get("built_at") == run.manifest.get("built_at"):
        return [Pointer(MANIFEST, "rebuilt", "not_rebuilt", str(second.get("built_at", "")))]
    names = set(run.manifest.get("files", {})) | set(second.get("files", {}))
    return [
        Pointer(name, "rebuilt", "bytes_differ", name)
        for name in sorted(names)
        if not (other / name).is_file()
        or not (run.folder / name).is_file()
        or digest_file(other / name) != digest_file(run.folder / name)
    ]
