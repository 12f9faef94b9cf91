// Keys of a lecture: PageDown and PageUp, as a presenter's clicker sends them, and Shift with an
// arrow press the strip's own buttons; on the Lecture page the one that begins. An open question is
// answered first.
if (!window.unrolledLecture) {
  window.unrolledLecture = true;
  const TYPING = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
  const WAYS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
  const button = (name) => document.querySelector(`.st-key-strip-${name} button:not(:disabled)`);
  document.addEventListener("keydown", (event) => {
    const way = event.shiftKey === event.key.startsWith("Arrow") && WAYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPING)) return;
    const pressed = way > 0 ? button("skip") ?? button("next") : button("previous");
    if (!pressed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) pressed.click();
  }, true);

  // Streamlit writes what the next page says into the address of the one that is left, often before
  // it moves on: so that Back finds a stop as it was left, its address is put right at that moment.
  let left = null;
  document.addEventListener("click", ({ target }) => {
    left = target.closest(".st-key-strip, .st-key-strip-next, .chapter") && location.href;
  }, true);
  const { history, location } = window, push = history.pushState;
  history.pushState = (state, title, url) => {
    if (left && new URL(url, location.href).pathname !== location.pathname) {
      history.replaceState(history.state, "", left);
      left = null;
    }
    push.call(history, state, title, url);
  };

  // Whoever comes to a stop sees the page from its top, or from the tabs under its film, once they stand.
  window.unrolledLook = (below) => {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    let last, tries = 50;
    const waits = below && setInterval(() => {
      const tabs = document.querySelector("[data-testid=stTabs]"), top = tabs?.getBoundingClientRect().top;
      if ((tabs && top === last) || !tries--) {
        clearInterval(waits);
        tabs?.scrollIntoView({ block: "start" });
      }
      last = top;
    }, 100);
  };
}
