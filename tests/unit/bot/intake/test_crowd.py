"""Who may wait stands back for a crowd at the door, and for nobody else."""

from contextlib import ExitStack

from bot.intake.crowd import CROWD, WHILE, Crowd


class Watch:
    """Shows seconds as it is put."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_few_who_come_together_are_no_crowd() -> None:
    crowd = Crowd(now=Watch())
    with ExitStack() as inside:
        for _ in range(CROWD - 1):
            inside.enter_context(crowd.served())
        assert not crowd.is_there
    assert not crowd.is_there


def test_many_one_after_another_are_none_either() -> None:
    watch = Watch()
    crowd = Crowd(now=watch)
    for _ in range(10 * CROWD):
        with crowd.served():
            watch.seconds += WHILE / (CROWD - 2)
        assert not crowd.is_there


def test_many_within_a_while_are_a_crowd_until_it_is_over() -> None:
    watch = Watch()
    crowd = Crowd(now=watch)
    for _ in range(CROWD):
        with crowd.served():
            watch.seconds += WHILE / CROWD / 2
    assert crowd.is_there
    watch.seconds += WHILE
    assert not crowd.is_there


def test_a_crowd_inside_is_there_however_long_it_takes() -> None:
    watch = Watch()
    crowd = Crowd(now=watch)
    with ExitStack() as inside:
        for _ in range(CROWD):
            inside.enter_context(crowd.served())
        watch.seconds += 100 * WHILE
        assert crowd.is_there
    assert not crowd.is_there
