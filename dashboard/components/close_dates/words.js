// Days in words.

const DAY_MS = 86_400_000;
const MONTHS = [
  ..."January February March April May June".split(" "),
  ..."July August September October November December".split(" "),
];

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
