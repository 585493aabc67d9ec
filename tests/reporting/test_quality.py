"""A report that prints its own audit: what is printed is what the finished files give."""

import json

from evaluation.reporting.quality import render_audited

MANIFEST = {"assessment": "interim-2026"}


class Scribe:
    """Makes pages around an annex and remembers what it was asked for."""

    def __init__(self, *finds):
        self.finds, self.asked, self.rendered = list(finds), [], 0

    def make(self, annex):
        return {language: f"<p>{language}</p>{annex.get(language, '')}" for language in ("ro", "en")}

    def render(self, pages):
        self.rendered += 1
        return {f"report.{language}.html": page.encode() for language, page in pages.items()}

    def audit(self, folder):
        files = sorted(path.name for path in folder.iterdir())
        assert json.loads((folder / "manifest.json").read_text())["files"] == {}
        self.asked.append((files, (folder / "report.ro.html").read_text()))
        found = self.finds.pop(0)
        return {"ro": found, "en": found}

    def run(self, *, audit=True, whole=True):
        return render_audited(
            self.make,
            self.render,
            evidence={"register.json": b"[]"},
            manifest=MANIFEST,
            audit=self.audit if audit else None,
            whole=whole,
        )


def test_the_finished_files_are_judged_with_their_annex_in_them():
    scribe = Scribe("<p>38</p>", "<p>38</p>")
    files = scribe.run()
    assert files["report.ro.html"] == b"<p>ro</p><p>38</p>"
    assert len(scribe.asked) == 2
    assert scribe.asked[1][0] == ["manifest.json", "register.json", "report.en.html", "report.ro.html"]
    assert scribe.asked[1][1] == "<p>ro</p><p>38</p>"
    assert scribe.rendered == 1


def test_what_the_finished_files_give_replaces_what_the_draft_gave():
    scribe = Scribe("<p>38</p>", "<p>37</p>")
    files = scribe.run()
    assert files["report.en.html"] == b"<p>en</p><p>37</p>"
    assert scribe.rendered == 2


def test_a_report_in_part_is_judged_on_its_pages_only():
    scribe = Scribe("<p>37</p>")
    scribe.run(whole=False)
    assert len(scribe.asked) == 1


def test_without_an_audit_there_is_no_annex():
    scribe = Scribe()
    assert scribe.run(audit=False)["report.ro.html"] == b"<p>ro</p>"
