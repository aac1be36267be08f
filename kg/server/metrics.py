"""What the server counts, in the text format of Prometheus."""

from __future__ import annotations

import bisect
import time
from collections import Counter

_BOUNDS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0)


class Metrics:
    """Requests by status, how long they took, queries that were ended, answers given from memory."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.n_remembered = 0
        self._started = time.time()
        self._statuses: Counter[int] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, status: int, seconds: float) -> None:
        """Count a request."""
        self._statuses[status] += 1
        self._seconds += seconds
        self._buckets[bisect.bisect_left(_BOUNDS, seconds)] += 1

    def text(self, n_ended: int) -> str:
        """Write all that was counted."""
        lines = ["# TYPE kg_requests_total counter"]
        lines += [
            f'kg_requests_total{{status="{status}"}} {n}'
            for status, n in sorted(self._statuses.items())
        ]
        lines.append("# TYPE kg_request_seconds histogram")
        total = 0
        for bound, n in zip((*map(str, _BOUNDS), "+Inf"), self._buckets, strict=True):
            total += n
            lines.append(f'kg_request_seconds_bucket{{le="{bound}"}} {total}')
        lines += [
            f"kg_request_seconds_sum {self._seconds:.6f}",
            f"kg_request_seconds_count {total}",
            "# TYPE kg_queries_ended_total counter",
            f"kg_queries_ended_total {n_ended}",
            "# TYPE kg_answers_remembered_total counter",
            f"kg_answers_remembered_total {self.n_remembered}",
            "# TYPE kg_started_seconds gauge",
            f"kg_started_seconds {self._started:.0f}",
        ]
        return "\n".join(lines) + "\n"
