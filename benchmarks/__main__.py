"""`python -m benchmarks [speed|recipes|tasks|translate|write|memory]`: the core, or all.

`python -m benchmarks interaction` measures the app in a browser; it needs requirements-dev.txt.
`python -m benchmarks everyday <file>` measures the everyday model on a file of sentences.

One thread for linear algebra, set before numpy is loaded: at these sizes more are no faster and
less steady. Times vary from machine to machine; the ratios within one run are what to quote.
"""

import os
import sys

for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{library}_NUM_THREADS"] = "1"


def main() -> None:
    """Run the parts that are asked for."""
    from benchmarks import memory, peers, recipes, speed, tasks, translate, write

    if sys.argv[1:2] == ["interaction"]:
        from benchmarks import interaction

        interaction.main()
        return
    if sys.argv[1:2] == ["everyday"]:
        from benchmarks import everyday

        if len(sys.argv) != 3:
            sys.exit("usage: python -m benchmarks everyday <file>")
        everyday.main(sys.argv[2])
        return
    parts = {
        "speed": (speed.main, peers.main),
        "recipes": (recipes.main,),
        "tasks": (tasks.main,),
        "translate": (translate.main,),
        "write": (write.main,),
        "memory": (memory.main,),
    }
    asked = [part for part in sys.argv[1:] if part != "--store"] or list(parts)
    if not set(asked) <= set(parts):
        sys.exit(f"usage: python -m benchmarks [{'|'.join(parts)}]")
    for part in asked:
        for measure in parts[part]:
            measure()


main()
