// The board: what the page sends is shown, what people do is asked for, and refused it goes back.

class Board {
  constructor(shadow) {
    this.shadow = shadow;
    this.root = shadow.querySelector(".board");
    this.said = shadow.querySelector(".said");
    this.undoing = shadow.querySelector(".undo");
    this.undoing.addEventListener("click", () => this.undo());
    this.afterwards = new Map();
    this.asking = new Asking();
    this.columns = new Columns(this);
    this.panel = new Panel(this);
    this.drag = new Drag(this);
    this.keys = new Keys(this);
  }

  show(data) {
    const isAnew = this.data?.board !== data.board;
    const focused = this.shadow.activeElement?.closest?.(".card")?.dataset.no;
    this.data = data;
    if (isAnew) this.drag.cancel();
    this.root.style.setProperty("--won", data.colors.won);
    this.root.style.setProperty("--lost", data.colors.lost);
    this.ends();
    this.columns.show(data.columns, isAnew);
    if (focused && this.shadow.activeElement?.closest?.(".card")?.dataset.no !== focused) {
      this.columns.focus(focused);
    }
    if (this.asking.isAwaited(data.answer)) this.asking.heard(data.answer);
    if (!this.panel.node.open) this.columns.focusWanted();
  }

  ends() {
    const place = this.root.querySelector(".ends");
    if (place.children.length) return;
    for (const [outcome, words] of [["won", "Won"], ["lost", "Lost"]]) {
      const node = build("div", { class: "end", data: { drop: outcome } }, `Drop here: ${words}`);
      node.style.setProperty("--end", `var(--${outcome})`);
      place.append(node);
    }
  }

  // `done` is what can be taken back: the card and the batch; null where nothing can.
  say(words, kind = "", done = null) {
    this.said.className = kind ? `said ${kind}` : "said";
    this.said.textContent = words;
    this.done = done;
    this.undoing.hidden = !done;
  }

  // --- what people do ------------------------------------------------------------------------------

  open(no) {
    const item = this.columns.items.get(no);
    if (item) this.panel.card(item);
  }

  menu(no) {
    const item = this.columns.items.get(no);
    if (item) this.panel.menu(item);
  }

  drop(no, over) {
    if (over === null) return;
    if (over === "won" || over === "lost") this.end(no, over);
    else this.move(no, Number(over));
  }

  move(no, to) {
    const item = this.columns.items.get(no);
    if (!item || this.columns.pending.has(no) || item.stage === to) return;
    const refusal = this.data.editable
      ? this.data.moves[String(item.stage)]?.[String(to)]
      : this.data.why;
    if (refusal) {
      this.say(`${item.card.title}: ${refusal}`, "refused");
      return;
    }
    const hadFocus = this.shadow.activeElement?.closest?.(".card")?.dataset.no === no;
    this.columns.lift(no, to);
    if (hadFocus) item.button.focus({ preventScroll: true });
    this.try({ kind: "move", no, to }, { version: item.card.version }, {});
  }

  end(no, outcome) {
    const item = this.columns.items.get(no);
    if (!item || this.columns.pending.has(no)) return;
    if (!this.data.editable) {
      this.say(this.data.why, "refused");
      return;
    }
    this.columns.lift(no, null);
    this.try({ kind: "close", no, outcome }, { version: item.card.version }, {});
  }

  undo() {
    const { done } = this;
    if (!done) return;
    this.done = null;
    this.undoing.hidden = true;
    this.asking.ask(
      () => ({ kind: "undo", ...done }),
      (answer) => {
        this.say(answer.say, answer.result === "refused" ? "refused" : "");
        this.columns.focus(done.no);
      },
    );
  }

  // A key pressed again before the first move is granted is a second move.
  later(no, does) {
    this.afterwards.set(no, [...(this.afterwards.get(no) || []), does]);
  }

  goOn(no) {
    const [next, ...rest] = this.afterwards.get(no) || [];
    this.afterwards.set(no, rest);
    if (next && this.columns.items.has(no)) next();
  }

  // Ask for a move; where it needs something, ask for that at the card and try again.
  try(wish, seen, typed) {
    this.asking.ask(
      () => ({ ...wish, seen: seen.version, typed }),
      (answer) => this.answered(wish, seen, answer),
    );
  }

  answered(wish, seen, answer) {
    if (answer.result !== "done") this.afterwards.delete(wish.no);
    if (answer.result === "ask") {
      const near = this.columns.items.get(wish.no)?.node;
      const then = (typed) => this.try(wish, seen, typed);
      this.panel.needs(wish.no, answer, near, then, () => this.goBack(wish.no));
      return;
    }
    if (answer.result === "refused" && this.panel.kind === "needs") {
      // What was typed stays; the next try is judged on what the reason just told.
      this.panel.complain(answer.say, answer.field);
      seen.version = answer.version ?? seen.version;
      return;
    }
    this.settled(wish, answer);
  }

  settled(wish, answer) {
    const gone = this.columns.pending.get(wish.no);
    this.panel.onclose = () => {};
    this.panel.close();
    this.columns.settle(wish.no);
    const refused = answer.result === "refused";
    const title = this.columns.items.get(wish.no)?.card.title;
    const done = answer.batch ? { no: wish.no, batch: answer.batch } : null;
    const words = refused && title ? `${title}: ${answer.say}` : answer.say;
    this.say(words, refused ? "refused" : "", done);
    if (!this.columns.focus(wish.no) && gone) this.columns.focusPlace(gone.from, gone.place);
    this.goOn(wish.no);
  }

  goBack(no) {
    this.columns.settle(no);
    this.say("It stays where it was.");
  }
}

const boards = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  let board = boards.get(parentElement);
  if (!board || !board.root.isConnected) {
    board = new Board(parentElement);
    boards.set(parentElement, board);
  }
  board.asking.send = (wish) => setTriggerValue("asked", wish);
  board.show(data);
  return () => board.drag.cancel();
}
