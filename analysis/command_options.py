"""What the commands of ``cli`` share: their options, how they end, and the command line as it was given.

Nothing heavy is imported here: ``--help`` and ``check`` answer at once.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

_ARGUMENTS = "staffsim.arguments"
_MOST_REPLICATIONS = 100_000


class Commands(click.Group):
    """Commands that end with the exit codes and the one-line messages of ``analysis.output.failures``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the arguments as they were given, for the manifest."""
        ctx.meta[_ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        from analysis.output.failures import exit_codes

        with exit_codes(click.ClickException, click.exceptions.Exit, click.Abort):
            return super().invoke(ctx)


def _named(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and not value.name:
        raise click.BadParameter("needs the name of a folder, such as results")
    return value


def _number_or_auto(_: click.Context, __: click.Parameter, value: str) -> Literal["auto"] | int:
    """The number of replications that was asked for."""
    if value == "auto":
        return "auto"
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= _MOST_REPLICATIONS:
        return int(value)
    raise click.BadParameter(f'must be auto, or a number from 1 to {_MOST_REPLICATIONS} (got "{value}")')


@dataclass(frozen=True)
class Options:
    """What all simulating commands are told."""

    seed: int
    replications: Literal["auto"] | int
    engine: Literal["fast", "reference"]
    settings: tuple[str, ...]
    form: Literal["table", "json", "csv"]
    out: Path | None
    quiet: bool


def simulating(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all simulating commands, as one argument ``options``."""

    @wraps(command)
    def with_options(**values: Any) -> None:
        shared = {field.name: values.pop(field.name) for field in fields(Options)}
        command(options=Options(**shared), **values)

    declared: Callable[..., None] = with_options
    for option in reversed(_SHARED):
        declared = option(declared)
    return declared


set_option = click.option(
    "--set",
    "settings",
    metavar="PATH=VALUE",
    multiple=True,
    help='Change a field of FILE, as in "queues.calls.handle_time.mean=9 min"; a mapping is merged. May be repeated.',
)

_SHARED = (
    click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        metavar="N",
        default=1,
        help="Seed of all chance; the same seed gives the same figures.  [default: 1]",
    ),
    click.option(
        "--replications",
        callback=_number_or_auto,
        metavar="N|auto",
        default="auto",
        help="How often to simulate; auto goes on until the figures are precise.  [default: auto]",
    ),
    click.option(
        "--engine",
        type=click.Choice(["fast", "reference"]),
        default="fast",
        help="Both give the same figures; reference is slow, and written to be read.  [default: fast]",
    ),
    set_option,
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        help="What is printed.  [default: table]",
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        callback=_named,
        metavar="DIR",
        help="Also write the results into this folder.",
    ),
    click.option("--quiet", is_flag=True, help="Nothing on stderr but errors."),
)


def probability_share(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    """A share between 0 % and 100 %, as an option's callback. BadParameter for anything else."""
    from sim.scenario.parse import parse_share

    try:
        share = parse_share(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if not 0 < share < 1:
        raise click.BadParameter("must lie between 0 % and 100 %")
    return share


def command_line(ctx: click.Context) -> str:
    """The command line as it was given."""
    return shlex.join(["staffsim", *ctx.meta[_ARGUMENTS]])
