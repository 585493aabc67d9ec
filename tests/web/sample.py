"""A report page in both languages with invented figures, long enough to judge the look and the three formats."""

import base64
import io
from typing import Literal

import matplotlib

from evaluation.reporting.page import Chapter, Cover, Page

matplotlib.use("Agg")
from matplotlib import pyplot

LABELS = {
    "ro": {
        "contents": "Cuprins",
        "list_of_tables": "Lista tabelelor",
        "list_of_figures": "Lista figurilor",
        "skip": "Salt la conținut",
        "page": "pagina",
        "of": "din",
        "table": "Tabelul",
        "figure": "Figura",
        "xref_table": "tabelul",
        "xref_figure": "figura",
        "annex": "Anexa",
        "scroll": "Tabel care se poate derula",
        "cover_assessment": "Evaluarea",
        "cover_period": "Perioada evaluată",
        "cover_places": "Teritoriul",
        "cover_commissioner": "Beneficiar",
        "cover_evaluators": "Evaluatori",
        "cover_date": "Data raportului",
        "cover_status": "Stadiul",
    },
    "en": {
        "contents": "Contents",
        "list_of_tables": "List of tables",
        "list_of_figures": "List of figures",
        "skip": "Skip to content",
        "page": "page",
        "of": "of",
        "table": "Table",
        "figure": "Figure",
        "xref_table": "Table",
        "xref_figure": "Figure",
        "annex": "Annex",
        "scroll": "Scrollable table",
        "cover_assessment": "Assessment",
        "cover_period": "Period assessed",
        "cover_places": "Territory",
        "cover_commissioner": "Commissioned by",
        "cover_evaluators": "Evaluators",
        "cover_date": "Date of the report",
        "cover_status": "Status",
    },
}
COUNTIES = (
    "Alba",
    "Argeș",
    "Bihor",
    "Brașov",
    "Galați",
    "Iași",
    "Mureș",
    "Neamț",
    "Suceava",
    "Timiș",
    "Vâlcea",
    "Vrancea",
)
COVERS = {
    "ro": Cover(
        title="Evaluarea Strategiei naționale împotriva traficului de persoane 2024-2028",
        subtitle="Raport de evaluare intermediară privind planul de acțiune 2024-2026",
        assessment="Evaluarea intermediară 2026",
        period="ianuarie 2024 – iunie 2026",
        places="România, 41 de județe și municipiul București",
        commissioner="Agenția Națională împotriva Traficului de Persoane",
        evaluators="Echipă independentă de evaluare",
        date_label="30 iunie 2026",
        status_line="Proiect supus consultării",
        synthetic_mark="DATE SINTETICE – cifrele sunt inventate",
    ),
    "en": Cover(
        title="Evaluation of the National Strategy against Trafficking in Persons 2024-2028",
        subtitle="Interim evaluation report on the action plan 2024-2026",
        assessment="Interim evaluation 2026",
        period="January 2024 – June 2026",
        places="Romania, 41 counties and the city of Bucharest",
        commissioner="National Agency against Trafficking in Persons",
        evaluators="Independent evaluation team",
        date_label="30 June 2026",
        status_line="Draft for consultation",
        synthetic_mark="SYNTHETIC DATA – the figures are invented",
    ),
}
WORDS = {
    "ro": {
        "summary": "Rezumat", "context": "Contextul și valorile de referință", "progress": "Progresul pe obiective",
        "register": "Registrul cifrelor", "trend": "Evoluția numărului de victime identificate",
        "trained": "Persoane instruite, pe județe", "area": "Județul", "n": "Număr", "share": "Pondere (%)",
        "interval": "Interval 95%", "year": "Anul", "value": "Valoarea", "source": "Sursa și amprenta",
        "method": "Metoda", "decision": "Decizia de confidențialitate", "id": "Codul", "shown": "Arată datele figurii",
        "limits": "Limitele datelor", "matrix": "Măsuri, indicatori și stadiul lor", "measure": "Măsura",
        "indicator": "Indicatorul", "target": "Ținta", "owner": "Instituția responsabilă", "stage": "Stadiul",
        "note": "Notă: intervale Wilson; n este numărul de răspunsuri. Sursa: date inventate, fișierul exemplu.csv.",
        "alt": "Grafic cu linie: valoarea crește de la 31 în 2020 la 47 în 2024.",
        "key": "Datele arată o creștere a numărului de victime identificate; cauza nu poate fi stabilită din aceste surse.",
        "callout": "Valorile de referință din textul strategiei nu coincid în toate capitolele. Diferențele sunt semnalate aici și explicate în anexă.",
        "prose": "Strategia urmărește reducerea dimensiunilor și a impactului traficului de persoane prin consolidarea cadrului instituțional, a prevenirii și a protecției victimelor. Evaluarea de față compară situația descrisă în documentul strategic cu datele transmise de instituțiile responsabile și cu răspunsurile culese pe teren, fără a atribui strategiei schimbări care pot avea alte cauze.",
        "see": "Valorile pe județe sunt prezentate în", "and": "iar evoluția în",
        "points": ("interviuri cu specialiștii din teritoriu;", "chestionare aplicate înainte și după instruire;", "date administrative transmise de instituții."),
    },
    "en": {
        "summary": "Summary", "context": "Context and baselines", "progress": "Progress by objective",
        "register": "Register of numbers", "trend": "Number of identified victims over time",
        "trained": "Persons trained, by county", "area": "County", "n": "Number", "share": "Share (%)",
        "interval": "95% interval", "year": "Year", "value": "Value", "source": "Source and digest",
        "method": "Method", "decision": "Disclosure decision", "id": "Code", "shown": "Show the data of the figure",
        "limits": "Limits of the data", "matrix": "Measures, indicators and their status", "measure": "Measure",
        "indicator": "Indicator", "target": "Target", "owner": "Institution responsible", "stage": "Status",
        "note": "Note: Wilson intervals; n is the number of responses. Source: invented data, file example.csv.",
        "alt": "Line chart: the value rises from 31 in 2020 to 47 in 2024.",
        "key": "The data show an increase in the number of identified victims; the cause cannot be established from these sources.",
        "callout": "The baselines in the text of the strategy do not agree in all chapters. The differences are flagged here and explained in the annex.",
        "prose": "The strategy aims to reduce the scale and the impact of trafficking in persons by strengthening the institutional framework, prevention and the protection of victims. This evaluation compares the situation described in the strategy with the data returned by the institutions responsible and with the responses collected in the field, without attributing to the strategy changes that may have other causes.",
        "see": "Values by county are shown in", "and": "and the trend in",
        "points": ("interviews with practitioners in the field;", "questionnaires before and after training;", "administrative data returned by institutions."),
    },
}  # fmt: skip
Language = Literal["ro", "en"]


def sample_page(language: Language = "ro", *, rows: int = 300, repeats: int = 1, mark: bool = True) -> Page:
    """A cover, a summary, two chapters and an annex with ``rows`` register entries."""
    words, cover = WORDS[language], COVERS[language]
    if not mark:
        cover = Cover(**{name: getattr(cover, name) for name in Cover.__slots__ if name != "synthetic_mark"})
    chapters = (
        Chapter("summary", "", str(words["summary"]), _summary(words)),
        *(
            Chapter(f"context{k or ''}", str(3 + 2 * k), str(words["context"]), _context(words, k))
            for k in range(repeats)
        ),
        *(
            Chapter(f"progress{k or ''}", str(4 + 2 * k), str(words["progress"]), _progress(words, k))
            for k in range(repeats)
        ),
        Chapter("register", "A", str(words["register"]), _register(words, max(rows, 12 * repeats + 1))),
    )
    return Page(
        language=language, cover=cover, chapters=chapters, labels=LABELS[language], document_title=cover.title,
        running_head=cover.subtitle, date_iso="2026-06-30",
    )  # fmt: skip


def chart_png() -> bytes:
    """A small line chart without any date or program name in its metadata."""
    figure, axes = pyplot.subplots(figsize=(6.4, 2.8), dpi=110)
    axes.plot([2020, 2021, 2022, 2023, 2024], [31, 36, 35, 42, 47], color="#12305a", marker="o")
    axes.set_xticks([2020, 2021, 2022, 2023, 2024])
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_ylim(0, 55)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    pyplot.close(figure)
    return buffer.getvalue()


def _number(place: int, text: str) -> str:
    return f'<a class="n" id="u-{place}" href="#R-{place}" data-tip="{text}; n = 120; exemplu.csv">{text}</a>'


def _summary(words: dict) -> str:
    points = "".join(f"<li>{point}</li>" for point in words["points"])
    return f'<p class="key-message">{words["key"]}</p><p>{words["prose"]}</p><ul>{points}</ul><p>{words["prose"]}</p>'


def _context(words: dict, k: int) -> str:
    rows = "".join(
        f'<tr><th scope="row">{county}</th><td class="num">{_number(12 * k + nth, str(20 + 3 * nth))}</td>'
        f'<td class="num">{4 + nth},{nth % 10}</td><td class="num">{2 + nth},1–{7 + nth},8</td></tr>'
        for nth, county in enumerate(COUNTIES)
    )
    picture = base64.b64encode(chart_png()).decode()
    years = "".join(
        f'<tr><th scope="row">{year}</th><td class="num">{value}</td></tr>'
        for year, value in zip(range(2020, 2025), (31, 36, 35, 42, 47), strict=True)
    )
    return f"""<p>{words["prose"]}</p>
<p>{words["see"]} <a class="xref" href="#tab-trained{k}"></a>, {words["and"]} <a class="xref" href="#fig-trend{k}"></a>.</p>
<h2 id="ctx-values{k}">{words["trained"]}</h2><p>{words["prose"]}</p>
<div class="exhibit table" id="tab-trained{k}"><table><caption><span class="exno" data-kind="table" data-ref="tab-trained{k}"></span>
{words["trained"]}</caption><thead><tr><th scope="col">{words["area"]}</th><th scope="col" class="num">{words["n"]}</th>
<th scope="col" class="num">{words["share"]}</th><th scope="col" class="num">{words["interval"]}</th></tr></thead><tbody>{rows}</tbody></table>
<p class="note">{words["note"]}</p></div>
<h2 id="ctx-trend{k}">{words["trend"]}</h2><p>{words["prose"]}</p><p>{words["prose"]}</p>
<figure class="exhibit figure" id="fig-trend{k}"><img src="data:image/png;base64,{picture}" alt="{words["alt"]}">
<figcaption><span class="exno" data-kind="figure" data-ref="fig-trend{k}"></span> {words["trend"]}</figcaption></figure>
<details class="data"><summary>{words["shown"]}</summary><div class="exhibit table" id="tab-trend{k}"><table>
<caption><span class="exno" data-kind="table" data-ref="tab-trend{k}"></span> {words["trend"]}</caption><thead><tr>
<th scope="col">{words["year"]}</th><th scope="col" class="num">{words["value"]}</th></tr></thead><tbody>{years}</tbody></table></div></details>
<div class="callout"><p>{words["callout"]}</p></div><h3 id="ctx-limits{k}">{words["limits"]}</h3><p>{words["prose"]}</p>"""


def _progress(words: dict, k: int) -> str:
    rows = "".join(
        f'<tr><th scope="row">4.1.{nth}</th><td>{words["callout"]}</td><td>{words["trained"]}</td>'
        f'<td class="num">{10 * nth}</td><td class="num">{10 * nth - 3}</td><td>{COVERS["ro"].commissioner}</td><td>{words["limits"]}</td></tr>'
        for nth in range(1, 13)
    )
    heads = "".join(
        f'<th scope="col">{words[name]}</th>'
        for name in ("measure", "limits", "indicator", "target", "value", "owner", "stage")
    )
    return f"""<h2>{words["matrix"]}</h2><p>{words["prose"]}</p>
<div class="exhibit table wide" id="tab-matrix{k}"><table><caption><span class="exno" data-kind="table" data-ref="tab-matrix{k}"></span>
{words["matrix"]}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div><h2>{words["limits"]}</h2><p>{words["prose"]}</p>"""


def _register(words: dict, rows: int) -> str:
    heads = "".join(
        f'<th scope="col">{words[name]}</th>'
        for name in ("id", "value", "interval", "n", "method", "source", "decision")
    )
    lines = "".join(
        f'<tr id="R-{nth}"><th scope="row">{_back(nth)}</th><td class="num">{20 + 3 * (nth % 12)}</td><td class="num">18–{40 + nth % 50}</td>'
        f'<td class="num">120</td><td>Wilson (1927)</td><td>exemplu.csv, 2–121, sha256:{nth:064x}</td><td>publicat</td></tr>'
        for nth in range(rows)
    )
    return f"""<p>{words["prose"]}</p><div class="exhibit table register" id="tab-register"><table><caption>
<span class="exno" data-kind="table" data-ref="tab-register"></span> {words["register"]}</caption>
<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"""


def _back(nth: int) -> str:
    return f'<a href="#u-{nth}">E{nth:04d}</a>' if nth < len(COUNTIES) else f"E{nth:04d}"
