/* News: asked for now and then by a cursor, never held open. What is new is said once, in a quiet line that moves nothing;
   a press brings it in. Nothing is asked while the page is out of sight; seldom while its reader is away. */
import { all } from "./dom.js";
import { renew } from "./fresh.js";

const EVERY = 12_000;
const SELDOM = 60_000;
const AWAY = 90_000;
const FEW = 2;
const box = document.querySelector("[data-news]");
const part = (name) => box.querySelector(`[data-news-${name}]`);

class News {
  constructor() {
    Object.assign(this, { since: box.dataset.since, tag: "", failed: 0, told: "", put: 0, isOver: false, moved: performance.now() });
    for (const name of ["pointerdown", "keydown", "scroll"]) {
      addEventListener(name, () => (this.moved = performance.now()), { passive: true });
    }
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(this.timer) : this.ask()));
    addEventListener("online", () => this.ask());
    part("show").addEventListener("click", () => this.show());
    for (const name of ["close", "done"]) part(name).addEventListener("click", () => this.close());
    this.later();
  }

  /* Sooner or later by a fifth, so that those who came together don't ask together for ever. */
  later() {
    clearTimeout(this.timer);
    if (this.isOver || document.hidden) return;
    const away = performance.now() - this.moved > AWAY;
    const wait = this.failed ? Math.min(EVERY * 2 ** this.failed, 2 * SELDOM) : away ? SELDOM : EVERY;
    this.timer = setTimeout(() => this.ask(), wait * (0.8 + 0.4 * Math.random()));
  }

  async ask() {
    if (this.isAsking || this.isOver || document.hidden) return;
    this.isAsking = true;
    try {
      await this.hear();
      if (this.failed >= FEW) this.say(this.told);
      this.failed = 0;
    } catch {
      this.failed += 1;
      if (this.failed === FEW) this.say(part("words").dataset.off, "is-off");
    }
    this.isAsking = false;
    this.later();
  }

  async hear() {
    const address = new URL(box.dataset.news, location.href);
    address.searchParams.set("since", this.since);
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    const answer = await fetch(address, { headers, cache: "no-store" });
    if (answer.status === 304) return;
    if (answer.redirected || (answer.status >= 400 && answer.status < 429)) {
      this.isOver = true;
      this.say(part("words").dataset.over);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    this.tag = answer.headers.get("ETag") ?? "";
    this.tell(await answer.json());
  }

  tell(news) {
    show(news.here);
    this.news = news;
    if (!news.total || news.last <= this.put) return;
    for (const [key, many] of Object.entries(news.clauses)) mark(key, many);
    this.told = news.words;
    this.say(news.words);
    part("named").replaceChildren();
    part("show").hidden = news.turns;
    part("open").hidden = !news.turns;
    part("open").href = location.pathname + location.search;
    part("close").hidden = false;
    part("done").hidden = true;
  }

  /* One change of the line is one announcement. */
  say(words, look = "") {
    if (part("words").textContent !== words) part("words").textContent = words;
    box.classList.toggle("is-there", words !== "");
    box.classList.toggle("is-off", look !== "");
  }

  async show() {
    const { named } = this.news;
    part("show").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(location.pathname + location.search, { cache: "no-cache" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { left, since } = await renew(await answer.text());
      this.since = since ?? this.since;
      this.tag = this.told = "";
      for (const each of all(".has-news")) each.classList.remove("has-news");
      this.say(left ? part("words").dataset.kept : part("words").dataset.one);
      part("named").replaceChildren(...named.flatMap((each) => [link(each), " "]));
      part("show").hidden = part("close").hidden = true;
      part("done").hidden = false;
      part("done").focus({ preventScroll: true });
    } catch {
      part("open").hidden = false;
      part("show").hidden = true;
    }
    part("show").removeAttribute("aria-busy");
  }

  close() {
    this.put = this.news?.last ?? 0;
    this.told = "";
    this.say("");
    part("named").replaceChildren();
    for (const name of ["show", "open", "close", "done"]) part(name).hidden = true;
  }
}

/* To its note or its row where this page has it, else to its page. */
function link({ name, href, note }) {
  const here = [note, `row-${name}`].find((id) => id && document.getElementById(id));
  return Object.assign(document.createElement("a"), { href: here ? `#${here}` : href, textContent: name });
}

const clause = (key) => document.getElementById(`c-${key}`);

function mark(key, many) {
  clause(key)?.classList.add("has-news");
  for (const each of all(`[data-outline] a[href="#c-${CSS.escape(key)}"]`)) each.classList.toggle("has-news", many > 0);
}

/* Who else is at work: beside the clause they write about, and in the queue of the desk. */
function show(here) {
  const told = new Map(Object.entries(here));
  for (const old of all(".doc .writes")) if (!told.has(old.dataset.place)) old.remove();
  for (const each of all("[data-here-at]")) put(each, told.get(each.dataset.hereAt) ?? "");
  for (const [place, words] of told) {
    const beside = place.startsWith("clause:") && clause(place.slice("clause:".length));
    if (!beside) continue;
    const shown = beside.querySelector(":scope > .writes") ?? Object.assign(document.createElement("span"), { className: "writes" });
    shown.dataset.place = place;
    put(shown, words);
    if (!shown.isConnected) beside.append(shown);
  }
}

function put(element, words) {
  if (element.innerHTML !== words) element.innerHTML = words; // our own template, escaped there
}

if (box) new News();
