// Elements and days in words; words are only ever set as text.

const DAY_MS = 86_400_000;
const MONTHS = [
  ..."January February March April May June".split(" "),
  ..."July August September October November December".split(" "),
];

function build(tag, traits = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined));
  return made;
}

// A day is the number of days since 1970, as everywhere else; null where there is none.
const number = (iso) => (iso === null ? null : Math.round(Date.parse(`${iso}T00:00Z`) / DAY_MS));
const iso = (day) => (day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10));

function words(day, { long = false } = {}) {
  if (day === null) return "no close date";
  const date = new Date(day * DAY_MS);
  const month = MONTHS[date.getUTCMonth()];
  return `${date.getUTCDate()} ${long ? month : month.slice(0, 3)} ${date.getUTCFullYear()}`;
}

function away(day, was) {
  if (was === null || day === was) return "";
  const days = Math.abs(day - was);
  return `${days} ${days === 1 ? "day" : "days"} ${day > was ? "later" : "earlier"}`;
}
