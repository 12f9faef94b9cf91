"""Where things stand in the window: what can be seen without scrolling."""

from collections.abc import Iterable, Iterator

from playwright.sync_api import Locator, Page

HALL = [(1280, 720), (1366, 768), (1920, 1080)]
"""Windows in which a page's film, transport and explanation are seen together."""
PHONE = (390, 844)
VISIBLE = """(node) => {   // the part of it that no card or scroller around it cuts off
    let { left, top, right, bottom } = node.getBoundingClientRect();
    const whole = [left, top, right, bottom];
    for (let inner = node, outer; (outer = inner.parentElement); inner = outer) {
        if (getComputedStyle(inner).position === "fixed") break;   // pinned: nothing cuts it off
        if (getComputedStyle(outer).overflow === "visible") continue;
        const box = outer.getBoundingClientRect();
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    const seen = [Math.max(left, 0), Math.max(top, 0),
        Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
    const there = whole[2] > whole[0] && whole[3] > whole[1];
    return there && whole.every((edge, i) => Math.abs(edge - seen[i]) < 1.5);
}"""

FOLLOWED = """() => new Promise((done) => {   // a film follows its window a frame later
    const frame = (left) => (left ? requestAnimationFrame(() => frame(left - 1)) : done());
    frame(4);
})"""


def in_turn(page: Page, windows: Iterable[tuple[int, int]] = HALL) -> Iterator[tuple[int, int]]:
    """Each window in its turn, when the page has followed."""
    for width, height in windows:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(FOLLOWED)
        yield width, height


def inside(page: Page, what: str | Locator) -> bool:
    """Whether all of what a selector finds is in the window, whole, and not cut by a card."""
    found = page.locator(what) if isinstance(what, str) else what
    return found.count() > 0 and all(one.evaluate(VISIBLE) for one in found.all())
