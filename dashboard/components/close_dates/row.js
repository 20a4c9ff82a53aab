// One opportunity: its name, its track with the mark and the ghost, its date in words.

const PAUSE_MS = 450;
const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 7,
  PageDown: -7,
};
const BACK = "↺";

class Row {
  constructor(dates, id) {
    this.dates = dates;
    this.id = id;
    this.title = build("b");
    this.no = build("small");
    this.amount = build("small");
    this.date = build("span");
    this.back = build("button", { type: "button", class: "back", onclick: () => this.putBack() }, BACK);
    this.way = build("div", { class: "way" });
    this.ghost = build("div", { class: "ghost" });
    this.pin = build("span", { class: "pinned" });
    this.pinWas = build("span", { class: "pinned" });
    this.mark = build("div", {
      class: "mark",
      role: "slider",
      tabindex: 0,
      "aria-describedby": "hint",
      onkeydown: (event) => this.key(event),
      onblur: () => this.send(),
      onpointerdown: (event) => dates.drag.down(this, event),
    });
    this.track = build("div", { class: "track" }, this.way, this.ghost, this.pinWas, this.pin, this.mark);
    this.node = build(
      "li",
      { class: "row" },
      build("div", { class: "name" }, this.title, this.no, this.amount),
      this.track,
      build("div", { class: "said" }, this.date, this.back),
    );
  }

  // What the page says holds, but for a day that was moved here and that it has not heard yet.
  show(told) {
    this.told = told;
    this.was = number(told.was);
    const isOurs = this.isUnsent || this.dates.isAwaited(this.id) || this.dates.drag.row === this;
    if (!isOurs) this.day = number(told.day);
    this.title.textContent = told.name || told.no;
    this.title.title = told.name;
    this.no.textContent = told.no;
    this.amount.textContent = told.amount;
    this.mark.setAttribute("aria-label", `Close date of ${told.no} ${told.name}`);
    this.draw();
  }

  draw() {
    const { told, day, was, dates } = this;
    const isEnded = told.outcome !== "as is";
    const isMoved = !isEnded && day !== was;
    this.node.className = ["row", isMoved && "moved", isEnded && `ended ${told.outcome}`]
      .filter(Boolean)
      .join(" ");
    const shown = isEnded ? (told.outcome === "won" ? dates.today : was) : day;
    this.date.textContent = isEnded ? told.outcome : words(day);
    this.place(shown, isMoved, isEnded);
    this.tell(shown, isMoved, isEnded);
    this.back.hidden = !isMoved;
    this.back.setAttribute("aria-label", `Put ${told.no} back to ${words(was)}`);
    this.back.title = `Put back to ${words(was)}`;
  }

  place(day, isMoved, isEnded) {
    const { dates, was } = this;
    const side = isEnded ? "" : dates.side(day);
    this.mark.className = `mark ${day === null ? "none" : side}`;
    const at = dates.share(day);
    const from = dates.share(was);
    this.track.style.setProperty("--at", `${at}%`);
    this.track.style.setProperty("--was", `${from}%`);
    this.track.style.setProperty("--low", `${Math.min(at, from)}%`);
    this.track.style.setProperty("--high", `${Math.max(at, from)}%`);
    this.ghost.hidden = !isMoved || was === null;
    this.way.hidden = this.ghost.hidden;
    const sideWas = isMoved && was !== null ? dates.side(was) : "";
    const isBoth = side && side === sideWas;
    pin(this.pin, side, isBoth ? `${words(day)}, was ${words(was)}` : words(day));
    pin(this.pinWas, isBoth ? "" : sideWas, `was ${words(was)}`);
  }

  tell(day, isMoved, isEnded) {
    const { told, was, dates, mark } = this;
    const at = day ?? dates.first;
    mark.setAttribute("aria-valuemin", Math.min(at, dates.first));
    mark.setAttribute("aria-valuemax", Math.max(at, dates.last));
    mark.setAttribute("aria-valuenow", at);
    const recorded = isMoved ? `, recorded ${words(was, { long: true })}` : "";
    const said = isEnded ? `supposed to be ${told.outcome}` : words(day, { long: true }) + recorded;
    mark.setAttribute("aria-valuetext", said);
    mark.setAttribute("aria-disabled", String(isEnded));
  }

  get isFixed() {
    return this.told.outcome !== "as is";
  }

  key(event) {
    if (event.key === "Escape" && this.dates.drag.row === this) {
      this.dates.drag.cancel();
    } else if (this.isFixed || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.putBack();
    } else if (event.key === "Home") {
      this.step(this.dates.from);
    } else if (event.key === "End") {
      this.step(this.dates.to);
    } else if (event.key === "Enter") {
      this.send();
    } else if (STEPS[event.key]) {
      const by = STEPS[event.key] * (event.shiftKey && event.key.startsWith("Arrow") ? 7 : 1);
      this.step(this.day === null ? this.dates.today : this.day + by);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // Keys pressed one after another are one move, told when they pause.
  step(day) {
    if (day === this.day) return;
    this.day = day;
    this.isUnsent = true;
    this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE_MS);
  }

  send() {
    clearTimeout(this.timer);
    if (!this.isUnsent) return;
    this.isUnsent = false;
    this.dates.ask(this.id, iso(this.day));
  }

  drop(day) {
    if (day === this.day) return;
    this.day = day;
    this.draw();
    this.dates.ask(this.id, iso(day));
  }

  putBack() {
    if (this.isFixed || this.day === this.was) return;
    clearTimeout(this.timer);
    this.isUnsent = false;
    const hadButton = this.dates.shadow.activeElement === this.back;
    this.day = this.was;
    this.draw();
    if (hadButton) this.mark.focus({ preventScroll: true });
    this.dates.ask(this.id, null);
  }
}

function pin(node, side, text) {
  node.hidden = !side;
  node.className = `pinned ${side === "before" ? "left" : "right"}`;
  node.textContent = side ? text : "";
}
