// One series as a small picture: a line through the values, a bar for the bounds of each, hollow where estimated.

const WIDTH = 320;
const HEIGHT = 96;
const MARGIN = { left: 24, right: 24, top: 18, bottom: 24 };

function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The picture of a series, with its values as text below; the year of *current* is told from the others. */
function chart(series, current) {
  const points = series.points.map((point) => ({ ...point, at: Number(point.value) }));
  const ends = points.flatMap(({ at, low, high }) => [at, Number(low ?? at), Number(high ?? at)]);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const [first, last] = [points[0].year, points.at(-1).year];
  const x = (year) => MARGIN.left + ((year - first) / (last - first)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value) => {
    const up = most === least ? 0.5 : (value - least) / (most - least);
    // The first rank is the best one.
    return MARGIN.top + (series.falling ? up : 1 - up) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  };
  const picture = shape(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": points.map(worded).join("; ") },
    shape("polyline", { points: points.map((point) => `${x(point.year)},${y(point.at)}`).join(" ") }),
    ...points.map((point) => shape("path", { d: bar(x(point.year), point.low && y(Number(point.low)), point.high && y(Number(point.high))) })),
    ...points.map((point) =>
      shape("circle", { cx: x(point.year), cy: y(point.at), r: 4, class: point.final ? "final" : "open" }),
    ),
    ...points.map((point) => shape("text", { x: x(point.year), y: HEIGHT - 4 }, String(point.year))),
  );
  const values = points.map((point) =>
    quote("li", { "aria-current": String(point.year) === current ? "true" : null }, worded(point)),
  );
  const notes = [told("bounds"), ...(points.every((point) => point.final) ? [] : [told("hollow")])];
  return make("figure", { class: "series" }, picture, make("figcaption", {}, told("series"), " · ", notes.join(" · ")),
    make("ul", {}, ...values));
}

const worded = (point) => `${point.year} ${say(point.figure)}`;

/** The bar of bounds as a path: an end with a cap for each bound, without one, to the edge, where it is open. */
function bar(x, low, high) {
  const cap = (y) => (y === null ? "" : `M${x - 4},${y}h8`);
  return `${cap(low)}${cap(high)}M${x},${low ?? HEIGHT - MARGIN.bottom}V${high ?? 2}`;
}
