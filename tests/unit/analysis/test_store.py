"""A folder of results is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.store import MANIFEST, OutputError, Writer, require_writable, write_file, write_folder


def text(content: str) -> Writer:
    def write(path: Path) -> None:
        path.write_text(content)

    return write


def files(content: str, *names: str) -> Mapping[str, Writer]:
    listed = [*names, MANIFEST]
    return {**{name: text(content) for name in names}, MANIFEST: text(json.dumps({"written": listed}))}


def broken(path: Path) -> None:
    path.write_text("half of it")
    raise OSError(28, "No space left on device")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != MANIFEST}


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "results"
    write_folder(folder, files("1", "a", "b"))
    assert contents(folder) == {"a": "1", "b": "1"}
    assert [path.name for path in folder.parent.iterdir()] == ["results"]
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777


@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_leaves_everything_as_it_was(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "results"
    if exists:
        write_folder(folder, files("old", "a", "b"))
    with pytest.raises(OutputError, match="results: can't be written: No space left on device"):
        write_folder(folder, {**files("new", "a"), "b": broken})
    assert [path.name for path in tmp_path.iterdir()] == (["results"] if exists else [])
    if exists:
        assert contents(folder) == {"a": "old", "b": "old"}


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "results", {"a": text("1"), "b": interrupted})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moves", range(1, 9))
def test_an_interruption_while_files_are_replaced_brings_the_old_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """Of four files, one of them new, one of the old result alone: six moves; then all is in place."""
    folder, done = tmp_path / "results", []
    write_folder(folder, files("old", "a", "c"))
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        done.append(self)
        if len(done) == moves:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    try:
        write_folder(folder, files("new", "a", "b"))
    except KeyboardInterrupt:
        assert moves <= 6
        assert contents(folder) == {"a": "old", "c": "old"}
        assert json.loads((folder / MANIFEST).read_text()) == {"written": ["a", "c", MANIFEST]}
    else:
        assert moves > 6
        assert contents(folder) == {"a": "new", "b": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_what_is_listed_as_ours_is_replaced(tmp_path: Path) -> None:
    write_folder(tmp_path / "results", files("old", "a"))
    write_folder(tmp_path / "results", files("new", "a", "b"))
    assert contents(tmp_path / "results") == {"a": "new", "b": "new"}


def test_what_the_new_result_lacks_goes_with_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    write_folder(folder, files("old", "a", "b"))
    (folder / "notes").write_text("mine")
    write_folder(folder, files("new", "b", "c"))
    assert contents(folder) == {"b": "new", "c": "new", "notes": "mine"}
    write_folder(folder, files("newest", "a"))
    assert contents(folder) == {"a": "newest", "notes": "mine"}


def test_what_a_manifest_lists_elsewhere_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    (folder / "sub").mkdir(parents=True)
    mine = [tmp_path / "above", folder / "sub" / "below"]
    for path in mine:
        path.write_text("mine")
    listed = ["../above", str(tmp_path / "above"), "sub", "sub/below", "..", "", MANIFEST]
    (folder / MANIFEST).write_text(json.dumps({"written": listed}))
    write_folder(folder, files("new", "a"))
    assert [path.read_text() for path in mine] == ["mine", "mine"]


def test_nothing_goes_for_a_manifest_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    (tmp_path / MANIFEST).write_text('{"written": ["b"]}')
    write_folder(tmp_path, {"a": text("1")})
    assert contents(tmp_path) == {"a": "1", "b": "mine"}


@pytest.mark.parametrize("manifest", [None, "", "[]", '{"written": 3}', '{"written": ["a"]}', '{"written": ["b"]}'])
def test_what_is_not_listed_is_refused(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "a").write_text("mine")
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest)
    for refused in (lambda: write_folder(tmp_path, {"a": text("1")}), lambda: require_writable(tmp_path, ["a"])):
        with pytest.raises(OutputError, match=r"holds a, which staffsim hasn't written"):
            refused()
    assert (tmp_path / "a").read_text() == "mine"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("mine")
    with pytest.raises(OutputError, match="is a file; name a folder"):
        require_writable(tmp_path / "results", ["a"])


def test_asking_leaves_nothing_behind(tmp_path: Path) -> None:
    require_writable(tmp_path / "results", ["a"])
    assert list(tmp_path.iterdir()) == []


def test_asking_leaves_a_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    write_folder(folder, files("old", "a"))
    require_writable(folder, ["a"])
    assert {path.name for path in folder.iterdir()} == {"a", MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_folder_that_takes_no_file_is_refused_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that is frozen, or on another disk than its parent."""
    folder = tmp_path / "results"
    folder.mkdir()

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="results: can't be written: Operation not permitted"):
        require_writable(folder, ["a"])
    assert list(folder.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_single_file(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    write_file(path, "1", overwrite=False)
    with pytest.raises(OutputError, match="exists already"):
        write_file(path, "2", overwrite=False)
    write_file(path, "3", overwrite=True)
    assert path.read_text() == "3"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a text")
    with pytest.raises(OutputError, match=r"sub: can't be written: .*file is a file, not a folder"):
        write_folder(tmp_path / "file" / "sub", {})
