// The page itself: search field, filters, the list of results, and the address that says what is shown.

/** Cards that are drawn at once: more would make typing lag, and nobody reads them. */
const PAGE = 20;

/** Cards that are drawn to be printed, at most. */
const PRINTED = 500;

const EMPTY = { q: "", kind: "", section: "", unit: "", year: "", report: "", at: "", fact: "" };
const FILTERS = ["kind", "section", "unit", "year", "report"];
let state = { ...EMPTY };
let drawn = PAGE;
let unprinted = PAGE;
let pane = "facts";

const all = data.facts.map((_, place) => place);

/** The sections that hold a section: itself, its parent, and so on. */
const within = data.sections.map((_, place) => {
  const found = [];
  for (let at = place; at !== null; at = data.sections[at].parent) found.push(at);
  return found;
});

/** A section as a filter has it: that of another year is the same when id and title are. */
const named = (place) => `${data.sections[place].id} ${data.sections[place].title[0]}`;

const TESTS = {
  kind: (fact, wanted) => fact.kind === wanted,
  section: (fact, wanted) => within[fact.section].some((place) => named(place) === wanted),
  unit: (fact, wanted) => fact.unit === wanted,
  year: (fact, wanted) => fact.period.startsWith(wanted),
  report: (fact, wanted) => data.reports[fact.report].id === wanted,
  at: (fact, wanted, place) => factsAt(wanted).includes(place),
  fact: (fact, wanted) => address(fact) === wanted,
};

/** The places of the facts that the state picks, best first. */
function results() {
  const tests = Object.entries(TESTS).filter(([key]) => state[key] !== "");
  return find(state.q, tests.length ? all.filter((place) => tests.every(([key, test]) => test(data.facts[place], state[key], place))) : all);
}

/** How often each value occurs, as choices of a filter. */
function choices(key) {
  if (key === "kind") return tally((fact) => [fact.kind]).map(([value, number]) => [value, told(value), number]);
  if (key === "unit") return tally((fact) => [fact.unit]).sort((a, b) => b[1] - a[1]).map(([value, number]) => [value, value, number]);
  if (key === "year") return tally((fact) => [fact.period.slice(0, 4)]).sort().reverse().map(([value, number]) => [value, value, number]);
  if (key === "report") {
    const numbers = new Map(tally((fact) => [data.reports[fact.report].id]));
    return data.reports.map((report) => [report.id, say(report.title), numbers.get(report.id) ?? 0]);
  }
  const numbers = new Map(tally((fact) => within[fact.section].map(named)));
  const firsts = new Map(data.sections.map((_, place) => [named(place), place]).reverse());
  return [...firsts].reverse().map(([name, place]) => {
    const { number, title } = data.sections[place];
    return [name, `${"\u2003".repeat(within[place].length - 1)}${number} ${say(title)}`, numbers.get(name) ?? 0];
  });
}

function tally(values) {
  const found = new Map();
  for (const fact of data.facts) for (const value of values(fact)) if (value !== "") found.set(value, (found.get(value) ?? 0) + 1);
  return [...found];
}

function filter(key) {
  const options = choices(key).map(([value, text, number]) =>
    quote("option", { value, selected: state[key] === value }, `${text} (${count(number)})`),
  );
  const select = make(
    "select",
    { id: `filter-${key}`, onchange: () => change({ [key]: select.value }) },
    make("option", { value: "" }, told("any")),
    ...options,
  );
  return make("p", {}, make("label", { for: `filter-${key}` }, told(key)), select);
}

/** The reports that the page is of, in words. */
function reports() {
  const titles = data.reports.map((report) => say(report.title));
  const years = data.reports.map((report) => report.year);
  if (titles.length === 1) return titles[0];
  const span = `${Math.min(...years)}–${Math.max(...years)}`;
  return language === "en" ? `Facts of ${titles.length} reports, ${span}` : `${titles.length} 份报告的事实，${span}`;
}

/** Draw the whole page in the language chosen. */
function draw() {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.body.className = data.proof ? "with-text" : "";
  document.body.replaceChildren(
    make("a", { class: "skip", href: "#results", onclick: skip }, told("skip")),
    make(
      "header",
      { class: "top" },
      quote("h1", {}, reports()),
      make("p", { class: "publisher" }, ...joined([...new Set(data.reports.map((report) => say(report.publisher)))].slice(0, 3))),
      make("div", { class: "switches" }, ...(data.proof ? panes() : []), languageSwitch()),
    ),
    make("main", { }, factsPane(), data.proof ? textPane() : null),
  );
  showPane(pane);
  refresh();
}

function languageSwitch() {
  const change = () => {
    language = language === "en" ? "zh" : "en";
    draw();
    document.getElementById("language").focus();
  };
  return make("button", { type: "button", id: "language", lang: language === "en" ? "zh" : "en", onclick: change }, told("other"));
}

/** On a narrow screen facts and text take turns. */
function panes() {
  return ["facts", "text"].map((name) =>
    make("button", { type: "button", class: "pane", "data-pane": name, onclick: () => showPane(name) }, told(name)),
  );
}

function showPane(name) {
  pane = name;
  document.body.dataset.pane = name;
  for (const button of document.querySelectorAll("button.pane")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  }
}

function factsPane() {
  const field = make("input", {
    type: "search", id: "query", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    placeholder: told("example"), value: state.q, oninput: () => change({ q: field.value }),
  });
  const filters = FILTERS.filter((key) => key !== "report" || data.reports.length > 1);
  return make(
    "section",
    { id: "facts", "aria-labelledby": "facts-head" },
    make("h2", { id: "facts-head", class: "spoken" }, told("facts")),
    make(
      "form",
      { role: "search", onsubmit: (event) => event.preventDefault(), onreset: clear },
      make("p", { class: "query" }, make("label", { for: "query" }, told("search")), field),
      make("div", { class: "filters" }, ...filters.map(filter), make("button", { type: "reset" }, told("reset"))),
    ),
    make("p", { id: "status", role: "status" }),
    make("ol", { id: "results", tabindex: "-1" }),
    make("p", { id: "more" }),
  );
}

function clear(event) {
  event?.preventDefault();
  history.replaceState(null, "", "#");
  follow();
  document.getElementById("query").focus();
}

function skip(event) {
  event.preventDefault();
  document.getElementById("results").focus();
}

/** Take over what the reader has changed; a place or a single fact is left behind. */
function change(changes) {
  state = { ...state, at: "", fact: "", ...changes };
  drawn = PAGE;
  const said = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== ""));
  history.replaceState(null, "", `#${said}`);
  point(null);
  refresh();
}

/** Draw the results of the state. */
function refresh() {
  const found = results();
  const list = document.getElementById("results");
  list.replaceChildren(...found.slice(0, drawn).map((place) => make("li", {}, card(place))));
  announce(summary(found.length));
  const rest = found.length - drawn;
  const more = make("button", { type: "button", onclick: showMore }, `${told("more")} ${count(Math.min(PAGE, rest))} / ${count(rest)}`);
  const unprinted = make("span", { class: "print-only" }, `${told("unprinted")} ${count(rest)}`);
  document.getElementById("more").replaceChildren(...(rest > 0 ? [more, unprinted] : []));
}

function showMore() {
  const first = drawn;
  drawn += PAGE;
  refresh();
  document.querySelectorAll("#results h3")[first].focus();
}

function summary(number) {
  if (number === 0) return told("nothing");
  const only = state.at ? told("filtered") : state.fact ? told("one") : "";
  const words = language === "en" ? `${count(number)} of ${count(all.length)} facts` : `${count(all.length)} 条事实中的 ${count(number)} 条`;
  return only ? `${only} (${words})` : words;
}

const announce = (words) => document.getElementById("status").replaceChildren(words);

/** Show what the address says. */
function follow() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (said.has("text")) {
    goTo(document.getElementById(`text-${said.get("text")}`));
    return;
  }
  state = Object.fromEntries(Object.keys(EMPTY).map((key) => [key, said.get(key) ?? ""]));
  drawn = PAGE;
  showPane("facts");
  for (const key of FILTERS) if (document.getElementById(`filter-${key}`)) document.getElementById(`filter-${key}`).value = state[key];
  document.getElementById("query").value = state.q;
  point(document.getElementById(`text-${state.at}`));
  refresh();
  if (state.at || state.fact) document.querySelector("#results h3")?.focus();
}

/** On paper nothing can be opened: all results are drawn, and each shows all that is known. */
function beforePrint() {
  unprinted = drawn;
  drawn = Math.max(drawn, PRINTED);
  refresh();
  for (const element of document.querySelectorAll("#results details")) {
    element.dispatchEvent(new Event("fill"));
    element.open = true;
  }
}

function afterPrint() {
  drawn = unprinted;
  refresh();
}

addEventListener("hashchange", follow);
addEventListener("click", (event) => {
  // The browser tells of no change when the address is the same: the way back to where it leads is wanted all the same.
  if (event.target.closest?.("a[href]")?.getAttribute("href") === location.hash) follow();
});
addEventListener("beforeprint", beforePrint);
addEventListener("afterprint", afterPrint);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest?.("input, select, textarea")) return;
  showPane("facts");
  document.getElementById("query").focus();
});
draw();
follow();
