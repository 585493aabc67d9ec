"""What the chapters of a build brought: its pages, its evidence, and what its manifest says of them."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from evaluation.core.project import Project
from evaluation.core.provenance import KIT_VERSION
from evaluation.judgement.independence import evaluator_names, load_declarations
from evaluation.judgement.store import accepted_findings, read_judgement
from evaluation.reporting.annexes import collect_decisions, collect_entries
from evaluation.reporting.quality import Annex
from evaluation.reporting.seal import as_json
from evaluation.strategy.frame import Assessment

_SEEDED = re.compile(r"(\w+)\([^()]*\bseed=(\d+)")


@dataclass(frozen=True, slots=True)
class Contents:
    """The completion records of a build by language, with what it was built from."""

    assessment: Assessment
    project: Project
    records: dict[str, list[dict[str, Any]]]
    versions: dict[str, str]
    inputs: dict[str, str]

    @property
    def synthetic(self) -> bool:
        """Some number comes from invented data, so every page has to say it."""
        shown = [one for record in self.records["ro"] for one in record["exhibits"]]
        return any(entry["synthetic"] for one in shown for entry in one["entries"])

    def make_pages(self, annex: Annex) -> dict[str, str]:
        """The page of each language, with the audit that the annex tells; both have the same structure."""
        from evaluation.reporting.assemble import assemble_page
        from evaluation.reporting.page import build_html
        from evaluation.reporting.parity import check_page_parity

        folder = self.project.judgement / self.assessment.id
        named = load_declarations(folder, synthetic=self.synthetic)
        judged = accepted_findings(read_judgement(folder), synthetic=self.synthetic)
        pages = {
            language: build_html(
                assemble_page(
                    self.assessment,
                    self.records[language],
                    language=language,
                    versions=self.versions,
                    inputs=self.inputs,
                    synthetic=self.synthetic,
                    evaluators=evaluator_names(named, language=language),
                    judged=bool(judged),
                    annex=annex.get(language, ""),
                    seeds=self.seeds(),
                )
            )
            for language in self.records
        }
        check_page_parity(pages)
        return pages

    def seeds(self) -> tuple[str, ...]:
        """The computations of the notebooks that draw pseudo-random numbers, each with its fixed seed."""
        notebooks = [self.project.root / name for name in self.inputs if name.endswith(".ipynb")]
        found = [hit for path in notebooks for hit in _SEEDED.findall(path.read_text(encoding="utf-8"))]
        return tuple(dict.fromkeys(f"{name}: seed={seed}" for name, seed in sorted(found)))

    def evidence(self) -> dict[str, bytes]:
        """Register, decisions and witnesses: the same for both languages, as parity has shown."""
        return {
            "register.json": as_json(collect_entries(self.records["ro"])),
            "decisions.json": as_json(collect_decisions(self.records["ro"])),
            "witnesses.json": as_json(self.stored_tables()),
        }

    def stored_tables(self) -> list[dict[str, Any]]:
        """The protected tables with their witnesses, each once."""
        shown = [one for record in self.records["ro"] for one in record["exhibits"]]
        return list({one["id"]: one for each in shown for one in each["witnesses"]}.values())

    def manifest(self) -> dict[str, object]:
        """What the manifest says of the contents.

        The ``content_digest`` tells what the chapters say, however they were built: a person's answers to the audit
        are given to it.
        """
        said = [[one["chapter"], one["html"]] for records in self.records.values() for one in records]
        return {
            "assessment": self.assessment.id,
            "kit_version": KIT_VERSION,
            "content_digest": digest_parts(said),
            "inputs": self.inputs,
            "versions": self.versions,
            "seeds": list(self.seeds()),
            "chapters": {record["chapter"]: record["cells"] for record in self.records["ro"]},
            "synthetic": self.synthetic,
        }


def digest_parts(parts: object) -> str:
    """SHA-256 of plain values, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
