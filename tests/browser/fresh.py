"""Which figures were laid out anew meanwhile, and which then look unlike a fresh drawing."""

_CHANGE = """async () => {
    const { react } = Plotly, anew = [];
    Plotly.react = (node, ...rest) => (anew.push(node.ariaLabel), react(node, ...rest));
    MEANWHILE
    Plotly.react = react;
    const plain = (svg) => {   // no empty group, notes in order, rounded
        const copy = svg.cloneNode(true);
        for (let g; (g = copy.querySelector("g:empty"));) g.remove();
        const notes = [...copy.querySelectorAll(".annotation")];
        notes.sort((a, b) => a.dataset.index - b.dataset.index);
        for (const note of notes) note.parentNode.append(note);
        return copy.outerHTML.replace(/\\d+\\.\\d+/g, (number) => String(+(+number).toFixed(3)));
    };
    const svg = (node) => [...node.querySelectorAll(".main-svg")].map(plain).join();
    const look = (node) => [node._fullLayout, ...node._fullData].reduce(
        (text, { _uid, uid }) => text.replaceAll(_uid ?? uid, "id"), svg(node));
    for (const node of document.querySelectorAll(".film .figure")) {
        const shown = look(node), figure = structuredClone([node.data, node.layout]);
        const fresh = document.createElement("div");
        fresh.style.cssText = `height: ${node.clientHeight}px; width: ${node.clientWidth}px`;
        node.after(fresh);
        await Plotly.newPlot(fresh, ...figure);
        if (shown !== look(fresh)) anew.push("other: " + node.ariaLabel);
        Plotly.purge(fresh);
        fresh.remove();
    }
    return anew;
}"""
STEPS = _CHANGE.replace("()", "(keys)", 1).replace(
    "MEANWHILE",
    """
    for (const key of keys) {
        document.dispatchEvent(new KeyboardEvent("keydown", { key }));
        await null;
    }""",
)
"""Press keys."""
TICKS = _CHANGE.replace(
    "MEANWHILE",
    """
    const said = () => document.querySelector(".film .ticker").innerText;
    for (let seen = new Set(); seen.size < 4; seen.add(said())) {
        await new Promise((painted) => requestAnimationFrame(painted));
    }""",
)
"""Wait for four moments of a training."""
