// Ask the server one thing at a time, and say what came of it.

const LONGEST_WAIT_MS = 20000;

class Asking {
  constructor() {
    this.turn = Date.now();
    this.line = [];
    this.waiting = null;
    this.send = () => {};
  }

  // `wish` is a function: what it gives is judged when its turn comes, on the newest version.
  ask(wish, then = () => {}) {
    this.line.push({ wish, then });
    this.next();
  }

  next() {
    if (this.waiting || !this.line.length) return;
    const asked = this.line.shift();
    const wish = asked.wish();
    if (!wish) {
      this.next();
      return;
    }
    this.waiting = asked;
    this.turn += 1;
    asked.turn = this.turn;
    asked.timer = setTimeout(
      () => this.heard({ turn: asked.turn, result: "refused", field: "", say: NO_ANSWER }),
      LONGEST_WAIT_MS,
    );
    this.send({ ...wish, turn: asked.turn });
  }

  isAwaited(answer) {
    return Boolean(answer && this.waiting && answer.turn === this.waiting.turn);
  }

  heard(answer) {
    if (!this.isAwaited(answer)) return;
    const { then, timer } = this.waiting;
    clearTimeout(timer);
    this.waiting = null;
    then(answer);
    this.next();
  }
}

const NO_ANSWER = "The server did not answer. Nothing more is known; load the page again.";
