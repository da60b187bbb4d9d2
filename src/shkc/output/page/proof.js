// The text of the report, where there is one: each figure and milestone marked where it stands.
//
// A place is `paragraph.piece`, both counted from 1. The address `#at=4.2` shows the facts of a place, `#text=4.2` the
// place itself: a click goes from fact to place and back, and so does the browser's own way back.

/** For each fact with a place in the text: the first that shows its figure, or else the first of all. */
const proofPlaces = new Map();

/** Whether any of these facts is in doubt. */
const doubtful = (facts) => facts.some((place) => data.facts[place].doubts.length > 0);

function collectPlaces() {
  const ordered = (data.proof?.paragraphs ?? []).flatMap((pieces, paragraph) =>
    pieces.flatMap((piece, at) => (piece.facts ?? []).map((fact) => [fact, piece.role, `${paragraph + 1}.${at + 1}`])),
  );
  const figuresFirst = [...ordered.filter(([, role]) => role === "figure"), ...ordered];
  for (const [fact, , place] of figuresFirst) if (!proofPlaces.has(fact)) proofPlaces.set(fact, place);
}

collectPlaces();

/** The facts that a place of the text belongs to. */
function factsAt(place) {
  const [paragraph, piece] = place.split(".").map(Number);
  return data.proof?.paragraphs[paragraph - 1]?.[piece - 1]?.facts ?? [];
}

/** The text with its marks, its key and the way through what is not proven. */
function textPane() {
  const paragraphs = data.proof.paragraphs.map((pieces, paragraph) =>
    make(
      "p",
      { class: "paragraph", id: `text-${paragraph + 1}` },
      make("span", { class: "number", "aria-hidden": "true" }, `¶${paragraph + 1}`),
      ...pieces.map((piece, at) => (typeof piece === "string" ? piece : mark(piece, `${paragraph + 1}.${at + 1}`))),
    ),
  );
  return make(
    "section",
    { id: "text", "aria-labelledby": "text-head" },
    make("h2", { id: "text-head", tabindex: "-1" }, told("text")),
    coverage(),
    failures(),
    make("div", { class: "paragraphs", lang: "zh" }, ...paragraphs),
  );
}

function mark(piece, place) {
  const facts = piece.facts ?? [];
  const name = roleOf(piece);
  const said = facts.length ? facts.map((fact) => say(data.facts[fact].name)) : piece.reasons.filter(Boolean);
  const title = [told(name), said.join("; ")].filter(Boolean).join(told("colon"));
  const attributes = { id: `text-${place}`, class: `mark ${name}`, title };
  if (facts.length) return make("a", { ...attributes, href: `#at=${place}` }, piece.text);
  const reason = make("span", { class: "spoken", lang: language === "en" ? "en" : null }, ` (${title})`);
  return make("mark", { ...attributes, onclick: (event) => goTo(event.currentTarget) }, piece.text, reason);
}

/** How much is proven, and buttons that go from one gap, doubt or exception to the next. */
function coverage() {
  const { numerals, covered, facts, proven } = data.proof;
  const words =
    language === "en"
      ? `${covered} of ${numerals} numerals accounted for; ${proven} of ${facts} facts proven`
      : `${numerals} 个数字中 ${covered} 个有着落；${facts} 个事实中 ${proven} 个得到证实`;
  return make(
    "div",
    { class: "coverage" },
    make("p", {}, words),
    make("div", { class: "key" }, walker("gaps", "gap"), walker("doubts", "doubt"), walker("exceptions", "exception"),
      make("span", { class: "mark figure" }, told("metric")), make("span", { class: "mark name" }, told("milestone"))),
  );
}

function walker(label, role) {
  let at = -1;
  const marks = () => [...document.querySelectorAll(`.paragraphs .mark.${role}`)];
  const total = data.proof.paragraphs.flat().filter((piece) => roleOf(piece) === role).length;
  const next = () => {
    const all = marks();
    at = (at + 1) % all.length;
    goTo(all[at]);
  };
  return make(
    "button",
    { type: "button", class: `mark ${role}`, disabled: total === 0, onclick: next },
    `${told(label)} ${count(total)}`,
  );
}

/** What a piece is shown as: its role, or doubt where what has that role is in doubt. */
const roleOf = (piece) => (piece.facts && doubtful(piece.facts.slice(0, piece.own)) ? "doubt" : piece.role);

/** What is wrong, in words, each with the fact or the paragraph that it is about; nothing when nothing is. */
function failures() {
  const found = data.proof.failures;
  if (found.length === 0) return null;
  const items = found.map(({ fact, paragraph, message }) =>
    make(
      "li",
      {},
      fact === null
        ? paragraph && make("a", { href: `#text=${paragraph}` }, `¶${paragraph}`)
        : make("a", { href: `#fact=${encodeURIComponent(address(data.facts[fact]))}` }, quote("span", {}, say(data.facts[fact].name))),
      " ",
      quote("span", {}, say(message)),
    ),
  );
  return make("details", {}, make("summary", {}, `${told("failures")} (${count(found.length)})`), make("ul", {}, ...items));
}

/** Mark an element of the text as the one that is meant; none for null. */
function point(element) {
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  element?.classList.add("here");
}

/** Bring an element of the text into view, and the reader's place with it. */
function goTo(element) {
  if (!element) return;
  showPane("text");
  point(element);
  if (!element.matches("a")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}
