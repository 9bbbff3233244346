"""The errors that a user can cause, told in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and the mend.

    ``field`` is the dotted path in the file ("queues.calls.handle_time.mean"), empty for the file itself; ``line`` is
    None where no line can be named (a ``--set``, a missing file).
    """

    field: str
    message: str
    line: int | None = None
    file: str | None = None


class ScenarioError(Exception):
    """All problems of one input at once; the command line prints it and exits with 2.

    ``str()`` is the whole message::

        scenarios/care.yaml: 2 problems
          line 31  queues.calls.handle_time.mean: must be longer than 0 (got "-3 min")
          line 40  queues.calls.patiense: unknown field; did you mean "patience"?
    """

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        count = len(self.problems)
        first = f"{self.source}: {count} problem{'s' if count != 1 else ''}"
        return "\n".join([first, *(f"  {line}" for line in problem_lines(self.source, self.problems))])


def problem_lines(source: str, problems: Sequence[Problem]) -> list[str]:
    """A line for each: its line number, the file if it isn't ``source``, the field and the message, aligned."""
    numbers = [
        "" if problem.line is None else f"{'row' if _is_workbook(problem.file) else 'line'} {problem.line}"
        for problem in problems
    ]
    width = max((len(number) for number in numbers), default=0)
    lines = []
    for number, problem in zip(numbers, problems, strict=True):
        where = f"{problem.file}: " if problem.file and problem.file != source else ""
        field = f"{problem.field}: " if problem.field else ""
        lead = f"{number.ljust(width)}  " if width else ""
        lines.append(f"{lead}{where}{field}{problem.message}")
    return lines


def _is_workbook(file: str | None) -> bool:
    """Whether it is a workbook, or a sheet of one: spreadsheets number rows."""
    return file is not None and ".xlsx" in file.lower()


class CannotAnswerError(Exception):
    """The question has no answer within its limits (targets that no number of heads meets); exit code 1."""
