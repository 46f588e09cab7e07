"use strict";

const byId = (id) => document.getElementById(id);
const words = { on: "ON AIR", ready: "READY", wait: "BEING MADE", off: "OFF" };
let ahead = 0; // milliseconds by which the world's clock is ahead
let shown = null; // the latest state
let signs = new Map(); // lamp by card, to tell what has changed

// node makes an element; what comes from the world is only ever text.
function node(tag, className, ...children) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
}

const now = () => Date.now() + ahead;
const pad = (n) => String(n).padStart(2, "0");

function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  if (h >= 48) return Math.floor(h / 24) + " days";
  return (h ? h + ":" + pad(m) : m) + ":" + pad(s % 60);
}

function rate(bits) {
  if (bits >= 1e6) return (bits / 1e6).toFixed(1) + " Mbit/s";
  return Math.round(bits / 1000) + " kbit/s";
}

function size(bytes) {
  if (bytes >= 1e9) return (bytes / 1e9).toFixed(2) + " GB";
  return (bytes / 1e6).toFixed(1) + " MB";
}

// ticking is a time that goes on by itself: "since" counts up, "until" down.
function ticking(kind, at) {
  const e = node("time");
  e.dataset[kind] = at;
  return e;
}

function tick() {
  for (const e of document.querySelectorAll("[data-since]")) e.textContent = span(now() - e.dataset.since);
  for (const e of document.querySelectorAll("[data-until]")) {
    const left = e.dataset.until - now();
    e.textContent = left > 0 ? span(left) : "0:00";
  }
  byId("clock").textContent = new Date(now()).toLocaleTimeString();
}

function scheduleLine(s) {
  const at = new Date(s.start).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (s.on_air) return node("p", "facts", "Schedule ", s.id, " is on air, ends in ", node("b", "", ticking("until", s.end)));
  if (s.start <= now()) return node("p", "facts", "Reserved for ", at, s.status === "RESERVED" ? "" : " · " + s.status);
  return node("p", "facts", "Starts in ", node("b", "", ticking("until", s.start)), " at ", at, s.status === "RESERVED" ? "" : " · " + s.status);
}

function feedLine(f) {
  return node("p", "facts", f.backup ? "Backup feed " : "Feed ", node("b", "", rate(f.bits)), f.picture ? " · " + f.picture : "", " · ", size(f.bytes), " · from " + f.from);
}

function targetLine(t) {
  const detail = [t.bits ? rate(t.bits) : "", t.retries ? t.retries + (t.retries === 1 ? " retry" : " retries") : ""].filter(Boolean).join(" · ");
  return node("li", "", node("strong", t.status, t.status), t.name, " ", node("span", "id", t.host),
    t.why || detail ? node("span", "why", [t.why, detail].filter(Boolean).join(" · ")) : null);
}

function cardOf(c) {
  const plain = c.lamp === "on" || c.status === "READY" ? "" : c.status.replaceAll("_", " ");
  const sign = node("p", "sign", node("span", "lamp " + c.lamp), plain || words[c.lamp], c.since ? ticking("since", c.since) : null);
  const card = node("article", "card " + c.lamp, sign, node("h3", "", c.name), node("p", "id", c.kind + " " + c.id));
  card.setAttribute("aria-label", c.name + ", " + (plain || words[c.lamp]));
  card.dataset.id = c.id;
  if (c.curtain) card.append(node("p", "curtain", "CURTAIN · ", ticking("until", c.curtain)));
  const facts = [];
  if (c.viewers !== undefined) facts.push(c.viewers + (c.viewers === 1 ? " viewer" : " viewers"));
  if (c.recording) facts.push("● recording");
  if (c.on_backup) facts.push("shows the backup stream");
  if (facts.length) card.append(node("p", "facts", facts.join(" · ")));
  for (const f of c.feeds || []) card.append(feedLine(f));
  for (const s of c.schedules || []) card.append(scheduleLine(s));
  if (c.targets) card.append(node("ul", "targets", ...c.targets.map(targetLine)));
  return card;
}

let kept = new Map(); // what stands on the page, by card

// showCards leaves alone what has not changed, so that a text that somebody is marking stays marked.
function showCards(cards) {
  const next = new Map();
  let at = byId("cards").firstElementChild;
  for (const c of cards) {
    const key = c.kind + c.id, json = JSON.stringify(c);
    let old = kept.get(key);
    if (!old || old.json !== json) {
      const element = cardOf(c);
      if (old) {
        old.element.replaceWith(element);
        if (at === old.element) at = element;
      }
      old = { json, element };
    }
    if (at === old.element) at = at.nextElementSibling;
    else byId("cards").insertBefore(old.element, at);
    next.set(key, old);
  }
  while (at) {
    const gone = at;
    at = at.nextElementSibling;
    gone.remove();
  }
  kept = next;
}

const isRefused = (r) => r.status >= 400 || r.fault;
const isRead = (r) => r.method === "GET";

function requestLine(r) {
  const line = node("li", (isRead(r) ? "read" : "write") + (isRefused(r) ? " refused" : ""),
    node("small", "", new Date(r.time).toLocaleTimeString() + " " + r.service + " "), r.method + " " + r.uri + " → " + (r.status || "…"));
  const why = [r.code ? "code " + r.code : "", r.reason, r.fault ? "fault " + r.fault : ""].filter(Boolean).join(": ");
  if (why) line.append(node("span", "reason", why));
  return line;
}

function showRequests() {
  const wanted = shown.requests.filter((r) => (byId("reads").checked || !isRead(r)) && (!byId("refused").checked || isRefused(r)));
  byId("log").replaceChildren(...(wanted.length ? wanted.map(requestLine) : [node("li", "", node("small", "", "none so far"))]));
}

function show(state) {
  const requestsChanged = !shown || JSON.stringify(shown.requests) !== JSON.stringify(state.requests);
  shown = state;
  ahead = state.ahead * 1000;
  const on = state.cards.filter((c) => c.lamp === "on").length;
  byId("headline").textContent = on ? on + " on air" : "Nothing on air";
  byId("lamp").className = "lamp " + (on ? "on" : "off");
  document.title = (on ? "● " + on + " on air" : "Nothing on air") + " · Rehearsal board";
  showCards(state.cards);
  byId("empty").hidden = state.cards.length > 0;
  const next = new Map(state.cards.map((c) => [c.kind + c.id, c.lamp]));
  const news = state.cards.filter((c) => signs.size && signs.get(c.kind + c.id) !== c.lamp).map((c) => c.name + ": " + words[c.lamp]);
  if (news.length) byId("news").textContent = news.join(", ");
  signs = next;
  if (requestsChanged) showRequests();
  tick();
}

function linked(there) {
  byId("link").textContent = there ? "live" : "the simulator does not answer";
  byId("link").className = there ? "link" : "link lost";
}

const source = new EventSource("events");
source.addEventListener("open", () => linked(true));
source.addEventListener("error", () => linked(false));
source.addEventListener("state", (e) => show(JSON.parse(e.data)));
setInterval(tick, 250);

for (const id of ["reads", "refused"]) byId(id).addEventListener("change", () => shown && showRequests());
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const id = { r: "reads", f: "refused" }[e.key.toLowerCase()];
  if (id) byId(id).click();
});
