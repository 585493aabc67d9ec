"""Nothing in a fragment may run, load or post, and its headings stay."""

import re

import lxml.html
import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.page.sanitise import clean_id, sanitise

ATTACKS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.png' alt='x'>",
    "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+' alt='x'>",
    "<img src='data:image/png;base64,PHNjcmlwdD4=' alt='x'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe src='file:///etc/passwd'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='https://evil.example'></object><embed src='https://evil.example'>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='//evil.example/x'>a</a>",
    "<form action='https://evil.example'><input name=q autofocus onfocus=alert(1)><button formaction=x>b</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'; body{background:url(https://evil.example)}</style>",
    "<p style='background:url(https://evil.example/x)'>a</p>",
    "<details open ontoggle=alert(1)>a</details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><img src=x onerror=alert(1)>-->",
    "</div></body></html><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<video src=https://evil.example onloadstart=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<table background='https://evil.example/x'><tr><td background='javascript:alert(1)'>a</td></tr></table>",
    "<textarea><script>alert(1)</script></textarea><title><img src=x onerror=alert(1)></title>",
    "<p id='x\" onclick=\"alert(1)' class='a\" onclick=\"alert(1)'>a</p>",
)  # fmt: skip
RUNS = {"script", "iframe", "object", "embed", "form", "input", "button", "meta", "base", "link", "style", "svg",
        "math", "template", "video", "audio", "noscript", "textarea", "title"}  # fmt: skip


def cleaned(fragment: str) -> str:
    return str(lxml.html.tostring(sanitise(fragment, place="chapter x"), encoding="unicode"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_or_loads_survives_and_the_heading_stays(attack):
    text = cleaned(f"<h2 id='first'>Before</h2>{attack}<h2 id='second'>After</h2>")
    tree = lxml.html.fromstring(text)
    assert not {element.tag for element in tree.iter()} & RUNS
    assert not [
        name for element in tree.iter() for name in element.attrib if name.startswith("on") or name == "style"
    ]
    assert not re.search(r"=\s*[\"'](javascript|https?:|//|data:)", text)
    assert '<h2 id="first">Before</h2>' in text


def test_text_after_a_dropped_element_stays():
    assert cleaned("<p>one<script>x</script> two</p>") == "<div><p>one two</p></div>"


def test_an_unknown_element_leaves_its_text():
    assert cleaned("<p><font color=red>a</font></p>") == "<div><p>a</p></div>"


def test_a_first_level_heading_becomes_second_level():
    assert cleaned("<h1>Title</h1>") == "<div><h2>Title</h2></div>"


def test_the_paragraph_sign_that_notebooks_add_to_headings_goes():
    assert (
        cleaned('<h2 id="a">T<a class="anchor-link" href="#a">¶</a></h2>') == '<div><h2 id="a">T</h2></div>'
    )


def test_an_id_and_the_link_to_it_lose_their_diacritics_alike():
    assert cleaned('<h2 id="Măsuri">M</h2><a href="#M%C4%83suri">m</a>').count("Masuri") == 2


def test_an_id_may_not_begin_with_a_digit():
    assert clean_id("1a") == ""


def test_a_picture_without_text_alternative_stops_the_page():
    with pytest.raises(ReportError, match="chapter x: an image has no text alternative"):
        sanitise('<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==">', place="chapter x")


def test_very_deep_nesting_stops_the_page():
    with pytest.raises(ReportError, match="nested deeper"):
        sanitise("<div>" * 200 + "a" + "</div>" * 200, place="chapter x")
