"""What requests cost: prices, the ledger that processes share, the guard of a day, the budget of an answer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.budget import Budget
from assistant.models.errors import SpendingError
from assistant.models.spending import Spending, Spent
from assistant.models.usage import Price, Usage
from corpus.errors import SettingsError
from corpus.settings import Settings

ROOT = Path(__file__).parents[3]
PRICE = Price(1.0, 10.0)
COUNTS = st.integers(min_value=0, max_value=10**7)
USAGES = st.builds(Usage, COUNTS, COUNTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "spending.sqlite"


@pytest.mark.parametrize(
    ("text", "price"), [("0.25:2", Price(0.25, 2)), (" 3:15 ", Price(3, 15)), (".1:0", Price(0.1, 0))]
)
def test_a_price_is_read(text: str, price: Price) -> None:
    assert Price.parse(text) == price


@pytest.mark.parametrize("text", ["", "2", "2:", ":2", "-1:2", "1:2:3", "1,5:2", "$1:$2", "nan:1", "inf:1"])
def test_what_is_no_price_is_told_with_its_form(text: str) -> None:
    with pytest.raises(SettingsError, match=r"not of the form IN:OUT, as in LOCCIT_LLM_PRICE=0\.25:2"):
        Price.parse(text)


def test_a_price_is_of_a_million_tokens() -> None:
    assert PRICE.of(Usage(2_000_000, 500_000)) == pytest.approx(7)


@given(USAGES, USAGES)
def test_usages_add(one: Usage, other: Usage) -> None:
    assert (one + other).tokens == one.tokens + other.tokens
    assert PRICE.of(one + other) == pytest.approx(PRICE.of(one) + PRICE.of(other))


def test_an_estimate_in_a_sum_makes_it_one() -> None:
    assert (Usage(1, 1) + Usage(1, 1, is_estimated=True)).is_estimated


def test_nothing_is_written_before_the_first_request(path: Path) -> None:
    assert Spending(path, PRICE).today() == Spent(0, 0, 0, 0.0)
    assert not path.exists()


def test_a_request_is_entered_and_corrected(path: Path) -> None:
    spending = Spending(path, PRICE)
    reservation = spending.reserve("openai:m", Usage(1_000, 500))
    assert spending.today() == Spent(1, 1_000, 500, PRICE.of(Usage(1_000, 500)))
    spending.settle(reservation, Usage(800, 100))
    corrected = spending.today()
    assert corrected.cost == pytest.approx(PRICE.of(Usage(800, 100)))
    assert (corrected.requests, corrected.prompt_tokens, corrected.completion_tokens) == (1, 800, 100)


def test_a_request_that_used_nothing_was_none(path: Path) -> None:
    spending = Spending(path, PRICE)
    spending.settle(spending.reserve("openai:m", Usage(1_000, 500)), Usage())
    assert spending.today() == Spent(0, 0, 0, 0.0)


def test_without_a_price_tokens_are_entered(path: Path) -> None:
    spending = Spending(path)
    spending.settle(spending.reserve("openai:m", Usage(9, 9)), Usage(5, 2))
    assert spending.today() == Spent(1, 5, 2, 0.0)


def test_the_guard_lets_nothing_through_that_could_exceed_the_day(path: Path) -> None:
    spending = Spending(path, PRICE, most_per_day=0.01)
    first = spending.reserve("openai:m", Usage(0, 900))
    with pytest.raises(
        SpendingError, match=r"spending limit of 0\.01 is reached: 0\.009 is spent.*midnight UTC"
    ):
        spending.reserve("openai:m", Usage(0, 200))
    spending.settle(first, Usage(0, 100))
    spending.reserve("anthropic:other", Usage(0, 900))
    with pytest.raises(SpendingError):
        spending.reserve("anthropic:other", Usage(0, 1))


def test_what_a_dead_process_set_aside_stays_spent(path: Path) -> None:
    Spending(path, PRICE).reserve("openai:m", Usage(0, 1_000))
    assert Spending(path, PRICE).today().cost == pytest.approx(0.01)


def test_another_day_begins_at_nothing(path: Path) -> None:
    spending = Spending(path, PRICE, most_per_day=0.01)
    spending.reserve("openai:m", Usage(0, 1_000))
    with sqlite3.connect(path) as ledger:
        ledger.execute("update spending set day = '2001-01-01'")
    ledger.close()
    assert spending.today().requests == 0
    spending.reserve("openai:m", Usage(0, 1_000))


def test_threads_share_the_guard(path: Path) -> None:
    spending = Spending(path, PRICE, most_per_day=0.1)

    def ask(_: int) -> bool:
        try:
            spending.reserve("openai:m", Usage(0, 1_000))
        except SpendingError:
            return False
        return True

    with ThreadPoolExecutor(8) as readers:
        assert sum(readers.map(ask, range(24))) == 10


def test_processes_share_the_guard(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from assistant.models.errors import SpendingError\n"
        "from assistant.models.spending import Spending\n"
        "from assistant.models.usage import Price, Usage\n"
        "spending, through = Spending(Path(sys.argv[1]), Price(1, 10), 0.1), 0\n"
        "for _ in range(8):\n"
        "    try: spending.reserve('openai:m', Usage(0, 1000)); through += 1\n"
        "    except SpendingError: pass\n"
        "print(through)"
    )
    command = [sys.executable, "-c", program, str(path)]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sum(int(process.communicate()[0]) for process in processes) == 10


def test_a_ledger_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for bad in (tmp_path / "file" / "spending.sqlite", tmp_path):
        with pytest.raises(SpendingError, match="Set LOCCIT_SPENDING to a file that can be written"):
            Spending(bad).reserve("openai:m", Usage(1, 1))


def test_what_is_no_ledger_is_told_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("notes of a reader, of some length, which are no ledger at all")
    with pytest.raises(SpendingError, match="cannot be used"):
        Spending(path).reserve("openai:m", Usage(1, 1))
    assert path.read_text().startswith("notes of a reader")


def test_a_limit_without_a_price_is_refused_with_that_advice() -> None:
    with pytest.raises(SettingsError, match="set LOCCIT_LLM_PRICE to IN:OUT"):
        Spending.of(Settings(max_cost_per_day=1))


def test_a_ledger_is_made_of_settings(path: Path) -> None:
    spending = Spending.of(Settings(max_cost_per_day=1, llm_price="1:10", spending=path))
    assert (spending.price, spending.most_per_day) == (PRICE, 1)


def test_a_budget_cuts_an_answer_to_what_is_left() -> None:
    budget = Budget(1_000)
    assert budget.reserve(prompt=300, longest=400) == 400
    assert budget.reserve(prompt=100, longest=400) == 200
    with pytest.raises(SpendingError, match=r"limit of 1000 tokens is reached: 0 are left.*needs 50"):
        budget.reserve(prompt=50, longest=400)


def test_a_budget_gets_back_what_was_not_used() -> None:
    budget = Budget(1_000)
    longest = budget.reserve(prompt=300, longest=600)
    budget.charge(300, longest, Usage(250, 50))
    assert budget.used == Usage(250, 50)
    assert budget.reserve(prompt=100, longest=900) == 600


def test_too_little_for_a_sentence_is_nothing() -> None:
    with pytest.raises(SpendingError):
        Budget(105).reserve(prompt=100, longest=400)
    assert Budget(105).reserve(prompt=100, longest=3) == 3


def test_without_a_limit_a_budget_only_counts() -> None:
    budget = Budget()
    assert budget.reserve(prompt=10**9, longest=10**6) == 10**6
    budget.charge(10**9, 10**6, Usage(7, 3))
    assert budget.used.tokens == 10


@given(st.integers(1, 5_000), st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900), st.floats(0, 1))))
def test_a_budget_is_never_exceeded(most: int, requests: list[tuple[int, int, float]]) -> None:
    budget = Budget(most)
    for prompt, longest, share in requests:
        try:
            allowed = budget.reserve(prompt, longest)
        except SpendingError:
            continue
        assert 1 <= allowed <= longest
        budget.charge(prompt, allowed, Usage(prompt, round(allowed * share)))
    assert budget.used.tokens <= most
