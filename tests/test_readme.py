"""Every command of the README is run, and prints what the README shows.

`README=write pytest tests/test_readme.py` writes what is printed now into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the seeds, where the commands are run in their order."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    return folder


def run(command: str, folder: Path) -> str:
    name, *arguments = shlex.split(command)
    assert name == "kg"
    ran = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.rstrip() for line in ran.stdout.splitlines())
    return f"$ {command}\n" + "".join(f"{line}\n" for line in lines)


def test_the_commands_print_what_is_shown(folder: Path) -> None:
    text = README.read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (.+)$", text, re.MULTILINE)
    printed = {command: run(command, folder) for command in commands}

    def again(block: re.Match[str]) -> str:
        shown = re.findall(r"^\$ (.+)$", block[1], re.MULTILINE)
        return "```console\n" + "\n".join(printed[command] for command in shown) + "```"

    now = CONSOLE.sub(again, text)
    if os.environ.get("README") == "write":
        README.write_text(now, encoding="utf-8")
    # Where what is printed has changed for good: README=write pytest tests/test_readme.py
    assert README.read_text(encoding="utf-8") == now


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )

    assert ran.stderr == ""
    assert "2024-05-23" in ran.stdout


def test_make_has_what_the_readme_names() -> None:
    text = README.read_text(encoding="utf-8")
    named = re.findall(r"^make *(\w*) +#", text, re.MULTILINE)

    for target in named:
        subprocess.run(["make", "-n", *filter(None, [target])], cwd=ROOT, check=True, stdout=-3)  # noqa: S607
    assert named == ["", "test"]


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8"))

    assert [
        link
        for link in links
        if not link.startswith("http") and not (ROOT / link.partition("#")[0]).exists()
    ] == []


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").iterdir()), ids=lambda path: path.name)
def test_a_seed_is_named_by_its_language(path: Path) -> None:
    assert path.suffixes[-2:-1] in ([".en"], [".fr"], [".ar"])
