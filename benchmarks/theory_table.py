"""The simulator beside exact theory, published tables and chains, row by row: ``python -m benchmarks.theory_table``.

Takes some ten minutes on two cores. Exit code 1 if a row disagrees.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from tests.proof.catalogue import FEATURES, exact_studies, published_studies, reason_left_out
from tests.proof.judge import LARGEST_SCORE, mean_square, scores_of
from tests.proof.rows import exact_rows
from tests.proof.study import Finding, Proof, Study, prove


def show(proof: Proof) -> None:
    """One study: what was simulated, and its rows."""
    print(f"\n{proof.study.name}")
    print(f"  {proof.contacts / 1e6:.1f} M contacts in {proof.replications} replications")
    for finding in proof.findings:
        print(f"  {line(finding)}", flush=True)


def line(finding: Finding) -> str:
    """One row: what is stated, what was simulated, and how far they are apart."""
    row, estimate = finding.row, finding.estimate
    interval = row.named["interval"] if "interval=" in row.params else ""
    hour = row.model.partition(", ")[2] if row.model.startswith("single-queue day") else ""
    name = " ".join(filter(None, (hour, row.metric, interval)))
    errors = f"{estimate.standard_error:.1e}" + (f" and {finding.row_error:.1e}" if finding.row_error else "")
    figures = f"{row.value:12.6g}  simulated {estimate.value:12.6g}  z {finding.score:5.2f}  (standard error {errors})"
    return f"{row.id:>5} {name:44.44} {figures}"


def summary(title: str, proofs: list[Proof]) -> bool:
    """The scores together; whether all agree."""
    scores = [score for proof in proofs for score in scores_of(proof)]
    inputs = [score for proof in proofs for score in proof.input_scores]
    square = mean_square(proofs)
    rows = sum(len(proof.findings) for proof in proofs)
    largest, largest_input = (max(map(abs, values)) for values in (scores, inputs))
    print(f"\n{title}: {rows} rows in {len(proofs)} studies, {sum(p.contacts for p in proofs) / 1e6:,.0f} M contacts")
    print(f"  largest |z| {largest:.2f} (must be below {LARGEST_SCORE:g})")
    print(f"  mean z² {square.value:.2f} (1 expected; by chance {square.low:.2f} to {square.high:.2f})")
    print(f"  largest |z| of first contacts, handle times and repeats against the file's {largest_input:.2f}")
    return max(largest, largest_input) < LARGEST_SCORE and square.is_plausible


def prove_all(studies: Iterable[Study]) -> list[Proof]:
    """Prove them one by one, showing each."""
    proofs = []
    for study in studies:
        proofs.append(prove(study))
        show(proofs[-1])
    return proofs


def main() -> int:
    """Print the table; 0 if all agrees."""
    exact, published = prove_all(exact_studies()), prove_all(published_studies())
    features = prove_all(study() for study in FEATURES.values())
    agree = summary("Exact theory", exact) & summary("Published tables", published)
    estimated = [f for proof in published for f in proof.findings if f.row.replications is not None]
    inside = sum(finding.is_inside for finding in estimated)
    print(f"  {inside} of {len(estimated)} published estimates hold the simulation in their 95 % interval")
    agree &= summary("Features", features)
    print("\nRows left out:")
    reasons = Counter((row.model, reason) for row in exact_rows() if (reason := reason_left_out(row)))
    for (model, reason), count in reasons.items():
        print(f"  {count:3d} {model}: {reason}")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
