// The columns: as tall as all of their cards, filled with those near what is looked at.

const STEP = 126;
const MARGIN = 6;
const SETTLE_MS = 80;

function cardText(card) {
  const lacks = card.marks.find((mark) => mark.kind === "stepless");
  const marks = card.marks
    .filter((mark) => mark !== lacks)
    .map((mark) => build("span", { class: `mark ${mark.kind}` }, mark.text));
  const step = card.step ? `Next: ${card.step.text}, ${card.step.on}` : lacks?.text;
  return [
    build("span", { class: "title" }, card.title),
    build("span", { class: "who" }, `${card.contact} · ${card.owner}`),
    build(
      "span",
      { class: "facts" },
      build("b", {}, card.amount),
      card.closes && build("span", {}, build("i", { class: "unseen" }, "closes "), card.closes),
    ),
    // How long it has been here stands first; that it is "in stage" the place says to the eye.
    build(
      "span",
      { class: "step", title: `${card.days} ${card.since}` },
      card.days,
      build("i", { class: "unseen" }, ` ${card.since}`),
      step && ` · ${step}`,
    ),
    build("span", { class: "marks" }, marks),
  ];
}

class Columns {
  constructor(board) {
    this.board = board;
    this.place = board.root.querySelector(".columns");
    this.tabs = board.root.querySelector(".tabs");
    this.made = new Map();
    this.items = new Map();
    this.pending = new Map();
    this.wanted = null;
    this.place.addEventListener("scroll", () => this.markTab(), { passive: true });
    new ResizeObserver(() => this.measure()).observe(this.place);
  }

  // --- from the data ---------------------------------------------------------------------------

  show(columns, isAnew) {
    const key = columns.map((column) => column.stage).join(" ");
    if (isAnew || key !== this.key) this.layOut(columns);
    this.key = key;
    const seen = new Set();
    for (const column of columns) this.fill(column, seen);
    for (const [no, item] of this.items) {
      if (seen.has(no) || this.pending.has(no)) continue;
      item.node.remove();
      this.items.delete(no);
    }
    for (const column of columns) {
      this.tabStop(column.stage);
      // What is in sight may lie outside the window that was sent.
      this.scrolled(column.stage);
    }
    this.markTab();
  }

  layOut(columns) {
    this.made.clear();
    this.items.clear();
    this.place.replaceChildren(...columns.map((column) => this.column(column)));
    this.marked = null;
    this.measure();
    this.tabs.replaceChildren(
      ...columns.map((column) =>
        build("button", { type: "button", data: { stage: column.stage }, onclick: () => this.reveal(column.stage) }),
      ),
    );
  }

  column(column) {
    const name = build("span", {});
    const number = build("a", {});
    const sums = build("p", {});
    const marks = build("p", {});
    const id = `column-${column.stage}`;
    const list = build("ol", {});
    const nobody = build("p", { class: "nobody", hidden: true }, "Nothing here.");
    const scroll = build("div", { class: "cards" }, list, nobody);
    const node = build(
      "section",
      {
        class: column.stage ? "column" : "column drafts",
        "aria-labelledby": id,
        data: { drop: String(column.stage) },
      },
      build("header", {}, build("h3", { id }, name, number), sums, marks),
      scroll,
    );
    scroll.addEventListener("scroll", () => this.scrolled(column.stage), { passive: true });
    this.made.set(column.stage, { node, name, number, sums, marks, list, nobody, scroll });
    return node;
  }

  fill(column, seen) {
    const made = this.made.get(column.stage);
    made.data = column;
    made.node.style.setProperty("--column", column.color);
    made.name.textContent = column.name;
    const [all, ...marked] = column.lists;
    this.lead(made.number, column.stage, all);
    made.number.textContent = column.number;
    made.number.title = `Open the list of ${column.name}`;
    made.sums.textContent = column.sums;
    made.marks.replaceChildren(
      ...marked.flatMap((list, place) => [
        place ? " · " : "",
        this.lead(build("a", {}, list.text), column.stage, list),
      ]),
    );
    made.nobody.hidden = column.count > 0;
    made.list.style.height = `${column.count * STEP}px`;
    const tab = this.tabs.querySelector(`[data-stage="${column.stage}"]`);
    if (tab) tab.textContent = `${column.name} ${column.number}`;
    for (const card of column.cards) {
      if (this.pending.has(card.no)) continue;
      this.put(card, column);
      seen.add(card.no);
    }
  }

  // A figure leads to its list, inside this page; another tab opens it by its address.
  lead(link, stage, list) {
    link.href = list.href;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.board.asking.ask(() => ({ kind: "list", stage, what: list.what }));
    };
    return link;
  }

  put(card, column) {
    const written = JSON.stringify(card);
    const made = this.made.get(column.stage);
    let item = this.items.get(card.no);
    if (!item) {
      item = this.item(card.no);
      this.items.set(card.no, item);
    }
    if (item.written !== written) {
      item.button.replaceChildren(...cardText(card));
      item.menu.setAttribute("aria-label", `Move ${card.title}`);
      item.written = written;
    }
    Object.assign(item, { card, stage: column.stage });
    item.node.style.top = `${card.place * STEP}px`;
    item.node.setAttribute("aria-setsize", column.count);
    item.node.setAttribute("aria-posinset", card.place + 1);
    item.node.dataset.place = card.place;
    item.node.classList.remove("pending");
    // In the order they are seen: that is the order in which they are read out.
    const after = [...made.list.children].find(
      (other) => other !== item.node && Number(other.dataset.place) > card.place,
    );
    const here = item.node.parentElement === made.list;
    if (!here || item.node.nextElementSibling !== (after || null)) {
      made.list.insertBefore(item.node, after || null);
    }
  }

  item(no) {
    const button = build("button", {
      type: "button",
      class: "card",
      tabindex: "-1",
      "aria-describedby": "hint",
      data: { no },
      onclick: () => this.board.open(no),
    });
    const menu = build(
      "button",
      { type: "button", class: "menu", tabindex: "-1", onclick: () => this.board.menu(no) },
      "⋯",
    );
    return { node: build("li", {}, button, menu), button, menu };
  }

  // --- what is in sight ------------------------------------------------------------------------

  scrolled(stage) {
    const made = this.made.get(stage);
    clearTimeout(made.timer);
    made.timer = setTimeout(() => this.load(stage), SETTLE_MS);
  }

  load(stage) {
    const { data, scroll, list } = this.made.get(stage);
    const from = Math.floor(scroll.scrollTop / STEP);
    const to = Math.min(data.count, Math.ceil((scroll.scrollTop + scroll.clientHeight) / STEP));
    const last = data.first + data.cards.length;
    const above = from < data.first + Math.min(MARGIN, data.first);
    const below = to > last - Math.min(MARGIN, data.count - last);
    if (!list.isConnected || (!above && !below)) {
      this.tabStop(stage);
      return;
    }
    const first = Math.max(0, from - Math.floor((this.board.data.at_most - (to - from)) / 2));
    if (first === data.first) return;
    this.board.asking.ask(
      () => ({ kind: "more", stage, first }),
      () => this.load(stage),
    );
  }

  reveal(stage) {
    const { node } = this.made.get(stage);
    node.scrollIntoView({ block: "nearest", inline: "start" });
  }

  // Whether all columns fit beside each other.
  measure() {
    const { scrollWidth, clientWidth } = this.place;
    this.board.root.classList.toggle("wide", scrollWidth > clientWidth + 4);
  }

  // The stage whose column stands at the left edge.
  here() {
    const left = this.place.getBoundingClientRect().left;
    let nearest = null;
    for (const [stage, { node }] of this.made) {
      const off = Math.abs(node.getBoundingClientRect().left - left);
      if (nearest === null || off < nearest.off) nearest = { stage, off };
    }
    return nearest?.stage;
  }

  markTab() {
    const stage = this.here();
    for (const tab of this.tabs.children) {
      const isHere = tab.dataset.stage === String(stage);
      tab.setAttribute("aria-current", isHere ? "true" : "false");
      if (isHere && stage !== this.marked) {
        this.tabs.scrollLeft = tab.offsetLeft - (this.tabs.clientWidth - tab.offsetWidth) / 2;
      }
    }
    this.marked = stage;
  }

  // --- focus -----------------------------------------------------------------------------------

  // One card of each column can be reached with Tab: the one that had the focus, else one in sight.
  tabStop(stage) {
    const { scroll } = this.made.get(stage);
    const mine = [...this.items.values()].filter((item) => item.stage === stage);
    const kept = mine.find((item) => item.card.no === this.lastFocused?.get(stage));
    const inSight = mine
      .filter((item) => item.card.place * STEP >= scroll.scrollTop - 1)
      .sort((one, other) => one.card.place - other.card.place)[0];
    const chosen = kept || inSight || mine[0];
    for (const item of mine) item.button.tabIndex = item === chosen ? 0 : -1;
  }

  focused(no) {
    const item = this.items.get(no);
    if (!item) return;
    this.lastFocused ??= new Map();
    this.lastFocused.set(item.stage, no);
    this.tabStop(item.stage);
  }

  focus(no) {
    const item = this.items.get(no);
    if (!item) return false;
    item.button.focus({ preventScroll: true });
    item.node.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.focused(no);
    return true;
  }

  // Focus the card at a place, loading it first where it is not there yet.
  focusPlace(stage, place) {
    const { data, scroll } = this.made.get(stage);
    const at = Math.max(0, Math.min(place, data.count - 1));
    const item = [...this.items.values()].find(
      (each) => each.stage === stage && each.card.place === at,
    );
    this.wanted = null;
    if (item) return this.focus(item.card.no);
    if (!data.count) return false;
    this.wanted = { stage, place: at };
    scroll.scrollTop = at * STEP;
    return true;
  }

  focusWanted() {
    const { wanted } = this;
    if (!wanted) return;
    if (wanted.no) {
      this.wanted = null;
      this.focus(wanted.no);
    } else if (this.made.has(wanted.stage)) {
      this.focusPlace(wanted.stage, wanted.place);
    }
  }

  // --- a move before it is granted ---------------------------------------------------------------

  lift(no, to) {
    const item = this.items.get(no);
    const made = this.made.get(to);
    if (!item) return;
    this.pending.set(no, { from: item.stage, place: item.card.place });
    if (!made) return;
    made.scroll.scrollTop = 0;
    made.list.classList.add("room");
    made.nobody.hidden = true;
    item.node.classList.add("pending");
    item.node.style.top = "0px";
    item.node.dataset.place = "-1";
    made.list.prepend(item.node);
    made.list.style.minHeight = `${STEP}px`;
  }

  settle(no) {
    this.pending.delete(no);
    for (const { list } of this.made.values()) {
      list.classList.remove("room");
      list.style.minHeight = "";
    }
    this.show(this.board.data.columns, false);
  }
}
