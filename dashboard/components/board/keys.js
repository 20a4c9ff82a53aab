// The keys of a card that has the focus; they are listed on the page (keys.py).

class Keys {
  constructor(board) {
    this.board = board;
    board.root.addEventListener("keydown", (event) => this.pressed(event));
    board.root.addEventListener("focusin", (event) => {
      const button = event.target.closest?.(".card");
      if (button) board.columns.focused(button.dataset.no);
    });
  }

  pressed(event) {
    const { board } = this;
    if (event.key === "Escape" && board.drag.now) {
      board.drag.escape();
      return;
    }
    const item = board.columns.items.get(event.target.closest?.(".card")?.dataset.no);
    if (!item || event.ctrlKey || event.metaKey) return;
    const done = event.altKey ? this.alt(event.key, item) : this.plain(event.key, item);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  alt(key, item) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!by) return key === "ArrowUp" || key === "ArrowDown";
    const { no } = item.card;
    if (this.board.columns.pending.has(no)) {
      this.board.later(no, () => this.alt(key, this.board.columns.items.get(no)));
      return true;
    }
    const stages = this.board.data.columns.map((column) => column.stage);
    const to = stages[stages.indexOf(item.stage) + by];
    if (to === undefined) this.board.say("There is no column on that side.", "refused");
    else this.board.drop(item.card.no, String(to));
    return true;
  }

  plain(key, item) {
    const { board } = this;
    const { place, no } = item.card;
    const does = {
      ArrowUp: () => board.columns.focusPlace(item.stage, place - 1),
      ArrowDown: () => board.columns.focusPlace(item.stage, place + 1),
      Home: () => board.columns.focusPlace(item.stage, 0),
      End: () => board.columns.focusPlace(item.stage, Infinity),
      ArrowLeft: () => this.beside(item, -1),
      ArrowRight: () => this.beside(item, 1),
      m: () => board.menu(no),
      w: () => board.end(no, "won"),
      l: () => board.end(no, "lost"),
      z: () => board.undo(),
    }[key.length === 1 ? key.toLowerCase() : key];
    does?.();
    return Boolean(does);
  }

  // To the nearest column that way which holds anything, at the same height.
  beside(item, by) {
    const { columns, data } = this.board;
    const stages = data.columns.map((column) => column.stage);
    const above = item.card.place * STEP - columns.made.get(item.stage).scroll.scrollTop;
    for (let at = stages.indexOf(item.stage) + by; at in stages; at += by) {
      const made = columns.made.get(stages[at]);
      if (made.data.count) {
        columns.focusPlace(stages[at], Math.round((made.scroll.scrollTop + above) / STEP));
        return;
      }
    }
  }
}
