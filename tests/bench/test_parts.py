import pytest

from bench import parts


def test_every_part_is_in_one_group() -> None:
    grouped = [name for group in parts.GROUPS.values() for name in group]
    assert sorted(grouped) == sorted(parts.PARTS)


def test_a_group_and_one_of_its_parts_are_measured_once() -> None:
    chosen = parts.chosen(["multinews_aligned", "verdicts"])
    assert list(chosen) == ["multinews_aligned", "support", "attribution_bench", "wice"]


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(parts.UnknownPart, match=r"no part is named “karaoke”; choose from .*evotemp.*verdicts"):
        parts.chosen(["evotemp", "karaoke"])
