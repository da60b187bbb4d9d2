// The card of a fact.



/** The address of a fact in this page: report and id. */
const address = (fact) => `${data.reports[fact.report].id}/${fact.id}`;

/** The card of the fact at a place in `data.facts`. */
function card(place) {
  const fact = data.facts[place];
  const report = data.reports[fact.report];
  const titled = language === "en" ? say(report.title) : `《${say(report.title)}》`;
  const where = proofPlaces.get(place);
  return make(
    "article",
    { class: `card ${fact.kind}${fact.doubts.length ? " doubtful" : ""}`, "aria-labelledby": `name-${place}` },
    make(
      "header",
      {},
      quote("h3", { id: `name-${place}`, tabindex: "-1" }, say(fact.name)),
      make("a", { class: "self", href: `#fact=${encodeURIComponent(address(fact))}`, "aria-label": `${told("link")}${told("colon")}${say(fact.name)}` }, "#"),
    ),
    make("p", { class: "figure" }, quote("strong", {}, say(fact.figure)), " ", quote("span", {}, say(fact.beside))),
    make("p", { class: "about" }, ...joined([fact.period, say(fact.scope), say(data.sections[fact.section].title)])),
    ...fact.doubts.map((doubt) => make("p", { class: "doubt" }, make("b", {}, told("doubt")), " ", quote("span", {}, say(doubt)))),
    make(
      "p",
      { class: "proof" },
      make("q", { lang: "zh" }, fact.excerpt),
      " ",
      quote("cite", {}, `${titled} ¶${fact.paragraph}`),
      ...(where ? [" ", make("a", { href: `#text=${where}`, class: "place" }, told("place"))] : []),
    ),
    fact.series === null ? null : chart(data.series[fact.series], fact.period.slice(0, 4)),
    actions(fact),
    details(fact),
  );
}

/** Texts of a fact side by side, those that are empty left out. */
const joined = (texts) => texts.filter(Boolean).flatMap((text, at) => [at ? " · " : "", quote("span", {}, text)]);

/** What opens to all that `shkc show` tells; it is filled when it is opened, or printed. */
function details(fact) {
  const list = make("dl");
  const fill = () => {
    if (list.childElementCount) return;
    for (const [label, zh, en] of fact.rows) {
      list.append(make("dt", {}, say(data.labels[label])), quote("dd", {}, say([zh, en])));
    }
  };
  const element = make("details", { ontoggle: fill, onfill: fill }, make("summary", {}, told("details")), list);
  return element;
}

function actions(fact) {
  const figure = fact.kind === "metric" ? `${say(fact.name)}${told("colon")}${say(fact.figure)}` : say(fact.name);
  const row = make("div", { class: "actions" });
  const button = (key, text) =>
    make("button", { type: "button", onclick: (event) => copy(text, event.currentTarget, row) }, told(key));
  row.append(
    button(fact.kind === "metric" ? "copyFigure" : "copyMilestone", figure),
    button("copyCitation", say(fact.citation)),
  );
  return row;
}

/** Put a text on the clipboard; where there is none, or it refuses, show it selected, to be copied by hand. */
async function copy(text, button, row) {
  row.querySelector(".by-hand")?.remove();
  try {
    await navigator.clipboard.writeText(text);
    announce(`${told("copied")}${told("colon")}${text}`);
    const label = button.textContent;
    button.textContent = told("copied");
    setTimeout(() => (button.textContent = label), 1500);
  } catch {
    const field = make("textarea", { readonly: true, rows: 2 });
    field.value = text;
    row.append(make("label", { class: "by-hand" }, told("copyByHand"), field));
    field.focus();
    field.select();
  }
}
