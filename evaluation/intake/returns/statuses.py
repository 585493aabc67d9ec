"""Words that stand where a figure is expected and say why there is none."""

import re

from evaluation.intake.returns.names import fold

_NOT_APPLICABLE = re.compile(
    r"(nu (este|e) (cazul|aplicabil\w*)|nu se aplica|neaplicabil\w*|not applicable|nu a fost cazul)( .{0,80})?"
)
_PENDING = re.compile(
    r"(date(le)? )?(sunt |este |se afla )?((in|aflat\w* in) (curs|proces)( de \w+)?|in (lucru|centralizare|colectare)"
    r"|urmeaza( a fi| sa)? .{1,60}|ulterior)( .{0,80})?"
)
_NO_DATA = re.compile(
    r"nu (detin\w*|dispun\w*|avem|are|exista|sunt|se (detin|cunos[ct]\w*|colecteaza|inregistreaza|monitorizeaza))"
    r"( (de|niciun fel de|astfel de|aceste|informatii|date\w*|evident\w*|statistic\w*)){0,5}( .{0,80})?"
    r"|nu (se cunoaste|stim|este disponibil\w*|e disponibil\w*|a fost colectat\w*|au fost colectate|poate fi \w+|pot fi \w+)( .{0,80})?"
    r"|(date|informatii|lipsa)( de)?( date)? ?(indisponibil\w*|lipsa|nedisponibile|neexistente|inexistente|confidentiale)?( .{0,60})?"
    r"|fara (date|informatii|evidenta)( .{0,60})?|indisponibil\w*|necunoscut\w*|nedisponibil\w*|lipsa( date)?|nd|no data|not available"
)
_COUNTED_NONE = re.compile(
    r"nu (sunt|avem|exista|are) (?!date|informatii|evident|statistic|disponibil|centraliz)\w+.*"
)
_DASH = re.compile(r"[-–—−_.…:*xX]{1,10}|\?{1,3}|#")
_SAID: tuple[tuple[re.Pattern[str], tuple[str, tuple[str, ...]]], ...] = (
    (re.compile("n ?a|n ap"), ("not_available", ("na_read",))),
    (_NOT_APPLICABLE, ("not_applicable", ())),
    (_PENDING, ("not_available", ("still_collected",))),
    (_NO_DATA, ("not_available", ())),
)


def read_status(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The status that a text without a figure states, with codes; None where it states none.

    "n/a" may mean either; it is taken as not available, the weaker statement, and listed. A dash is never 0.
    "nu sunt cazuri" is not a status: whether it means 0 is for the institution to say.

    >>> read_status("Nu este cazul"), read_status("nu deținem date"), read_status("12")
    (('not_applicable', ()), ('not_available', ()), None)
    """
    if _DASH.fullmatch(text.replace(" ", "")):
        return "not_available", ("dash_for_number",)
    if re.search(r"\d", text):
        return None
    folded = fold(text)
    if _COUNTED_NONE.fullmatch(folded):
        return None
    for pattern, said in _SAID:
        if pattern.fullmatch(folded):
            return said
    return None
