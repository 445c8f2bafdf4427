"""The judge of `./run crash --network` finds what it is there for."""

from bot.simulator.people import Person
from bot.simulator.world import World
from storage import Storage
from tests.crash.network import ADMIN, TAKEN_UP_WITHIN, NetworkOutcome, Room, channel_of


async def test_what_is_lost_doubled_or_anothers_is_found() -> None:
    world = World()
    first, second = channel_of(world, "first"), channel_of(world, "second")
    storage = await Storage.open("sqlite://")
    room = Room(name="room0", world=world, storage=storage, channels=[first, second])
    room.asked = {"«room0 1»": first, "«room0 2»": first, "«room0 3»": second, "«room0 4»": second}
    person = Person(world, ADMIN)
    for words, channel in (
        ("خبر «room0 1» رسید", first),
        ("خبر «room0 2» رسید", first),
        ("خبر «room0 2» رسید", first),
        ("خبر «room0 4» رسید", first),
        ("سطری از کسی", second),
        ("خبر «room1 1» رسید", second),
    ):
        person.send(words, channel)
    outcome = NetworkOutcome()
    room.judge(outcome)
    await storage.close()

    assert (outcome.posts, outcome.lost) == (4, ["«room0 3»", "«room0 4»"])
    assert (outcome.doubled, outcome.strange) == (["«room0 2»"], ["«room0 4»", "«room1 1»"])
    assert not outcome.clean


def test_a_newsroom_that_was_away_too_long_is_a_fault() -> None:
    assert NetworkOutcome(away=[1.0, TAKEN_UP_WITHIN]).clean
    assert not NetworkOutcome(away=[TAKEN_UP_WITHIN + 1]).clean
