// What the pages of `kg serve` do beyond plain HTML: they all work without it.
"use strict";

for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const url = new URL(location.href);
    url.searchParams.set("lang", link.dataset.language);
    location.href = url.href;
  });
}

// #char=12,40 is a stretch of an article: it may run over many marks.
function show() {
  const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  for (const part of document.querySelectorAll(".text [data-at]")) {
    const [start, end] = part.dataset.at.split(",").map(Number);
    part.classList.toggle("shown", Boolean(found) && start >= +found[1] && end <= +found[2]);
  }
  document.querySelector(".text .shown")?.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", show);
show();

const area = document.querySelector(".editor textarea");
const list = document.getElementById("completions");
let terms = null;
let chosen = 0;

async function complete() {
  const before = area.value.slice(0, area.selectionStart);
  // @ begins a name in any script, but behind a string a language.
  const name = /(?<!["'])@(\p{L}[\p{L}\p{M}\p{N} '-]*)$/u.exec(before);
  if (name) {
    offer(await (await fetch(`/names.json?q=${encodeURIComponent(name[1])}`)).json(), name[0]);
    return;
  }
  terms ??= await (await fetch("/terms.json")).json();
  const word = /[\w:?$.-]*$/.exec(before)[0];
  const variables = [...new Set(area.value.match(/[?$]\w+/g) ?? [])];
  const wanted = word.toLowerCase();
  const offers = [...terms, ...variables.map((name) => ({ term: name, label: "" }))]
    .filter(({ term, label }) => term !== word && (term.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted)))
    .sort((a, b) => b.term.toLowerCase().startsWith(wanted) - a.term.toLowerCase().startsWith(wanted))
    .slice(0, 30);
  offer(offers, word);
}

function offer(offers, word) {
  list.replaceChildren(...offers.map(({ term, label }) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.dataset.term = term;
    item.textContent = label ? `${term.replace(/^<.*\/id\/(.*)>$/, "$1")} - ${label}` : term;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(term, word); });
    return item;
  }));
  list.dataset.word = word;
  list.hidden = !offers.length;
  choose(0);
}

function choose(number) {
  chosen = Math.max(0, Math.min(number, list.children.length - 1));
  [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function take(term, word) {
  area.setRangeText(term + " ", area.selectionStart - word.length, area.selectionStart, "end");
  list.hidden = true;
  area.focus();
}

area?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) area.form.submit();
  else if (event.key === " " && event.ctrlKey) { event.preventDefault(); complete(); }
  else if (list.hidden) return;
  else if (event.key === "Escape") list.hidden = true;
  else if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
  else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
  else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    take(list.children[chosen].dataset.term, list.dataset.word);
  }
});
area?.addEventListener("input", () => { if (!list.hidden) complete(); });
