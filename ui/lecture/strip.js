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

  // Whoever comes to a stop sees the page from its top, or from the tabs under its film: for as long
  // as they may still grow, and nobody has done anything.
  let looking;
  for (const type of ["wheel", "pointerdown", "keydown"])
    document.addEventListener(type, () => clearInterval(looking), { capture: true, passive: true });
  window.unrolledLook = (below) => {
    clearInterval(looking);
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    let tries = below ? 40 : 0;
    if (tries) looking = setInterval(() => {
      document.querySelector("[data-testid=stTabs]")?.scrollIntoView({ block: "start" });
      if (!--tries) clearInterval(looking);
    }, 100);
  };
}
