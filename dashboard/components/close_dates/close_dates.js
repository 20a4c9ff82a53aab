// Close dates on a line of days: a mark for each opportunity, dragged or moved with keys.
// Words are only ever set as text.

const DAY_MS = 86_400_000;
const FAR_ENOUGH = 3;
const PAUSE_MS = 450;
const MONTH_ROOM = 64;
const MONTHS = [
  ..."January February March April May June".split(" "),
  ..."July August September October November December".split(" "),
];
const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 7,
  PageDown: -7,
};
const BACK = "↺";

function build(tag, traits = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined));
  return made;
}

// A day is the number of days since 1970, as everywhere else; null where there is none.
const number = (iso) => (iso === null ? null : Math.round(Date.parse(`${iso}T00:00Z`) / DAY_MS));
const iso = (day) => (day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10));

function words(day, { long = false } = {}) {
  if (day === null) return "no close date";
  const date = new Date(day * DAY_MS);
  const month = MONTHS[date.getUTCMonth()];
  return `${date.getUTCDate()} ${long ? month : month.slice(0, 3)} ${date.getUTCFullYear()}`;
}

function away(day, was) {
  if (was === null || day === was) return "";
  const days = Math.abs(day - was);
  return `${days} ${days === 1 ? "day" : "days"} ${day > was ? "later" : "earlier"}`;
}

// One opportunity: its name, its track with the mark and the ghost, its date in words.
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

// A mouse, a pen or a finger takes a mark along; Escape, or the page scrolling, lets it go back.
class Drag {
  constructor(dates) {
    this.dates = dates;
    this.row = null;
    const { root } = dates;
    root.addEventListener("pointermove", (event) => this.moved(event));
    root.addEventListener("pointerup", (event) => this.up(event));
    root.addEventListener("pointercancel", (event) => this.isOurs(event) && this.cancel());
  }

  isOurs(event) {
    return this.row && event.pointerId === this.pointer;
  }

  down(row, event) {
    if (event.button || row.isFixed || this.row) return;
    event.preventDefault();
    row.send();
    row.mark.focus({ preventScroll: true });
    const box = row.mark.getBoundingClientRect();
    Object.assign(this, { row, pointer: event.pointerId, startX: event.clientX, began: row.day });
    this.offset = event.clientX - (box.left + box.width / 2);
    this.isFar = false;
    row.mark.setPointerCapture(event.pointerId);
  }

  moved(event) {
    if (!this.isOurs(event)) return;
    this.isFar ||= Math.abs(event.clientX - this.startX) >= FAR_ENOUGH;
    if (!this.isFar) return;
    const { row, dates } = this;
    dates.root.classList.add("dragging");
    row.day = dates.dayAt(row.track, event.clientX - this.offset);
    row.draw();
    dates.showTip(row);
  }

  up(event) {
    if (!this.isOurs(event)) return;
    const { row, began } = this;
    const { day } = row;
    row.day = began;
    this.end();
    row.drop(day);
  }

  cancel() {
    const { row, began } = this;
    if (!row) return;
    this.end();
    row.day = began;
    row.draw();
  }

  end() {
    const { row, dates } = this;
    this.row = null;
    if (row.mark.hasPointerCapture(this.pointer)) row.mark.releasePointerCapture(this.pointer);
    dates.root.classList.remove("dragging");
    dates.tip.hidden = true;
  }
}

class Dates {
  constructor(shadow) {
    this.shadow = shadow;
    this.root = shadow.querySelector(".dates");
    this.axis = shadow.querySelector(".axis");
    this.list = shadow.querySelector(".rows");
    this.tip = shadow.querySelector(".tip");
    this.rows = new Map();
    this.asking = new Map();
    this.awaited = null;
    this.counted = 0;
    this.drag = new Drag(this);
    this.watch = new ResizeObserver(() => this.months());
    this.watch.observe(this.axis);
  }

  show(data) {
    for (const name of ["first", "last", "from", "to", "today"]) this[name] = number(data[name]);
    this.label = data.label;
    for (const [name, color] of Object.entries(data.colors)) {
      this.root.style.setProperty(`--${name}`, color);
    }
    this.root.style.setProperty("--from", `${this.share(this.from)}%`);
    this.root.style.setProperty("--to", `${this.share(this.to + 1)}%`);
    this.root.style.setProperty("--today", `${this.share(this.today)}%`);
    this.root.classList.toggle("no-today", Boolean(this.side(this.today)));
    this.months();
    this.lay(data.rows);
    this.counted = Math.max(this.counted, data.heard);
    if (this.awaited && data.heard >= this.awaited.asked) this.awaited = null;
    for (const row of data.rows) this.rows.get(row.id).show(row);
    this.askNext();
  }

  // One move is told at a time, the next when the page has heard it: of two told at once it would
  // hear the second only.
  ask(id, day) {
    this.asking.set(id, day);
    this.askNext();
  }

  askNext() {
    const [next] = this.asking;
    if (this.awaited || !next) return;
    const [id, day] = next;
    this.asking.delete(id);
    this.counted += 1;
    this.awaited = { id, day, asked: this.counted };
    this.send(this.awaited);
  }

  isAwaited(id) {
    return this.awaited?.id === id || this.asking.has(id);
  }

  // Rows stay the same elements, so that what has the focus or is being dragged keeps it.
  lay(told) {
    const before = [...this.rows.keys()].join();
    const rows = new Map(told.map(({ id }) => [id, this.rows.get(id) ?? new Row(this, id)]));
    this.rows = rows;
    if (before === [...rows.keys()].join()) return;
    if (this.drag.row && !rows.has(this.drag.row.id)) this.drag.cancel();
    const focused = this.shadow.activeElement;
    this.list.replaceChildren(...[...rows.values()].map((row) => row.node));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  months() {
    if (this.first === undefined) return;
    const room = (this.axis.clientWidth / (this.last - this.first)) * 30.4;
    const step = Math.max(1, Math.ceil(MONTH_ROOM / Math.max(room, 1)));
    const marks = [];
    const at = new Date(this.first * DAY_MS);
    at.setUTCDate(1);
    for (let month = 0; ; month += 1) {
      at.setUTCMonth(at.getUTCMonth() + 1);
      const day = Math.round(at.getTime() / DAY_MS);
      if (day > this.last - MONTH_ROOM / 2 / Math.max(room / 30.4, 0.01)) break;
      if (month % step) continue;
      const name = MONTHS[at.getUTCMonth()].slice(0, 3);
      const isFirst = marks.length === 0 || at.getUTCMonth() < step;
      marks.push(
        this.written(isFirst ? `${name} ${at.getUTCFullYear()}` : name, "month", `left: ${this.share(day)}%`),
      );
    }
    const middle = (this.from + this.to) / 2;
    const side = this.today <= middle ? `right: ${100 - this.share(this.to + 1)}%` : `left: ${this.share(this.from)}%`;
    const today = this.side(this.today)
      ? []
      : [this.written("Today", "today", `left: ${this.share(this.today)}%`)];
    this.axis.replaceChildren(this.written(this.label, "period", side), ...today, ...marks);
  }

  written(text, name, style) {
    const made = build("span", { class: name }, text);
    made.style.cssText = style;
    return made;
  }

  // Where a day is: a share of the width in percent; what lies outside is held at the edge.
  share(day) {
    if (day === null) return 0;
    return Math.min(100, Math.max(0, ((day - this.first) / (this.last - this.first)) * 100));
  }

  side(day) {
    if (day === null) return "";
    return day < this.first ? "before" : day > this.last ? "behind" : "";
  }

  dayAt(track, x) {
    const box = track.getBoundingClientRect();
    const day = Math.round(this.first + ((x - box.left) / box.width) * (this.last - this.first));
    return Math.min(this.last, Math.max(this.first, day));
  }

  showTip(row) {
    const { tip, root } = this;
    const by = away(row.day, row.was);
    tip.textContent = by ? `${words(row.day)}, ${by}` : words(row.day);
    tip.hidden = false;
    const mark = row.mark.getBoundingClientRect();
    const box = root.getBoundingClientRect();
    const middle = mark.left + mark.width / 2 - box.left;
    const left = Math.min(Math.max(0, middle - tip.offsetWidth / 2), box.width - tip.offsetWidth);
    tip.style.left = `${left}px`;
    tip.style.top = `${mark.top - box.top - tip.offsetHeight - 2}px`;
  }
}

const shown = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  let dates = shown.get(parentElement);
  if (!dates || !dates.root.isConnected) {
    dates = new Dates(parentElement);
    shown.set(parentElement, dates);
  }
  dates.send = (wish) => setTriggerValue("dragged", wish);
  dates.show(data);
  return () => dates.watch.disconnect();
}
