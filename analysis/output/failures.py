"""How a command ends: exit codes, and one clear message in place of a traceback.

0 done; 1 the question has no answer; 2 the input is wrong, or the output can't be written; 70 a bug of staffsim;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sim.errors import CannotAnswerError, ScenarioError

from ..store import OutputError

NO_ANSWER, WRONG_INPUT, BUG, INTERRUPTED = 1, 2, 70, 130
DEBUG = "STAFFSIM_DEBUG"
"""Environment variable; 1 shows the traceback of a bug."""


@contextmanager
def exit_codes(*left_alone: type[BaseException]) -> Iterator[None]:
    """Run a command; what it raises becomes a message on stderr and SystemExit with its code.

    Exceptions of the types ``left_alone`` pass through. If the reader of stdout has gone away (``| head``), that is no
    failure.
    """
    try:
        yield
        sys.stdout.flush()
    except left_alone:
        raise
    except BrokenPipeError:
        _drop_stdout()
        sys.exit(0)
    except (CannotAnswerError, ScenarioError, OutputError) as error:
        _end(str(error), NO_ANSWER if isinstance(error, CannotAnswerError) else WRONG_INPUT)
    except KeyboardInterrupt:
        _end("Stopped.", INTERRUPTED)
    except OSError as error:
        _drop_stdout()
        _end(f"Can't go on: {error.strerror or error}", WRONG_INPUT)
    except Exception as error:
        if os.environ.get(DEBUG) == "1":
            traceback.print_exc()
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _end(f"This is a bug of staffsim ({what}). Run it again with {DEBUG}=1 for the traceback to report.", BUG)


def _end(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


def _drop_stdout() -> None:
    """Send what is still unwritten nowhere: Python would complain of it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
