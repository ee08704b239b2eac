"""Cheapest flow: the most seats filled at the least cost, always the same for the same input.

Successive shortest paths over arcs of whole capacities; ties go to the arc added first.
"""

import math
from collections import deque
from dataclasses import dataclass, field

NOWHERE = -1
FAR = math.inf
"""Farther than any cost, which are whole numbers of any size."""


@dataclass
class Network:
    """Arcs between numbered nodes; an arc and its counterpart differ in the index's last bit."""

    nodes: int
    ends: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    leaving: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin without arcs."""
        self.leaving = [[] for _ in range(self.nodes)]

    def add(self, start: int, end: int, cost: int = 0, room: int = 1) -> int:
        """Add an arc and return its index."""
        index = len(self.ends)
        for here, there, price, space in ((start, end, cost, room), (end, start, -cost, 0)):
            self.leaving[here].append(len(self.ends))
            self.ends.append(there)
            self.room.append(space)
            self.cost.append(price)
        return index

    def used(self, arc: int) -> bool:
        """Whether flow goes through an arc."""
        return self.room[arc ^ 1] > 0

    def fill(self, source: int, sink: int) -> int:
        """Send as much as possible at the least cost; returns how much."""
        sent = 0
        while True:
            came = self._cheapest(source, sink)
            if came[sink] == NOWHERE:
                return sent
            node = sink
            while node != source:
                arc = came[node]
                self.room[arc] -= 1
                self.room[arc ^ 1] += 1
                node = self.ends[arc ^ 1]
            sent += 1

    def _cheapest(self, source: int, sink: int) -> list[int]:
        """Return, for every node, the arc by which the cheapest way comes."""
        far: list[float] = [FAR] * self.nodes
        came = [NOWHERE] * self.nodes
        waiting, queued = deque([source]), {source}
        far[source] = 0
        while waiting:
            node = waiting.popleft()
            queued.discard(node)
            for arc in self.leaving[node]:
                there, price = self.ends[arc], far[node] + self.cost[arc]
                if self.room[arc] > 0 and price < far[there]:
                    far[there], came[there] = price, arc
                    if there not in queued:
                        waiting.append(there)
                        queued.add(there)
        return came if far[sink] < FAR else [NOWHERE] * self.nodes
