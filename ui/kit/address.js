// The browser's half of the settings (settings.py): one entry of the history for each page, none for
// a setting; and an address to which Back or Forward led is marked before Streamlit hears of it, so
// that Python reads it. What Python publishes has no mark.
if (!window.unrolledAddress) {
  window.unrolledAddress = true;
  const { history, location, navigation } = window;
  const push = history.pushState;
  let left = null; // the address of a page that is about to be left
  const where = (url) => url.pathname + url.search;

  history.pushState = (state, title, url) => {
    const same = new URL(url, location.href).pathname === location.pathname;
    if (!same && left) history.replaceState(history.state, "", left);
    if (!same) left = null;
    (same ? history.replaceState : push).call(history, state, title, url);
  };

  // To another page as by a click on its link in the bar, which a phone or a presentation may hide.
  // Streamlit writes what that page says into the address of the one that is left, often before it
  // moves on: so that Back finds it as it was, its address is put right at that moment.
  window.unrolledGo = (name) => {
    const links = [...document.querySelectorAll(".st-key-nav-pages a")];
    const link = links.find((one) => one.textContent.trim() === name);
    if (!link || link.pathname === location.pathname) return;
    left = location.href;
    link.click();
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

  // A key that is pressed while another page comes is meant for that page: it waits for its film.
  const TYPING = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
  const MOST = 50; // tenths of a second
  let keys = null;
  const hold = (path) => {
    if (keys || path === location.pathname) return;
    keys = [];
    let ticks = 0;
    const look = setInterval(() => {
      const here = location.pathname === path && document.querySelector(".film:not(.st-key-strip .film)");
      if (!here && ++ticks < MOST) return;
      clearInterval(look);
      const pressed = keys;
      keys = null;
      for (const { key, code, shiftKey } of pressed)
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }));
    }, 100);
  };
  window.addEventListener("keydown", (event) => {
    if (!keys || event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPING)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys.push(event);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-testid=stPageLink-NavLink]");
    if (link && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey) hold(link.pathname);
  });

  // A link that is opened in another tab takes along what is set at that moment.
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.("a[data-testid=stPageLink-NavLink]");
    if (link) link.search = location.search;
  }, true);

  // Who types and clicks a link at once leaves while the text is on its way: the click waits for it.
  let typed = false, done = -Infinity;
  document.addEventListener("input", () => (typed = true), true);
  document.addEventListener("focusout", () => {
    if (typed) done = performance.now();
    typed = false;
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !event.isTrusted || performance.now() - done > 100) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => link.click(), 150);
  }, true);
}
