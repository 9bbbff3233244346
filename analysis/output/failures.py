"""How a command ends: exit codes, and one clear message in place of a traceback.

0 done; 1 the question has no answer; 2 the input is wrong, or the output can't be written; 70 a bug of staffsim;
130 interrupted; 143 ended by somebody else (129 by a terminal that was closed).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sim.errors import CannotAnswerError, ScenarioError

from ..store import OutputError

NO_ANSWER, WRONG_INPUT, BUG, SIGNALLED = 1, 2, 70, 128
"""The last one and the signal's number make the code of what a signal ended."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals by which others end a command; left alone they would leave half-written files behind."""
DEBUG = "STAFFSIM_DEBUG"
"""Environment variable; 1 shows the traceback of a bug."""


class _EndedError(KeyboardInterrupt):
    """A signal to end: it undoes what is half done, as an interruption from the keyboard does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def exit_codes(*left_alone: type[BaseException]) -> Iterator[None]:
    """Run a command; what it raises becomes a message on stderr and SystemExit with its code.

    Exceptions of the types ``left_alone`` pass through. If the reader of stdout has gone away (``| head``), that is no
    failure.
    """
    try:
        with _signals_raised():
            yield
            sys.stdout.flush()
    except left_alone:
        raise
    except BrokenPipeError:
        _drop_stdout()
        sys.exit(0)
    except (CannotAnswerError, ScenarioError, OutputError) as error:
        _end(str(error), NO_ANSWER if isinstance(error, CannotAnswerError) else WRONG_INPUT)
    except KeyboardInterrupt as stop:
        number = stop.number if isinstance(stop, _EndedError) else signal.SIGINT
        _end("Stopped.", SIGNALLED + number)
    except OSError as error:
        _drop_stdout()
        _end(f"Can't go on: {error.strerror or error}", WRONG_INPUT)
    except Exception as error:
        if os.environ.get(DEBUG) == "1":
            traceback.print_exc()
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _end(f"This is a bug of staffsim ({what}). Run it again with {DEBUG}=1 for the traceback to report.", BUG)


@contextmanager
def _signals_raised() -> Iterator[None]:
    """Signals to end are raised as errors, the first of them; those that are ignored (``nohup``) stay so."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other may set handlers
        return
    ours = [number for number in _ENDING if signal.getsignal(number) == signal.SIG_DFL]

    def stop(number: int, _: object) -> None:
        for one in ours:
            signal.signal(one, signal.SIG_IGN)  # a second one mustn't break off the cleaning up
        raise _EndedError(number)

    for number in ours:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


def _drop_stdout() -> None:
    """Send what is still unwritten nowhere: Python would complain of it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
