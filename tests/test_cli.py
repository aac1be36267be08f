from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.cli import COMMANDS, main

sys.path.insert(0, str(Path(__file__).parent))
from served import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.pipeline import Build

    Run = Callable[..., "Ran"]

TALKS = "The minister Mario Rossi received the ambassador of Spain, Ana Gil, in Rome on 3 May 2024."


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`kg` with these arguments, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def kg(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, *capsys.readouterr())

    return kg


def test_help_lists_every_verb(run: Run) -> None:
    ran = run("--help")

    assert ran.status == 0
    assert all(f"\n  {verb} " in ran.out for verb in COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help(run: Run, verb: str) -> None:
    ran = run(verb, "--help")

    assert ran.status == 0
    assert ran.out.startswith(f"Usage: kg {verb} ")


def test_a_build_ends_with_a_summary_and_where_to_look(run: Run, seeds: Path) -> None:
    ran = run("build", seeds)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("5 articles: 4 meetings, 5 people, ")
    assert "graph/graph.ttl" in ran.out
    assert "kg query graph" in ran.out


def test_findings_exit_1_and_are_told_on_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TALKS)
    (tmp_path / "news" / "b.txt").touch()

    ran = run("build", "news")
    assert ran.status == 1
    assert ran.err == "news/b.txt: it is empty - write the article's text in it, or take it away\n"
    assert ran.out.startswith("1 article: 1 meeting, 2 people, ")


def test_a_build_of_nothing_exits_2(run: Run) -> None:
    ran = run("build", "nowhere")

    assert ran.status == 2
    assert ran.err.startswith("nowhere: there is no such file or folder - check the path\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Usage: kg "),
        (("fly",), "No such command 'fly'"),
        (("build",), "Missing argument 'ARTICLES...'"),
        (("query", "nowhere"), "nowhere: no graph here - "),
        (("add", "nowhere", "a.txt"), "nowhere: no graph is here - make it: kg build ARTICLES"),
        (("export", "nowhere", "a.ttl"), "nowhere: no graph here - "),
    ],
)
def test_misuse_exits_2_with_a_mend(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run(*arguments)

    assert ran.status == 2
    assert told in ran.err + ran.out
    assert "Traceback" not in ran.err


def test_a_graph_grows_and_shrinks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    (tmp_path / "b.txt").write_text(TALKS.replace("3 May", "4 May"))

    assert run("build", "a.txt").out.startswith("1 article:")
    assert run("add", "graph", "b.txt").out.startswith("2 articles:")
    assert run("remove", "graph", "a").out.startswith("1 article:")


def test_the_questions_are_listed(run: Run, built: Build) -> None:
    ran = run("query", built.folder)

    assert ran.status == 0
    assert "who-met-whom" in ran.out


def test_a_question_takes_names_in_any_script(run: Run, built: Build) -> None:
    ran = run("query", built.folder, "meetings-of-person", "person=المغيدي", "--format", "json")

    assert len(json.loads(ran.out)["results"]["bindings"]) == 4


def test_a_question_may_be_a_file(run: Run, built: Build, tmp_path: Path) -> None:
    (tmp_path / "all.rq").write_text("SELECT (COUNT(*) AS ?n) { ?m a dip:Meeting }")

    assert run("query", built.folder, "all.rq", "--format", "csv").out.split() == ["n", "4"]


def test_an_unknown_question_names_those_that_are_near(run: Run, built: Build) -> None:
    ran = run("query", built.folder, "who-meet-whom")

    assert ran.status == 2
    assert "who-met-whom" in ran.err


def test_a_value_without_its_name_is_told(run: Run, built: Build) -> None:
    ran = run("query", built.folder, "meetings-of-person", "Rossi")

    assert ran.err == "meetings-of-person: 'Rossi' names no parameter - write NAME=VALUE\n"


@pytest.mark.parametrize("suffix", ["ttl", "nq", "csv", "graphml"])
def test_a_graph_is_exported_by_its_suffix(
    run: Run, built: Build, suffix: str, tmp_path: Path
) -> None:
    ran = run("export", built.folder, f"out.{suffix}")

    assert ran.out == f"out.{suffix} is written.\n"
    assert (tmp_path / f"out.{suffix}").stat().st_size > 0


def test_an_unknown_suffix_names_the_known_ones(run: Run, built: Build) -> None:
    ran = run("export", built.folder, "out.docx")

    assert ran.status == 2
    assert ".graphml" in ran.err


def test_extract_tells_which_rule_read_what(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)

    ran = run("extract", "a.txt")
    assert "held meeting, read by en." in ran.out
    assert "host: name" in ran.out
    assert "Mario Rossi" in ran.out


def test_evaluate_scores_and_shows_each_miss(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    people = [{"mention": name, "type": "person"} for name in ("Mario Rossi", "Hugo Klein")]
    meeting = {"date": "2024-05-03", "city": "Rome", "country": "IT", "participants": people}
    (tmp_path / "gold.jsonl").write_text(
        json.dumps({"id": "a", "lang": "en", "meetings": [meeting]})
    )

    ran = run("evaluate", "gold.jsonl", "a.txt", "--misses")
    assert ran.status == 0
    assert "a person in a meeting: gold 'Hugo Klein', found None (Hugo Klein)" in ran.out
    assert "a person in a meeting: gold None, found 'Ana Gil' (Ana Gil)" in ran.out
    assert "  ... The minister Mario Rossi received" in ran.out


def test_a_reader_who_closes_the_pipe_is_no_error(built: Build) -> None:
    command = f"{sys.executable} -m kg query {built.folder} participants --format csv | head -1"

    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=True)  # noqa: S607
    assert ran.stderr == b""


def test_explain_shows_each_mention_its_reasons_and_its_sentence(run: Run, built: Build) -> None:
    ran = run("explain", built.folder, "المغيدي")

    assert ran.status == 0
    assert "First and last names agree, and nothing contradicts." in ran.out
    assert "a reçu aujourd'hui, le mardi 3 décembre 2019" in ran.out


def test_nobody_is_explained_by_exit_1(run: Run, built: Build) -> None:
    assert run("explain", built.folder, "Nemo").status == 1


def test_a_decision_is_obeyed_and_taken_back(run: Run, tmp_path: Path) -> None:
    for name, minister in (("a", "Mario Rossi"), ("b", "Maryo Rossi")):
        (tmp_path / f"{name}.txt").write_text(TALKS.replace("Mario Rossi", minister))
    assert "1 meeting, 2 people" in run("build", "a.txt", "b.txt").out

    different = ("different", "article/a#char=13,24", "article/b#char=13,24")
    assert "3 people" in run("review", "graph", *different).out
    assert "2 people" in run("review", "graph", "undo", *different[1:]).out


def test_what_was_never_decided_cannot_be_taken_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    run("build", "a.txt")

    ran = run("review", "graph", "undo", "Mario Rossi", "Ana Gil")
    assert ran.status == 2
    assert "nothing is decided about 'Mario Rossi' and 'Ana Gil'" in ran.err


def test_a_graph_and_a_file_are_validated(run: Run, built: Build) -> None:
    ran = run("validate", built.folder, built.folder / "graph.ttl")

    assert ran.status == 0
    assert ran.out.count("Conforms: 0 violations, 1 warning") == 2


def test_a_warning_exits_1_for_who_is_strict(run: Run, built: Build) -> None:
    ran = run("validate", "--strict", built.folder)

    assert ran.status == 1
    assert ran.out.startswith("Conforms: 0 violations, 1 warning")


def test_a_violation_exits_1_and_names_the_mend(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix dip: <https://w3id.org/dipkg/ontology#> . <https://x.example/m> a dip:Meeting ."
    )

    ran = run("validate", "bad.ttl")
    assert ran.status == 1
    assert "Violation: Meeting-" in ran.out


@pytest.mark.parametrize("command", ["validate", "verify"])
def test_a_broken_store_is_told_on_a_line(
    command: str, run: Run, built: Build, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(built.folder, folder)
    for table in folder.rglob("*.sst"):
        table.write_bytes(b"\0" * 64 + table.read_bytes()[64:])

    ran = run(command, folder)
    assert ran.status > 0
    assert "it cannot be read: " in ran.out + ran.err
    assert len((ran.out + ran.err).splitlines()) == 1


def test_a_file_that_is_no_rdf_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("This is a letter.")

    assert run("validate", "bad.ttl").err.startswith("bad.ttl: ")


def test_nothing_of_the_seeds_is_rejected(run: Run, built: Build) -> None:
    assert run("rejected", built.folder) == (0, "Nothing is rejected.\n", "")


def test_every_quote_is_found_again(run: Run, built: Build, seeds: Path) -> None:
    ran = run("verify", built.folder, "--articles", seeds)

    assert ran == (0, "Every quote stands where the graph says.\n", "")


def test_a_changed_article_is_a_flaw(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    run("build", "a.txt")
    (tmp_path / "a.txt").write_text(TALKS.replace("3 May", "4 May"))

    ran = run("verify", "graph", "--articles", "a.txt")
    assert ran.status == 1
    assert "article/a" in ran.out


def test_a_store_that_does_not_answer_is_told(run: Run, built: Build) -> None:
    ran = run("load", built.folder, "http://127.0.0.1:9/store")

    assert ran.status == 2
    assert ran.err.startswith("http://127.0.0.1:9/store")


@pytest.fixture
def endpoint(built: Build, tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served"
    shutil.copytree(built.folder, folder)
    with served(folder, n_workers=1) as address:
        yield f"{address}/sparql"


def test_a_graph_elsewhere_is_asked_exported_and_validated_by_its_address(
    run: Run, built: Build, endpoint: str, tmp_path: Path
) -> None:
    asked = [run("query", g, "meetings", "--format", "csv").out for g in (built.folder, endpoint)]
    assert asked[0] == asked[1]
    assert "who-met-whom" in run("query", endpoint).out

    for graph, file in ((built.folder, "here.trig"), (endpoint, "there.trig")):
        assert run("export", graph, file).status == 0
    assert (tmp_path / "there.trig").read_bytes() == (tmp_path / "here.trig").read_bytes()

    judged = [run("validate", graph) for graph in (built.folder, endpoint)]
    assert judged[0] == judged[1]


def test_a_page_with_sparql_carries_its_engine(run: Run, built: Build, tmp_path: Path) -> None:
    assert run("export", built.folder, "plain.html").status == 0
    assert run("export", built.folder, "asking.html", "--sparql").status == 0

    engine = "wasm-unsafe-eval"
    assert engine not in (tmp_path / "plain.html").read_text(encoding="utf-8")
    assert engine in (tmp_path / "asking.html").read_text(encoding="utf-8")


def test_only_a_page_answers_sparql_by_itself(run: Run, built: Build) -> None:
    ran = run("export", built.folder, "out.ttl", "--sparql")

    assert ran.status == 2
    assert ran.err == "out.ttl: only a page can answer SPARQL by itself - name it .html\n"
