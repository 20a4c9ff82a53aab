// A mouse, a pen or a finger takes a mark along; Escape, or the page scrolling, lets it go back.

const FAR_ENOUGH = 3;

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
