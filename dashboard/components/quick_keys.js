// The keys at hand. A dialog takes a moment to open; what is typed meanwhile is kept for its field,
// so that nobody has to wait. A field is never left without the cursor.
const PATIENCE_MS = 6000;
const HANDED_OVER_MS = 400;

function hand() {
  if (window.atHand) return window.atHand;
  const kept = (window.atHand = { text: null, flush, expect });
  window.addEventListener("keydown", (event) => keep(kept, event), true);
  window.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.(".st-key-at-hand")) kept.from = null;
  }, true);
  return kept;
}

function expect() {
  Object.assign(window.atHand, { text: "", entered: false });
  wait();
}

// A busy machine opens late: as long as the page is being made, or somebody types on, it is waited.
function wait() {
  clearTimeout(window.atHand.patience);
  window.atHand.patience = setTimeout(() => {
    if (document.querySelector("[data-test-script-state=running]")) wait();
    else window.atHand.text = null;
  }, PATIENCE_MS);
}

// Where the person was when a key was pressed, inside components too.
function inFocus() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at === document.body ? null : at;
}

// The key of the dialog that it opens: n, h, or k with Ctrl; empty for any other.
function opening(event, target, plain) {
  const key = event.key.toLowerCase();
  if (event.repeat) return "";
  if (plain) return (key === "n" || key === "h") && !isTyped(target) ? key : "";
  return (event.ctrlKey || event.metaKey) && key === "k" ? key : "";
}

function isTyped(element) {
  return Boolean(element?.matches?.("input, textarea, select, [contenteditable=true]"));
}

// Kept keys go where they were meant to go, before the next one.
function flush(field) {
  const { text, entered } = window.atHand;
  Object.assign(window.atHand, { text: null, entered: false });
  if (!text) return;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  set.call(field, text + field.value);
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  const enter = { key: "Enter", code: "Enter", bubbles: true, composed: true };
  if (entered) setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", enter)), 50);
}

// The cursor may be in a field before it listens: an Enter pressed by then is answered when it does.
function owe(kept, event, target) {
  if (event.key !== "Enter" || event.isComposing || event.repeat) return;
  if (target.matches?.("input") && !target.dataset.asks) kept.owed = target;
}

// A dialog that is drawn anew has lost its cursor for a moment: Escape is meant for it all the same.
function leaveFromOutside(event, target) {
  const dialog = document.querySelector("[role=dialog]");
  if (event.key !== "Escape" || !event.isTrusted || !dialog || dialog.contains(target)) return;
  if (target !== document.body) return;
  const escape = { key: "Escape", code: "Escape", bubbles: true, cancelable: true };
  dialog.dispatchEvent(new KeyboardEvent("keydown", escape));
}

function keep(kept, event) {
  const target = event.composedPath()[0];
  leaveFromOutside(event, target);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  owe(kept, event, target);
  const opens = opening(event, target, plain);
  const behind = document.querySelector("[role=dialog]");
  if (opens && !behind) kept.from = inFocus();
  if (kept.text === null) {
    // A dialog that is being left holds the cursor no longer and keeps nobody waiting.
    const isFree = opens === "k" ? !target.closest?.("[role=dialog]") : !behind;
    if (isFree && (opens === "k" || opens === "n")) expect();
    return;
  }
  if (isTyped(target)) {
    if (target.closest("[role=dialog]") || target.getRootNode() !== document) flush(target);
    else kept.text = null;
    return;
  }
  if (event.key === "Escape" || !plain) { kept.text = null; return; }
  if (event.key === "Backspace") kept.text = kept.text.slice(0, -1);
  else if (event.key === "Enter") kept.entered = true;
  else if (event.key.length === 1) kept.text += event.key;
  else return;
  wait();
  event.preventDefault();
  event.stopImmediatePropagation();
}

// --- the two uses ---

// How often a dialog was left is known to the window: what is drawn anew begins without it.
function giveBack(data) {
  const kept = window.atHand;
  const first = kept.times === undefined;
  if (kept.times === data.times) return;
  kept.times = data.times;
  if (first || !data.which) return;
  focusOn(`.st-key-${CSS.escape(data.which)}-open button`);
}

// The dialog leaves first; its own idea of where the focus goes comes before this one.
function focusOn(button, tries = 0) {
  const isFree = document.activeElement === document.body;
  if (isFree && tries && !document.querySelector("[role=dialog]")) {
    const { from } = window.atHand;
    window.atHand.from = null;
    (from?.isConnected ? from : document.querySelector(button))?.focus();
  } else if (tries < 40) setTimeout(() => focusOn(button, tries + 1), 60);
}

function takeField(state, data, trigger, tries = 0) {
  state.shown = data.shown;
  state.ask = () => trigger("enter", { shown: state.shown });
  const field = document.querySelector(`.st-key-${CSS.escape(data.field)} input`);
  if (!field && tries < 60) {
    requestAnimationFrame(() => takeField(state, data, trigger, tries + 1));
    return;
  }
  if (!field || field === state.field) return;
  state.field = field;
  // An input method ends a word with Enter too; that one is not meant to save.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.repeat) return;
    // After the field has handed over what was typed last.
    setTimeout(() => state.ask(), 0);
  });
  field.dataset.asks = "enter";
  field.setAttribute("enterkeyhint", "done");
  field.focus();
  flush(field);
  if (window.atHand.owed === field) setTimeout(() => state.ask(), 50);
  window.atHand.owed = null;
}

// Enter in a field that stands outside its form saves the form all the same.
function clickOnEnter(state, data, tries = 0) {
  const field = document.querySelector(`.st-key-${CSS.escape(data.from)} input`);
  if (!field && tries < 60) {
    requestAnimationFrame(() => clickOnEnter(state, data, tries + 1));
    return;
  }
  if (!field || field === state.field) return;
  state.field = field;
  const click = () => document.querySelector(`.st-key-${CSS.escape(data.clicks)} button`)?.click();
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.repeat) return;
    // What was typed last is on its way to the server for as long as the field pauses.
    setTimeout(click, HANDED_OVER_MS);
  });
  field.dataset.asks = "enter";
  if (window.atHand.owed === field) setTimeout(click, 50);
  window.atHand.owed = null;
}

export default function ({ data, parentElement, setTriggerValue }) {
  hand();
  const state = parentElement.host ?? parentElement;
  if (data.field) takeField(state, data, setTriggerValue);
  else if (data.clicks) clickOnEnter(state, data);
  else giveBack(data);
}
