"""A timetable in the making: a move's cost is found from the sessions beside it alone."""

from .grid import Grid, Slot
from .problem import Place, Timetable


class State:
    """Where each session stands, and who stands at each candidate start."""

    def __init__(self, grid: Grid) -> None:
        weights = grid.problem.weights
        self.grid = grid
        self.parallel_cost = weights.track_parallel
        self.rooms_cost = weights.track_rooms
        self.days_cost = weights.speaker_days
        count = len(grid.problem.sessions)
        self.slot: list[Slot | None] = [None] * count
        self.room = [-1] * count
        self.live = [0] * len(grid.points)
        self.busy = list(grid.closed)
        self.taken = [0] * len(grid.problem.speakers)
        self.in_room = [0] * len(grid.problem.rooms)
        # Of each track and day, and of each speaker: how many sessions in a room, on a day.
        self.track_rooms: dict[tuple[int, int], dict[int, int]] = {}
        self.speaker_days: list[dict[int, int]] = [{} for _ in grid.problem.speakers]
        self.cost = 0

    def place(self, session: int, slot: Slot, room: int) -> None:
        """Trusts that `allows` was asked."""
        self.cost += self.time_cost(session, slot) + self.room_cost(session, slot.day, room)
        grid, bit = self.grid, 1 << session
        self.slot[session], self.room[session] = slot, room
        for point in slot.points:
            self.live[point] |= bit
        self.busy[room] |= slot.mask
        self.in_room[room] |= bit
        for speaker in grid.speakers[session]:
            self.taken[speaker] |= slot.mask
            days = self.speaker_days[speaker]
            days[slot.day] = days.get(slot.day, 0) + 1
        if grid.tracks[session] >= 0:
            rooms = self.track_rooms.setdefault((grid.tracks[session], slot.day), {})
            rooms[room] = rooms.get(room, 0) + 1

    def remove(self, session: int) -> tuple[Slot, int]:
        grid, bit = self.grid, 1 << session
        slot, room = self.slot[session], self.room[session]
        if slot is None:
            raise ValueError("Only what is placed can be removed.")
        self.slot[session], self.room[session] = None, -1
        for point in slot.points:
            self.live[point] &= ~bit
        self.busy[room] &= ~slot.mask
        self.in_room[room] &= ~bit
        for speaker in grid.speakers[session]:
            self.taken[speaker] &= ~slot.mask
            less(self.speaker_days[speaker], slot.day)
        if grid.tracks[session] >= 0:
            less(self.track_rooms[grid.tracks[session], slot.day], room)
        self.cost -= self.time_cost(session, slot) + self.room_cost(session, slot.day, room)
        return slot, room

    def allows(self, session: int, slot: Slot, room: int) -> bool:
        return not self.busy[room] & slot.mask and self.allows_time(session, slot)

    def allows_time(self, session: int, slot: Slot) -> bool:
        """Whether every rule but the room's holds there; the session itself does not count."""
        grid = self.grid
        own = self.slot[session]
        mine = ~own.mask if own is not None else -1
        for speaker in grid.speakers[session]:
            if self.taken[speaker] & mine & slot.wide:
                return False
        beside = self.beside(session, slot)
        if beside and (grid.plenaries >> session & 1 or beside & grid.plenaries):
            return False
        track = grid.tracks[session]
        if track >= 0 and self.crowds(session, slot, track):
            return False
        for other in grid.earlier[session]:
            first = self.slot[other]
            if first is not None and first.mask.bit_length() > slot.start:
                return False
        for other in grid.later[session]:
            second = self.slot[other]
            if second is not None and slot.mask.bit_length() > second.start:
                return False
        return True

    def crowds(self, session: int, slot: Slot, track: int) -> bool:
        most, others = self.grid.track_most[track], self.grid.track_masks[track] & ~(1 << session)
        return any((self.live[point] & others).bit_count() >= most for point in slot.points)

    def beside(self, session: int, slot: Slot) -> int:
        """Who overlaps: one of the two starts within the other, at a point of both."""
        beside = 0
        live = self.live
        for point in slot.points:
            beside |= live[point]
        return beside & ~(1 << session)

    def time_cost(self, session: int, slot: Slot) -> int:
        """What the session costs at that time, as if it stood nowhere now."""
        grid, cost = self.grid, slot.cost
        beside = self.beside(session, slot)
        track = grid.tracks[session]
        if track >= 0:
            cost += self.parallel_cost * (beside & grid.track_masks[track]).bit_count()
        beside &= grid.wished[session]
        clashes = grid.clashes[session]
        while beside:
            other = beside.bit_length() - 1
            cost += clashes[other]
            beside ^= 1 << other
        own = self.slot[session]
        for speaker in grid.speakers[session]:
            days = self.speaker_days[speaker]
            if own is None:
                cost += self.days_cost * (bool(days) and slot.day not in days)
            else:
                others = [d for d, count in days.items() if count > (d == own.day)]
                cost += self.days_cost * (bool(others) and slot.day not in others)
        return cost

    def room_cost(self, session: int, day: int, room: int) -> int:
        cost = self.grid.room_costs[session][room]
        track = self.grid.tracks[session]
        if track < 0:
            return cost
        used = self.track_rooms.get((track, day))
        if not used:
            return cost
        own = self.slot[session]
        if own is None or own.day != day:
            return cost + (self.rooms_cost if room not in used else 0)
        others = [r for r, count in used.items() if count > (r == self.room[session])]
        return cost + (self.rooms_cost if others and room not in others else 0)

    def timetable(self) -> dict[str, Place]:
        problem = self.grid.problem
        return {
            session.id: Place(slot.start, problem.rooms[self.room[index]].id)
            for index, session in enumerate(problem.sessions)
            if (slot := self.slot[index]) is not None
        }

    def adopt(self, timetable: Timetable) -> list[int]:
        """Places what may stand where the timetable has it; answers with what may not."""
        problem = self.grid.problem
        rooms = {room.id: index for index, room in enumerate(problem.rooms)}
        left = []
        for index, session in enumerate(problem.sessions):
            place = timetable.get(session.id)
            slot = self.grid.slots[index].get(place.start) if place else None
            room = rooms.get(place.room, -1) if place else -1
            if slot and room in self.grid.room_costs[index] and self.allows(index, slot, room):
                self.place(index, slot, room)
            elif place:
                left.append(index)
        return left


def less(counts: dict[int, int], key: int) -> None:
    """A count that falls to nothing goes, so that a key's being there says "used"."""
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
