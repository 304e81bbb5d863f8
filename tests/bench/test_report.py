import math

from bench.report import Figure, mean


def test_a_record_without_a_value_is_left_out_of_the_mean() -> None:
    assert mean("toy/share", [True, None, 0.5]) == Figure("toy/share", 0.75, 2)


def test_a_mean_over_no_records_says_so() -> None:
    figure = mean("toy/share", [None])
    assert math.isnan(figure.value)
    assert figure.n == 0
