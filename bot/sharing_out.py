"""How many newsrooms each process carries: evenly, as far as its capacity goes. Values in, values out."""

from collections.abc import Mapping


def shares(carried: Mapping[str, int], capacities: Mapping[str, int], total: int) -> dict[str, int]:
    """How many of `total` newsrooms each process shall have.

    No two differ by more than one, unless the smaller has reached its capacity; where one has to have one
    more, it is one that has more already, so that as few as possible move.

    Args:
        carried: how many each has now; who has none need not stand there.
        capacities: of every process that lives, by its id.
        total: what there is to be carried.
    """
    found = dict.fromkeys(capacities, 0)
    first = sorted(capacities, key=lambda id: (-carried.get(id, 0), id))
    left = total
    while left > 0 and (open_ := [id for id in first if found[id] < capacities[id]]):
        least = min(found[id] for id in open_)
        lowest = [id for id in open_ if found[id] == least]
        # As many rounds at once as all of the lowest can go without passing a capacity or another's level.
        next_level = min([found[id] for id in open_ if found[id] > least] + [capacities[id] for id in lowest])
        rounds = min(next_level - least, left // len(lowest))
        if rounds:
            for id in lowest:
                found[id] += rounds
            left -= rounds * len(lowest)
        else:
            for id in lowest[:left]:
                found[id] += 1
            left -= min(left, len(lowest))
    return found
