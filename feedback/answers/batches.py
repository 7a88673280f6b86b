"""How many answers may enter the figures at once, so that nobody can tell what one person said. Pure."""


def may_enter(*, waiting: int, shown: int, asked: int, closed: bool, fewest: int) -> int:
    """How many of those that wait are shown now: at least `fewest` together, or none.

    While others may still answer, `fewest` stay behind wherever they can, so that whoever comes last is never alone
    with the rest when the form closes. Where so few were asked that a rest could not be told from one person, all wait
    for all.

    >>> open_to_twelve = {"asked": 12, "closed": False, "fewest": 5}
    >>> [may_enter(waiting=n, shown=0, **open_to_twelve) for n in (4, 5, 9, 10, 12)]
    [0, 5, 9, 5, 12]
    >>> [may_enter(waiting=n, shown=5, **open_to_twelve) for n in (1, 5, 7)]
    [0, 0, 7]
    >>> may_enter(waiting=8, shown=0, asked=9, closed=False, fewest=5)
    0
    >>> may_enter(waiting=5, shown=0, asked=10, closed=False, fewest=5)
    5
    >>> [may_enter(waiting=n, shown=5, asked=30, closed=True, fewest=5) for n in (1, 4, 5)]
    [0, 0, 5]
    """
    if closed or shown + waiting >= asked:
        return waiting if waiting >= fewest else 0
    if waiting >= 2 * fewest:
        return waiting - fewest
    return waiting if not shown and waiting >= fewest and asked >= 2 * fewest else 0


def in_fives(count: int, fewest: int) -> int:
    """A count of people that moves by `fewest` at a time, for what is counted as it comes.

    >>> [in_fives(n, 5) for n in (0, 4, 5, 9, 12)]
    [0, 0, 5, 5, 10]
    """
    return count - count % fewest
