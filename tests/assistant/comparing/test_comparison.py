"""Tables over the starter corpus and over a small library of another kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, Verdict
from assistant.words import flat
from corpus.catalogue import Filter
from corpus.document import SourceType
from corpus.errors import SettingsError
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings) as opened:
        yield opened


def cells(answer: Answer, aspect: str) -> list[list[str]]:
    """The statements of a row, column by column."""
    assert answer.comparison is not None
    texts = {statement.id: statement.text for statement in answer.statements}
    [row] = [row for row in answer.comparison.aspects if row.name == aspect]
    return [[texts[name] for name in cell] for cell in row.cells]


def test_without_aspects_the_rows_are_those_of_which_the_sources_speak(assistant: Assistant) -> None:
    answer = assistant.compare(["CAR-NK", "CAR-T"])
    assert answer.comparison is not None
    names = [row.name for row in answer.comparison.aspects]
    assert {"Safety", "Efficacy"} <= set(names)
    assert 3 <= len(names) <= 7
    assert len(answer.statements) <= 12
    assert all(any(row.cells) for row in answer.comparison.aspects)


def test_named_aspects_are_the_rows_in_their_order_the_empty_ones_too(assistant: Assistant) -> None:
    answer = assistant.compare(["cord blood", "iPSC"], ["persistence", "cost"])
    assert answer.comparison is not None
    assert [row.name for row in answer.comparison.aspects] == ["Persistence", "Cost"]
    assert cells(answer, "Cost")[0] == []
    assert "No statement found" in answer.answer


def test_a_sentence_about_both_stands_in_both_columns(assistant: Assistant) -> None:
    first, second = cells(assistant.compare(["CAR-NK", "CAR-T"], ["safety"]), "Safety")
    both = {text for text in first if "CAR-T" in text and "CAR-NK" in text}
    assert both & set(second)


def test_three_subjects_have_three_columns_and_none_holds_anothers_figures(assistant: Assistant) -> None:
    answer = assistant.compare(["cord blood", "iPSC", "NK-92"])
    assert answer.comparison is not None
    assert answer.comparison.subjects == ("cord blood", "iPSC", "NK-92")
    for row in answer.comparison.aspects:
        for subject, column in zip(answer.comparison.subjects, cells(answer, row.name), strict=True):
            others = [other for other in answer.comparison.subjects if other != subject]
            for text in column:
                named = [other for other in others if f" {flat(other).strip()} " in flat(text)]
                assert not named or flat(subject).strip() in flat(text)


def test_products_are_not_mixed_up(assistant: Assistant) -> None:
    first, second = cells(assistant.compare(["ide-cel", "cilta-cel"], ["response"]), "Response")
    assert any("42 of 128" in text for text in first)
    assert any("94 of 97" in text for text in second)
    assert not any("KarMMa" in text for text in second)
    assert not any("CARTITUDE" in text for text in first)


def test_a_trial_is_known_by_its_author_and_year(assistant: Assistant) -> None:
    first, second = cells(
        assistant.compare(["Liu 2020", "Marin 2024"], ["overall response"]), "Overall response"
    )
    assert any("Eight of the 11" in text for text in first)
    assert any("48.6%" in text for text in second)


def test_prices_are_found_by_their_sign(assistant: Assistant) -> None:
    _, second = cells(assistant.compare(["CAR-NK", "CAR-T"], ["price"]), "Price")
    assert any("$" in text for text in second)


def test_every_statement_of_a_table_is_supported_by_its_quotes(assistant: Assistant) -> None:
    answer = assistant.compare(["NK cells", "CAR-NK cells"])
    documents = {c.number: assistant.library.document(c.document_id) for c in answer.citations}
    assert answer.statements
    for statement in answer.statements:
        assert statement.verdict is Verdict.SUPPORTED
        assert statement.citations
        for quote in statement.quotes:
            assert quote.text == documents[quote.citation].text[quote.start : quote.end]


def test_a_subject_that_the_library_never_mentions_is_named(assistant: Assistant) -> None:
    answer = assistant.compare(["CAR-NK", "bispecifics"])
    assert answer.abstained
    assert answer.abstention is not None
    assert answer.abstention.missing_terms == ("bispecifics",)
    assert answer.abstention.nearest


def test_an_aspect_of_which_the_library_has_no_word_is_named(assistant: Assistant) -> None:
    abstention = assistant.compare(["CAR-NK", "CAR-T"], ["diabetes"]).abstention
    assert abstention is not None
    assert abstention.missing_terms == ("diabetes",)


def column(answer: Answer, subject: str) -> str:
    """All that a table says of a subject."""
    assert answer.comparison is not None, answer.answer
    place = answer.comparison.subjects.index(subject)
    texts = {statement.id: statement.text for statement in answer.statements}
    return "\n".join(texts[name] for row in answer.comparison.aspects for name in row.cells[place])


def test_an_aspect_in_a_readers_own_words_is_found_by_meaning(assistant: Assistant) -> None:
    answer = assistant.ask("cord blood, iPSC or NK-92 - pros and cons of each as raw material?")
    assert "higher share of NK cells" in column(answer, "cord blood")
    assert "iPSC-derived NK cells are uniform" in column(answer, "iPSC")
    assert "NK-92 is uniform" in column(answer, "NK-92")


def test_dates_are_subjects_and_another_product_of_the_family_is_left_out(assistant: Assistant) -> None:
    answer = assistant.compare(["April 2022 count", "December 2022 count"], ["NKX019 complete remissions"])
    assert "3 of 6 (50%)" in column(answer, "April 2022 count")
    assert "7 of 10" in column(answer, "December 2022 count")
    assert not any("NKX101 (" in statement.text for statement in answer.statements)


def test_what_else_the_question_says_leads_where_it_names_no_aspect(assistant: Assistant) -> None:
    answer = assistant.ask("deleting CISH, NKG2A or CD38 in CAR-NKs - what does each knockout buy you")
    assert "metabolically fitter" in column(answer, "CISH")


def test_what_is_asked_of_each_is_the_row_where_no_aspect_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("How do the doses in the Burger study and the Xiao study differ?")
    assert answer.comparison is not None
    assert [row.name for row in answer.comparison.aspects] == ["Doses"]
    assert "1 × 10^8" in column(answer, "Burger")


def test_a_subject_is_told_by_its_words_where_nothing_names_it(assistant: Assistant) -> None:
    answer = assistant.ask("editing the receptor out vs giving an inhibitor, for glioblastoma")
    assert "edited out" in column(answer, "editing the receptor out")
    assert "inhibitors" in column(answer, "giving an inhibitor")


def test_a_name_is_found_beside_a_word_that_no_source_says(assistant: Assistant) -> None:
    answer = assistant.compare(["electroporated mRNA", "lentivirus"], ["NK-92"])
    assert "56%" in column(answer, "electroporated mRNA")


def test_a_subject_is_not_told_by_a_part_that_another_shares(assistant: Assistant) -> None:
    lines, derived = cells(assistant.compare(["nk92 line", "ips derived NK"], ["irradiation"]), "Irradiation")
    assert all("NK-92" in text for text in lines)
    assert all("iPSC" in text for text in derived)
    assert lines
    assert derived


def test_unwanted_effects_are_side_effects(assistant: Assistant) -> None:
    rows = cells(assistant.compare(["axi-cel", "tisa-cel"], ["unwanted effects"]), "Unwanted effects")
    assert all(any("CRS" in text or "neuro" in text.lower() for text in cell) for cell in rows)


def test_a_disease_is_found_by_its_other_names(assistant: Assistant) -> None:
    answer = assistant.compare(["brain tumour", "lupus"])
    assert "glioblastoma" in column(answer, "brain tumour")
    assert "Sleeping Beauty" not in column(answer, "lupus")


def test_an_aspect_of_the_settings_may_be_qualified(assistant: Assistant) -> None:
    answer = assistant.compare(["ELIANA", "TRANSCEND"], ["severe neurological side effects"])
    assert "36%" in column(answer, "ELIANA")
    assert "Neurological events were seen in 30%" in column(answer, "TRANSCEND")


def test_a_row_without_evidence_leaves_the_others_standing(assistant: Assistant) -> None:
    answer = assistant.compare(["NKX101", "NKX019"], ["remission rates", "cost"])
    assert "3 of 5 patients" in column(answer, "NKX101")
    assert cells(answer, "Cost") == [[], []]


def test_an_aspect_of_several_words_is_that_of_the_one_that_it_describes(assistant: Assistant) -> None:
    answer = assistant.compare(["Xiao", "Burger"], ["route of administration"])
    assert "rather than through a vein" in column(answer, "Xiao")
    assert "into the wall of the cavity" in column(answer, "Burger")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("quality-adjusted life-years gained with CAR-NK cells compared with axi-cel", "CAR-NK cells"),
        ("CAR-NK and CAR-T: tumour mutational burden?", "CAR-T"),
    ],
)
def test_a_measure_that_the_sources_do_not_give_for_each_subject_is_declined(
    question: str, named: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.abstention is not None
    assert named in answer.abstention.reason
    assert answer.abstention.nearest


def test_a_common_word_that_no_source_says_leaves_its_row_empty(assistant: Assistant) -> None:
    answer = assistant.compare(["ide-cel", "cilta-cel"], ["response", "taste"])
    assert "42 of 128" in column(answer, "ide-cel")
    assert cells(answer, "Taste") == [[], []]


def test_a_narrowed_comparison_cites_only_what_is_within(assistant: Assistant) -> None:
    within = Filter(source_types=frozenset({SourceType.REVIEW}))
    answer = assistant.compare(["CAR-NK", "CAR-T"], within=within)
    assert answer.citations
    assert {citation.source_type for citation in answer.citations} == {SourceType.REVIEW}


@pytest.mark.parametrize("subjects", [["?", "!"], ["the", "a"], ["[1]", "<b>"], ["\x00", "x" * 5000]])
def test_nonsense_is_declined_without_an_error(subjects: list[str], assistant: Assistant) -> None:
    assert assistant.compare(subjects).abstained


def test_the_same_comparison_is_the_same_twice(assistant: Assistant) -> None:
    first, second = (assistant.compare(["CAR-NK", "CAR-T"]) for _ in range(2))
    assert first.answer == second.answer


ORCHESTRA = {
    "Violins of two cities": [
        "Cremona violins have spruce tops of even density.",
        "Brescia violins have spruce tops of uneven density.",
        "The varnish of Cremona violins is thin and amber.",
        "The varnish of Brescia violins is thick and brown.",
    ],
    "Tone and varnish": [
        "Density decides the tone of Cremona violins.",
        "Density hardly decides the tone of Brescia violins.",
        "Varnish softens Cremona violins.",
        "Varnish hardens Brescia violins.",
    ],
    "Listening to wood": [
        "Listeners cannot tell Cremona violins by their tone.",
        "Listeners praise the tone of Brescia violins.",
        "The density of Cremona violins was measured by tomography.",
        "The varnish of Brescia violins was dated.",
    ],
}


@pytest.fixture(scope="module")
def violins(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("violins")
    records = [
        {"id": title.split()[0].lower(), "title": title, "text": " ".join(sentences)}
        for title, sentences in ORCHESTRA.items()
    ]
    (folder / "papers.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert not Ingest(library).paths([folder / "papers.jsonl"]).failures
    with Assistant.open(folder / "library", settings) as opened:
        yield opened


def test_where_the_known_aspects_do_not_fit_the_rows_come_from_the_texts_own_words(
    violins: Assistant,
) -> None:
    answer = violins.compare(["Cremona violins", "Brescia violins"])
    assert answer.comparison is not None
    names = {row.name.lower() for row in answer.comparison.aspects}
    assert names & {"varnish", "tone", "density"}
    for row in answer.comparison.aspects:
        first, second = cells(answer, row.name)
        assert all("Cremona" in text for text in first)
        assert all("Brescia" in text for text in second)


def test_a_bad_file_of_aspects_is_an_error_that_names_it(
    starter_library: Path, settings: Settings, tmp_path: Path
) -> None:
    bad = tmp_path / "aspects.yaml"
    bad.write_text("aspects:\n  - name: Colour\n    terms: [red]\n", encoding="utf-8")
    own = settings.model_copy(update={"aspects": bad})
    with (
        Assistant.open(starter_library, own) as assistant,
        pytest.raises(SettingsError, match=r"aspects\.yaml.*entry 1 \(Colour\): description"),
    ):
        assistant.compare(["CAR-NK", "CAR-T"])


def test_a_readers_own_aspects_take_the_place_of_ours(
    starter_library: Path, settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "aspects.yaml"
    own.write_text(
        "aspects:\n  - {name: Brain, description: effects on the brain, terms: [neurotoxicity, neurologic]}\n"
        "  - {name: Fever, description: cytokine release, terms: [cytokine release syndrome]}\n",
        encoding="utf-8",
    )
    with Assistant.open(starter_library, settings.model_copy(update={"aspects": own})) as assistant:
        answer = assistant.compare(["CAR-NK", "CAR-T"])
    assert answer.comparison is not None
    assert {"Brain", "Fever"} >= {row.name for row in answer.comparison.aspects}
