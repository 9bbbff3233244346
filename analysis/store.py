"""Writing a folder of results: all of it or nothing.

Files are written into a hidden folder beside the target, and renamed only when all of them are complete.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "manifest.json"
WRITTEN = "written"
"""Key of the manifest under which it lists the files of its folder."""

Writer = Callable[[Path], None]
"""Writes one file at the path it is given."""


class OutputError(Exception):
    """Results can't be written where they were asked for; the command line prints it and exits with 2."""


def require_writable(folder: Path, names: Collection[str]) -> None:
    """Refuse, before any work is done for it, a folder that can't take files of these names.

    Raises OutputError where ``write_folder`` would for the same reason: a file is moved in and taken away again, as
    what the system allows (frozen folders, other disks) isn't told by permissions.
    """
    with _staged(folder, names) as stage:
        if folder.exists():
            probe = stage / stage.parent.name  # a hidden name that no other file has
            probe.touch()
            probe.replace(folder / probe.name)
            (folder / probe.name).unlink()


def write_folder(folder: Path, writers: Mapping[str, Writer]) -> None:
    """Write files by name into a folder, which is made if there is none.

    In a folder that is there already the files that its manifest lists as ours go, those of other names too, so that no
    file stays that belongs to an earlier result; all others are left alone. Raises OutputError, the folder being as it
    was, if it holds others of these names, or if it can't be written.
    """
    with _staged(folder, writers) as stage:
        for name, write in writers.items():
            write(stage / name)
        if not folder.exists():
            stage.rename(folder)
            return
        changing = _ours(folder) | writers.keys()
        _replace(stage, folder, sorted(changing, key=lambda name: (name == MANIFEST, name)))


def write_file(path: Path, text: str, *, overwrite: bool) -> None:
    """Write a text file. Raises OutputError if it can't be written, or is there already and not to be overwritten."""
    if path.exists() and not overwrite:
        raise OutputError(f"{path}: exists already; use --force to overwrite it")
    with writing(path):
        path.write_text(text, encoding="utf-8")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """What the system refuses while this goes on is an OutputError that names the target."""
    try:
        yield
    except OSError as error:
        for folder in target.parents:
            if folder.is_file():
                raise OutputError(f"{target}: can't be written: {folder} is a file, not a folder") from error
        raise OutputError(f"{target}: can't be written: {error.strerror or error}") from error


@contextmanager
def scratch_beside(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the target, for files that are to be moved into it; gone afterwards."""
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _staged(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """A folder beside the target to write into, gone afterwards. OutputError for what the system refuses."""
    with writing(folder):
        _refuse_foreign(folder, names)
        with scratch_beside(folder) as beside:
            stage = beside / "stage"
            stage.mkdir()
            yield stage


def _replace(stage: Path, folder: Path, names: Iterable[str]) -> None:
    """Take files of these names out of a folder, and move in those that are staged.

    If that fails or is stopped midway, those that were there come back.
    """
    aside = stage.with_name("before")
    aside.mkdir()
    moved = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(aside / name)
            moved.append(name)
            if (stage / name).exists():
                (stage / name).replace(folder / name)
    except BaseException:
        for name in moved:
            (folder / name).unlink(missing_ok=True)
        for before in aside.iterdir():
            before.replace(folder / before.name)
        raise


def _refuse_foreign(folder: Path, names: Collection[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder")
    ours = _ours(folder)
    foreign = sorted(name for name in names if (folder / name).exists() and name not in ours)
    if foreign:
        raise OutputError(
            f"{folder}: holds {', '.join(foreign)}, which staffsim hasn't written there; name another folder"
        )


def _ours(folder: Path) -> frozenset[str]:
    """Names of the files in a folder that the manifest of an earlier result lists, itself among them.

    None without such a manifest. What isn't a file in this very folder isn't ours, whatever the manifest lists.
    """
    try:
        names = {str(name) for name in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))[WRITTEN]}
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    if MANIFEST not in names:
        return frozenset()
    return frozenset(name for name in names if Path(name).name == name and (folder / name).is_file())
