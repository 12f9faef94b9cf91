// The browser's half of the settings (settings.py): one entry of the history for each page, none for
// a setting; and an address to which Back or Forward led is marked before Streamlit hears of it, so
// that Python reads it. What Python publishes has no mark.
if (!window.unrolledAddress) {
  window.unrolledAddress = true;
  const { history, location, navigation } = window;
  const push = history.pushState;
  const where = (url) => url.pathname + url.search;

  history.pushState = (state, title, url) => {
    const same = new URL(url, location.href).pathname === location.pathname;
    (same ? history.replaceState : push).call(history, state, title, url);
  };

  const mark = (from) => {
    const url = new URL(location.href);
    if (where(url) === from || url.searchParams.has("back")) return false; // only another #anchor
    url.searchParams.set("back", Date.now());
    history.replaceState(history.state, "", url);
    return true;
  };
  if (navigation) {
    navigation.addEventListener("currententrychange", ({ navigationType, from }) => {
      if (navigationType === "traverse") mark(where(new URL(from.url)));
    });
  } else { // an older browser: Streamlit hears of it twice
    let shown = where(location);
    setInterval(() => (shown = where(location)), 100);
    window.addEventListener("popstate", () => {
      if (mark(shown)) window.dispatchEvent(new PopStateEvent("popstate"));
    });
  }

  // A link that is opened in another tab takes along what is set at that moment.
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.("a[data-testid=stPageLink-NavLink]");
    if (link) link.search = location.search;
  }, true);

  // Who types and clicks a link at once leaves while the text is on its way: the click waits for it.
  let typed = false, left = -Infinity;
  document.addEventListener("input", () => (typed = true), true);
  document.addEventListener("focusout", () => {
    if (typed) left = performance.now();
    typed = false;
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !event.isTrusted || performance.now() - left > 100) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => link.click(), 150);
  }, true);
}
