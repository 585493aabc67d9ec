"""The codebook of an instrument in DDI-Codebook 2.6: the study, and a variable an item, in both languages, without key."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class StudyTexts:
    """What a codebook says of a study."""

    name: str
    title: Text
    licence: str
    version: str
    status: str
    status_text: Text
    abstract: Text
    nation: Text
    unit: Text
    universe: Text
    time_method: Text
    mode: Text
    instrument: Text
    notes: tuple[tuple[str, Text], ...]
    """Kind of note and its text."""


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
    root = codebook(instrument.name)
    _add_study(root, instrument, words)
    _add_data(root, instrument, words)
    return checked_bytes(root, name=instrument.name)


def codebook(name: str) -> etree._Element:
    """An empty codebook."""
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE})
    root.set("version", "2.6")
    root.set("ID", name)
    root.set(_XML_LANG, LANGUAGES[0])
    return root


def checked_bytes(root: etree._Element, *, name: str) -> bytes:
    """The codebook as XML; one that is not as the standard prescribes is an error."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    check_ddi(content, name=name)
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
    kept, months = words.notes["retention"], about.retention_months
    notes = [(name, getattr(about, name)) for name in ("consent", "distress", "translation", "origin")]
    notes.append(("retention", Text(ro=kept.ro.format(n=months), en=kept.en.format(n=months))))
    add_study(
        root,
        StudyTexts(
            name=about.name,
            title=about.title,
            licence=about.licence,
            version=about.version,
            status=about.validation.value,
            status_text=words.status[about.validation],
            abstract=about.purpose,
            nation=words.nation,
            unit=words.unit,
            universe=about.population,
            time_method=words.time_method,
            mode=words.mode,
            instrument=words.instrument,
            notes=tuple(notes),
        ),
    )


def add_study(root: etree._Element, told: StudyTexts) -> None:
    """The description of the study."""
    study = add_element(root, "stdyDscr")
    citation = add_element(study, "citation")
    title = add_element(citation, "titlStmt")
    add_element(title, "titl", told.title.ro, language="ro")
    add_element(title, "parTitl", told.title.en, language="en")
    add_element(title, "IDNo", told.name)
    add_element(add_element(citation, "prodStmt"), "copyright", told.licence)
    version = add_element(citation, "verStmt")
    add_element(version, "version", told.version, type=told.status)
    add_both(version, "notes", told.status_text, type="status")
    scope = add_element(study, "stdyInfo")
    add_both(scope, "abstract", told.abstract)
    summary = add_element(scope, "sumDscr")
    for name, text in (("nation", told.nation), ("anlyUnit", told.unit), ("universe", told.universe)):
        add_both(summary, name, text)
    collection = add_element(add_element(study, "method"), "dataColl")
    for name, text in (
        ("timeMeth", told.time_method),
        ("collMode", told.mode),
        ("resInstru", told.instrument),
    ):
        add_both(collection, name, text)
    for kind, text in told.notes:
        add_both(study, "notes", text, type=kind)


def _add_data(root: etree._Element, instrument: Instrument, words: CodebookWords) -> None:
    """Groups first, as the standard asks: the columns of the sheet, and the items of each form."""
    data = add_element(root, "dataDscr")
    members = {"sheet": SHEET_COLUMNS, "A": instrument.forms.A, "B": instrument.forms.B}
    for group, names in members.items():
        variables = " ".join(f"V_{name}" for name in names)
        element = add_element(data, "varGrp", ID=f"G_{group}", type="section", var=variables)
        add_both(element, "labl", words.groups[group])
    for name in SHEET_COLUMNS:
        categories = words.categories.get(name, {})
        variable = add_variable(data, name, coded=bool(categories))
        add_both(variable, "labl", words.sheet[name])
        add_categories(variable, categories)
        add_element(variable, "varFormat", type="character")
    for item in instrument.items:
        _add_item(data, instrument, item, words)


def _add_item(data: etree._Element, instrument: Instrument, item: Item, words: CodebookWords) -> None:
    variable = add_variable(data, item.name, coded=bool(item.choices))
    add_both(variable, "labl", item.label)
    question = add_element(variable, "qstn", ID=f"Q_{item.name}", responseDomainType=_DOMAIN[item.kind])
    add_both(question, "qstnLit", item.label)
    if item.hint is not None:
        add_both(question, "ivuInstr", item.hint)
    forms = "".join(form for form in ("A", "B") if item.name in getattr(instrument.forms, form))
    add_both(variable, "universe", words.asked["after" if item.kind is ItemKind.REACTION else forms])
    add_categories(variable, item.choices)
    add_element(variable, "varFormat", type="character")
    if item.kind is ItemKind.PAIRING:
        add_both(variable, "notes", words.dropped, type="confidentiality")


def add_variable(data: etree._Element, name: str, *, coded: bool) -> etree._Element:
    """A variable with a name, coded or of text."""
    kind = "code" if coded else "text"
    return add_element(data, "var", ID=f"V_{name}", name=name, intrvl="discrete", representationType=kind)


def add_categories(variable: etree._Element, categories: Mapping[str, Text]) -> None:
    """The codes of a variable with their words."""
    for code, text in categories.items():
        category = add_element(variable, "catgry")
        add_element(category, "catValu", code)
        add_both(category, "labl", text)


def add_both(parent: etree._Element, name: str, text: Text, /, **attributes: str) -> None:
    """An element in each language."""
    for language in LANGUAGES:
        add_element(parent, name, getattr(text, language), language=language, **attributes)


def add_element(
    parent: etree._Element, name: str, text: str | None = None, /, *, language: str = "", **attributes: str
) -> etree._Element:
    """An element below another one, with its text, its language and its attributes."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if language:
        element.set(_XML_LANG, language)
    element.text = text
    return element
