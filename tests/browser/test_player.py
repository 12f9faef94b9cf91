"""The component alone: payloads that come out of order, and a picture that is taken away."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from ui.kit import player as plot

SOURCE = (Path(plot.__file__).parent / "player.js").read_text(encoding="utf-8")
HOLD = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const { default: draw } = await import(url);
    const home = document.body.appendChild(document.createElement('div'));
    home.innerHTML = '<div class="film-root"></div>';
    const panel = { name: 'said', kind: 'text', area: 'main', card: false };
    const payload = (said) => ({ identity: '', step: 0, group: 'g', transport: false, columns: '',
        address: {}, away_ms: 0, dark: {}, frames: [], panels: [{ ...panel, content: said }] });
    window.home = home;
    window.give = (said) => draw({
        data: new TextEncoder().encode(JSON.stringify(payload(said))), parentElement: home });
    window.drawn = () => new Promise((done) => setTimeout(() => done(home.innerText.trim()), 20));
}"""


def test_a_payload_that_comes_too_late_is_not_shown(open_page: Callable[..., Page]) -> None:
    page = open_page("read")
    page.evaluate(HOLD, SOURCE)
    # As Streamlit does it: who is late is told so as soon as it has been called.
    late_last = "() => { give('new'); Promise.resolve(give('old')).then((late) => late()); }"
    late_first = "() => { const late = give('old'); give('newer'); Promise.resolve().then(late); }"
    for calls, said in ((late_last, "new"), (late_first, "newer")):
        page.evaluate(calls)
        assert page.evaluate("drawn()") == said
        page.evaluate("window.film ??= home.querySelector('.film-root').film")
    assert page.evaluate("home.querySelector('.film-root').film === window.film")


def test_what_is_taken_away_hears_no_more(open_page: Callable[..., Page]) -> None:
    page = open_page("read")
    page.evaluate(HOLD, SOURCE)
    page.evaluate("() => { window.end = give('here'); }")
    assert page.evaluate("drawn()") == "here"
    page.evaluate("() => { window.root = home.firstChild; end(); home.remove(); }")
    page.wait_for_function("root.film === undefined")
