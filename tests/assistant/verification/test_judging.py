"""How a claim is judged by the words it rests on, whatever the subject."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Verdict
from assistant.verification import Evidence, judge, verify

SUPPORTED, PARTIAL, CONTRADICTED, NOT_FOUND = Verdict
QUOTE = "In the trial 37 patients were treated and cytokine release syndrome was not seen."


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (QUOTE, SUPPORTED),
        ("cytokine release syndrome was not seen", SUPPORTED),
        ("In the trial 73 patients were treated and cytokine release syndrome was not seen.", CONTRADICTED),
        ("In the trial 37 patients were treated and cytokine release syndrome was seen.", CONTRADICTED),
        ("Cord blood units were frozen within a day of collection.", NOT_FOUND),
    ],
)
def test_a_statement_is_judged_by_words_numbers_and_negation(statement: str, verdict: Verdict) -> None:
    assert verify(statement, [QUOTE]) is verdict


def test_a_statement_without_quotes_is_not_found() -> None:
    assert verify("NK cells kill.", []) is NOT_FOUND


@given(st.text(min_size=1).filter(str.strip), st.lists(st.text(), max_size=3))
def test_every_text_gets_a_verdict_and_marks_that_lie_inside_its_quotes(
    claim: str, quotes: list[str]
) -> None:
    judgement = judge(claim, quotes)
    assert set(judgement.deciding) <= set(range(len(quotes)))
    for quote, alignment in zip(quotes, judgement.alignments, strict=True):
        ends = [0, *(end for mark in alignment.marks for end in (mark.start, mark.end)), len(quote)]
        assert ends == sorted(ends)


def check(claim: str, quote: str, verdict: Verdict) -> None:
    judgement = judge(claim, [quote])
    assert judgement.verdict is verdict, judgement.reasons


class TestNumbers:
    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("In 2019 the trial enrolled one hundred adults.", "The trial enrolled 100 adults in 2019."),
            ("The half-life is 120 minutes.", "The half-life is 2 hours."),
            ("The treatment cost $1.2 million.", "The treatment cost $1,200,000."),
            ("The cohort included 1175 patients.", "The cohort included 1,175 patients."),
            ("Symptoms lasted 3 to 5 days.", "Symptoms lasted between three and five days."),
            ("Cells were given at 10^7 per kg.", "Cells were given at 10 million per kg."),
            ("Survival was 73%.", "8 of 11 patients survived: survival was high."),
            ("Half of the 20 mice died within two weeks.", "Ten of 20 mice (50%) died within 14 days."),
            ("At least 30 people attended.", "37 people attended."),
            ("Survival was 49% at one year.", "Survival was 48.6% at 12 months."),
            ("The reaction needs three and a half months.", "The reaction needs 3.5 months."),
        ],
    )
    def test_the_same_number_in_another_form_supports(self, claim: str, quote: str) -> None:
        check(claim, quote, SUPPORTED)

    @pytest.mark.parametrize(
        ("claim", "quote", "says"),
        [
            ("The trial enrolled 73 adults.", "The trial enrolled 37 adults.", "37 adults"),
            ("40 % of 10 patients relapsed.", "10 % of 40 patients relapsed.", "10 %"),
            ("The half-life is 2 days.", "The half-life is 2 hours.", "2 hours"),
            ("The dose was 5 mg/kg.", "The dose was 50 mg/kg.", "50 mg/kg"),
            ("More than 40 people attended.", "37 people attended.", "37 people"),
            ("Symptoms lasted 3 to 7 days.", "Symptoms lasted 3 to 5 days.", "3 to 5 days"),
            ("The drug was approved in June 2021.", "The drug was approved in July 2021.", "July"),
            ("Storage took at least 24 hours.", "Storage took at most 24 hours.", "at most 24 hours"),
        ],
    )
    def test_another_number_contradicts_and_both_are_named(self, claim: str, quote: str, says: str) -> None:
        judgement = judge(claim, [quote])
        assert judgement.verdict is CONTRADICTED
        assert f"The source says {says}, the claim " in judgement.reasons[0]
        assert any(quote[mark.start : mark.end] in says for mark in judgement.alignments[0].marks)

    def test_a_number_in_another_numbers_place_contradicts(self) -> None:
        quote = "Overall survival was 68% and progression-free survival was 32%."
        check("Overall survival was 68%.", quote, SUPPORTED)
        check("Progression-free survival was 68%.", quote, CONTRADICTED)

    def test_paired_numbers_belong_to_their_own_things(self) -> None:
        quote = "Sensitivity and specificity of the test were 81% and 94% in adults."
        check("The specificity of the test was 94% in adults.", quote, SUPPORTED)
        check("The specificity of the test was 81% in adults.", quote, CONTRADICTED)

    def test_a_number_that_the_source_does_not_give_is_partial(self) -> None:
        judgement = judge(
            "The 37 patients were treated in Berlin hospitals.",
            ["Patients were treated in Berlin hospitals."],
        )
        assert judgement.verdict is PARTIAL
        assert judgement.reasons == ("The source does not give 37 patients.",)

    def test_like_numbers_of_one_sentence_are_each_found_in_their_place(self) -> None:
        quote = "Progression-free survival in the trial (n = 12) was 7 weeks and median overall survival was 31 weeks."
        check(
            "Progression-free survival in the trial was seven weeks and median overall survival was 31 wk.",
            quote,
            SUPPORTED,
        )
        check(
            "Progression-free survival in the trial was 31 weeks and median overall survival was 7 weeks.",
            quote,
            CONTRADICTED,
        )

    def test_a_clause_taken_out_of_its_sentence_keeps_its_number(self) -> None:
        quote = "A response was reached by 42 of 128 people (33%) in the trial, and 33 of 128 were free of disease."
        check("A response was reached by 42 of 128 people in the trial.", quote, SUPPORTED)
        check("A response was reached by 33 of 128 people in the trial.", quote, CONTRADICTED)

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("The dose was 25 milligrams per square metre.", "The dose was 25 mg/m2."),
            ("The drug was kept at minus 80 degrees Celsius.", "The drug was kept at -80 °C."),
            ("The dose was 0.75 micrograms per millilitre.", "The dose was 0.75 µg/mL."),
            ("Levels rose three times within a day.", "Levels rose 3-fold within 24 h."),
            ("The rash healed in 10 per cent of patients.", "The rash healed in 10% of patients."),
            ("The vessel held 3 kilopascals.", "The vessel held 3,000 Pa."),
        ],
    )
    def test_a_unit_may_be_written_out(self, claim: str, quote: str) -> None:
        check(claim, quote, SUPPORTED)

    def test_digits_of_names_are_no_numbers(self) -> None:
        check("CD19 and IL-15 are on NK-92 cells.", "On NK-92 cells there are CD19 and IL-15.", SUPPORTED)


class TestDenials:
    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("Patients did not develop a rash.", "No rash developed in the patients."),
            ("The compound is not toxic to fish.", "The compound is non-toxic to fish."),
            ("Neither fever nor nausea was seen.", "It was tolerated without fever, rash or nausea."),
            ("The trial was free of severe infections.", "No severe infections occurred in the trial."),
            (
                "In the trial, no fever (38 °C), rash or nausea was seen.",
                "The trial was without fever (38 °C), rash or nausea being seen.",
            ),
        ],
    )
    def test_what_both_deny_is_supported(self, claim: str, quote: str) -> None:
        check(claim, quote, SUPPORTED)

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("Patients developed a rash.", "No rash developed in the patients."),
            ("The compound is toxic to fish.", "The compound is non-toxic to fish."),
            ("Nausea was seen with the drug.", "The drug was tolerated without fever, rash or nausea."),
            ("The test detected the virus.", "The test failed to detect the virus."),
            ("The virus was not detected in the samples.", "The virus was detected in the samples."),
        ],
    )
    def test_what_only_one_denies_is_contradicted(self, claim: str, quote: str) -> None:
        check(claim, quote, CONTRADICTED)

    def test_what_is_said_of_others_does_not_contradict_a_denial(self) -> None:
        quote = "Fever and rash are named as side effects of AB-12; for CD-34 the table knows of neither."
        assert verify("CD-34 does not cause fever as a side effect.", [quote]) is not CONTRADICTED
        assert verify("AB-12 does not cause fever as a side effect.", [quote]) is CONTRADICTED

    def test_a_denial_of_another_thing_does_not_matter(self) -> None:
        check(
            "Fever was seen in 5% of patients.", "Fever was seen in 5% of patients, but no rash.", SUPPORTED
        )

    def test_not_more_than_denies_nothing(self) -> None:
        check("The rash lasted at most 15 days.", "The rash did not last beyond 15 days.", SUPPORTED)


class TestDirections:
    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("IL-6 levels increased after infusion.", "IL-6 levels decreased after infusion."),
            ("The vaccine was given after surgery.", "The vaccine was given before surgery."),
            ("The protein inhibits growth.", "The protein activates growth."),
            ("Resistance to the drug is rare.", "Resistance to the drug is common."),
            ("Drug A is safer than drug B.", "Drug B is safer than drug A."),
            (
                "Growth was faster in warm water than in cold water.",
                "Growth was faster in cold water than in warm water.",
            ),
        ],
    )
    def test_the_opposite_contradicts(self, claim: str, quote: str) -> None:
        check(claim, quote, CONTRADICTED)

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("Drug A is safer than drug B.", "Drug B is less safe than drug A."),
            ("The salt raises blood pressure.", "The salt increases blood pressure."),
            (
                "By balancing activating and inhibitory signals, the gland works.",
                "The gland works by balancing activating and inhibitory signals.",
            ),
            (
                "The drug raises A levels and lowers B levels.",
                "The drug lowers B levels and raises A levels.",
            ),
        ],
    )
    def test_the_same_said_the_other_way_round_is_supported(self, claim: str, quote: str) -> None:
        check(claim, quote, SUPPORTED)


class TestNames:
    def test_another_name_of_the_family_contradicts(self) -> None:
        judgement = judge("Mutations in BRCA1 raise cancer risk.", ["Mutations in BRCA2 raise cancer risk."])
        assert judgement.verdict is CONTRADICTED
        assert judgement.reasons == ("The source speaks of BRCA2, the claim of BRCA1.",)

    def test_an_abbreviation_stands_for_its_long_form(self) -> None:
        quote = "Cytokine release syndrome was frequent in children."
        check("Cytokine release syndrome (CRS) was frequent; CRS came early in children.", quote, PARTIAL)
        check("CRS was frequent in children.", quote, SUPPORTED)

    def test_a_claim_about_another_subject_is_not_contradicted(self) -> None:
        check(
            "NKX101 was given to 50 patients with leukaemia.",
            "FT596 was given to 37 patients with leukaemia.",
            NOT_FOUND,
        )

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            (
                "Frozen T cells of healthy donors killed slowly.",
                "Frozen NK cells of healthy donors killed slowly.",
            ),
            (
                "Both strains were found in VERO cells of monkeys.",
                "Both strains were found in HELA cells of monkeys.",
            ),
        ],
    )
    def test_another_code_in_the_same_place_contradicts(self, claim: str, quote: str) -> None:
        check(claim, quote, CONTRADICTED)

    @pytest.mark.parametrize(
        ("claim", "quote", "word"),
        [
            (
                "The drug slowed measles in most children.",
                "The drug slowed mumps in most children.",
                "measles",
            ),
            ("Ten sheep were kept on a farm near Oslo.", "Ten goats were kept on a farm near Oslo.", "sheep"),
        ],
    )
    def test_another_thing_in_the_same_place_is_not_supported(
        self, claim: str, quote: str, word: str
    ) -> None:
        judgement = judge(claim, [quote])
        assert judgement.verdict is PARTIAL
        assert word in judgement.reasons[0]

    def test_things_named_in_another_order_are_the_same(self) -> None:
        check("Goats and sheep were kept near Oslo.", "Sheep and goats were kept near Oslo.", SUPPORTED)

    def test_a_quote_about_another_thing_is_no_part_of_the_claim(self) -> None:
        check(
            "The vaccine lowers the risk of tetanus and rabies.",
            "The vaccine may lower the risk of measles and mumps.",
            NOT_FOUND,
        )

    @pytest.mark.parametrize("said", ["Smith and colleagues", "Smith and his team", "Smith's group"])
    def test_authors_may_be_named_otherwise(self, said: str) -> None:
        check(
            f"The drug was tested in mice by {said}.",
            "The drug was tested in mice by Smith et al. (2020).",
            SUPPORTED,
        )

    def test_plain_words_say_the_same(self) -> None:
        check("Smoking leads to cough in old dogs.", "Smoking results in cough in old dogs.", SUPPORTED)


class TestReach:
    @pytest.mark.parametrize(
        ("claim", "quote", "word"),
        [
            ("Aspirin reduces the risk of stroke.", "Aspirin may reduce the risk of stroke.", "may"),
            ("All patients improved with the drug.", "Some patients improved with the drug.", "some"),
            ("The drug causes seizures.", "The drug rarely causes seizures.", "rarely"),
            ("The drug never causes seizures.", "No seizures were caused by the drug.", "never"),
            ("The test always finds the virus.", "The test found the virus.", "always"),
        ],
    )
    def test_a_claim_that_goes_further_than_its_source_is_partial(
        self, claim: str, quote: str, word: str
    ) -> None:
        judgement = judge(claim, [quote])
        assert judgement.verdict is PARTIAL
        assert f"“{word}”" in judgement.reasons[0]

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("The drug never causes seizures.", "Seizures were never caused by the drug."),
            ("The test always finds the virus.", "In such samples the test always finds the virus."),
        ],
    )
    def test_what_holds_for_all_time_in_both_is_supported(self, claim: str, quote: str) -> None:
        check(claim, quote, SUPPORTED)

    def test_words_torn_from_a_denial_are_not_supported(self) -> None:
        assert verify(
            "Seizures were seen in 5 patients.", ["It is not true that seizures were seen in 5 patients."]
        ) is not (SUPPORTED)


class TestSeveralQuotes:
    FIRST = "The vaccine was given to 120 adults in Norway."
    SECOND = "No fever was recorded after the second injection."

    def test_each_part_may_rest_on_a_quote_of_its_own(self) -> None:
        claim = "The vaccine was given to 120 adults in Norway, and no fever was recorded after the second injection."
        judgement = judge(claim, [self.SECOND, self.FIRST])
        assert judgement.verdict is SUPPORTED
        assert set(judgement.deciding) == {0, 1}

    def test_a_part_that_is_contradicted_contradicts_the_whole(self) -> None:
        claim = "The vaccine was given to 210 adults in Norway, and no fever was recorded after the second injection."
        assert verify(claim, [self.SECOND, self.FIRST]) is CONTRADICTED


class TestWhatACallerKnows:
    def test_similar_meaning_helps_a_paraphrase_and_never_a_wrong_number(self) -> None:
        quote = "Eighteen lupus sufferers were taken in."
        alike = Evidence(quote, similarity=0.85)
        assert judge("The study on lupus enrolled 81 sufferers.", [alike]).verdict is not SUPPORTED
        unlike = Evidence(quote, similarity=0.1)
        assert judge("Eighteen lupus sufferers were taken in by somebody.", [unlike]).verdict is NOT_FOUND

    def test_a_title_names_what_a_sentence_speaks_of(self) -> None:
        claim, quote = "FT596 cells persisted for 15 days.", "The cells persisted for 15 days."
        assert judge(claim, [quote]).verdict is not SUPPORTED
        assert judge(claim, [Evidence(quote, context="A trial of FT596")]).verdict is SUPPORTED

    def test_given_abbreviations_are_understood(self) -> None:
        claim, quote = "CRS was frequent in adults.", "Cytokine release syndrome was frequent in adults."
        long = {"CRS": ["cytokine release syndrome"]}
        assert judge(claim, [quote], synonyms=long).verdict is SUPPORTED
