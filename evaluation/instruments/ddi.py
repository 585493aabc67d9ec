"""The codebook of an instrument in DDI-Codebook 2.6: the study, and a variable an item, in both languages, without key."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from evaluation.core.errors import InstrumentError
from evaluation.core.microdata import SHEET_COLUMNS
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.strategy.words import Definition, Text, load_as

NAMESPACE = "ddi:codebook:2_6"
SCHEMA = Path(__file__).resolve().parent / "schemas" / "ddi_codebook_2_6_used.xsd"
"""The elements that are used here, as narrow as the published schema or narrower; the file says what it is not."""
WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")
LANGUAGES = ("ro", "en")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DOMAIN = {
    ItemKind.CLOSED: "code",
    ItemKind.REACTION: "scale",
    ItemKind.OPEN: "text",
    ItemKind.PAIRING: "text",
}


class CodebookWords(Definition):
    """The words of the codebook."""

    status: Mapping[str, Text]
    nation: Text
    unit: Text
    time_method: Text
    mode: Text
    instrument: Text
    groups: Mapping[str, Text]
    sheet: Mapping[str, Text]
    categories: Mapping[str, Mapping[str, Text]]
    asked: Mapping[str, Text]
    dropped: Text
    notes: Mapping[str, Text]


@cache
def load_codebook_words() -> CodebookWords:
    """The words of the codebook."""
    return load_as(CodebookWords, read_yaml(WORDS_FILE), file=WORDS_FILE.name)


def make_ddi(instrument: Instrument) -> bytes:
    """The codebook as XML, checked; equal bytes for an equal instrument, since nothing in it is a date of today.

    References
    ----------
    DDI Alliance (2026), DDI-Codebook 2.6, CC BY 4.0.
    """
    words = load_codebook_words()
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE})
    root.set("version", "2.6")
    root.set("ID", instrument.name)
    root.set(_XML_LANG, LANGUAGES[0])
    _add_study(root, instrument, words)
    _add_data(root, instrument, words)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    check_ddi(content, name=instrument.name)
    return content


def write_ddi(instrument: Instrument, path: Path) -> Path:
    """The codebook as a file."""
    path.write_bytes(make_ddi(instrument))
    return path


def check_ddi(content: bytes, *, name: str) -> None:
    """The codebook uses the elements of DDI-Codebook 2.6 in their places; the first fault is told by line.

    The schema library does not follow references, so groups are checked here to name variables that are there.
    """
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    document = etree.fromstring(content)
    faults = [] if schema.validate(document) else [(one.line, one.type_name) for one in schema.error_log]
    known = {one.get("ID") for one in document.iter() if one.get("ID")}
    faults += [
        (group.sourceline, "REFERENCE")
        for group in document.iter(f"{{{NAMESPACE}}}varGrp")
        if not set(group.get("var", "").split()) <= known
    ]
    if faults:
        line, fault = faults[0]
        raise InstrumentError(
            f"{name}, codebook, line {line}: not as DDI-Codebook 2.6 prescribes ({fault}); report it with the instrument."
        )


def _add_study(root: etree._Element, instrument: Instrument, words: CodebookWords) -> None:
    about = instrument.about
    study = _add(root, "stdyDscr")
    citation = _add(study, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", about.title.ro, language="ro")
    _add(title, "parTitl", about.title.en, language="en")
    _add(title, "IDNo", about.name)
    _add(_add(citation, "prodStmt"), "copyright", about.licence)
    version = _add(citation, "verStmt")
    _add(version, "version", about.version, type=about.validation.value)
    _add_both(version, "notes", words.status[about.validation], type="status")
    scope = _add(study, "stdyInfo")
    _add_both(scope, "abstract", about.purpose)
    summary = _add(scope, "sumDscr")
    for name, text in (("nation", words.nation), ("anlyUnit", words.unit), ("universe", about.population)):
        _add_both(summary, name, text)
    collection = _add(_add(study, "method"), "dataColl")
    for name, text in (
        ("timeMeth", words.time_method),
        ("collMode", words.mode),
        ("resInstru", words.instrument),
    ):
        _add_both(collection, name, text)
    for name in ("consent", "distress", "translation", "origin"):
        _add_both(study, "notes", getattr(about, name), type=name)
    kept = words.notes["retention"]
    months = about.retention_months
    _add_both(
        study, "notes", Text(ro=kept.ro.format(n=months), en=kept.en.format(n=months)), type="retention"
    )


def _add_data(root: etree._Element, instrument: Instrument, words: CodebookWords) -> None:
    """Groups first, as the standard asks: the columns of the sheet, and the items of each form."""
    data = _add(root, "dataDscr")
    members = {"sheet": SHEET_COLUMNS, "A": instrument.forms.A, "B": instrument.forms.B}
    for group, names in members.items():
        variables = " ".join(f"V_{name}" for name in names)
        element = _add(data, "varGrp", ID=f"G_{group}", type="section", var=variables)
        _add_both(element, "labl", words.groups[group])
    for name in SHEET_COLUMNS:
        categories = words.categories.get(name, {})
        variable = _variable(data, name, coded=bool(categories))
        _add_both(variable, "labl", words.sheet[name])
        _add_categories(variable, categories)
        _add(variable, "varFormat", type="character")
    for item in instrument.items:
        _add_item(data, instrument, item, words)


def _add_item(data: etree._Element, instrument: Instrument, item: Item, words: CodebookWords) -> None:
    variable = _variable(data, item.name, coded=bool(item.choices))
    _add_both(variable, "labl", item.label)
    question = _add(variable, "qstn", ID=f"Q_{item.name}", responseDomainType=_DOMAIN[item.kind])
    _add_both(question, "qstnLit", item.label)
    if item.hint is not None:
        _add_both(question, "ivuInstr", item.hint)
    forms = "".join(form for form in ("A", "B") if item.name in getattr(instrument.forms, form))
    _add_both(variable, "universe", words.asked["after" if item.kind is ItemKind.REACTION else forms])
    _add_categories(variable, item.choices)
    _add(variable, "varFormat", type="character")
    if item.kind is ItemKind.PAIRING:
        _add_both(variable, "notes", words.dropped, type="confidentiality")


def _variable(data: etree._Element, name: str, *, coded: bool) -> etree._Element:
    kind = "code" if coded else "text"
    return _add(data, "var", ID=f"V_{name}", name=name, intrvl="discrete", representationType=kind)


def _add_categories(variable: etree._Element, categories: Mapping[str, Text]) -> None:
    for code, text in categories.items():
        category = _add(variable, "catgry")
        _add(category, "catValu", code)
        _add_both(category, "labl", text)


def _add_both(parent: etree._Element, name: str, text: Text, /, **attributes: str) -> None:
    """An element in each language."""
    for language in LANGUAGES:
        _add(parent, name, getattr(text, language), language=language, **attributes)


def _add(
    parent: etree._Element, name: str, text: str | None = None, /, *, language: str = "", **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if language:
        element.set(_XML_LANG, language)
    element.text = text
    return element
