// Texts in two languages, and elements made of text: nothing here or elsewhere is ever read as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
let language = data.language;

/** What the page says of itself, Chinese and English. */
const TEXTS = {
  search: ["查找：名称、别名、拼音或数字", "Search: name, alias, pinyin or number"],
  example: ["如 技术合同、jsht、4850亿元", "such as contracts, jishuhetong, 4850"],
  section: ["栏目", "Section"],
  kind: ["种类", "Kind"],
  unit: ["单位", "Unit"],
  year: ["年份", "Year"],
  report: ["报告", "Report"],
  any: ["全部", "all"],
  metric: ["数字", "Figures"],
  milestone: ["里程碑", "Milestones"],
  reset: ["清除条件", "Clear"],
  facts: ["事实", "Facts"],
  text: ["原文", "Text"],
  other: ["English", "中文"],
  skip: ["跳到结果", "Skip to the results"],
  nothing: ["事实库中没有符合条件的事实", "Nothing in the fact base meets the conditions"],
  more: ["再显示", "Show more:"],
  details: ["全部内容：区间、推算、别名、佐证", "All that is known: bounds, computed values, evidence"],
  copyFigure: ["复制数字", "Copy figure"],
  copyMilestone: ["复制名称", "Copy name"],
  copyCitation: ["复制引文", "Copy citation"],
  copied: ["已复制", "Copied"],
  copyByHand: ["请按 Ctrl+C（或 ⌘C）复制", "Press Ctrl+C (or ⌘C) to copy"],
  place: ["在原文中", "In the text"],
  link: ["本条的地址", "Link to this fact"],
  doubt: ["存疑", "In doubt"],
  series: ["逐年", "Year by year"],
  hollow: ["空心：预计", "hollow: estimated"],
  bounds: ["竖线：区间", "bars: bounds"],
  filtered: ["原文此处的事实", "The facts at this place of the text"],
  one: ["一条事实", "One fact"],
  exception: ["例外", "Exception"],
  gap: ["缺口：没有事实或例外说明这个数字", "Gap: no fact or exception accounts for this numeral"],
  name: ["里程碑的正式名称", "Official name"],
  figure: ["数字", "Figure"],
  excerpt: ["里程碑", "Milestone"],
  gaps: ["缺口", "Gaps"],
  doubts: ["存疑", "In doubt"],
  exceptions: ["例外", "Exceptions"],
  failures: ["没有证实的", "What is not proven"],
  colon: ["：", ": "],
  unprinted: ["未打印的：", "Not printed:"],
};

/** The text of a pair in the language chosen. */
const say = (pair) => pair[language === "en" ? 1 : 0];

const told = (key) => say(TEXTS[key]);

/** A number of things, grouped by thousands. */
const count = (number) => number.toLocaleString("en");

/**
 * An element with attributes and children; children that are strings become text.
 * `on…` attributes are listeners, those that are false, null or undefined are left out.
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== ""));
  return element;
}

/** The language of a text that comes from a fact file: in English, what has Chinese characters is a quotation. */
const spoken = (text) => (language === "en" && /\p{Script=Han}/u.test(text) ? "zh" : null);

/** As `make`, for one text from a fact file, with its language for screen readers and fonts. */
const quote = (tag, attributes, text) => make(tag, { lang: spoken(text), ...attributes }, text);
