"""Install PyTorch's CPU build for the autograd twins, or say loudly that it could not be had.

The bare name "torch" can draw several GB of CUDA on Linux. A version that ends in "+cpu" cannot:
general package indexes carry no such versions, so pip takes a CPU build or nothing at all.
Never fails: without PyTorch the gradients are still checked, by central differences.
"""

import importlib.util
import subprocess
import sys

VERSION = "2.13.0"
LIMIT_S = 600

# A mac has no CUDA, and its builds carry no "+cpu".
SPEC = f"torch=={VERSION}" if sys.platform == "darwin" else f"torch=={VERSION}+cpu"


def main() -> None:
    """Try once, within a time limit; report the outcome."""
    if not importlib.util.find_spec("torch"):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
        try:
            subprocess.run([*pip, SPEC], timeout=LIMIT_S, check=True)
        except subprocess.SubprocessError as error:
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
