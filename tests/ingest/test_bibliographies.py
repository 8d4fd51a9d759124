"""Reference lists as Zotero, Mendeley and EndNote export them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OriginError
from ingest.bibliographies import SUFFIXES, BibliographyEntry, read_bibliography

ZOTERO_BIB = r"""
@string{jb = "Journal of Blood"}
@article{roe_killing_2001,
	title = {The {CAR}-{NK} {\"u}ber-cell: \textit{in vitro} {CD}19{\textsuperscript{+}} at 50\% of 37{\textdegree}{C}},
	volume = {7},
	doi = {10.1000/S0140(05)1\_a},
	url = {https://example.org/a\_b},
	author = {van der M{\"u}ller, J{\'o}zef and Poe, Edgar},
	journal = jb,
	month = dec,
	year = {2001},
	note = {PMID: 11111111
PMCID: PMC2222222},
}
"""
RIS = """TY  - JOUR
TI  - Killing without
  priming
AU  - Roe, Jane A.
AU  - Poe, Edgar
PY  - 2019/05/01/
DO  - https://doi.org/10.1000/xyz
N1  - PMID: 33333333
UR  - https://example.org/x
ER  -
"""


def read(text: str, suffix: str) -> list[BibliographyEntry]:
    entries = read_bibliography(text.encode(), suffix)
    assert all(isinstance(entry, BibliographyEntry) for entry in entries)
    return [entry for entry in entries if isinstance(entry, BibliographyEntry)]


def test_a_bibtex_entry_is_read_as_latex_would_print_it() -> None:
    (entry,) = read(ZOTERO_BIB, ".bib")
    assert entry == BibliographyEntry(
        key="roe_killing_2001",
        title="The CAR-NK über-cell: in vitro CD19+ at 50% of 37°C",
        first_author="van der Müller",
        year=2001,
        doi="10.1000/S0140(05)1_a",
        pmid="11111111",
        pmcid="PMC2222222",
        url="https://example.org/a_b",
        line=3,
    )
    assert entry.label == "roe_killing_2001"


@pytest.mark.parametrize(
    ("authors", "family"),
    [
        ("Roe, Jane and Poe, E.", "Roe"),
        ("Jane Roe and E. Poe", "Roe"),
        ("{The and Group of Cells} and Roe, J", "The and Group of Cells"),
        ("Ludwig van Beethoven", "van Beethoven"),
        ("{\\O}rsted, Hans", "Ørsted"),
        ("Mendeley, Inc., The", "Mendeley"),
        ("", None),
    ],
)
def test_the_first_author_of_bibtex_is_a_family_name_or_a_body(authors: str, family: str | None) -> None:
    (entry,) = read(f"@misc{{k, title={{T}}, author={{{authors}}}}}", ".bib")
    assert entry.first_author == family


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        (r"{\'{\i}} \v{c} {\aa} \ss{} \~n", "í č å ß ñ"),
        ("Costs rise by 50% each year", "Costs rise by 50% each year"),
        (r"TGF-$\beta$1 \& IL-2", "TGF-β1 & IL-2"),
        ("plain title", "plain title"),
        ("ends with a stop.", "ends with a stop"),
    ],
)
def test_titles_lose_their_latex(latex: str, printed: str) -> None:
    (entry,) = read(f"@misc{{k, title={{{latex}}}}}", ".bib")
    assert entry.title == printed


def test_a_bad_bibtex_entry_is_named_and_spoils_no_other() -> None:
    found = read_bibliography(
        b"@article{one, title={One}}\n@article{torn, title={Torn\n\n@article{two, title={Two}}\n"
        b"@misc{twice, title={a}, title={b}}\n@misc{one, title={Other}}\n",
        ".bib",
    )
    assert [entry.title if isinstance(entry, BibliographyEntry) else str(entry) for entry in found] == [
        "One",
        "line 2: the entry torn is not whole: a brace, a quotation mark or a comma is missing; correct it",
        "Two",
        "line 5: the entry twice gives title twice; delete one of them",
        "Other",
    ]


def test_a_ris_entry_is_read() -> None:
    (entry,) = read(RIS, ".ris")
    assert entry == BibliographyEntry(
        title="Killing without priming",
        first_author="Roe",
        year=2019,
        doi="10.1000/xyz",
        pmid="33333333",
        url="https://example.org/x",
        line=1,
    )
    assert entry.label == "“Killing without priming”"


def test_endnote_keeps_pubmed_numbers_in_fields_of_its_own() -> None:
    (entry,) = read(
        "\ufeffTY  - JOUR\r\nT1  - T\r\nA1  - The Group\r\nAN  - 44444444\r\nDB  - PubMed\r\nC2  - PMC55\r\nER  - \r\n",
        ".ris",
    )
    assert (entry.first_author, entry.pmid, entry.pmcid) == ("The Group", "44444444", "PMC55")


def test_an_accession_number_of_another_database_is_no_pmid() -> None:
    (entry,) = read("TY  - JOUR\nTI  - T\nAN  - 44444444\nDB  - Embase\nER  - \n", ".ris")
    assert entry.pmid is None


def test_a_bad_ris_entry_is_named_and_spoils_no_other() -> None:
    found = read_bibliography(
        b"stray\nmore\nTY  - JOUR\nTI  - One\nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - Two", ".ris"
    )
    assert [entry.title if isinstance(entry, BibliographyEntry) else str(entry) for entry in found] == [
        'line 1: this stands in no entry; an entry begins with a line "TY  - JOUR"',
        "One",
        "line 5: the entry is empty; export the list again",
        "Two",
    ]


def test_csl_json_is_read() -> None:
    items = [
        {
            "id": "roe",
            "title": "T",
            "author": [{"family": "Berg", "non-dropping-particle": "van der"}],
            "issued": {"date-parts": [["2020"]]},
            "DOI": "10.1/x",
            "note": "PMID: 7",
        },
        {"id": "bad", "author": 3},
        "no entry",
    ]
    first, second, third = read_bibliography(json.dumps(items).encode(), ".json")
    assert isinstance(first, BibliographyEntry)
    assert (first.first_author, first.year, first.doi, first.pmid) == ("van der Berg", 2020, None, "7")
    assert str(second).startswith("entry 2 (bad): author: ")
    assert str(third).startswith("entry 3: ")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("doi", "https://doi.org/10.1000/a.b", ("10.1000/a.b", None, None)),
        ("doi", "n/a", (None, None, None)),
        ("url", "https://doi.org/10.1000%2Fa", ("10.1000/a", None, None)),
        ("url", "https://pubmed.ncbi.nlm.nih.gov/123/", (None, "123", None)),
        ("url", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC456/", (None, None, "PMC456")),
        ("pmcid", "456", (None, None, "PMC456")),
        ("pmcid", "PMC456.2", (None, None, "PMC456")),
        ("pmid", "PMID: 123", (None, "123", None)),
        ("note", "DOI: 10.1000/a; PMID: 123", ("10.1000/a", "123", None)),
        ("note", "Comment on 10.1000/other", (None, None, None)),
        ("annote", "12345678 cells", (None, None, None)),
    ],
)
def test_identifiers_are_bare_and_found_where_managers_put_them(
    field: str, value: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    (entry,) = read(f"@misc{{k, title={{T}}, {field}={{{value}}}}}", ".bib")
    assert (entry.doi, entry.pmid, entry.pmcid) == expected


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (b"", ".bib", "the list has no entry"),
        (b"% only a comment", ".bib", "the list has no entry"),
        (b"", ".ris", "the list has no entry"),
        (b"[]", ".json", "the list has no entry"),
        (b'{"a": 1', ".json", "line 1: the file is not valid JSON"),
        (b"7", ".json", "the JSON is no list of entries"),
        (b"[" * 100_000, ".json", "the file is not valid JSON"),
        (b"\xff\xfe\xff", ".ris", "the text is not UTF-16"),
        (b"x", ".xls", "no format of reference lists; export the list as one of these: .bib, .ris, .json"),
    ],
)
def test_a_bad_list_is_refused(data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        read_bibliography(data, suffix)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from('@misc{k, title={}"\\#%$~\n 2001TYER-AUé'), max_size=60),
    st.sampled_from(SUFFIXES),
)
def test_any_list_is_read_or_refused(text: str, suffix: str) -> None:
    try:
        found = read_bibliography(text.encode(), suffix)
    except OriginError:
        return
    assert all(isinstance(entry, OriginError) or entry.label for entry in found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("good", "torn", "twice")), min_size=1, max_size=8))
def test_every_good_entry_survives_among_bad_ones(kinds: list[str]) -> None:
    shapes = {
        "good": "@misc{{good{0}, title={{Title {0}}}}}",
        "torn": "@misc{{torn{0}, title={{Torn {0}",
        "twice": "@misc{{twice{0}, title={{a}}, title={{b}}}}",
    }
    text = "\n\n".join(shapes[kind].format(number) for number, kind in enumerate(kinds))
    found = read_bibliography(text.encode(), ".bib")
    good = [entry.key for entry in found if isinstance(entry, BibliographyEntry)]
    assert good == [f"good{number}" for number, kind in enumerate(kinds) if kind == "good"]
    assert len(found) == len(kinds)
