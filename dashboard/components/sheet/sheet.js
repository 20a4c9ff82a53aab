// A sheet: cells are typed or pasted here, judged by the server, and marked in place.
// Words are only ever set as text.

const PAUSE_MS = 300;

class Sheet {
  constructor(shadow) {
    this.shadow = shadow;
    this.root = shadow.querySelector(".sheet");
    this.head = shadow.querySelector("thead tr");
    this.body = shadow.querySelector("tbody");
    this.buttons = shadow.querySelector(".buttons");
    this.said = shadow.querySelector(".said");
    this.asked = 0;
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("input", () => this.soon());
  }

  show(data) {
    const isAnew = this.data?.turn !== data.turn;
    this.data = data;
    this.root.style.setProperty("--wrong", data.wrong);
    if (isAnew) this.lay();
    data.rows.forEach((row, place) => this.judge(row, place));
    this.said.textContent = data.said;
    this.buttons.replaceChildren(...data.buttons.map((one) => this.button(one)));
  }

  lay() {
    const heads = this.data.columns.map((column) => build("th", { scope: "col" }, column.label));
    this.head.replaceChildren(build("th", { class: "place", scope: "col" }, "#"), ...heads);
    this.body.replaceChildren(...this.data.rows.map((row, place) => this.row(row, place)));
    if (this.data.focus) this.body.querySelector("input:not([readonly])")?.focus();
  }

  row(row, place) {
    const cells = this.data.columns.map((column) =>
      build(
        "td",
        { class: column.wide ? "wide" : null, data: { column: column.name } },
        build("input", {
          type: "text",
          value: row.cells[column.name] ?? "",
          readonly: Boolean(column.readonly),
          autocomplete: "off",
          "aria-label": `${column.label}, row ${place + 1}`,
        }),
      ),
    );
    const number = build("td", { class: "place" }, String(place + 1));
    return build("tr", { data: { id: row.id } }, number, ...cells);
  }

  // The line of a row; one that the page added since is put behind the last.
  line(row, place) {
    const there = this.body.querySelector(`tr[data-id="${row.id}"]`);
    if (there) return there;
    const made = this.row(row, place);
    this.body.append(made);
    return made;
  }

  judge(row, place) {
    const line = this.line(row, place);
    for (const cell of line.querySelectorAll("td[data-column]")) {
      const problem = row.problems?.[cell.dataset.column];
      const hint = row.hints?.[cell.dataset.column];
      const input = cell.querySelector("input");
      cell.classList.toggle("wrong", Boolean(problem));
      input.setAttribute("aria-invalid", String(Boolean(problem)));
      cell.querySelector(".problem, .hint")?.remove();
      const words = problem || hint;
      if (!words) continue;
      const id = `said-${row.id}-${cell.dataset.column}`;
      input.setAttribute("aria-describedby", id);
      cell.append(build("span", { class: problem ? "problem" : "hint", id }, words));
    }
  }

  button(one) {
    return build(
      "button",
      {
        type: "button",
        class: one.primary ? "primary" : null,
        disabled: one.disabled,
        data: { name: one.name },
        onclick: () => this.ask({ kind: one.name }),
      },
      one.label,
    );
  }

  // --- what people do --------------------------------------------------------------------------

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const cell = event.target.closest("td[data-column]");
    const at = { id: cell.parentElement.dataset.id, column: cell.dataset.column };
    this.said.textContent = "Reading what was pasted …";
    this.ask({ kind: "paste", text, at });
  }

  key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.buttons.querySelector("button.primary:not(:disabled)")?.click();
      return;
    }
    const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey) return;
    const cell = event.target.closest("td[data-column]");
    const line = step > 0 ? cell.parentElement.nextElementSibling : cell.parentElement.previousElementSibling;
    const next = line?.querySelector(`td[data-column="${cell.dataset.column}"] input`);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask({ kind: "typed" }), PAUSE_MS);
  }

  ask(wish) {
    clearTimeout(this.timer);
    this.asked = Math.max(this.asked + 1, Date.now());
    const rows = [...this.body.querySelectorAll("tr")].map((line) => ({
      id: line.dataset.id,
      cells: Object.fromEntries(
        [...line.querySelectorAll("td[data-column]")].map((cell) => [
          cell.dataset.column,
          cell.querySelector("input").value,
        ]),
      ),
    }));
    this.send({ ...wish, asked: this.asked, turn: this.data.turn, rows });
  }
}

const sheets = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  let sheet = sheets.get(parentElement);
  if (!sheet || !sheet.root.isConnected) {
    sheet = new Sheet(parentElement);
    sheets.set(parentElement, sheet);
  }
  sheet.send = (wish) => setTriggerValue("asked", wish);
  sheet.show(data);
  return undefined;
}
