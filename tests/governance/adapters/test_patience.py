from time import perf_counter

from governance.adapters.patience import wait_a_little


def test_a_wait_is_short_however_many_came_before() -> None:
    begun = perf_counter()

    wait_a_little(0)
    wait_a_little(50)

    assert perf_counter() - begun < 5
