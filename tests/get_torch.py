"""Install PyTorch's CPU build for the autograd twins, or say loudly that it could not be had.

The bare name "torch" can draw several GB of CUDA on Linux. A version that ends in "+cpu" cannot:
general package indexes carry no such versions, so pip takes a CPU build or nothing at all.
Never fails: without PyTorch the gradients are still checked, by central differences.
"""

import importlib.util
import subprocess
import sys
import time

VERSION = "2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
LIMIT_S = 600

# A mac has no CUDA, and its builds carry no "+cpu".
SPEC = f"torch=={VERSION}" if sys.platform == "darwin" else f"torch=={VERSION}+cpu"
SOURCES = (
    [],  # where pip looks anyway: a wheel on disk or a house mirror
    ["--extra-index-url", CPU_INDEX, "--timeout", "15", "--retries", "1"],
)


def main() -> None:
    """Try each source within one time limit; report the outcome."""
    deadline = time.monotonic() + LIMIT_S
    for source in SOURCES:
        if importlib.util.find_spec("torch"):
            break
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
        try:
            subprocess.run([*pip, *source, SPEC], timeout=deadline - time.monotonic(), check=True)
        except (subprocess.SubprocessError, ValueError) as error:
            print(f"get_torch: {error}")
        importlib.invalidate_caches()

    if importlib.util.find_spec("torch"):
        print("get_torch: PyTorch is here, the autograd twins will run")
    else:
        print("=" * 78)
        print("TORCH COULD NOT BE HAD: autograd twins are not run; central differences still are")
        print("=" * 78)


if __name__ == "__main__":
    main()
