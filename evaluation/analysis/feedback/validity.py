"""The validation of the scores as the annex prints it: one line a quantity, with its threshold in words."""

from evaluation.analysis.feedback.scores import DomainScores
from evaluation.analysis.feedback.told import load_words
from evaluation.analysis.feedback.validation import validate_scores
from evaluation.core.results import Result
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.words import load_form_words

LEFT_OUT = "chi2"
"""Depends on n too much to have a threshold; the fit indices that stay are made of it."""


def describe_validation(scores: DomainScores, instrument: FeedbackInstrument, *, seed: int) -> Result:
    """``validate_scores`` with the quantity as measure, domain and language as categories, and all words.

    Missing answers are shares of answers and not of people, so they are shown as a statistic of the people asked.
    """
    found = validate_scores(scores, seed=seed)
    assert found.texts is not None
    kept = (found.table["quantity"] != LEFT_OUT).to_numpy()
    table, texts = found.table[kept].reset_index(drop=True), found.texts[kept].reset_index(drop=True)
    domains = {one.name: one.label for one in instrument.domains}
    domains |= {one.name: one.title for one in instrument.slots}
    languages = {name: one.name for name, one in load_form_words().languages.items()}
    everybody = load_words("levels")["all"]
    quantities = load_words("quantities")
    texts["domain_key"] = table["measure"]
    for language in ("ro", "en"):
        texts[f"domain.{language}"] = [getattr(domains[one], language) for one in table["measure"]]
        texts[f"quantity.{language}"] = [getattr(quantities[one], language) for one in table["quantity"]]
        texts[f"language.{language}"] = [
            getattr(languages.get(one, everybody), language) for one in table["level"]
        ]
    answers = table["quantity"] == "missing"
    shown = table.assign(
        measure=table["quantity"],
        group="domain*language",
        level=table["measure"] + "*" + table["level"],
        numerator=table["numerator"].mask(answers),
        denominator=table["denominator"].mask(answers),
    )
    return Result("feedback_validation", shown, found.provenance, texts.astype("str"))
