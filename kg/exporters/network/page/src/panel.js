/** The panel of details: what is chosen, and every sentence that proves it. */

import { KINDS, MEETING, PERSON, SIDES, STATUSES } from "./data.js";
import { bdi, h, icon, ltr, refill, svg } from "./dom.js";
import { busiest, metBy, shared } from "./met.js";
import { TYPE_NAMES, chip, sentence, source } from "./proof.js";
import { shortest } from "./scenes.js";
import { clean, direction, reveal } from "./text.js";
import { language, n, t, when } from "./words.js";

/** @typedef {import("./data.js").Graph} Graph */
/** @typedef {import("./filter.js").Filtered} Filtered */

const FIRST = 12;
const ONE = ["oneMeeting", "onePerson", "oneOrganization", "oneCountry", "oneOther"];

export class Panel {
  /**
   * @param {Graph} graph
   * @param {{go: (i: number) => void, close: () => void, near: (i: number, steps: number) => void, path: (i: number) => void, pair: (a: number, b: number) => void}} tell
   */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    this.root = h("aside", { class: "panel", "aria-label": t("panel"), tabindex: -1 });
  }

  /** @param {import("./state.js").Selection | null} selection @param {Filtered} filtered @param {[number, number] | null} path */
  show(selection, filtered, path) {
    this.filtered = filtered;
    this.root.scrollTop = 0;
    this.root.classList.toggle("empty", !selection);
    if (!selection && path) refill(this.root, this.#path(path));
    else if (!selection) refill(this.root, this.#welcome());
    else if ("node" in selection) refill(this.root, this.#node(selection.node));
    else if ("edge" in selection) refill(this.root, this.#edge(selection.edge));
    else refill(this.root, this.#pair(...selection.pair));
  }

  #welcome() {
    const filtered = /** @type {Filtered} */ (this.filtered);
    const top = busiest(filtered, () => true, 10);
    return [
      h("header", { class: "head" }, h("h2", {}, t("welcome"))),
      h("p", { class: "hint" }, t("selectHint")),
      h("dl", { class: "figures" }, filtered.census.flatMap(([shown], type) => shown ? [h("div", {}, h("dd", {}, n(shown)), h("dt", {}, t(TYPE_NAMES[type])))] : [])),
      this.#findings("notPublished", this.graph.findings.filter(([, , , , rejected]) => rejected), true),
      top.length > 0 && this.#section("busiest", h("ol", { class: "ranking" }, top.map(([i, count]) => this.#ranked(i, count, top[0][1])))),
    ];
  }

  /** What the shapes say. @param {string} title @param {import("./data.js").Graph["findings"]} found @param {boolean} [named] */
  #findings(title, found, named = false) {
    if (!found.length) return null;
    return h("section", { class: "differ" }, h("h3", {}, icon("warn"), t(title)), this.#long(found, ([, label, , words]) => h("p", {}, named && [h("strong", {}, bdi(clean(label))), " "], bdi(words[language()] || words.en || Object.values(words)[0] || "")), "findings", 5));
  }

  /** @param {number} i @param {number} count @param {number} most @param {() => void} [open] */
  #ranked(i, count, most, open) {
    const bar = h("span", { class: "bar" });
    bar.style.inlineSize = `${(100 * count) / most}%`;
    return h(
      "li",
      {},
      chip(this.graph, i, this.tell.go),
      h(open ? "button" : "span", { class: "count", ...(open ? { type: "button", onclick: open, "aria-label": t("nMeetings", count) } : {}) }, n(count)),
      h("span", { class: `track ${TYPE_NAMES[this.graph.type[i]]}`, "aria-hidden": "true" }, bar),
    );
  }

  /** @param {string} kind @param {string} name @param {string} className @param {any} [under] @param {any[]} [actions] */
  #head(kind, name, className, under, actions = []) {
    return h(
      "header",
      { class: "head" },
      h("div", { class: `kind ${className}` }, h("span", { class: "dot", "aria-hidden": "true" }), kind),
      h("button", { type: "button", class: "icon-button shut", "aria-label": t("close"), onclick: this.tell.close }, icon("close")),
      h("h2", {}, bdi(name)),
      under,
      actions.length > 0 && h("div", { class: "actions" }, actions),
    );
  }

  /** @param {string} title @param {...any} content */
  #section(title, ...content) {
    return h("section", {}, h("h3", {}, t(title)), content);
  }

  /** A list that shows its first items and unfolds the others. @param {any[]} items @param {(item: any) => any} make @param {string} className @param {number} [first] */
  #long(items, make, className, first = FIRST) {
    const list = h("div", { class: className }, items.slice(0, first).map(make));
    if (items.length <= first) return list;
    const more = h("button", { type: "button", class: "more", onclick: () => {
      const from = list.children.length;
      list.append(...items.slice(from, from + 40).map(make).filter(Boolean));
      const left = items.length - list.children.length;
      more.textContent = t("more", left);
      more.hidden = left <= 0;
    } }, t("more", items.length - first));
    return h("div", {}, list, more);
  }

  /** @param {number} i */
  #node(i) {
    return this.graph.type[i] === MEETING ? this.#meeting(i) : this.#party(i);
  }

  /** @param {number} i */
  #actions(i) {
    const button = (/** @type {string} */ name, /** @type {any} */ sign, /** @type {() => void} */ act) => h("button", { type: "button", class: "action", onclick: act }, icon(sign), t(name));
    return [button("neighbourhood", "near", () => this.tell.near(i, 1)), button("pathFrom", "path", () => this.tell.path(i))];
  }

  /** A person, organization or country. @param {number} i */
  #party(i) {
    const { graph } = this;
    const filtered = /** @type {Filtered} */ (this.filtered);
    const meetings = this.#newest([...graph.meetingsOf.of(i)].filter((m) => filtered.meeting[m]));
    const dated = meetings.filter((m) => graph.meetings.date[m]);
    const others = graph.spellings(i).filter((name) => name !== graph.label(i));
    const met = metBy(filtered, i);
    const span = dated.length > 0 && [" · ", bdi(when(graph.meetings.date[dated[dated.length - 1]])), dated.length > 1 && [" – ", bdi(when(graph.meetings.date[dated[0]]))]].flat();
    return [
      this.#head(t(ONE[graph.type[i]]), graph.label(i), TYPE_NAMES[graph.type[i]], h("p", { class: "under" }, t("nMeetings", meetings.length), span), this.#actions(i)),
      graph.proof?.notes[i] && h("section", {}, h("p", { class: "note" }, reveal(graph.proof.notes[i]))),
      this.#years(dated),
      this.#offices(i),
      met.length > 0 && this.#section("connections", this.#long(met, ([other, count]) => this.#ranked(other, count, met[0][1], () => this.tell.pair(i, other)), "ranking", 6)),
      this.#speaks(i),
      meetings.length > 0 && this.#section("meetings", this.#long(meetings, (m) => this.#card(m, i), "cards")),
      this.#statements("speaker", i),
      this.#standing(i),
      this.#findings("findings", graph.findings.filter(([node]) => node === i)),
      others.length > 0 && this.#section("alsoWritten", h("p", { class: "spellings" }, others.slice(0, 24).flatMap((name, place) => [place ? " · " : "", bdi(name)]))),
    ];
  }

  /** How often, year by year. @param {number[]} meetings */
  #years(meetings) {
    const { date } = this.graph.meetings;
    const all = date.filter(Boolean).map((/** @type {string} */ day) => Number(day.slice(0, 4)));
    const [first, last] = [all.reduce((/** @type {number} */ a, /** @type {number} */ b) => Math.min(a, b), 9999), all.reduce((/** @type {number} */ a, /** @type {number} */ b) => Math.max(a, b), 0)];
    if (last - first < 2 || last - first > 60 || meetings.length < 3) return null;
    const counts = Array.from({ length: last - first + 1 }, () => 0);
    for (const m of meetings) counts[Number(date[m].slice(0, 4)) - first]++;
    const most = Math.max(...counts);
    const [wide, tall] = [330, 34];
    const step = wide / counts.length;
    const bars = counts.map((count, at) => svg("rect", { x: at * step + 0.5, y: tall - (count / most) * tall, width: Math.max(1, step - 1.5), height: (count / most) * tall, rx: 1 }, svg("title", {}, `${first + at}: ${n(count)}`)));
    const said = `${first} – ${last}`;
    return h("section", { class: "years", dir: "ltr" }, svg("svg", { viewBox: `0 0 ${wide} ${tall + 15}`, role: "img", "aria-label": `${t("dates")} ${said}` }, bars, svg("line", { x1: 0, x2: wide, y1: tall + 0.5, y2: tall + 0.5 }), svg("text", { x: 0, y: tall + 13 }, String(first)), svg("text", { x: wide, y: tall + 13, "text-anchor": "end" }, String(last))));
  }

  /** Offices, each with the days it was held: a role belongs to a day. @param {number} i */
  #offices(i) {
    const { graph } = this;
    if (!graph.proof || graph.type[i] !== PERSON) return null;
    /** @type {Map<string, {text: any, dates: string[], behalf: Set<number>}>} */
    const held = new Map();
    for (const e of graph.edgesOf.of(i)) {
      const part = graph.proof.parts[e];
      if (!part || graph.s[e] !== i) continue;
      const [offices, words] = part;
      const principals = graph.principals[e] || [];
      const names = offices.length ? offices.map((/** @type {number} */ w) => graph.word(w)) : words.slice(0, 1).map((/** @type {string[]} */ w) => w[0]);
      if (!names.length) continue;
      const key = `${names.join(", ")}|${principals.join()}`;
      const entry = held.get(key) || { text: names.join(t("comma")), dates: [], behalf: new Set(principals) };
      const date = graph.meetings.date[graph.meetingOf[graph.t[e]]];
      if (date) entry.dates.push(date);
      held.set(key, entry);
    }
    if (!held.size) return null;
    const rows = [...held.values()].map(({ text, dates, behalf }) => {
      dates.sort();
      const span = dates.length && (dates.length > 1 && dates[0] !== dates[dates.length - 1] ? [bdi(when(dates[0])), " – ", bdi(when(dates[dates.length - 1]))] : [bdi(when(dates[0]))]);
      return h("li", {}, h("strong", {}, bdi(text)), [...behalf].map((p) => chip(graph, p, this.tell.go)), span && h("small", {}, span));
    });
    return this.#section("offices", h("ul", { class: "offices" }, rows));
  }

  /** For whom, or by whom. @param {number} i */
  #speaks(i) {
    const { graph } = this;
    const filtered = /** @type {Filtered} */ (this.filtered);
    const edges = [...graph.edgesOf.of(i)].filter((e) => graph.r[e] === 1 && (filtered.edge[e] || filtered.state.hidden.size > 1));
    const by = edges.filter((e) => graph.t[e] === i).map((e) => graph.s[e]);
    if (!by.length) return null;
    by.sort((a, b) => graph.degree[b] - graph.degree[a]);
    return this.#section("spokenBy", this.#long(by, (other) => chip(graph, other, this.tell.go), "chips", 8));
  }

  /** A meeting in a list: when and where, who, and the first sentence that proves it. @param {number} m @param {number} [seen] */
  #card(m, seen) {
    const { graph } = this;
    const node = graph.meetings.node[m];
    const others = graph.partyEdges[m].filter((e) => graph.s[e] !== seen);
    const proofs = this.#proofs(m, seen);
    return h(
      "article",
      { class: "card" },
      h("button", { type: "button", class: "when", onclick: () => this.tell.go(node) }, this.#line(m)),
      h("div", { class: "chips" }, others.slice(0, 6).map((e) => chip(graph, graph.s[e], this.tell.go)), others.length > 6 && h("span", { class: "quiet" }, `+${n(others.length - 6)}`)),
      proofs.slice(0, 2).map((s) => sentence(graph, s, this.tell.go)),
      proofs.length > 2 && h("button", { type: "button", class: "more", onclick: () => this.tell.go(node) }, t("more", proofs.length - 2)),
    );
  }

  /** @param {number} m */
  #line(m) {
    const { meetings } = this.graph;
    const place = this.graph.where(m);
    return [
      h("strong", {}, bdi(when(meetings.date[m]))),
      place && h("span", {}, bdi(place)),
      h("span", { class: "quiet" }, t(`kind.${KINDS[meetings.kind[m]]}`)),
      meetings.status[m] > 0 && h("span", { class: "badge" }, t(`status.${STATUSES[meetings.status[m]]}`)),
      meetings.differ[m] && Object.keys(meetings.differ[m]).length > 0 && h("span", { class: "badge warn", title: t("differ") }, icon("warn")),
    ];
  }

  /** The sentences of a meeting, those that name someone first. @param {number} m @param {number} [seen] @returns {number[]} */
  #proofs(m, seen) {
    const { graph } = this;
    if (!graph.proof) return [];
    const own = graph.partyEdges[m].filter((e) => graph.s[e] === seen).flatMap((e) => graph.proofOf(e));
    return [...new Set([...own, ...graph.proof.meetings[m]])];
  }

  /** @param {number} i */
  #meeting(i) {
    const { graph } = this;
    const m = graph.meetingOf[i];
    const { meetings } = graph;
    const sides = SIDES.map((_, side) => graph.partyEdges[m].filter((e) => graph.side[e] === side));
    const titles = ["participants", "hosts", "guests"];
    const articles = /** @type {number[]} */ (meetings.articles[m]);
    const proofs = this.#proofs(m).concat(graph.proof ? graph.partyEdges[m].flatMap((e) => graph.proofOf(e)) : []);
    const fact = (/** @type {string} */ name, /** @type {any} */ value) => (value ? [h("dt", {}, t(name)), h("dd", {}, value)] : []);
    const country = meetings.country[m];
    return [
      this.#head(t(`kind.${KINDS[meetings.kind[m]]}`), graph.label(i), "meeting", meetings.status[m] > 0 && h("p", { class: "under" }, h("span", { class: "badge" }, t(`status.${STATUSES[meetings.status[m]]}`))), this.#actions(i)),
      h("dl", { class: "facts" }, [
        fact("date", bdi(when(meetings.date[m]))),
        fact("place", [bdi(graph.word(meetings.city[m])), country >= 0 && chip(graph, country, this.tell.go)]),
        fact("venue", meetings.venue[m] && bdi(meetings.venue[m])),
        fact("topics", meetings.topics[m].length > 0 && meetings.topics[m].flatMap((/** @type {number} */ w, /** @type {number} */ place) => [place ? " · " : "", bdi(graph.word(w))])),
      ].flat()),
      this.#differ(m),
      this.#findings("findings", graph.findings.filter(([node]) => node === i)),
      [1, 2, 0].map((side) => sides[side].length > 0 && this.#section(titles[side], h("ul", { class: "people" }, sides[side].map((e) => this.#participant(e))))),
      proofs.length > 0 && this.#section("evidence", this.#long([...new Set(proofs)], (s) => sentence(graph, s, this.tell.go), "cards", 6)),
      this.#statements("meeting", i),
      articles.length > 0 && this.#section("articles", h("ul", { class: "articles" }, articles.map((a) => h("li", {}, source(graph, a))))),
    ];
  }

  /** Who came, as what, and for whom. @param {number} e */
  #participant(e) {
    const { graph } = this;
    const part = graph.proof?.parts[e];
    const [offices, words, titles, delegation, accredited] = part || [[], [], [], [], -1];
    const title = titles[0]?.[0];
    const office = offices.map((/** @type {number} */ w) => graph.word(w)).join(t("comma")) || words[0]?.[0];
    return h(
      "li",
      {},
      chip(graph, graph.s[e], this.tell.go, graph.c[e] < 100 ? `${graph.c[e]} %` : undefined),
      (title || office) && h("span", { class: "office" }, [title, office].filter(Boolean).flatMap((text, place) => [place ? t("comma") : "", bdi(text)])),
      (graph.principals[e] || []).map((p) => chip(graph, p, this.tell.go)),
      accredited >= 0 && h("span", { class: "quiet" }, `${t("accredited")} `, bdi(graph.label(accredited))),
      delegation[0] && h("span", { class: "quiet" }, `${t("delegation")} `, bdi(delegation[0][0])),
    );
  }

  /** What articles tell differently, side by side. @param {number} m */
  #differ(m) {
    const { graph } = this;
    const fields = Object.entries(graph.meetings.differ[m] || {});
    if (!fields.length) return null;
    const told = (/** @type {string} */ field, /** @type {string} */ value) =>
      field === "date" ? when(value) : field === "kind" || field === "status" ? t(`${field}.${value}`) : graph.number.has(`country/${value}`) ? graph.label(Number(graph.number.get(`country/${value}`))) : value;
    return h(
      "section",
      { class: "differ" },
      h("h3", {}, icon("warn"), t("differ")),
      h("dl", { class: "facts" }, fields.flatMap(([field, values]) => [
        h("dt", {}, t(`differ.${field}`)),
        h("dd", {}, Object.entries(/** @type {Record<string, number[]>} */ (values)).map(([value, by]) => h("div", {}, bdi(told(field, value)), " ", h("small", {}, by.flatMap((a, place) => [place ? ", " : "", bdi(graph.articles.publisher[a] || graph.articles.title[a] || graph.articles.id[a].split("/").pop())])))))]),
      ),
    );
  }

  /** What a node said, or what was said at it. @param {"speaker" | "meeting"} by @param {number} i */
  #statements(by, i) {
    const { graph } = this;
    const all = graph.proof?.statements;
    const found = all ? all.speaker.flatMap((/** @type {number} */ _, /** @type {number} */ k) => (all[by][k] === i ? [k] : [])) : [];
    if (!found.length) return null;
    return this.#section("statements", this.#long(found, (k) => {
      const [speaker, topics, proofs] = [all.speaker[k], all.topics[k], all.evidence[k]];
      return h(
        "article",
        { class: "card said" },
        h("p", {}, speaker >= 0 ? chip(graph, speaker, this.tell.go) : h("span", { class: "quiet" }, t("unresolved")), h("em", {}, bdi(graph.word(all.act[k]))), topics.length > 0 && h("span", { class: "quiet" }, topics.map((/** @type {number} */ w) => graph.word(w)).join(" · "))),
        proofs.length ? sentence(graph, proofs[0], this.tell.go) : (all.words[k] || []).slice(0, 1).map((/** @type {string[]} */ w) => h("blockquote", { lang: w[1], dir: direction(w[1]) }, reveal(w[0]))),
      );
    }, "cards", 4));
  }

  /** Where a node stands in the whole network, as computed when the file was made. @param {number} i */
  #standing(i) {
    const numbers = this.graph.proof?.numbers;
    if (!numbers?.betweenness) return null;
    const { betweenness, community, bridge } = numbers;
    if (!(betweenness[i] > 0 || community?.[i])) return null;
    const ranked = betweenness.filter((/** @type {number} */ value) => value > 0).length;
    const rank = 1 + betweenness.filter((/** @type {number} */ value) => value > betweenness[i]).length;
    const fact = (/** @type {string} */ name, /** @type {any} */ value) => [h("dt", {}, t(name)), h("dd", {}, value)];
    return this.#section("standing", h("dl", { class: "facts" }, [
      ...fact("degree", n(metBy(/** @type {Filtered} */ (this.filtered), i).length)),
      ...(betweenness[i] > 0 ? fact("betweenness", t("ofAll", rank, ranked)) : []),
      ...(community?.[i] ? fact("community", n(community[i])) : []),
    ]), bridge?.[i] ? h("p", { class: "quiet" }, t("bridge")) : null);
  }

  /** A link: who did what with whom, and the proof. @param {number} e */
  #edge(e) {
    const { graph } = this;
    const [s, to] = [graph.s[e], graph.t[e]];
    const relation = ["participant", "behalf", "held in", "other"][graph.r[e]];
    const proofs = graph.proofOf(e);
    const all = graph.r[e] === 0 ? [...new Set([...proofs, ...this.#proofs(graph.meetingOf[to])])] : proofs;
    return [
      this.#head(t("links"), t(relation), "link", h("div", { class: "ends" }, chip(graph, s, this.tell.go), h("span", { class: "quiet" }, t(relation)), chip(graph, to, this.tell.go))),
      graph.r[e] === 0 && graph.proof && h("section", {}, h("ul", { class: "people" }, this.#participant(e))),
      all.length > 0 && this.#section("evidence", this.#long(all, (s2) => sentence(graph, s2, this.tell.go), "cards")),
    ];
  }

  /** How two nodes are joined, step by step, each with its proof. @param {[number, number]} ends */
  #path(ends) {
    const { graph } = this;
    const filtered = /** @type {Filtered} */ (this.filtered);
    const way = shortest(filtered, ...ends);
    const steps = way.slice(1).map((to, at) => /** @type {[number, number]} */ ([way[at], to]));
    return [
      this.#head(t("pathFrom"), way.length ? t("pathOf", steps.length) : t("noPath"), "link", h("div", { class: "ends" }, chip(graph, ends[0], this.tell.go), ltr("→"), chip(graph, ends[1], this.tell.go))),
      steps.map(([from, to]) => {
        const e = [...graph.edgesOf.of(from)].find((each) => filtered.edge[each] && graph.other(each, from) === to);
        const proofs = e === undefined ? [] : graph.proofOf(e);
        return h("section", {}, h("div", { class: "ends" }, chip(graph, from, this.tell.go), ltr("→"), chip(graph, to, this.tell.go)), proofs.slice(0, 1).map((s) => sentence(graph, s, this.tell.go)));
      }),
    ];
  }

  /** Two parties and their meetings. @param {number} a @param {number} b */
  #pair(a, b) {
    const { graph } = this;
    const meetings = this.#newest(shared(/** @type {Filtered} */ (this.filtered), a, b));
    return [
      this.#head(t("matrix"), t("nMeetings", meetings.length), "link", h("div", { class: "ends" }, chip(graph, a, this.tell.go), ltr("↔"), chip(graph, b, this.tell.go), meetings[0] !== undefined && graph.meetings.date[meetings[0]] && h("span", { class: "quiet" }, t("lastMet", when(graph.meetings.date[meetings[0]]))))),
      h("section", {}, this.#long(meetings, (m) => this.#card(m), "cards")),
    ];
  }

  /** @param {number[]} meetings */
  #newest(meetings) {
    const { from } = this.graph;
    return meetings.sort((a, b) => (from[b] || -1e9) - (from[a] || -1e9) || a - b);
  }
}

