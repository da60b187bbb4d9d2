// The search of the page: the plain cases of `shkc search`, by the forms that shkc has worked out for each fact.
//
// A query finds a fact when one name holds the whole of it, or when each of its words is found. Chinese is found
// anywhere in a name, English where a word begins, pinyin where a syllable begins, a number only as a whole.

const CLASSES = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 两: 2 };
const ROMAN = { ii: "2", iii: "3", iv: "4" };
const SCALES = {
  千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8, 万亿: 12,
  k: 3, thousand: 3, m: 6, million: 6, bn: 9, billion: 9, trillion: 12,
};
const MONEY = /^(元|人民币|yuan|rmb|cny)$/;

/** How well a term is found, the lower the better. */
const GRADES = { exact: 0, alias: 1, number: 1, inName: 2, inAlias: 3, english: 4, pinyin: 5, around: 6 };

/** Width, case, diacritics and traditional characters folded; 二期 as 2期; commas within numbers left out. */
function folded(text) {
  const plain = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  return [...plain]
    .map((character) => data.variants[character] ?? character)
    .join("")
    .replace(/(?<![一二三四五六七八九两十百千万第])[一二三四五六七八九两](?=[类期大款届])/gu, (c) => CLASSES[c])
    .replace(/(\d),(?=\d{3})/g, "$1");
}

/** A folded text without what is neither letter nor digit; the point of a decimal stays. */
const compact = (text) => text.replace(/(?<!\d)\.|\.(?!\d)|[^\p{Script=Han}a-z0-9.]/gu, "");

/** The number that a folded term states: significant digits with the power of ten, as `number_form` writes them. */
function canonical(digits, power) {
  const [whole, decimals = ""] = digits.split(".");
  const all = (whole + decimals).replace(/^0+/, "");
  const significant = all.replace(/0+$/, "");
  return significant === "" ? "0e0" : `${significant}e${all.length - significant.length - decimals.length + power}`;
}

/** A term as a number, or null: its own digits with what follows, and its value when a scale follows. */
function numberOf(term) {
  const match = /^[约近超逾达]*(\d+(?:\.\d+)?)[多余几]?(.*)$/u.exec(term);
  if (!match) return null;
  const [, digits, behind] = match;
  const scale = Object.keys(SCALES)
    .filter((word) => behind.startsWith(word))
    .sort((left, right) => right.length - left.length)[0];
  const rest = behind.slice(scale?.length ?? 0).replace(/^[多余]/u, "");
  return {
    printed: canonical(digits, 0),
    behind: behind.replace(/[多余]/gu, ""),
    value: canonical(digits, SCALES[scale] ?? 0),
    rest: MONEY.test(rest) ? "元" : rest,
  };
}

/** The words of a query; a number keeps its magnitude and currency. */
function terms(query) {
  return folded(query)
    .replace(/(?:cny|rmb|¥)\s*(?=\d)/g, "")
    .replace(/(\d)\s+(?=(?:thousand|million|billion|trillion|bn|[万亿]))/g, "$1")
    .replace(/(million|billion|trillion|[万亿])\s+(?=(?:yuan|rmb|cny)\b)/g, "$1")
    .split(/[^\p{Script=Han}a-z0-9.%‰&'’·-]+/u)
    .map((word) => ({ number: numberOf(word), form: ROMAN[word] ?? compact(word) }))
    .filter((term) => term.form !== "");
}

/** Where the syllables of a pinyin begin, and its initials; computed once for each fact. */
function prepared(fact) {
  const pinyin = fact.pinyin.map((syllables) => {
    const starts = new Set();
    let at = 0;
    const parts = syllables.split(" ");
    for (const part of parts) {
      starts.add(at);
      at += part.length;
    }
    return { whole: parts.join(""), starts, initials: parts.map((part) => part[0]).join("") };
  });
  return { ...fact, pinyin, english: fact.english.map((words) => ` ${words}`) };
}

const indexed = data.facts.map(prepared);

/** The grade at which a fact has a term, Infinity when it has it not. */
function grade(fact, { number, form }) {
  const [name, ...others] = fact.names;
  if (name === form || fact.id === form) return GRADES.exact;
  if (others.includes(form)) return GRADES.alias;
  if (number && hasNumber(fact, number)) return GRADES.number;
  if (name.includes(form)) return GRADES.inName;
  if (others.some((other) => other.includes(form))) return GRADES.inAlias;
  if (/^\d{4}年?$/.test(form) && fact.period.startsWith(form.slice(0, 4))) return GRADES.inAlias;
  const sounding = /^[a-z]/.test(form) ? latin(fact, form) : Infinity;
  if (sounding < Infinity) return sounding;
  return fact.around.some((words) => words.includes(form)) ? GRADES.around : Infinity;
}

function hasNumber(fact, number) {
  return fact.numbers.some(
    ([form, unit]) =>
      (form === number.printed && unit.startsWith(number.behind)) ||
      (form === number.value && unit === fact.numbers[1][1] && fact.unit.includes(number.rest)),
  );
}

function latin(fact, form) {
  const singular = form.length > 3 ? form.replace(/s$/, "") : form;
  if (fact.english.some((words) => words.includes(` ${singular}`) || words.replaceAll(" ", "") === form)) {
    return GRADES.english;
  }
  if (form.length < 2) return Infinity;
  return fact.pinyin.some((pinyin) => sounds(pinyin, form)) ? GRADES.pinyin : Infinity;
}

/** Whether pinyin holds what was typed, from a syllable on, or its initials do, three letters at least within. */
function sounds({ whole, starts, initials }, form) {
  for (let at = whole.indexOf(form); at >= 0; at = whole.indexOf(form, at + 1)) if (starts.has(at)) return true;
  return initials.startsWith(form) || (form.length > 2 && initials.includes(form));
}

/** The facts that a query finds, as their places in `data.facts`, best first; all of them for an empty query. */
function find(query, candidates) {
  const words = terms(query);
  if (words.length === 0) return query.trim() === "" ? candidates : [];
  const whole = { number: words.length === 1 ? words[0].number : null, form: words.map((word) => word.form).join("") };
  const scored = [];
  for (const place of candidates) {
    const fact = indexed[place];
    let score = grade(fact, whole);
    if (score === Infinity && words.length > 1) {
      score = words.reduce((sum, word) => sum + grade(fact, word), 10);
    }
    if (score < Infinity) scored.push({ score, length: fact.names[0].length, year: fact.period.slice(0, 4), place });
  }
  const before = (a, b) => a.score - b.score || a.length - b.length || b.year - a.year || a.place - b.place;
  return scored.sort(before).map(({ place }) => place);
}
