"""The staffsim command line: options in, answers out; all work is done by ``analysis``.

Imports wait until a command needs them, so that ``--help`` and ``check`` answer at once.
"""

from __future__ import annotations

import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.command_options import Commands, Options, command_line, probability_share, set_option, simulating

if TYPE_CHECKING:
    from analysis.contact_log import ContactLog
    from analysis.tables import Rows
    from sim.scenario.centre import CentreScenario


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from analysis.output.version import staffsim_version

        click.echo(f"staffsim {staffsim_version()}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def main() -> None:
    """Size contact-centre teams by simulating every call, chat and email.

    \b
    Examples:
      staffsim new --to my_centre.yaml     a commented scenario to start from
      staffsim check my_centre.yaml        what it says, and what is wrong with it
      staffsim run my_centre.yaml          does its staff hold its targets?
      staffsim size my_centre.yaml         how many would?

    Exit codes: 0 done; 1 the question has no answer; 2 the input is wrong.
    """


@main.command(short_help="Tell what scenario files say, and what is wrong with them.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@set_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], settings: tuple[str, ...]) -> None:
    """Read scenario files, and tell what they were understood as, or all that is wrong with them."""
    from analysis.output.briefing import check_file
    from analysis.output.failures import WRONG_INPUT
    from analysis.output.grid import folding_width

    checked = [check_file(file, settings, folding_width()) for file in files]
    for one in checked:
        click.echo(one.text, err=not one.sound)
    if not all(one.sound for one in checked):
        ctx.exit(WRONG_INPUT)


@main.command(short_help="Do the targets hold, and how surely?")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@simulating
@click.option(
    "--precision",
    type=click.FloatRange(min=0, min_open=True),
    metavar="POINTS",
    default=0.5,
    help="Half width for which --replications auto goes on: of service levels, else of other targets.  [default: 0.5]",
)
@click.option(
    "--by",
    type=click.Choice(["interval", "day", "week", "month", "total"]),
    help="Rows of the table.  [default: day; month beyond 3 months]",
)
@click.option(
    "--walk", is_flag=True, help="Also the FTE walk: from contacts to heads, month by month, to redo by hand."
)
@click.option("--contacts", is_flag=True, help="With --out: also write every contact (contacts.parquet; large).")
@click.pass_context
def run(
    ctx: click.Context, file: Path, options: Options, precision: float, by: Rows | None, walk: bool, contacts: bool
) -> None:
    """Simulate FILE as it stands: do its targets hold, and how surely?

    \b
    Examples:
      staffsim run care.yaml --by month
      staffsim run care.yaml --set teams.advisers.heads=190 --out results
      staffsim run care.yaml --format json --by total
      staffsim run care.yaml --replications 1 --out results --contacts
    """
    from analysis.output.answers import run_answer
    from analysis.output.grid import terminal_width
    from analysis.output.progress import prepare, progress_shown, stage
    from analysis.output.run_files import run_file_names, run_files
    from analysis.simulation import run_loaded
    from analysis.store import require_writable, write_folder
    from sim.scenario.load import load_scenario

    if contacts and options.out is None:
        raise click.UsageError("--contacts needs a folder to write to; give --out DIR as well")
    loaded = load_scenario(file, options.settings)
    if options.out is not None:
        require_writable(options.out, run_file_names(loaded.model, contacts=contacts))
    prepare(options.engine, [loaded.model], quiet=options.quiet)
    with _contact_log(options.out if contacts else None, loaded.model) as log:
        with progress_shown(shown=not options.quiet) as report:
            result = run_loaded(
                loaded,
                seed=options.seed,
                replications=options.replications,
                precision=precision / 100,
                engine=options.engine,
                progress=stage(report, "simulating"),
                log=None if log is None else log.add,
            )
        try:
            if options.out is not None:
                write_folder(options.out, run_files(result, command_line(ctx), datetime.now(UTC), log))
        finally:  # what was worked for is told, whatever became of the folder
            click.echo(run_answer(result, options.form, by, terminal_width(), walk=walk), nl=False)


def _contact_log(folder: Path | None, scenario: CentreScenario) -> AbstractContextManager[ContactLog | None]:
    """A contact log to be moved into the folder; None without one."""
    if folder is None:
        return nullcontext()
    from analysis.contact_log import growing_log

    return growing_log(folder, scenario)


@main.command(short_help="Whom to hire when, so that every month holds?")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@simulating
@click.option(
    "--probability",
    callback=probability_share,
    metavar="SHARE",
    default="90 %",
    help="Chance with which every target is to hold every month.  [default: 90 %]",
)
@click.pass_context
def hire(ctx: click.Context, file: Path, options: Options, probability: float) -> None:
    """Look for the cheapest hiring plan that holds every target month after month with the probability asked.

    Teams with "hiring" in FILE may hire. The classes that it has are kept; the plan takes the place of growth and
    replacements. Exit code 1 if no plan within the limits does it.

    \b
    Examples:
      staffsim hire care.yaml
      staffsim hire care.yaml --probability "80 %"
      staffsim hire care.yaml --set "teams.advisers.hiring.class_size=12" --out results
    """
    from analysis.hiring import hire_loaded
    from analysis.output.answers import hire_answer
    from analysis.output.grid import terminal_width
    from analysis.output.hire_files import hire_file_names, hire_files
    from analysis.output.progress import prepare, progress_shown
    from analysis.store import require_writable, write_folder
    from sim.scenario.load import load_scenario

    if options.replications != "auto":
        raise click.UsageError("hire searches on 40 replications and proves on 200 others; leave --replications out")
    loaded = load_scenario(file, options.settings)
    if options.out is not None:
        require_writable(options.out, hire_file_names())
    prepare(options.engine, [loaded.model], quiet=options.quiet)
    with progress_shown(shown=not options.quiet) as report:
        result = hire_loaded(loaded, probability=probability, seed=options.seed, engine=options.engine, progress=report)
    try:
        if options.out is not None:
            write_folder(options.out, hire_files(result, command_line(ctx), datetime.now(UTC)))
    finally:  # what was worked for is told, whatever became of the folder
        click.echo(hire_answer(result, options.form, terminal_width()), nl=False)


@main.command(short_help="What each week or month needs, has and costs.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@simulating
@click.option("--weeks", type=click.IntRange(1, 520), metavar="N", help="A row for each of N weeks.  [default: 13]")
@click.option("--months", type=click.IntRange(1, 120), metavar="N", help="A row for each of N months instead.")
@click.option("--actuals", metavar="TABLE", help="What has been, by week or month (CSV or XLSX): goes on from there.")
@click.option("--rebase", is_flag=True, help="With --actuals: volumes go on at the share of the forecast that came.")
@click.pass_context
def plan(
    ctx: click.Context,
    file: Path,
    options: Options,
    weeks: int | None,
    months: int | None,
    actuals: str | None,
    rebase: bool,
) -> None:
    """The rolling capacity sheet of FILE: week by week, what is needed, what is there, and what it costs.

    Needed is what holds every target by simulation, each week or month by itself; there are the people of FILE as they
    come, learn and leave. A span beyond FILE's horizon extends it.

    \b
    Examples:
      staffsim plan care.yaml
      staffsim plan care.yaml --months 18 --out results
      staffsim plan care.yaml --months 18 --actuals actuals.xlsx --out results
    """
    from analysis.output.answers import plan_answer
    from analysis.output.grid import terminal_width
    from analysis.output.plan_files import plan_file_names, plan_files
    from analysis.output.progress import prepare, progress_shown
    from analysis.planning.plan import load_for_plan, plan_loaded
    from analysis.planning.reforecast import reforecast
    from analysis.sizing.evidence import Sampling
    from analysis.store import require_writable, write_folder

    if rebase and actuals is None:
        raise click.UsageError("--rebase needs --actuals, whose volumes it goes by")
    if weeks is not None and months is not None:
        raise click.UsageError("give --weeks or --months, one of the two")
    loaded = load_for_plan(file, options.settings, weeks, months)
    if options.out is not None:
        require_writable(options.out, plan_file_names(actuals=actuals is not None))
    prepare(options.engine, [loaded.model], quiet=options.quiet)
    with progress_shown(shown=not options.quiet) as report:
        sampling = Sampling(options.seed, options.engine, options.replications)
        if actuals is None:
            result = plan_loaded(loaded, weeks=weeks, months=months, sampling=sampling, progress=report)
        else:
            result = reforecast(
                file,
                actuals,
                settings=options.settings,
                weeks=weeks,
                months=months,
                rebase=rebase,
                sampling=sampling,
                progress=report,
            )
    try:
        if options.out is not None:
            write_folder(
                options.out, plan_files(result, options.out, options.settings, command_line(ctx), datetime.now(UTC))
            )
    finally:  # what was worked for is told, whatever became of the folder
        click.echo(plan_answer(result, options.form, terminal_width()), nl=False)


@main.command(short_help="How many heads, or positions, hold every target?")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@simulating
@click.option("--team", metavar="NAME", help="Size this team alone; the others are as FILE has them.")
@click.option("--per-interval", is_flag=True, help="Size positions; the peak month's by weekday and interval, too.")
@click.option("--shifts", is_flag=True, help="Tell the schedule of teams with shifts, and what the shifts cost.")
@click.option("--limit", type=click.IntRange(1, 100_000), metavar="N", help="The largest number of a team to try.")
@click.pass_context
def size(
    ctx: click.Context,
    file: Path,
    options: Options,
    team: str | None,
    per_interval: bool,
    shifts: bool,
    limit: int | None,
) -> None:
    """Find the fewest heads (positions, where FILE gives a team so) that hold every target, month by month.

    Teams that share queues or contacts are sized together. Answers the reverse question, too: what volume FILE's own
    staff holds.

    \b
    Examples:
      staffsim size care.yaml
      staffsim size care.yaml --team advisers
      staffsim size care.yaml --set "queues.calls.targets.service_level=80 % in 20 s"
      staffsim size care.yaml --per-interval --out results
      staffsim size care.yaml --shifts --out results
    """
    from analysis.output.answers import size_answer
    from analysis.output.grid import terminal_width
    from analysis.output.progress import prepare, progress_shown
    from analysis.output.size_files import size_file_names, size_files
    from analysis.sizing import holds, size_loaded
    from analysis.sizing.questions import questions
    from analysis.store import require_writable, write_folder
    from sim.scenario.load import load_scenario

    if shifts and per_interval:
        raise click.UsageError("--per-interval sizes positions, and --shifts heads; give one of the two")
    loaded = load_scenario(file, options.settings)
    if options.out is not None:
        require_writable(options.out, size_file_names(loaded, team, per_interval=per_interval, shifts=shifts))
    asked = questions(loaded, team, per_interval=per_interval)
    prepare(options.engine, [question.scenario for question in asked], quiet=options.quiet)
    with progress_shown(shown=not options.quiet) as report:
        result = size_loaded(
            loaded,
            team=team,
            seed=options.seed,
            replications=options.replications,
            limit=limit,
            per_interval=per_interval,
            shifts=shifts,
            engine=options.engine,
            progress=report,
        )
        held = holds(
            loaded,
            team=team,
            seed=options.seed,
            replications=options.replications,
            engine=options.engine,
            progress=report,
            sized=result,
        )
    try:
        if options.out is not None:
            write_folder(options.out, size_files(result, held, command_line(ctx), datetime.now(UTC)))
    finally:  # what was worked for is told, whatever became of the folder
        click.echo(size_answer(result, held, options.form, terminal_width()), nl=False)


@main.command()
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it there, not to stdout.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
def new(file: Path | None, force: bool) -> None:
    """Write a commented scenario to start from; it runs as it is."""
    from analysis.store import write_file
    from sim.scenario.starter import starter_text

    if file is None:
        click.echo(starter_text(), nl=False)
    else:
        write_file(file, starter_text(), overwrite=force)
        click.echo(f"{file} is written; try: staffsim run {shlex.quote(str(file))}", err=True)


@main.command(short_help="Print the JSON Schema of scenario files.")
def schema() -> None:
    """Print the JSON Schema of scenario files, with which editors complete and check them."""
    from analysis.output.json_text import dumps
    from sim.scenario.schema import json_schema

    click.echo(dumps(json_schema()))


if __name__ == "__main__":
    sys.exit(main())
