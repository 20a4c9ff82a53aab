// A search field over a list: arrow keys choose, Enter goes. Words of people are text, never markup.
const PAUSE = 120;

function build(root, board) {
  const label = document.createElement("label");
  label.textContent = "Opportunity, contact, page or action";
  label.htmlFor = "finder-field";
  const field = Object.assign(document.createElement("input"), {
    id: "finder-field", type: "text", autocomplete: "off", spellcheck: false,
    enterKeyHint: "go",
  });
  const list = document.createElement("ul");
  list.id = "finder-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  const said = document.createElement("div");
  said.className = "said";
  said.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "true", "aria-controls": "finder-list",
    "aria-autocomplete": "list",
  })) field.setAttribute(name, value);
  root.replaceChildren(label, field, said, list);
  Object.assign(board, { field, list, said, at: 0, waiting: false });
  field.addEventListener("input", () => typed(board));
  field.addEventListener("keydown", (event) => pressed(board, event));
}

function typed(board) {
  clearTimeout(board.pause);
  board.waiting = false;
  board.at = 0;
  board.pause = setTimeout(() => board.ask(board.field.value), PAUSE);
}

function pressed(board, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const count = board.data.items.length;
    if (count) mark(board, (board.at + step + count) % count);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    // What was typed last may still be on its way: go when its list is here.
    if (board.field.value === board.data.query) go(board, board.at);
    else {
      clearTimeout(board.pause);
      board.waiting = true;
      board.ask(board.field.value);
    }
  }
}

function go(board, at) {
  const item = board.data.items[at];
  if (item) board.choose(item);
}

function mark(board, at) {
  board.at = at;
  [...board.list.children].forEach((option, place) => {
    option.setAttribute("aria-selected", String(place === at));
    if (place === at) option.scrollIntoView({ block: "nearest" });
  });
  const option = board.list.children[at];
  if (option) board.field.setAttribute("aria-activedescendant", option.id);
  else board.field.removeAttribute("aria-activedescendant");
}

function show(board) {
  const { items, query } = board.data;
  board.list.replaceChildren(...items.map((item, at) => {
    const option = document.createElement("li");
    option.id = `finder-${at}`;
    option.setAttribute("role", "option");
    for (const [name, words] of [["label", item.label], ["note", item.note], ["kind", item.kind]]) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = words;
      option.append(part);
    }
    option.addEventListener("click", () => go(board, at));
    return option;
  }));
  board.list.hidden = items.length === 0;
  board.said.textContent = items.length ? `${items.length} found` : `Nothing is like “${query}”.`;
  mark(board, Math.min(board.at, Math.max(items.length - 1, 0)));
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".finder");
  const board = (parentElement.board ??= {});
  board.data = data;
  board.ask = (query) => setStateValue("query", query);
  board.choose = (item) => setTriggerValue("chosen", { kind: item.kind, id: item.id });
  if (!board.field) {
    build(root, board);
    board.field.value = data.query;
    board.field.focus();
    board.field.select();
    window.atHand?.flush(board.field);
  }
  show(board);
  if (board.waiting && board.field.value === data.query) {
    board.waiting = false;
    go(board, board.at);
  }
}
