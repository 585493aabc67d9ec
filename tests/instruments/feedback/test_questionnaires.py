"""What the shipped feedback questionnaires ask, in which words, and what they never ask."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind, Respondent
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import Text

QUESTIONNAIRES = Path(__file__).parents[3] / "questionnaires"
FORMS = (
    "victim_feedback_adolescent",
    "victim_feedback_adult",
    "victim_feedback_adult_easy",
    "victim_feedback_children_support",
    "victim_feedback_coordination",
    "victim_feedback_reintegration",
    "victim_feedback_voucher",
)
MODULES = ("victim_feedback_voucher", "victim_feedback_coordination")
ABOUT_A_CHILD = ("victim_feedback_children_support", "victim_feedback_reintegration")
ASKED_OF_THE_PERSON = tuple(one for one in FORMS if one not in ABOUT_A_CHILD)
MEASURES = {
    "victim_feedback_adolescent": "4.1.5",
    "victim_feedback_adult": "4.1.5",
    "victim_feedback_adult_easy": "4.1.5",
    "victim_feedback_children_support": "3.4.5",
    "victim_feedback_coordination": "3.6.5",
    "victim_feedback_reintegration": "3.4.6",
    "victim_feedback_voucher": "3.6.2",
}
ADULT = {
    "safety": ["saf_1", "saf_2", "saf_3", "saf_4"],
    "support": ["sup_1", "sup_2", "sup_3", "sup_4"],
    "information": ["inf_1", "inf_2"],
    "participation": ["par_1", "par_2"],
    "respect": ["res_1", "res_2"],
    "access": ["acc_1", "acc_2", "acc_3"],
    "living": ["liv_1", "liv_2", "liv_3"],
    "progress": ["pro_1", "pro_2"],
}
OUTCOMES = (
    "secure and suitable housing",
    "safety from any trafficker or other abuser",
    "long-term consistent support",
    "compassionate, trauma-informed services",
    "purpose in life and self-actualisation",
    "access to medical treatment",
    "access to education",
)
"""The seven outcomes of the Modern Slavery Core Outcome Set (Jannesari et al. 2024)."""
NEVER_SAID = {
    "ro": r"trafican|victim|vin[aăe]\b|vinov|viol(at|en)|abuz|agres|prostitu|bătut|lovit|răpit|forțat|obligat"
    r"|exploat|pașaport|viza\b|ședere|de ce ați|de ce ai\b|când s-a|unde s-a",
    "en": r"traffick(er|ed)|victim|fault|blame|guilt|rape|violen|abus|assault|prostitut|beaten|kidnap|forced"
    r"|exploit|passport|visa\b|residence permit|why did you|when did it|where did it",
}
"""Words of accusation, of abuse, of the case or of immigration status: no question and no hint has one."""
NEGATION = {
    "ro": r"\b(nu|nici|niciun|nicio|nimeni|nimic|fără)\b",
    "en": r"\b(not|no|never|nobody|nothing|without)\b|n't\b",
}
CEDILLAS = set("\u015f\u0163\u015e\u0162")
SAME_WORD = ("adult", "minor")
DATE = r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(19|20)\d{2}\b"
LANGUAGES = ("ro", "en")


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> FeedbackInstrument:
    """Each of the shipped questionnaires."""
    return load_feedback(request.param, QUESTIONNAIRES)


def load(name: str) -> FeedbackInstrument:
    return load_feedback(name, QUESTIONNAIRES)


def texts(node: object, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in two languages, with its place."""
    if isinstance(node, Text):
        yield place, node
    elif isinstance(node, dict):
        for key, one in node.items():
            yield from texts(one, f"{place}.{key}")
    elif isinstance(node, tuple):
        for number, one in enumerate(node):
            yield from texts(one, f"{place}.{getattr(one, 'name', number)}")
    elif hasattr(type(node), "model_fields"):
        for field in type(node).model_fields:
            yield from texts(getattr(node, field), f"{place}.{field}")


def asked(form: FeedbackInstrument) -> list[tuple[str, Text]]:
    """The questions with their hints and choices, and the headings above them."""
    headings = [(f"domain {one.name}", one.label) for one in form.domains]
    items = [
        (one.name, text)
        for one in form.items
        for text in (one.label, *([one.hint] if one.hint else ()), *one.choices.values())
    ]
    return [("title", form.about.title), *headings, *items]


def told(form: FeedbackInstrument) -> list[tuple[str, Text]]:
    """Everything that is read to the person."""
    consent, distress = form.about.consent, form.about.distress
    spoken = (consent.text, consent.rights, consent.withdrawal, *consent.purposes.values(), distress.text)
    return [*asked(form), *(("consent or distress", one) for one in spoken)]


def said_in(found: list[tuple[str, Text]], pattern: str, language: str) -> list[str]:
    return [place for place, text in found if re.search(pattern, getattr(text, language), re.IGNORECASE)]


def without(form: FeedbackInstrument, number: str) -> list[str]:
    """The languages in which a telephone number is not among the contacts."""
    return [
        one
        for one in LANGUAGES
        if not any(
            re.match(rf"{number}\b", getattr(contact, one)) for contact in form.about.distress.contacts
        )
    ]


def ratings(form: FeedbackInstrument) -> dict[str, list[str]]:
    return {one.name: [item.name for item in form.ratings(one.name)] for one in form.scored}


def reverse_keyed(form: FeedbackInstrument) -> list[str]:
    return [one.name for one in form.items if one.reversed]


def test_the_questionnaires_of_the_issue_are_shipped():
    assert list_feedback(QUESTIONNAIRES) == FORMS


def test_each_serves_a_measure_of_the_plan(form):
    assert form.about.measures == (MEASURES[form.name],)
    assert MEASURES[form.name] in {one.code for one in load_plan().measures}


def test_romanian_and_english_are_two_texts(form):
    same = [place for place, text in texts(form) if text.ro == text.en and text.ro not in SAME_WORD]
    assert same == []


def test_romanian_has_comma_below_and_its_own_quotation_marks(form):
    assert [place for place, text in texts(form) if set(text.ro) & (CEDILLAS | set("\"“'’"))] == []
    assert [place for place, text in texts(form) if text.ro.count("„") != text.ro.count("”")] == []


@pytest.mark.parametrize(
    "file", sorted(QUESTIONNAIRES.glob("victim_feedback_*/**/*.*")), ids=lambda one: one.parent.name
)
def test_no_file_has_a_cedilla(file):
    assert not set(file.read_text(encoding="utf-8")) & CEDILLAS


def test_statements_end_in_a_full_stop_and_questions_in_a_question_mark(form):
    ends = {FeedbackKind.RATING: ".", FeedbackKind.CHOICE: "?", FeedbackKind.OPEN: "?"}
    for language in LANGUAGES:
        assert [
            one.name for one in form.items if not getattr(one.label, language).endswith(ends[one.kind])
        ] == []


def test_no_statement_is_negative(form):
    statements = [(one.name, one.label) for one in form.of_kind(FeedbackKind.RATING)]
    assert [said_in(statements, NEGATION[one], one) for one in LANGUAGES] == [[], []]


def test_no_question_is_written_twice(form):
    for language in LANGUAGES:
        labels = [getattr(one.label, language) for one in form.items]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_accuses_frightens_or_asks_what_happened(form, language):
    assert said_in(asked(form), NEVER_SAID[language], language) == []
    assert said_in(told(form), DATE, language) == []


def test_the_forbidden_words_would_be_found():
    bad = Text(ro="A fost vina dumneavoastră?", en="Was it your fault, on 3.04.2021?")
    assert [said_in([("x", bad)], NEVER_SAID[one], one) for one in LANGUAGES] == [["x"], ["x"]]
    assert said_in([("x", bad)], DATE, "en") == ["x"]


def test_own_words_are_never_in_a_scored_domain(form):
    scored = {one.name for one in form.scored}
    assert [one.name for one in form.of_kind(FeedbackKind.OPEN) if one.domain in scored] == []


def test_who_writes_freely_is_asked_to_leave_out_names(form):
    hints = [(one.name, one.hint) for one in form.of_kind(FeedbackKind.OPEN)]
    assert [name for name, hint in hints if hint is None] == []
    assert len(said_in(hints, r"\bnume\b", "ro")) == len(hints) == len(said_in(hints, r"\bnames\b", "en"))


def test_every_adapted_item_names_one_of_the_seven_outcomes(form):
    source = "Modern Slavery Core Outcome Set (Jannesari et al. 2024): "
    adapted = [one for one in form.items if one.origin.kind == "adapted"]
    assert [one.name for one in adapted if not one.origin.source.startswith(source)] == []
    assert [one.name for one in adapted if one.origin.source.removeprefix(source) not in OUTCOMES] == []


def test_the_adult_form_follows_all_seven_outcomes_and_others_none_for_children():
    sources = " ".join(one.origin.source for one in load("victim_feedback_adult").items)
    assert [one for one in OUTCOMES if one not in sources] == []
    for name in ("victim_feedback_adolescent", *ABOUT_A_CHILD):
        assert {one.origin.kind for one in load(name).items} == {"own"}


def test_a_reason_is_given_and_is_not_the_question(form):
    assert [one.name for one in form.items if one.reason.en == one.label.en or len(one.reason.en) < 20] == []


def test_whoever_is_in_need_finds_the_numbers(form):
    assert without(form, "0 800 800 678") == []
    assert without(form, "112") == []


@pytest.mark.parametrize("name", ["victim_feedback_adolescent", *ABOUT_A_CHILD])
@pytest.mark.parametrize("number", ["116 111", "119"])
def test_where_children_are_concerned_their_numbers_are_there(name, number):
    assert without(load(name), number) == []


def test_a_referral_is_logged_without_what_was_told(form):
    logged = form.about.distress.logged
    assert "luna" in logged.ro
    assert "niciodată ce" in logged.ro
    assert "month" in logged.en
    assert "never what" in logged.en


def test_consent_says_how_long_answers_are_kept(form):
    years = {60: ("cinci ani", "five years"), 36: ("trei ani", "three years")}
    ro, en = years[form.about.retention_months]
    assert ro in form.about.consent.text.ro
    assert en in form.about.consent.text.en


def test_one_may_say_no_stop_and_withdraw_with_the_card(form):
    consent = form.about.consent
    for language, wanted in {"ro": ("„nu”", "opri oricând"), "en": ("“no”", "stop at any time")}.items():
        assert [one for one in wanted if one not in getattr(consent.rights, language)] == []
    assert "cod" in consent.withdrawal.ro
    assert "code" in consent.withdrawal.en


def test_the_interviewer_is_independent_and_the_place_private(form):
    administration = form.about.administration
    assert "independent" in administration.en
    assert "does not work for the service" in administration.en
    assert "independent" in administration.ro
    assert "nu lucrează pentru serviciul" in administration.ro
    assert re.search(r"private|out of others' hearing|nobody else can hear", administration.en)


def test_the_adult_form_has_the_22_ratings_and_three_open_questions():
    adult = load("victim_feedback_adult")
    assert ratings(adult) == ADULT
    assert len(adult.of_kind(FeedbackKind.RATING)) == 22
    assert [one.name for one in adult.of_kind(FeedbackKind.OPEN)] == [
        "open_helped",
        "open_change",
        "open_progress",
    ]
    assert reverse_keyed(adult) == ["saf_3", "sup_4"]
    assert [one.name for one in adult.domains[:2]] == ["safety", "support"]


def test_the_adult_form_takes_in_its_modules_and_keeps_a_place_for_the_well_being_index():
    adult = load_feedback("victim_feedback_adult", QUESTIONNAIRES, modules=MODULES)
    assert [one.name for one in adult.slots] == ["who5"]
    assert ratings(adult) == ADULT | {
        "voucher": ["vou_1", "vou_2", "vou_3", "vou_4"],
        "coordination": ["cor_1", "cor_2", "cor_3", "cor_4"],
    }
    assert {one.name: list(one.choices) for one in adult.of_kind(FeedbackKind.CHOICE)} == {
        "vou_asked": ["yes", "no", "unaware"],
        "cor_used": ["yes", "no", "unknown"],
    }


def test_modules_are_asked_under_the_consent_of_the_adult_form():
    adult = load("victim_feedback_adult").about
    for one in MODULES:
        module = load(one).about
        assert (module.consent, module.distress) == (adult.consent, adult.distress)
        assert module.retention_months == adult.retention_months


def test_the_well_being_index_is_nowhere_written_out():
    kept = [one.name for one in QUESTIONNAIRES.glob("victim_feedback_core/slots/*")]
    assert [one for one in kept if one.startswith("who5_")] == []
    assert [name for name in FORMS if any(one.name.startswith("who") for one in load(name).items)] == []


def test_the_easy_form_asks_ten_statements_and_one_question():
    easy = load("victim_feedback_adult_easy")
    assert easy.about.easy
    assert ratings(easy) == {
        "safety": ["esaf_1", "esaf_2", "esaf_3"],
        "support": ["esup_1", "esup_2", "esup_3"],
        "respect": ["eres_1", "eres_2"],
        "information": ["einf_1", "einf_2"],
    }
    assert [one.name for one in easy.of_kind(FeedbackKind.OPEN)] == ["eopen_change"]
    assert {one.name for one in easy.scales} == {"agreement_easy"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_easy_form_has_short_sentences_everywhere(language):
    sentences = [
        one
        for _place, text in told(load("victim_feedback_adult_easy"))
        for one in re.split(r"(?<=[.?!])\s+", getattr(text, language))
    ]
    assert len(sentences) > 50
    assert [one for one in sentences if len(one.split()) > 12] == []


def test_the_easy_form_reverses_nothing():
    assert reverse_keyed(load("victim_feedback_adult_easy")) == []


def test_adolescents_are_asked_twelve_plain_statements_under_a_protocol():
    adolescent = load("victim_feedback_adolescent")
    assert adolescent.about.minors
    assert adolescent.about.protocol == "adolescent_assent"
    assert "adolescent_assent" in adolescent.about.administration.ro
    assert "adolescent_assent" in adolescent.about.administration.en
    assert ratings(adolescent) == {
        "safety": ["tsaf_1", "tsaf_2", "tsaf_3"],
        "support": ["tsup_1", "tsup_2", "tsup_3"],
        "information": ["tinf_1", "tinf_2"],
        "participation": ["tpar_1", "tpar_2"],
        "respect": ["tres_1", "tres_2"],
    }
    assert [one.name for one in adolescent.of_kind(FeedbackKind.OPEN)] == ["topen_change"]
    assert reverse_keyed(adolescent) == []


def test_adolescents_are_addressed_as_tu_and_adults_as_dumneavoastra():
    formal = r"dumneavoastră|\bvă\b|\bputeți\b"
    assert said_in(told(load("victim_feedback_adolescent")), formal, "ro") == []
    familiar = r"\btu\b|\btău\b|\btale\b|\bpoți\b|\bțe\b"
    assert said_in(told(load("victim_feedback_adult")), familiar, "ro") == []
    assert said_in(told(load("victim_feedback_adult_easy")), familiar, "ro") == []


def test_who_answers():
    assert {name: load(name).about.respondent for name in FORMS} == dict.fromkeys(
        ASKED_OF_THE_PERSON, Respondent.SELF
    ) | {
        "victim_feedback_children_support": Respondent.PROFESSIONAL,
        "victim_feedback_reintegration": Respondent.CASE_MANAGER,
    }


def test_no_child_is_asked_by_the_forms_for_professionals():
    for name in ABOUT_A_CHILD:
        form = load(name)
        assert not form.about.minors
        assert {one.name for one in form.scales} == {"provision"}
        assert re.search(r"Copilul nu este întrebat|copilul nu este întrebat", form.about.administration.ro)


def test_the_support_of_children_has_five_domains_and_two_questions():
    support = load("victim_feedback_children_support")
    assert [one.name for one in support.scored] == [
        "access_support",
        "quality",
        "continuity",
        "child_participation",
        "coordination",
    ]
    assert [one.name for one in support.of_kind(FeedbackKind.OPEN)] == ["cs_open_helped", "cs_open_change"]
    assert reverse_keyed(support) == ["cs_con_2", "cs_coo_2"]


def test_reintegration_is_followed_at_every_wave_without_free_text():
    reintegration = load("victim_feedback_reintegration")
    assert [one.name for one in reintegration.scored] == [
        "safety",
        "family_or_care",
        "education",
        "health",
        "support_network",
        "risk",
    ]
    assert reintegration.of_kind(FeedbackKind.OPEN) == ()
    assert {one.waves for one in reintegration.items} == {
        ("inclusion", "month_3", "month_6", "month_12", "exit")
    }
    assert reverse_keyed(reintegration) == ["ri_ris_1", "ri_ris_2", "ri_ris_3"]


def test_least_is_recorded_about_children():
    facts = {name: [one.name for one in load(name).about.collected] for name in FORMS}
    assert facts["victim_feedback_adult"] == ["sex", "age_group", "exploitation"]
    assert facts["victim_feedback_adolescent"] == ["sex"]
    assert facts["victim_feedback_children_support"] == ["age_group"]


def test_the_readme_of_protocols_names_every_field():
    readme = (QUESTIONNAIRES / "victim_feedback_core" / "protocols" / "README.md").read_text(encoding="utf-8")
    fields = (
        "name",
        "version",
        "approved_by",
        "date",
        "guardian_consent",
        "child_assent",
        "guardian_exception",
        "stop_rule",
        "contacts",
    )
    assert {one: readme.count(f"| `{one}` |") for one in fields} == dict.fromkeys(fields, 2)


def test_no_protocol_is_shipped():
    folder = QUESTIONNAIRES / "victim_feedback_core" / "protocols"
    assert sorted(one.name for one in folder.iterdir()) == ["README.md"]
