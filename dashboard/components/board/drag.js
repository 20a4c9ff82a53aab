// Dragging: a mouse lifts a card by moving it, a finger by holding it; both drop it where it is let
// go. Escape lets it go back.

const FAR_ENOUGH = 6;
const HOLD_MS = 350;
const EDGE = 56;
const EDGE_SPEED = 14;
const TURN_MS = 350;

class Drag {
  constructor(board) {
    this.board = board;
    this.now = null;
    const { root } = board;
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointermove", (event) => this.moved(event));
    root.addEventListener("pointerup", (event) => this.up(event));
    root.ownerDocument.addEventListener("pointerup", () => {
      setTimeout(() => {
        this.letGo = false;
      });
    });
    root.addEventListener("pointercancel", () => this.cancel());
    root.addEventListener("touchmove", (event) => this.now?.ghost && event.preventDefault(), {
      passive: false,
    });
    root.addEventListener("contextmenu", (event) => this.now?.touch && event.preventDefault());
    // A drag is no click.
    root.addEventListener(
      "click",
      (event) => {
        if (!this.justDropped && !this.letGo) return;
        event.stopPropagation();
        event.preventDefault();
      },
      { capture: true },
    );
  }

  down(event) {
    const button = event.target.closest?.(".card");
    if (!button || event.button || !this.board.data.editable) return;
    const touch = event.pointerType !== "mouse";
    this.letGo = false;
    this.now = { no: button.dataset.no, x: event.clientX, y: event.clientY, touch, button };
    this.now.pointer = event.pointerId;
    if (touch) this.now.timer = setTimeout(() => this.lift(), HOLD_MS);
  }

  moved(event) {
    const { now } = this;
    if (!now || event.pointerId !== now.pointer) return;
    const far = Math.hypot(event.clientX - now.x, event.clientY - now.y) > FAR_ENOUGH;
    if (!now.ghost) {
      if (!far) return;
      if (now.touch) this.cancel();
      else this.lift();
    }
    if (!this.now?.ghost) return;
    event.preventDefault();
    Object.assign(now, { atX: event.clientX, atY: event.clientY });
    this.follow();
  }

  lift() {
    const { now, board } = this;
    const item = board.columns.items.get(now.no);
    if (!item || board.columns.pending.has(now.no)) {
      this.cancel();
      return;
    }
    const box = item.button.getBoundingClientRect();
    now.ghost = item.button.cloneNode(true);
    now.ghost.classList.add("ghost");
    now.ghost.setAttribute("aria-hidden", "true");
    now.ghost.tabIndex = -1;
    now.ghost.style.setProperty("--width", `${box.width}px`);
    Object.assign(now, { dx: now.x - box.left, dy: now.y - box.top, atX: now.x, atY: now.y, item });
    item.node.classList.add("lifted");
    board.root.append(now.ghost);
    board.root.classList.add("dragging");
    now.button.setPointerCapture?.(now.pointer);
    navigator.vibrate?.(10);
    const here = board.data.moves[String(item.stage)] || {};
    for (const [stage, { node }] of board.columns.made) {
      node.classList.toggle("closed", Boolean(here[String(stage)]));
    }
    this.follow();
  }

  follow() {
    const { now, board } = this;
    now.ghost.style.left = `${now.atX - now.dx}px`;
    now.ghost.style.top = `${now.atY - now.dy}px`;
    const under = board.shadow.elementFromPoint(now.atX, now.atY)?.closest?.("[data-drop]");
    for (const each of board.root.querySelectorAll(".over")) {
      if (each !== under) each.classList.remove("over");
    }
    under?.classList.add("over");
    now.over = under ? under.dataset.drop : null;
    this.edge();
  }

  // Near the left or right edge the columns go by.
  edge() {
    const { now, board } = this;
    cancelAnimationFrame(now.frame);
    const box = board.columns.place.getBoundingClientRect();
    const left = Math.max(box.left, 0) + EDGE - now.atX;
    const right = now.atX - (Math.min(box.right, window.innerWidth) - EDGE);
    const by = left > 0 ? -EDGE_SPEED : right > 0 ? EDGE_SPEED : 0;
    if (window.matchMedia("(max-width: 640px)").matches) {
      this.turn(Math.sign(by));
      return;
    }
    if (!by || now.atY > box.bottom) return;
    now.frame = requestAnimationFrame(() => {
      if (this.now !== now) return;
      const before = board.columns.place.scrollLeft;
      board.columns.place.scrollLeft += by;
      if (board.columns.place.scrollLeft !== before) this.follow();
    });
  }

  // On a phone a column fills the width: the edge turns to the one beside, once for each time that
  // the finger comes there.
  turn(by) {
    const { now, board } = this;
    if (by === now.side) return;
    clearTimeout(now.turning);
    now.side = by;
    if (!by) return;
    now.turning = setTimeout(() => {
      if (this.now !== now) return;
      const stages = board.data.columns.map((column) => column.stage);
      const beside = stages[stages.indexOf(board.columns.here()) + by];
      if (beside === undefined) return;
      board.columns.reveal(beside);
      this.follow();
    }, TURN_MS);
  }

  up(event) {
    const { now } = this;
    if (!now || event.pointerId !== now.pointer) return;
    const { ghost, over, no } = now;
    this.cancel();
    if (!ghost) return;
    this.justDropped = true;
    setTimeout(() => {
      this.justDropped = false;
    });
    this.board.drop(no, over);
  }

  // Escape lets the card go back; the button of the mouse that is still held is no click.
  escape() {
    this.letGo = Boolean(this.now?.ghost);
    this.cancel();
  }

  cancel() {
    const { now } = this;
    if (!now) return;
    clearTimeout(now.timer);
    clearTimeout(now.turning);
    cancelAnimationFrame(now.frame);
    now.ghost?.remove();
    now.item?.node.classList.remove("lifted");
    this.board.root.classList.remove("dragging");
    for (const each of this.board.root.querySelectorAll(".over")) each.classList.remove("over");
    for (const { node } of this.board.columns.made.values()) node.classList.remove("closed");
    this.now = null;
  }
}
