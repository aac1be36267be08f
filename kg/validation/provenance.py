"""Who made the graph: PROV-O of the run, by its version and the hashes of the files that it knows its words from.

No time is told unless asked for: the same articles and the same files give the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocabulary import DIP, PROV, RDF, RDFS, XSD, node

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator
    from pathlib import Path

GRAPH, RUN = node("graph"), node("run")


def provenance(
    version: str, files: Iterable[Path], *, home: Path, ended: datetime.datetime | None = None
) -> Iterator[ox.Triple]:
    """Say by which version of kg, and from which files below `home`, the graph was made."""
    software = node(f"software/dipkg-{version}")
    yield ox.Triple(GRAPH, RDF.type, PROV.Entity)
    yield ox.Triple(GRAPH, PROV.wasGeneratedBy, RUN)
    yield ox.Triple(RUN, RDF.type, PROV.Activity)
    yield ox.Triple(RUN, PROV.wasAssociatedWith, software)
    yield ox.Triple(software, RDF.type, PROV.SoftwareAgent)
    yield ox.Triple(software, RDFS.label, ox.Literal(f"dipkg {version}"))
    if ended:
        when = ox.Literal(ended.isoformat(timespec="seconds"), datatype=XSD.dateTime)
        yield ox.Triple(RUN, PROV.endedAtTime, when)
    for path in sorted(files):
        source = node(f"source/{path.relative_to(home).as_posix()}")
        yield ox.Triple(RUN, PROV.used, source)
        yield ox.Triple(source, RDF.type, PROV.Entity)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield ox.Triple(source, DIP.sha256, ox.Literal(digest))
