"""A film as one HTML file that steps by keys without a server: all but the film itself.

The browser fills it in, for it has the film: pictures.js puts plotly's script, the fonts, the link
and the payload where MARKS stand. The player in it is the page's own.
"""

from __future__ import annotations

from functools import cache

from streamlit import config

from ui.kit.player import CSS, SOURCE

LIGHT = {
    "--st-text-color": "textColor", "--st-background-color": "backgroundColor",
    "--st-secondary-background-color": "secondaryBackgroundColor",
    "--st-border-color": "borderColor", "--st-primary-color": "primaryColor",
    "--st-link-color": "linkColor", "--st-code-background-color": "codeBackgroundColor",
    "--st-orange-text-color": "orangeTextColor", "--st-green-text-color": "greenTextColor",
    "--st-blue-text-color": "blueTextColor",
}  # fmt: skip
"""The variables of the player's styles, and where the light theme says them."""
MARKS = FONTS, PLOTLY, TITLE, LINK, PAYLOAD = ("@FONTS@", "@PLOTLY@", "@TITLE@", "@LINK@", "@FILM@")
SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{fonts}
:root {{ color-scheme: light; {variables} }}
body {{ margin: 12px; background: var(--st-background-color); }}
footer {{ font: 13px var(--st-font); margin-top: 8px; overflow-wrap: anywhere; }}
{css}</style>
<script>{plotly}</script></head>
<body><div><div class="film-root"></div></div><footer>{link}</footer>
<script type="application/json" id="film">{payload}</script>
<script>
{player}
const text = document.getElementById("film").textContent;
show({{ data: new TextEncoder().encode(text), parentElement: document.querySelector("body > div"),
  setStateValue() {{}}, setTriggerValue() {{}} }});
</script></body></html>
"""


@cache
def light() -> dict[str, str]:
    """The light theme's variables, whatever the page has on."""
    found = {name: config.get_option(f"theme.light.{option}") for name, option in LIGHT.items()}
    said = {name: str(value) for name, value in found.items() if value}
    for name, option in (("--st-font", "font"), ("--st-code-font", "codeFont")):
        said[name] = str(config.get_option(f"theme.{option}"))
    return said | {"--st-base-radius": "0.5rem", "--st-button-radius": "0.5rem"}


@cache
def shell() -> str:
    """The file, with MARKS where the browser fills it in."""
    variables = " ".join(f"{name}: {value};" for name, value in light().items())
    player = SOURCE.replace("export default function", "function show")
    return SHELL.format(
        title=TITLE, fonts=FONTS, variables=variables, css=CSS, plotly=PLOTLY, link=LINK,
        payload=PAYLOAD, player=player,
    )  # fmt: skip
