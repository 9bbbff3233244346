"""The errors that a user can cause, told in one message."""

from __future__ import annotations

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
        lines = [f"{self.source}: {count} problem{'s' if count != 1 else ''}"]
        numbers = [f"line {p.line}" if p.line is not None else "" for p in self.problems]
        width = max((len(n) for n in numbers), default=0)
        for number, problem in zip(numbers, self.problems, strict=True):
            where = f"{problem.file}: " if problem.file and problem.file != self.source else ""
            field = f"{problem.field}: " if problem.field else ""
            lead = f"{number.ljust(width)}  " if width else ""
            lines.append(f"  {lead}{where}{field}{problem.message}")
        return "\n".join(lines)


class CannotAnswerError(Exception):
    """The question has no answer within its limits (targets that no number of heads meets); exit code 1."""
