"""BibTeX, read back by bibtexparser as LaTeX's tools do."""

from __future__ import annotations

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from assistant.bibliography import Format, Work, references
from tests.assistant.bibliography.works import authors, plain, work


def read(*works: Work) -> list[Entry]:
    library: Library = parse_string(references(works, Format.BIBTEX))
    assert library.failed_blocks == []
    return library.entries


def fields(entry: Entry) -> dict[str, str]:
    return {field.key: str(field.value) for field in entry.fields}


def printed(latex: str) -> str:
    return str(LatexNodes2Text().latex_to_text(latex))


def names(entry: Entry) -> list[str]:
    return split_multiple_persons_names(fields(entry)["author"])


def test_an_article_is_read_back_with_all_that_a_reference_list_needs() -> None:
    (entry,) = read(plain())
    found = fields(entry)
    assert (entry.entry_type, entry.key) == ("article", "liu2020car")
    assert printed(found["title"]) == "Use of CAR-transduced NK cells in CD19+ tumors: 50% & more"
    assert found["journal"] == "N Engl J Med"
    assert (found["year"], found["volume"], found["number"]) == ("2020", "382", "6")
    assert found["pages"] == "545--553"
    assert found["doi"] == "10.1056/NEJMoa1910607"
    assert found["pmid"] == "32023374"
    assert found["url"] == "https://doi.org/10.1056/NEJMoa1910607"


def test_names_keep_their_particles_and_suffixes_and_a_body_is_whole() -> None:
    (entry,) = read(plain())
    first, particle, junior, body = names(entry)
    assert first == "Liu, Enli"
    assert parse_single_name_into_parts(particle).von == ["van"]
    assert parse_single_name_into_parts(particle).last == ["Beethoven"]
    assert parse_single_name_into_parts(junior).jr == ["Jr"]
    assert body == "{Consortium for Cells and Genes, Inc.}"


def test_forty_authors_are_forty() -> None:
    (entry,) = read(work(title="Many", author=authors(40)))
    assert len(names(entry)) == 40


def test_words_with_capitals_keep_them_and_signs_of_latex_are_what_they_print() -> None:
    title = "mRNA_1 costs $5 & 10% of TGF-β #2 ~ \\"
    (entry,) = read(work(title=title))
    written = fields(entry)["title"]
    assert "{mRNA" in written
    assert printed(written).replace("\u00a0", " ") == title


def test_braces_are_printed_and_group_nothing() -> None:
    (entry,) = read(work(title="a } b { c"))
    assert fields(entry)["title"] == r"a {\textbraceright} b {\textbraceleft} c"


def test_accents_are_read_back() -> None:
    (entry,) = read(work(title="Zelltherapie für Lymphome", author=[{"family": "Åström", "given": "Žofia"}]))
    assert printed(fields(entry)["title"]) == "Zelltherapie für Lymphome"
    assert printed(fields(entry)["author"]) == "Åström, Žofia"


def test_what_is_not_known_is_left_out() -> None:
    (entry,) = read(work(title="No year"))
    assert set(fields(entry)) == {"title"}
    assert entry.key == "anonyear"


def test_a_preprint_names_where_it_stands_and_a_retracted_paper_says_so() -> None:
    preprint, retracted = read(
        work(type="article", title="Early", publisher="bioRxiv", issued={"date-parts": [[2024]]}),
        work(type="article-journal", title="Late", container_title="Cells", retracted=True),
    )
    assert preprint.entry_type == "misc"
    assert fields(preprint)["howpublished"] == "bioRxiv"
    assert fields(retracted)["note"] == "Retracted."


def test_no_two_entries_have_one_key() -> None:
    keys = [entry.key for entry in read(*[plain()] * 30)]
    assert len(set(keys)) == 30


def test_nothing_is_an_empty_file() -> None:
    assert references([], Format.BIBTEX) == ""


@given(st.text(), st.text(min_size=1), st.text())
def test_no_words_break_the_file(title: str, family: str, journal: str) -> None:
    one = work(type="article-journal", title=title, author=[{"family": family}], container_title=journal)
    assert len(read(one, plain())) == 2
