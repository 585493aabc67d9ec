"""The DDI codebook: the elements of DDI-Codebook 2.6 in their places, every item in both languages, without the key."""

import pytest
from lxml import etree

from evaluation.core.errors import InstrumentError
from evaluation.core.microdata import SHEET_COLUMNS
from evaluation.instruments.ddi import NAMESPACE, check_ddi, make_ddi, write_ddi
from evaluation.instruments.model import ItemKind

D = {"d": NAMESPACE}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The order of children as DDI-Codebook 2.6 prescribes it, shortened to what is used; written from the standard's own
# field-level documentation and not from our schema.
ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"],
    "stdyDscr": ["citation", "studyAuthorization", "stdyInfo", "studyDevelopment", "method", "dataAccs", "metadataAccs",
                 "othrStdyMat", "notes"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit", "holdings", "notes"],
    "titlStmt": ["titl", "subTitl", "altTitl", "parTitl", "IDNo"],
    "prodStmt": ["language", "producer", "copyright", "license", "prodDate", "prodPlac", "software", "fundAg", "grantNo"],
    "verStmt": ["version", "verResp", "notes"],
    "stdyInfo": ["studyBudget", "subject", "abstract", "sumDscr", "qualityStatement", "notes", "exPostEvaluation"],
    "sumDscr": ["timePrd", "collDate", "nation", "geogCover", "geogUnit", "geoBndBox", "boundPoly", "anlyUnit", "universe",
                "dataKind", "generalDataFormat"],
    "method": ["dataColl", "notes", "anlyInfo", "stdyClas", "dataProcessing", "codingInstructions"],
    "dataColl": ["timeMeth", "dataCollector", "collectorTraining", "frequenc", "sampProc", "sampleFrame",
                 "targetSampleSize", "deviat", "collMode", "resInstru", "instrumentDevelopment", "sources", "collSitu"],
    "dataDscr": ["varGrp", "nCubeGrp", "var", "nCube", "notes"],
    "varGrp": ["labl", "txt", "concept", "defntn", "universe", "notes"],
    "var": ["location", "labl", "imputation", "security", "embargo", "respUnit", "anlysUnit", "qstn", "valrng", "invalrng",
            "undocCod", "universe", "TotlResp", "sumStat", "txt", "stdCatgry", "catgryGrp", "catgry", "codInstr", "verStmt",
            "concept", "derivation", "varFormat", "geoMap", "catLevel", "notes"],
    "catgry": ["catValu", "labl", "txt", "catStat", "mrow"],
    "qstn": ["preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"],
}  # fmt: skip


@pytest.fixture
def book(sample):
    return etree.fromstring(make_ddi(sample))


def variable(book, name):
    return book.find(f".//d:var[@name='{name}']", D)


def both(element, path):
    return {one.get(LANG): one.text for one in element.iterfind(path, D)}


def test_elements_stand_in_the_order_of_the_standard(shipped_or_sample):
    for element in etree.fromstring(make_ddi(shipped_or_sample)).iter():
        children = [etree.QName(one).localname for one in element]
        if children:
            order = ORDER[etree.QName(element).localname]
            places = [order.index(one) for one in children]
            assert places == sorted(places)


def test_every_item_and_every_column_of_the_sheet_is_a_variable(shipped_or_sample):
    book = etree.fromstring(make_ddi(shipped_or_sample))
    names = [one.get("name") for one in book.iterfind(".//d:var", D)]
    assert names == [*SHEET_COLUMNS, *(one.name for one in shipped_or_sample.items)]


def test_a_question_is_told_in_both_languages(book, sample):
    for item in sample.items:
        told = both(variable(book, item.name), "d:qstn/d:qstnLit")
        assert told == {"ro": item.label.ro, "en": item.label.en}


def test_a_choice_is_a_category_in_both_languages(book):
    categories = variable(book, "sum_a1").findall("d:catgry", D)
    assert [one.findtext("d:catValu", None, D) for one in categories] == ["a", "b", "c", "d"]
    assert both(categories[0], "d:labl") == {"ro": "Trei.", "en": "Three."}


def test_version_and_status_are_told(book):
    version = book.find(".//d:citation/d:verStmt/d:version", D)
    assert (version.text, version.get("type")) == ("0.1", "draft")
    assert both(book, ".//d:verStmt/d:notes")["en"].startswith("Draft")
    assert both(book, ".//d:verStmt/d:notes")["ro"].startswith("Ciornă")


@pytest.mark.parametrize(
    ("name", "universe"),
    [
        ("sum_a1", "Participants with form A"),
        ("sum_b1", "Participants with form B"),
        ("core_who", "All participants"),
        ("react_clear", "All participants, only after the session"),
    ],
)
def test_who_is_asked_is_told(book, name, universe):
    assert both(variable(book, name), "d:universe")["en"] == universe


def test_groups_are_the_sheet_and_the_forms(book, sample):
    groups = {one.get("ID"): one.get("var").split() for one in book.iterfind(".//d:varGrp", D)}
    assert groups["G_A"] == [f"V_{name}" for name in sample.forms.A]
    assert set(groups) == {"G_sheet", "G_A", "G_B"}


def test_elements_of_the_pairing_code_are_said_to_be_dropped(book, sample):
    dropped = {
        one.get("name")
        for one in book.iterfind(".//d:var", D)
        if one.find("d:notes[@type='confidentiality']", D) is not None
    }
    assert dropped == {one.name for one in sample.of_kind(ItemKind.PAIRING)}


def test_nothing_of_the_key_is_in_the_codebook(book, sample):
    told = {one.text for one in book.iter()}
    assert not told & {text.ro for key in sample.keys for text in (key.measures, *key.distractors.values())}
    assert not told & {
        text.ro for key in sample.open_keys for code in key.codes for text in (code.label, code.includes)
    }


def test_two_runs_give_equal_bytes(sample, tmp_path):
    assert write_ddi(sample, tmp_path / "a.xml").read_bytes() == make_ddi(sample)


@pytest.mark.parametrize(
    ("told", "instead"),
    [
        (b'version="2.6"', b'version="2.5"'),
        (b"<IDNo>training_sample</IDNo>", b"<othId>training_sample</othId>"),
        (b'xml:lang="en">Three.', b">Three."),
        (b'var="V_session ', b'var="V_nobody '),
        (b"<catValu>a</catValu>", b"<catValu></catValu>"),
        (b'name="core_who"', b'name="core_where"'),
    ],
    ids=["version", "element", "language", "reference", "empty", "name twice"],
)
def test_a_codebook_with_a_fault_is_refused(sample, told, instead):
    content = make_ddi(sample)
    assert told in content
    with pytest.raises(InstrumentError, match=r"sample, codebook, line \d+: "):
        check_ddi(content.replace(told, instead, 1), name="sample")
