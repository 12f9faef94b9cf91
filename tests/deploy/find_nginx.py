"""Find nginx for the tests of deploy/, or install it: `make nginx`.

Order: $NGINX_PATH, an nginx on this machine, Debian's package.
"""

import os
import shutil
import subprocess
import sys

INSTRUCTIONS = """\
The tests of deploy/ found no nginx. Any one of these will do:
    make nginx                                   (as root: tries the next one)
    apt-get install -y nginx-light               (Debian, Ubuntu)
    brew install nginx                           (macOS)
    NGINX_PATH=/path/to/nginx                    (1.18 or newer)"""
INSTALL_LIMIT_S = 300


def works(path: str | None) -> bool:
    """Say whether the file at `path` is an nginx that starts."""
    try:
        return bool(path) and subprocess.run([path, "-v"], capture_output=True).returncode == 0
    except OSError:
        return False


def find() -> str | None:
    """Return the path of an nginx that works."""
    if chosen := os.environ.get("NGINX_PATH"):
        return chosen if works(chosen) else None  # what was asked for, or nothing
    places = (shutil.which("nginx"), "/usr/sbin/nginx", "/opt/homebrew/bin/nginx")
    return next(filter(works, places), None)


def install() -> None:
    """Try Debian's package, as root."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "nginx-light"]):
            print("nginx:", " ".join(command), flush=True)
            subprocess.run(command, timeout=INSTALL_LIMIT_S, check=True, env=quiet)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"nginx: {error}")


def main() -> None:
    """Print the path of nginx, after installing it if need be."""
    if not find() and not os.environ.get("NGINX_PATH"):
        install()
    path = find()
    if not path:
        sys.exit(INSTRUCTIONS)
    print(f"nginx: {path}")


if __name__ == "__main__":
    main()
