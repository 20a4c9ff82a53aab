// The line: its days above, a row for each opportunity, and what is told to the page.

const MONTH_ROOM = 64;
const MONTH_STEPS = [1, 2, 3, 4, 6, 12];

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

  // The period and today above, below them as many months as there is room for, or weeks of them.
  months() {
    if (this.first === undefined) return;
    const dayRoom = this.axis.clientWidth / (this.last - this.first);
    const until = this.last - MONTH_ROOM / 2 / Math.max(dayRoom, 0.01);
    const weeks = dayRoom * 7 >= MONTH_ROOM ? [1, 8, 15, 22] : [1];
    const step = MONTH_STEPS.find((months) => months * 30.4 * dayRoom >= MONTH_ROOM) ?? 12;
    const at = new Date(this.first * DAY_MS);
    const days = [];
    for (let month = at.getUTCMonth(); days.length < 99; month += 1) {
      const begins = Math.round(Date.UTC(at.getUTCFullYear(), month, 1) / DAY_MS);
      if (begins > until) break;
      if (month % step === 0) days.push(...weeks.map((nth) => begins + nth - 1));
    }
    const seen = days.filter((day) => day >= this.first && day <= until);
    const marks = seen.map((day, nth) => {
      const words = this.tick(day, nth === 0, weeks.length > 1);
      return this.written(words, "month", `left: ${this.share(day)}%`);
    });
    this.axis.replaceChildren(...this.heads(), ...marks);
  }

  tick(day, isFirst, isWeek) {
    const date = new Date(day * DAY_MS);
    const month = MONTHS[date.getUTCMonth()].slice(0, 3);
    if (isWeek) return `${date.getUTCDate()} ${month}`;
    return isFirst || date.getUTCMonth() === 0 ? `${month} ${date.getUTCFullYear()}` : month;
  }

  heads() {
    const isEarly = this.today <= (this.from + this.to) / 2;
    const side = isEarly
      ? `right: ${100 - this.share(this.to + 1)}%`
      : `left: ${this.share(this.from)}%`;
    const period = this.written(this.label, "period", side);
    if (this.side(this.today)) return [period];
    return [period, this.written("Today", "today", `left: ${this.share(this.today)}%`)];
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
