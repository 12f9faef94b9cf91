// A dial: a slider and a box for one number. While it is dragged it reports where it is, so that
// pictures follow: one report at a time, the next when Python has drawn what the last one asked for.
// Where it is let go is reported in any case, and last.

const PACE_MS = 100;   // at least, between two reports
const LOST_MS = 3000;   // a report of which nothing was heard for so long holds up no other

class Dial {
  constructor(root) {
    [this.slider, this.box] = root.querySelectorAll("input");
    this.sent = 0;
    this.when = -LOST_MS;
    this.slider.oninput = () => this.turn(this.slider, true);
    this.slider.onchange = this.slider.onpointerup = this.slider.onblur = () => this.held && this.turn(this.slider, false);
    this.box.onchange = () => this.turn(this.box, false);
  }

  // What Python says. The hand knows better until its last report was heard.
  update(data, send) {
    Object.assign(this, { data, send });
    for (const [input, most] of [[this.slider, data.near], [this.box, data.most]]) {
      input.disabled = data.disabled;
      input.setAttribute("aria-label", data.label);
      if (!this.held) Object.assign(input, { min: -most, max: most, step: 0.01 });
    }
    if (this.waiting) this.report();
    else if (!this.held && data.heard >= this.sent && data.value !== this.value) this.show(data.value);
  }

  show(value) {
    this.value = value;
    this.slider.value = value;
    this.box.value = value.toFixed(3);
  }

  turn(input, held) {
    const value = input.valueAsNumber, { most } = this.data;
    this.show(Number.isNaN(value) ? this.value : Math.min(Math.max(value, -most), most));
    this.held = held;
    this.waiting = this.data.live || !held;
    if (this.waiting) this.report();
  }

  // Report where it is, or be called again when that is due.
  report() {
    clearTimeout(this.later);
    const pause = this.held && this.data.heard < this.sent ? LOST_MS : PACE_MS;
    const left = this.when + pause - performance.now();
    if (left > 0) {
      this.later = setTimeout(() => this.report(), left);
      return;
    }
    Object.assign(this, { waiting: false, when: performance.now(), sent: Math.max(this.sent, this.data.heard) + 1 });
    this.send("at", { value: this.value, held: this.held, number: this.sent });
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".dial");
  root.dial ??= new Dial(root);
  root.dial.update(JSON.parse(new TextDecoder().decode(data)), setStateValue);
}
