"""What a browser may do with a page of this app: the security headers, made from what is served.

The only inline scripts are one of Streamlit's page and those of ui/; each is allowed by its digest,
so that nothing which a visitor typed can ever run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit

UI = Path(__file__).parents[1] / "ui"
PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


def digest(script: str) -> str:
    """A script as a source of `script-src`."""
    made = base64.b64encode(hashlib.sha256(script.encode()).digest())
    return f"'sha256-{made.decode()}'"


def inline_scripts() -> list[str]:
    """Those that stand in a page instead of in a file of their own."""
    theirs = re.findall(r"<script>(.*?)</script>", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return theirs + [path.read_text(encoding="utf-8") for path in sorted(UI.glob("*/*.js"))]


def policy() -> str:
    """The Content-Security-Policy. Streamlit writes styles into the page, loads the scripts of
    components from blobs, and has one parser in WebAssembly.
    """
    digests = " ".join(map(digest, inline_scripts()))
    return "; ".join([
        "default-src 'self'",
        f"script-src 'self' blob: 'wasm-unsafe-eval' {digests}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'",
    ])  # fmt: skip


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
