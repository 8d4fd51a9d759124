"""A sentence that says more than its evidence is not shown as supported, though all its words are the evidence's."""

from __future__ import annotations

import pytest

from assistant.answer import Verdict
from assistant.composing.generative.holding import support
from assistant.composing.generative.overstating import overstated
from assistant.verification import Evidence
from tests.assistant.composing.evidences import evidence


def verdict(said: str, *quotes: str, title: str = "") -> Verdict | None:
    """Give as what a sentence stands; None if it does not."""
    found = support(said, [evidence(text, f"d{n}", title=title) for n, text in enumerate(quotes)])
    return found.verdict if found.stands else None


# Each is asked, planned, supposed or advised by its source, and would be said outright.
@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("Did AB12 cure the patients?", "AB12 cured the patients."),
        ("Whether AB12 cells persist for years is unknown.", "AB12 cells persist for years."),
        ("We aimed to test whether AB12 reduces tumour burden.", "AB12 reduces tumour burden."),
        ("It remains unclear if AB12 lowers mortality in sepsis.", "AB12 lowers mortality in sepsis."),
        ("No study has tested whether AB12 lowers mortality.", "AB12 lowers mortality."),
        ("Trials are needed to establish that AB12 lowers mortality.", "AB12 lowers mortality."),
        ("The trial failed to show that AB12 is effective against malaria.", "AB12 is effective against malaria."),
        ("Rat data raise the possibility that AB12 reduces dementia.", "AB12 reduces dementia."),
        ("If AB12 persisted longer, relapse would be rarer.", "AB12 persists longer and relapse is rarer."),
    ],
)  # fmt: skip
def test_what_a_source_leaves_open_does_not_stand(quote: str, said: str) -> None:
    assert verdict(said, quote) is None


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("AB12 could become a standard therapy.", "AB12 is a standard therapy."),
        ("In the model, vaccination of 80% would avert 1000 deaths.", "Vaccination of 80% averted 1000 deaths."),
        ("The trial will enrol 40 patients with lupus.", "The trial enrolled 40 patients with lupus."),
        ("The manufacturer says that the device is safe.", "The device is safe."),
        ("AB12 is effective only in combination with surgery.", "AB12 is effective."),
        ("Unless treated early, the disease is fatal.", "The disease is fatal."),
        ("AB12 reduced tumour growth in mice.", "AB12 reduced tumour growth."),
        ("Among smokers, AB12 raised the risk of lung cancer.", "AB12 raised the risk of lung cancer."),
        ("AB12 raised the risk of lung cancer in smokers.", "AB12 raised the risk of lung cancer."),
        ("In patients older than 65 years, AB12 reduced mortality.", "AB12 reduced mortality."),
        ("Of the responders, 40% relapsed.", "40% of patients relapsed."),
        ("The median survival was 14 months.", "Patients survived for 14 months."),
        ("Cells persisted for up to 12 months.", "Cells persisted for 12 months."),
        ("Fewer than 5% of patients had fever.", "5% of patients had fever."),
        ("Nearly 40% of patients responded.", "More than 40% of patients responded."),
        ("The dose was 10 mg per kg.", "The dose was 10 mg."),
        ("Persistence was associated with response.", "Persistence caused response."),
        ("Fever was seen after infusion.", "Infusion causes fever."),
        ("Several patients had fever.", "Most patients had fever."),
        ("Fever was seen in patients given AB12.", "Severe fever was seen in patients given AB12."),
        ("AB12 was safe in 37 patients with lupus.", "AB12 was safe in 37 patients with lupus and cured them."),
        ("AB12 was safe in 37 patients.", "AB12 was safe and effective in 37 patients."),
        ("AB12 is used for gout.", "AB12 is approved for gout."),
        ("No severe fever was seen.", "No fever was seen."),
        ("No grade 3 or higher fever was seen in the trial.", "No fever was seen in the trial."),
        ("No treatment-related deaths occurred.", "No deaths occurred."),
    ],
)  # fmt: skip
def test_what_says_more_than_its_source_is_not_supported(quote: str, said: str) -> None:
    assert verdict(said, quote) in {Verdict.PARTIAL, None}


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("In mice, AB12 reduced tumour growth.", "In patients, AB12 reduced tumour growth."),
        ("AB12 killed leukaemia cells in vitro.", "AB12 killed leukaemia cells in patients."),
        ("The median survival was 14 months.", "The mean survival was 14 months."),
        ("Mortality fell by 30%.", "Mortality fell to 30%."),
        ("Fever resolved within 2 days.", "Fever resolved after 2 days."),
        ("AB12 was as effective as CD34.", "AB12 was more effective than CD34."),
        ("Not all patients responded.", "No patients responded."),
    ],
)
def test_what_its_source_says_otherwise_does_not_stand(quote: str, said: str) -> None:
    assert verdict(said, quote) is None


TRIAL = (
    "In the trial, 30 of 37 patients with relapsed lymphoma responded to a single infusion of AB12 cells after "
    "chemotherapy, and no neurotoxicity was seen."
)


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("responded to", "died of"),
        ("responded", "progressed"),
        ("relapsed", "untreated"),
        ("relapsed", "aggressive"),
        ("patients", "women"),
        ("patients", "volunteers"),
        ("a single infusion", "repeated infusions"),
        ("lymphoma", "leukaemia"),
    ],
)
def test_another_word_in_the_place_of_the_sources_is_not_supported(own: str, others: str) -> None:
    assert verdict(TRIAL, TRIAL) is Verdict.SUPPORTED
    assert verdict(TRIAL.replace(own, others, 1), TRIAL) is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "tail",
    [" and stayed in remission", " orally", ", which is unprecedented", " immediately", " and were cured"],
)
def test_a_made_up_end_of_a_true_sentence_is_not_supported(tail: str) -> None:
    assert verdict(TRIAL.replace(", and no neurotoxicity was seen", tail), TRIAL) is not Verdict.SUPPORTED


def test_the_reader_is_told_which_word_is_another() -> None:
    found = support(TRIAL.replace("responded", "progressed"), [evidence(TRIAL)])
    assert found.reasons == ("The source says “responded”, the sentence “progressed”.",)


RECEPTOR = "AB12 cells lack a T-cell receptor."
DISEASE = "AB12 cells did not cause graft-versus-host disease."


@pytest.mark.parametrize(
    "said",
    [
        "AB12 cells did not cause graft-versus-host disease because AB12 cells lack a T-cell receptor.",
        "AB12 cells lack a T-cell receptor, so AB12 cells did not cause graft-versus-host disease.",
        "AB12 cells lack a T-cell receptor and therefore did not cause graft-versus-host disease.",
        "Although AB12 cells lack a T-cell receptor, AB12 cells did not cause graft-versus-host disease.",
        "AB12 cells lack a T-cell receptor, suggesting that AB12 cells did not cause graft-versus-host disease.",
    ],
)
def test_two_sources_do_not_say_that_one_thing_comes_of_another(said: str) -> None:
    assert verdict(said, RECEPTOR, DISEASE) is not Verdict.SUPPORTED


def test_two_sources_say_both_things() -> None:
    said = "AB12 cells lack a T-cell receptor, and AB12 cells did not cause graft-versus-host disease."
    assert verdict(said, RECEPTOR, DISEASE) is Verdict.SUPPORTED


def test_a_part_that_its_source_leaves_open_does_not_stand_beside_another() -> None:
    said = "No death was seen in the trial of CD34, and AB12 cells persist for years."
    open_ = "Whether AB12 cells persist for years is unknown."
    assert verdict(said, "No death was seen in the trial of CD34.", open_) is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("AB12 was given to 20 patients.", "AB12 prolongs survival of adults with lupus."),
        ("The authors declare no conflict of interest.", "AB12 prolongs survival of adults with lupus."),
        ("AB12 was given to 20 patients with lupus.", "AB12 prolongs survival of adults with lupus."),
    ],
)
def test_what_only_the_title_says_is_not_cited_to_a_sentence(quote: str, said: str) -> None:
    assert verdict(said, quote, title="AB12 prolongs survival of adults with lupus") is None


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("AB12 lowered mortality by 20% in adults with sepsis.", "In adults with sepsis, AB12 cut mortality by 20%."),
        ("The median survival was 14 months with AB12.", "With AB12, median survival reached 14 months."),
        ("Up to 30% of patients had nausea.", "As many as 30% of patients had nausea."),
        ("At least 30% of patients had nausea.", "No fewer than 30% of patients had nausea."),
        ("In mice, AB12 slowed tumour growth.", "AB12 slowed the growth of tumours in animals."),
        ("Severe fever was not observed.", "There was no severe fever."),
        ("High ferritin was associated with death.", "Death was linked to high ferritin."),
        ("AB12 lowered pain because it blocks COX-2.", "AB12 lowered pain by blocking COX-2."),
        ("AB12 blocks COX-2, which lowers pain.", "AB12 lowers pain because it blocks COX-2."),
        ("Complete remission was achieved in 7 of 10 patients.", "Seven of 10 patients had a complete remission."),
        ("AB12 will be tested in 300 patients.", "AB12 is going to be tested in 300 patients."),
        ("AB12 was significantly better than placebo.", "AB12 was better than placebo."),
        ("The dose was 10 mg per kg.", "Patients received a dose of 10 mg/kg."),
        ("Fever was seen in 5 of 20 patients (25%).", "A quarter of patients had fever."),
        ("AB12 did not significantly reduce pain.", "AB12 did not reduce pain."),
        ("Some patients with lymphoma relapsed.", "Patients with lymphoma relapsed."),
    ],
)  # fmt: skip
def test_what_says_no_more_than_its_source_is_supported(quote: str, said: str) -> None:
    assert verdict(said, quote) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("It is not known whether AB12 lowers the risk.", "Whether AB12 lowers the risk is unknown."),
        ("Patients should be monitored for fever.", "Monitoring of patients for fever is recommended."),
        ("AB12 was as effective as CD34.", "AB12 and CD34 were equally effective."),
        ("The median survival was 14 months.", "Half of the patients survived 14 months."),
        ("The label asks for at least two weeks.", "Patients have to be watched for no less than two weeks."),
        ("CRS was grade 3 or higher in 5%.", "CRS was severe, at grade 3 and up, in 5%."),
    ],
)
def test_the_same_in_other_words_says_no_more(quote: str, said: str) -> None:
    assert not overstated(said, [Evidence(quote)])


def test_what_stands_word_for_word_says_no_more() -> None:
    text = "Whether AB12 cells persist in mice for up to 12 months is unknown."
    assert not overstated(text, [Evidence(text)])


def test_the_reader_is_told_what_the_source_says() -> None:
    found = support("No fever was seen.", [evidence("No severe fever was seen.")])
    assert found.reasons == ("The source denies only “severe fever”.",)


def test_of_two_sources_the_one_that_says_as_much_is_cited() -> None:
    mice, people = (
        evidence("In mice, AB12 reduced tumour growth.", "m"),
        evidence("AB12 reduced tumour growth.", "p"),
    )
    found = support("AB12 reduced tumour growth.", [mice, people])
    assert (found.verdict, found.evidence) == (Verdict.SUPPORTED, (people,))
