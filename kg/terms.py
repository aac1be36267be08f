"""RDF terms as the graph half of kg has them: those of pyoxigraph."""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = Node | ox.Literal
