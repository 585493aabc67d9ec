"""The management-response form as a Word document: one block a recommendation, its fields empty or as answered."""

from collections.abc import Iterable, Mapping, Sequence

from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.forms.model import form_words, load_form
from evaluation.judgement.listing import day_text
from evaluation.judgement.recommendations import FORM_FIELDS, FormRow, response_form
from evaluation.judgement.words import judgement_text
from evaluation.reporting.papers.paper import Paper, escaped, paper_docx, word
from evaluation.reporting.wording import load_wording
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.institutions import load_registry

BOX = "□"


def response_docx(
    assessment: str,
    recommendations: Sequence[Recommendation],
    responses: Iterable[ManagementResponse],
    *,
    language: str,
) -> bytes:
    """The form in one language with the recommendations in force, most urgent first; equal input, equal bytes."""
    answers = {one.recommendation: one for one in responses}
    blocks = "".join(
        _block(row, answers.get(row.recommendation), language) for row in response_form(recommendations)
    )
    chosen = get_assessment(assessment)
    synthetic = any(one.synthetic for one in recommendations)
    return paper_docx(
        Paper(
            language=language,
            title=word("response.title", language),
            subtitle=getattr(chosen.title, language),
            facts=(),
            body=f"<p>{escaped(word('response.lead', language))}</p>{blocks}{_signature(language)}",
            running_head=load_wording().text(f"running_head.{assessment}", language=language),
            date_iso=chosen.data_cutoff.isoformat(),
            mark=word("mark", language) if synthetic else "",
        )
    )


def _block(row: FormRow, answer: ManagementResponse | None, language: str) -> str:
    """A recommendation above, what is known of it below, then the fields to fill in."""
    names = {one.id: getattr(one.name, language) for one in load_registry().registry}
    known = (
        (word("addressee", language), "; ".join(names[one] for one in row.addressee)),
        (word("deadline", language), str(getattr(day_text(row.deadline), language))),
        (word("priority", language), str(getattr(row.priority, language))),
        (word("cost", language), str(getattr(row.cost_class, language))),
    )
    given = _given(answer, language)
    fields = [(_field(name, language), given.get(name, _choices(name, language))) for name in FORM_FIELDS]
    lines = "".join(f"<tr><td>{escaped(label)}</td><td>{escaped(text)}</td></tr>" for label, text in known)
    lines += "".join(
        f"<tr><td><strong>{escaped(label)}</strong></td><td>{escaped(text)}</td></tr>"
        for label, text in fields
    )
    head = f'<tr><th scope="col">{row.recommendation}</th><th scope="col">{escaped(getattr(row.text, language))}</th></tr>'
    return (
        f'<h3>{row.recommendation}</h3><table><colgroup><col class="w26" /><col class="w74" /></colgroup>'
        f"<thead>{head}</thead><tbody>{lines}</tbody></table>"
    )


def _field(name: str, language: str) -> str:
    """The name of a field, without the language that the workbook adds to its head."""
    form = load_form("response")
    fields = {one.field: one for one in form.columns}
    column = fields.get(name) or fields[f"{name}.{language}"]
    return str(getattr(column.head, language)).split(" (")[0]


def _choices(name: str, language: str) -> str:
    """Boxes to tick where the form has a short list, else nothing."""
    if name == "accepted":
        options = [judgement_text("accepted", one) for one in ("yes", "partly", "no")]
    elif name == "status":
        options = list(form_words().choices["status"].values())
    else:
        return ""
    return "   ".join(f"{BOX} {getattr(one, language)}" for one in options)


def _given(answer: ManagementResponse | None, language: str) -> Mapping[str, str]:
    if answer is None:
        return {}
    names = {one.id: str(getattr(one.name, language)) for one in load_registry().registry}
    return {
        "accepted": str(getattr(judgement_text("accepted", answer.accepted), language)),
        "action": str(getattr(answer.action, language)),
        "responsible": names[answer.responsible],
        "deadline": str(getattr(day_text(answer.deadline), language)) if answer.deadline else "–",
        "status": str(getattr(form_words().choices["status"][answer.status], language)),
        "note": str(getattr(answer.note, language)) if answer.note else "–",
    }


def _signature(language: str) -> str:
    label = escaped(word("response.signature", language))
    return f"<p>{label} …………………………………………</p>"
