"use strict";
// Everything shown from the news goes in by textContent: no markup of a feed is ever parsed.
(() => {
  const root = document.documentElement;
  const book = JSON.parse(document.getElementById("book").textContent);
  const names = JSON.parse(document.getElementById("names").textContent);
  const dialog = document.getElementById("evidence");
  const quotes = document.getElementById("quotes");
  const head = document.getElementById("evidence-title");
  const tip = document.getElementById("tip");
  const most = 40;

  const make = (tag, name, text) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  const cellsOf = (key) => {
    if (book.cells[key]) return [book.cells[key]];
    const parts = key.split("/");
    return Object.keys(book.cells).sort().reverse().filter((other) => {
      const [kind, from, to, period] = other.split("/");
      if (kind !== "flow") return false;
      if (parts[0] === "flow") return from === parts[1] && to === parts[2] && (!parts[3] || period === parts[3]);
      return parts[0] === "net" && period === parts[2] && (from === parts[1] || to === parts[1]);
    }).map((other) => Object.assign({ way: other.split("/").slice(1, 3) }, book.cells[other]));
  };

  const webAddress = (text) => {
    try {
      const url = new URL(text);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
    } catch { return null; }
  };

  const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);
  const name = (part) => names[part] || decodeURIComponent(part) || "(not named)";

  const shade = (score) => {
    const bounds = names["#bounds"];
    let step = 0;
    while (step < bounds.length && score >= bounds[step]) step += 1;
    return step;
  };

  const quoteNode = (row, way) => {
    const source = book.sources[row.source];
    const node = make("article", "quote");
    node.append(make("blockquote", "", row.text));
    node.firstChild.dir = "auto";
    const meta = make("div", "meta");
    if (row.score !== undefined) {
      const badge = make("span", "badge", signed(row.score));
      badge.style.background = `var(--scores-${shade(row.score)})`;
      badge.style.color = `var(--score-ink-${shade(row.score)})`;
      meta.append(badge, make("span", "", `weight ${(row.weight * 100).toFixed(row.weight < 0.1 ? 1 : 0)} %`));
    }
    if (way) meta.append(make("span", "badge plain", `${name(way[0])} → ${name(way[1])}`));
    if (row.status) meta.append(make("span", "badge plain", row.status));
    node.append(meta);
    const from = make("div", "from");
    const url = source.url && webAddress(source.url);
    const title = make(url ? "a" : "span", "", source.title || source.url || "(no title)");
    title.dir = "auto";
    if (url) { title.href = url; title.target = "_blank"; title.rel = "noopener noreferrer"; }
    from.append(title);
    node.append(from, make("div", "meta", [source.publisher, source.published].filter(Boolean).join(" · ")));
    return node;
  };

  const open = (link) => {
    const key = link.getAttribute("href").slice("#pick=".length);
    const cells = cellsOf(key);
    head.textContent = link.dataset.tip || link.getAttribute("aria-label") || link.textContent;
    quotes.replaceChildren();
    let shown = 0, total = 0;
    const seen = new Set();
    for (const cell of cells) {
      total += cell.total;
      for (const row of cell.quotes) {
        const same = `${row.source} ${row.text} ${cell.way || ""}`;
        if (shown >= most || seen.has(same)) continue;
        seen.add(same);
        quotes.append(quoteNode(row, key.startsWith("net/") && cell.way));
        shown += 1;
      }
    }
    if (!shown) quotes.append(make("p", "note", names["#nothing"]));
    else if (shown < total) quotes.append(make("p", "note", `The weightiest sentences, out of ${total} stories.`));
    tip.hidden = true;
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#pick="]');
    if (link) { event.preventDefault(); open(link); }
    else if (event.target === dialog) dialog.close();
  });
  document.getElementById("close").addEventListener("click", () => dialog.close());

  const showTip = (event) => {
    const mark = event.target.closest && event.target.closest('.chart a[aria-label], .chart [aria-roledescription="point mark"]');
    if (!mark) { tip.hidden = true; return; }
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(6, Math.min(event.clientX + 14, innerWidth - box.width - 6))}px`;
    tip.style.top = `${event.clientY > innerHeight - 80 ? event.clientY - box.height - 12 : event.clientY + 16}px`;
  };
  if (matchMedia("(hover: hover)").matches) document.addEventListener("pointermove", showTip);

  const button = document.getElementById("theme");
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const say = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; say(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
  button.hidden = false;
  say();
})();
