"""In the running text of JATS: reference marks and what they point to, superscripts, formulas."""

from __future__ import annotations

import pytest

from corpus.document import BlockKind, without_marks
from tests.ingest.parsers.jats_articles import article, blocks, links, marks, ref, reference_list

TEX = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$\beta = 2$$\end{document}"


def any_ref(text: str) -> str:
    return f'<xref ref-type="bibr" rid="r">{text}</xref>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"known [{any_ref('12')}].", ["[12]"]),
        (f"known {any_ref('[12]')}–{any_ref('[15]')}, and", ["[12]–[15]"]),
        (
            f"known [{any_ref('3')},{any_ref('4')}] and ({any_ref('12')}, {any_ref('13')})",
            ["[3,4]", "(12, 13)"],
        ),
        (
            f"known ({any_ref('Smith et al., 2005')}; {any_ref('Liu 2006')}).",
            ["(Smith et al., 2005; Liu 2006)"],
        ),
        (f"Smith et al. {any_ref('[5]')} showed", ["[5]"]),
        (f"as {any_ref('Smith (2005)')} and, in {any_ref('2006')}, {any_ref('Liu')} showed", []),
        (f"Smith et al. ({any_ref('2005')}) showed", ["(2005)"]),
        (
            f"cells<sup>{any_ref('1')},{any_ref('2')}</sup> and T<xref ref-type='bibr'><sup>3</sup></xref>",
            ["1,2", "3"],
        ),
        (f"known (see also {any_ref('[5]')}) and (in mice {any_ref('[6]')})", ["(see also [5])", "[6]"]),
        (f"half (27.9M {any_ref('[20]')}).", ["[20]"]),
        ("cited without a link [8], in the range [0,1]", ["[8]"]),
        (f"figured {any_ref('[51: fig. 10.5]')} and [{any_ref('52')}]", ["[51: fig. 10.5]", "[52]"]),
        (f"known {any_ref('[1' + any_ref('2') + ']')}", ["[12]"]),
    ],
)
def test_reference_marks_take_their_brackets_but_no_words(text: str, expected: list[str]) -> None:
    assert marks(article(f"<p>{text}</p>")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"known [{ref(2)}].", [("[2]", (1,))]),
        (f"known {ref(2, '[2]')}–{ref(5, '[5]')}.", [("[2]–[5]", (1, 2, 3, 4))]),
        (f"known [{ref(1)}, {ref(3)}-{ref(5)}].", [("[1, 3-5]", (0, 2, 3, 4))]),
        (f"known<sup>{ref(2)}–{ref(4)},{ref(6)}</sup>.", [("2–4,6", (1, 2, 3, 5))]),
        # One link for the range: its ids are all there, or only the first and last, or only the first.
        (
            'known <xref ref-type="bibr" rid="r1 r2 r3">[1–3]</xref>.',
            [("[1–3]", (0, 1, 2))],
        ),
        ('known <xref ref-type="bibr" rid="r1 r4">1–4</xref>.', [("1–4", (0, 1, 2, 3))]),
        ('known <xref ref-type="bibr" rid="r2">2–4</xref>.', [("2–4", (1, 2, 3))]),
        # Numbers that the list does not bear out are no range.
        ('known <xref ref-type="bibr" rid="r2">5–6</xref>.', [("5–6", (1,))]),
        (f"known {ref(2, '[2]')}–{ref(5, '[9]')}.", [("[2]–[9]", (1, 4))]),
        (
            f'known {ref(1)}<xref ref-type="bibr" rid="r2"/><xref ref-type="bibr" rid="r3"/>–{ref(4)}.',
            [("1–4", (0, 1, 2, 3))],
        ),
        (
            f"as {ref(1, 'Smith et al. (2005)')} and {ref(2, 'Liu')} showed",
            [("Smith et al. (2005)", (0,)), ("Liu", (1,))],
        ),
        (f"known ({ref(1, 'Smith, 2005')}; {ref(2, 'Liu, 2006')}).", [("(Smith, 2005; Liu, 2006)", (0, 1))]),
        ('known <xref rid="r3">[3]</xref> in <xref rid="f1">Figure 1</xref>', [("[3]", (2,))]),
        ('known <xref ref-type="ref" rid="r3">[3]</xref>', [("[3]", (2,))]),
        ('to 10<sup><xref ref-type="ref" rid="r3">3</xref></sup>', [("3", (2,))]),
        ('known <xref ref-type="bibr" rid="nowhere">[7]</xref>', []),
        ('noted<xref ref-type="fn" rid="r1">a</xref>', []),
    ],
)
def test_links_point_to_entries_of_the_reference_list(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert links(article(f"<p>{text}</p>", back=reference_list(6))) == expected


def test_a_link_in_words_is_no_mark_and_stays_in_the_statement() -> None:
    document = article(f"<p>As {ref(1, 'Smith (2005)')} showed {ref(2, '[2]')}.</p>", back=reference_list(2))
    assert marks(document) == ["[2]"]
    shown = without_marks(document.text, document.blocks[0].span, document.reference_marks)
    assert shown == "As Smith (2005) showed."


def test_captions_cells_and_headings_have_links_too() -> None:
    document = article(
        f"<sec><title>Model {ref(1, '[1]')}</title><fig><caption><p>Drawn after {ref(2, '[2]')}.</p></caption></fig>"
        f"<table-wrap><table><tr><td>Dose {ref(3, '[3]')}</td></tr></table></table-wrap></sec>",
        back=reference_list(3),
    )
    assert links(document) == [("[1]", (0,)), ("[2]", (1,)), ("[3]", (2,))]


def test_long_lists_of_references_without_a_closing_bracket_take_no_time() -> None:
    text = "(" + ", ".join([any_ref("Smith and Jones, 2005"), any_ref("12")] * 500) + " showed"
    assert len(marks(article(f"<p>{text}</p>"))) == 500


def test_a_raised_mark_does_not_become_part_of_its_word() -> None:
    document = article(f"<p>Given to 12<sup>{any_ref('5')}</sup> patients.<sup>{any_ref('6')}</sup></p>")
    assert document.text == "Given to 12 5 patients.6"
    shown = without_marks(document.text, document.blocks[0].span, document.reference_marks)
    assert shown == "Given to 12 patients."


def test_an_exponent_is_not_read_as_digits_of_its_base() -> None:
    document = article(
        "<p>10<sup>7</sup> CD19<sup>+</sup>, 2×10<sup>−3</sup>, p27<sup>Kip1</sup>, "
        "H<sub>2</sub>O, cm<sup>2</sup></p>"
    )
    assert document.text == "10^7 CD19+, 2×10^−3, p27Kip1, H2O, cm2"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # Printed, these are no difference, no other protein and no other isotope.
        ("<italic>y</italic> = 0.3<italic>x</italic><sup>−1.25</sup>", "y = 0.3x^−1.25"),
        ("MSP-1<sub>19</sub>", "MSP-1_19"),
        ("H<sub>2</sub><sup>18</sup>O", "H2^18O"),
        # What reads the same without a sign gets none.
        ("<italic>Tp53</italic><sup>−/−</sup>, CO<sub>2</sub>, Ca<sup>2+</sup>", "Tp53−/−, CO2, Ca2+"),
        ("5&#160;mg, 5&#8201;mg, 5&#8239;mg", "5 mg, 5 mg, 5 mg"),
        ("soft&#173;hyphen and zero&#8203;width", "softhyphen and zerowidth"),
        ("en–dash, em—dash, &#8208;, &#8722;3, &lt;b&gt; &amp;amp;", "en–dash, em—dash, ‐, −3, <b> &amp;"),
    ],
)
def test_a_quote_reads_as_the_page_does(markup: str, expected: str) -> None:
    assert article(f"<p>{markup}</p>").text == expected


def math(text: str) -> str:
    """Write MathML without its prefix."""
    names = sorted({part.split(">")[0].strip("/") for part in text.split("<")[1:]}, key=len, reverse=True)
    for name in names:
        text = text.replace(f"<{name}>", f"<mml:{name}>").replace(f"</{name}>", f"</mml:{name}>")
    return f"<mml:math>{text}</mml:math>"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "x^2=1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msub><mi>V</mi><mn>3</mn></msub><msub><mn>10</mn><mn>2</mn></msub>", "V310_2"),
        ("<msubsup><mi>f</mi><mi>i</mi><mo>∗</mo></msubsup>", "fi∗"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>",
            "∑_(i=1)^n",
        ),
        ("<munder><mi>lim</mi><mi>x</mi></munder>", "lim_x"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x¯"),
        ("<msqrt><mi>a</mi><mi>b</mi></msqrt><mroot><mi>a</mi><mn>3</mn></mroot>", "√aba^(1/3)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        ("<semantics><mi>q</mi><annotation>\\mathbf q</annotation></semantics>", "q"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 2"),
        ("<mi>sin</mi><mo>\u2061</mo><mi>x</mi><mo>\u2062</mo><mi>y</mi>", "sin xy"),
        ("<mi>x</mi><mphantom><mi>y</mi></mphantom>", "x"),
    ],
)
def test_mathml_is_written_in_one_line(formula: str, expected: str) -> None:
    assert article(f"<p><inline-formula>{math(formula)}</inline-formula></p>").text == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (TEX, r"\beta = 2"),
        ("$x$", "x"),
        (r"\(x^2\)", "x^2"),
        (r"\begin{equation*} \label{eq:1} a=b \end{equation*}", "a=b"),
        (r"\displaystyle\frac{1}{2}", r"\frac{1}{2}"),
        ("$a$ and $b$", "a$ and $b"),
    ],
)
def test_tex_is_taken_out_of_its_scaffolding(tex: str, expected: str) -> None:
    assert article(f"<p><inline-formula><tex-math>{tex}</tex-math></inline-formula></p>").text == expected


def test_of_two_forms_of_a_formula_one_is_shown() -> None:
    forms = f"<tex-math>{TEX}</tex-math>{math('<mi>β</mi><mo>=</mo><mn>2</mn>')}"
    for formula in (
        f"<alternatives>{forms}<inline-graphic/></alternatives>",
        forms,
        f"<inline-graphic/>{math('<mi>β</mi><mo>=</mo><mn>2</mn>')}",
    ):
        assert article(f"<p>If <inline-formula>{formula}</inline-formula> holds.</p>").text == "If β=2 holds."


def test_a_formula_that_is_a_picture_leaves_no_sentence_that_reads_as_complete() -> None:
    picture = "<inline-formula><inline-graphic xlink:href='e1'/></inline-formula>"
    document = article(
        f"<p>It grows at {picture} a day, so that <disp-formula><graphic/><label>(3)</label></disp-formula>"
        f"holds.</p><sec><disp-formula><graphic/><label>(4)</label></disp-formula></sec>"
    )
    assert document.text == "It grows at […] a day, so that […] (3) holds."
    assert document.note == "Formulas that are pictures in the origin, each shown as […]: 3 of 3."
    numbered_before = article("<p>So <disp-formula><label>(1)</label><graphic/></disp-formula>holds.</p>")
    assert numbered_before.text == "So (1) […] holds."


@pytest.mark.parametrize(
    ("description", "expected"),
    [("E = mc2", "E = mc2"), ("Inline graphic", "[…]"), ("Equation 12", "[…]"), ("e001.tif", "[…]")],
)
def test_the_description_of_a_picture_is_shown_if_it_is_one(description: str, expected: str) -> None:
    formula = f"<disp-formula><graphic><alt-text>{description}</alt-text></graphic></disp-formula>"
    assert article(f"<p>So {formula} holds.</p>").text == f"So {expected} holds."


def test_markup_that_only_changes_the_type_changes_no_words() -> None:
    document = article(
        "<p><named-content content-type='gene'>p53</named-content> <styled-content>binds</styled-content> "
        "<sc>DNA</sc><break/>see <ext-link xlink:href='https://x.org'>x.org</ext-link>, "
        "<inline-supplementary-material xlink:href='s1'>Data S1</inline-supplementary-material> "
        "<monospace>code</monospace>.</p>"
    )
    assert blocks(document, BlockKind.PARAGRAPH) == ["p53 binds DNA see x.org, Data S1 code."]
