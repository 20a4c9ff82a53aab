// One panel at a time: the card opened, where it can go, or what its move still needs.

class Panel {
  constructor(board) {
    this.board = board;
    this.node = board.root.querySelector(".panel");
    this.unsaved = new Map();
    this.node.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.node.addEventListener("click", (event) => {
      if (event.target === this.node && this.isOutside(event)) this.close();
    });
    this.node.addEventListener("keydown", (event) => event.stopPropagation());
  }

  isOutside(event) {
    const box = this.node.getBoundingClientRect();
    return (
      event.clientX < box.left ||
      event.clientX > box.right ||
      event.clientY < box.top ||
      event.clientY > box.bottom
    );
  }

  open(kind, no, inside, { near = null, onclose = () => {} } = {}) {
    this.no = no;
    this.kind = kind;
    this.onclose = onclose;
    this.node.className = kind === "card" ? "panel side" : "panel";
    this.node.style.margin = "";
    this.node.replaceChildren(...inside);
    if (!this.node.open) this.node.showModal();
    if (near && kind !== "card") this.stand(near);
  }

  // Stand beside the card; on a phone the panel lies at the lower edge.
  stand(near) {
    if (window.matchMedia("(max-width: 640px)").matches) return;
    const card = near.getBoundingClientRect();
    const mine = this.node.getBoundingClientRect();
    const left = Math.max(12, Math.min(card.left, window.innerWidth - mine.width - 12));
    const top = Math.max(12, Math.min(card.top, window.innerHeight - mine.height - 12));
    this.node.style.margin = `${top}px auto auto ${left}px`;
  }

  close() {
    if (!this.node.open) return;
    const { onclose, no } = this;
    if (this.kind === "card") this.keep(no);
    this.node.close();
    this.node.replaceChildren();
    this.kind = null;
    onclose();
    this.board.columns.focus(no);
  }

  // What was typed on a card and not saved stands there again when it is opened.
  keep(no) {
    const form = this.node.querySelector("form");
    const typed = form ? this.changed(form) : {};
    if (Object.keys(typed).length) {
      this.unsaved.set(no, typed);
      this.board.say("Not saved. What you typed stands on the card when you open it again.");
    } else this.unsaved.delete(no);
  }

  takeUp(no) {
    const typed = this.unsaved.get(no);
    if (!typed) return;
    for (const [name, words] of Object.entries(typed)) {
      const input = this.node.querySelector(`[name="${CSS.escape(name)}"]`);
      if (input) input.value = words;
    }
    const line = build("p", { class: "quiet" }, "What you typed is not saved yet.");
    this.node.querySelector("form").prepend(line);
  }

  // Where the card stands now; what was typed stays as it is.
  freshen() {
    const card = this.board.columns.items.get(this.no)?.card;
    if (!card) return;
    this.node.querySelector("dl")?.replaceWith(this.facts(card));
    for (const [name, words] of Object.entries(card.typed)) {
      const input = this.node.querySelector(`[name="${CSS.escape(name)}"]`);
      if (!input) continue;
      if (input.value === input.dataset.began) input.value = words;
      input.dataset.began = words;
    }
  }

  // --- fields ------------------------------------------------------------------------------------

  field({ name, label, kind, value, options = [] }) {
    const id = `field-${name}`;
    const tag = { choice: "select", area: "textarea" }[kind] || "input";
    const traits = { id, name, autocomplete: "off" };
    if (kind === "date") traits.type = "date";
    if (kind === "number") Object.assign(traits, { type: "text", inputmode: "decimal" });
    if (kind === "area") traits.rows = 2;
    const input = build(
      tag,
      traits,
      options.map(([code, words]) => build("option", { value: code }, words)),
    );
    input.value = value ?? "";
    input.dataset.began = input.value;
    return build("div", {}, build("label", { for: id }, label), input);
  }

  typed(form) {
    return Object.fromEntries(
      [...form.elements].filter((each) => each.name).map((each) => [each.name, each.value]),
    );
  }

  // Only what differs from what stood there when the panel was opened.
  changed(form) {
    return Object.fromEntries(
      [...form.elements]
        .filter((each) => each.name && each.value !== each.dataset.began)
        .map((each) => [each.name, each.value]),
    );
  }

  complain(sentence, field) {
    for (const old of this.node.querySelectorAll(".complaint")) old.remove();
    for (const each of this.node.querySelectorAll("[aria-invalid]")) {
      each.removeAttribute("aria-invalid");
      each.removeAttribute("aria-describedby");
    }
    if (!sentence) return;
    const input = field && this.node.querySelector(`[name="${CSS.escape(field)}"]`);
    const line = build("p", { class: "complaint", role: "alert", id: "complaint" }, sentence);
    if (input) {
      input.after(line);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", "complaint");
      input.focus();
    } else {
      this.node.querySelector("h2").after(line);
    }
  }

  // --- what a move still needs ---------------------------------------------------------------------

  needs(no, answer, near, then, onclose) {
    const item = this.board.columns.items.get(no);
    const form = build(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          then(this.typed(form));
        },
      },
      answer.fields.map((field) => this.field(field)),
      build(
        "div",
        { class: "buttons" },
        build("button", { type: "submit", class: "main" }, answer.button),
        build("button", { type: "button", onclick: () => this.close() }, "Cancel"),
      ),
    );
    this.open(
      "needs",
      no,
      [
        build("h2", { id: "panel-title" }, answer.title),
        build("p", { class: "quiet" }, item ? item.card.title : no),
        answer.say && !answer.field ? build("p", {}, answer.say) : null,
        form,
      ].filter(Boolean),
      { near, onclose },
    );
    if (answer.field) this.complain(answer.say, answer.field);
    else form.querySelector("input, select, textarea")?.focus();
  }

  // --- where a card can go -------------------------------------------------------------------------

  places(item) {
    const { columns, moves } = this.board.data;
    const here = moves[String(item.stage)] || {};
    const go = (to) => {
      this.close();
      this.board.move(item.card.no, to);
    };
    const end = (outcome) => {
      this.close();
      this.board.end(item.card.no, outcome);
    };
    const possible = columns.filter((column) => here[String(column.stage)] === "");
    const buttons = possible.map((column) =>
      build("button", { type: "button", onclick: () => go(column.stage) }, `To ${column.name}`),
    );
    for (const [outcome, words] of [["won", "Won"], ["lost", "Lost"]]) {
      buttons.push(
        build("button", { type: "button", class: outcome, onclick: () => end(outcome) }, words),
      );
    }
    return build("div", { class: "places" }, buttons);
  }

  menu(item) {
    const inside = [
      build("h2", { id: "panel-title" }, `Move ${item.card.title}`),
      this.board.data.editable ? this.places(item) : build("p", {}, this.board.data.why),
      build(
        "div",
        { class: "buttons" },
        build("button", { type: "button", onclick: () => this.close() }, "Cancel"),
      ),
    ];
    this.open("menu", item.card.no, inside, { near: item.node });
    this.node.querySelector("button").focus();
  }

  // --- the card opened -----------------------------------------------------------------------------

  card(item) {
    const { card } = item;
    const { editable, why } = this.board.data;
    const seen = { version: card.version };
    this.open("card", card.no, [
      build("h2", { id: "panel-title" }, card.title),
      build("p", { class: "quiet" }, `${card.no} · ${card.contact} · ${card.owner}`),
      this.pageLink(card),
      this.facts(card),
      build("div", { class: "marks" }, card.marks.map((mark) => build("span", { class: `mark ${mark.kind}` }, mark.text))),
      this.step(card, editable),
      editable ? this.form(item, seen) : build("p", {}, why),
      editable ? build("h3", {}, "Move") : null,
      editable ? this.places(item) : null,
      build("h3", {}, "Notes"),
      build("ul", { class: "notes" }, build("li", { class: "quiet" }, "…")),
      build(
        "div",
        { class: "buttons" },
        build("button", { type: "button", onclick: () => this.close() }, "Close"),
      ),
    ].filter(Boolean));
    this.takeUp(card.no);
    (this.node.querySelector("[name=step]") || this.node.querySelector("a")).focus();
    this.board.asking.ask(
      () => ({ kind: "open", no: card.no }),
      (answer) => this.notes(card.no, answer),
    );
  }

  pageLink(card) {
    const go = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.board.asking.ask(() => ({ kind: "go", no: card.no }));
    };
    const href = `./opportunity?no=${encodeURIComponent(card.no)}`;
    return build("p", {}, build("a", { href, onclick: go }, "Open its page"));
  }

  facts(card) {
    const facts = [
      ["Amount", card.exactly],
      ["Weighted", card.weighted],
      ["Probability", card.probability],
      ["Closes", card.closes || "–"],
      [card.since === "in stage" ? "In stage" : "Entered", card.days],
      ["Limit", card.limit],
    ];
    return build(
      "dl",
      {},
      facts.map(([label, words]) =>
        build("div", {}, build("dt", {}, label), build("dd", {}, words)),
      ),
    );
  }

  step(card, editable) {
    if (!card.step) return null;
    const done = () => {
      this.board.asking.ask(
        () => ({ kind: "done", no: card.no, task_no: card.step.no }),
        (answer) => this.saved(answer),
      );
    };
    return build(
      "div",
      {},
      build("h3", {}, "Next step"),
      build("p", {}, `${card.step.text}, ${card.step.on}`),
      editable ? build("button", { type: "button", onclick: done }, "Done") : null,
    );
  }

  form(item, seen) {
    const { card, stage } = item;
    const estimate = [
      { name: "amount", label: "Amount", kind: "number", value: card.typed.amount },
      {
        name: "expected_close_on",
        label: "Expected close date",
        kind: "date",
        value: card.typed.expected_close_on,
      },
    ];
    const form = build(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          const typed = this.changed(form);
          this.board.asking.ask(
            () => ({ kind: "save", no: card.no, seen: seen.version, typed }),
            (answer) => {
              if (answer.version) seen.version = answer.version;
              this.saved(answer);
            },
          );
        },
      },
      build("h3", {}, card.step ? "Another step" : "Next step"),
      build(
        "div",
        { class: "pair" },
        this.field({ name: "step", label: "What is to be done", kind: "text" }),
        this.field({ name: "step_on", label: "On", kind: "date" }),
      ),
      this.field({ name: "note", label: "Note", kind: "area" }),
      stage ? build("div", { class: "pair" }, estimate.map((each) => this.field(each))) : null,
      build(
        "div",
        { class: "buttons" },
        build("button", { type: "submit", class: "main" }, "Save"),
      ),
    );
    return form;
  }

  saved(answer) {
    if (answer.result === "refused") {
      const field = { description: "step", due_on: "step_on", text: "note" }[answer.field];
      this.freshen();
      this.complain(answer.say, field || answer.field);
      return;
    }
    const { no } = this;
    this.kind = null;
    this.unsaved.delete(no);
    this.close();
    this.board.say(answer.say, "", answer.batch ? { no, batch: answer.batch } : null);
  }

  notes(no, answer) {
    const list = this.node.querySelector(".notes");
    if (!list || this.no !== no) return;
    const lines = (answer.notes || []).map((note) =>
      build("li", {}, build("small", {}, note.by), build("br"), note.text),
    );
    const none = build("li", { class: "quiet" }, "No notes yet.");
    list.replaceChildren(...(lines.length ? lines : [none]));
  }
}
