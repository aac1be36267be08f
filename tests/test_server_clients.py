"""Clients that people use, against `kg serve`: each gets what the store itself answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from kg.store import Store

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = f"SELECT ?m ?label {{ ?m a <{synthetic.DIP}Meeting> ; <{synthetic.PREFIXES['rdfs']}label> ?label }}"
N_ROWS = 25 * 3
# Each of these hands the log to the next, in a circle.
BRIDGES = r"log4j|slf4j|jcl-over|jul-to|logback|osgi"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("graph")
    Store.create(folder, synthetic.quads(25)).close()
    with served(folder, n_workers=2) as address:
        yield f"{address}/sparql"


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper(endpoint: str, method: str, form: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(QUERY)
    client.setMethod(method)
    client.setReturnFormat(form)

    answer: Any = client.query().convert()

    n_rows = {
        JSON: lambda: len(answer["results"]["bindings"]),
        XML: lambda: len(answer.getElementsByTagName("result")),
        CSV: lambda: len(answer.decode().splitlines()) - 1,
    }
    assert n_rows[form]() == N_ROWS


def test_sparqlwrapper_constructs(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(f"CONSTRUCT WHERE {{ ?m a <{synthetic.DIP}Meeting> }}")
    client.setReturnFormat(TURTLE)

    answer: Any = client.query().convert()

    assert len(rdflib.Graph().parse(data=answer, format="turtle")) == 25


def test_rdflib_sparqlstore(endpoint: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint))

    meetings = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{synthetic.DIP}Meeting")))
    assert len(meetings) == 25
    assert len(list(graph.query(QUERY))) == N_ROWS


@pytest.mark.skipif(not shutil.which("curl"), reason="apt-get install curl")
def test_curl(endpoint: str) -> None:
    command = ["curl", "-sS", "--fail", endpoint, "--data-urlencode", f"query={QUERY}"]

    answer = subprocess.run(command, check=True, capture_output=True, timeout=20)

    assert len(json.loads(answer.stdout)["results"]["bindings"]) == N_ROWS


@pytest.mark.skipif(not shutil.which("roqet"), reason="apt-get install rasqal-utils")
def test_roqet_of_rasqal(endpoint: str) -> None:
    command = ["roqet", "-q", "-p", endpoint, "-e", QUERY, "-r", "csv"]

    answer = subprocess.run(command, check=True, capture_output=True, timeout=20)

    assert len(answer.stdout.decode().splitlines()) == N_ROWS + 1


JENA = Path("/usr/share/java/jena-core.jar")


@pytest.mark.skipif(not JENA.is_file(), reason="apt-get install libapache-jena-java")
def test_rsparql_of_jena(endpoint: str, tmp_path: Path) -> None:
    # Debian moves a package of Jena and leaves its messages behind: put them where they are sought.
    with zipfile.ZipFile(JENA) as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = tmp_path / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(path) for path in JENA.parent.glob("*.jar") if not re.search(BRIDGES, path.name)]
    logs = [f"{JENA.parent}/slf4j-api.jar", f"{JENA.parent}/slf4j-nop.jar"]
    classes = ":".join([str(tmp_path), *sorted(jars), *logs])
    command = ["java", "-cp", classes, "arq.rsparql", "--service", endpoint, "--results=CSV", QUERY]

    answer = subprocess.run(command, check=True, capture_output=True, timeout=60)

    assert len(answer.stdout.decode().splitlines()) == N_ROWS + 1
