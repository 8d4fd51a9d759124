"""How numbers are read: values, units, what is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.text.quantities import quantities
from assistant.verification.text.quantity import Bound


@pytest.mark.parametrize(
    ("text", "dimension", "low", "high"),
    [
        ("24 hours", "time", 1, 1),
        ("two weeks", "time", 14, 14),
        ("7 to 37 weeks", "time", 49, 259),
        ("8 × 10^7 cells", "count", 8e7, 8e7),
        ("10⁷ cells", "count", 1e7, 1e7),
        ("1.5 billion cells", "count", 1.5e9, 1.5e9),
        ("$637 K", "USD", 637_000, 637_000),
        ("25 mg/m2", "mass/length^2", 0.025, 0.025),
        ("grade 3 or 4", "grade", 3, 4),
        ("eighty-six people", "count", 86, 86),
        ("1 000 rats", "count", 1000, 1000),
        ("24-fold", "times", 24, 24),
    ],
)
def test_a_quantity_is_read_in_base_units(text: str, dimension: str, low: float, high: float) -> None:
    (quantity,) = quantities(text)
    assert quantity.dimension == dimension
    assert (quantity.low, quantity.high) == pytest.approx((low, high), rel=1e-4)


@pytest.mark.parametrize("name", ["CD19", "IL-15", "NK-92/5.28.z", "4-1BB", "2B4", "COVID-19", "the 3rd day"])
def test_a_digit_in_a_name_is_no_number(name: str) -> None:
    assert quantities(f"It binds {name} well.") == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 5 days", Bound.AT_LEAST),
        ("grade 3 or higher", Bound.AT_LEAST),
        ("no longer than 5 days", Bound.AT_MOST),
        ("< 5 days", Bound.AT_MOST),
        ("about 5 days", Bound.ABOUT),
        ("5 days", Bound.EXACT),
    ],
)
def test_limits_are_read(text: str, bound: Bound) -> None:
    assert quantities(f"It took {text}.")[0].bound is bound


def test_a_ratio_is_two_counts_and_a_percentage() -> None:
    part, share, whole = quantities("8 of 11 patients")
    assert (part.low, whole.low, round(share.low, 1), share.derived) == (8, 11, 72.7, True)


@given(st.integers(min_value=0, max_value=10**9))
def test_any_whole_number_is_read_with_and_without_separators(value: int) -> None:
    for written in (str(value), f"{value:,}"):
        assert quantities(f"There were {written} rats.")[0].low == value


@given(st.text())
def test_quantities_lie_inside_their_text(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
