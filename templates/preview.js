// Puts the new page in the place of the old one whenever the preview has one, and says so when the preview has ended.
(() => {
  const KEPT = "mpr-preview"; // in the session: where the reader was
  const OURS = ["open", "tabindex"]; // set by the reader and by the page's own script
  const here = document.currentScript;
  if (!here.dataset.version) return; // not the preview itself, but what it has to say of a PDF
  const gone = document.querySelector(".preview .gone");
  const report = () => document.querySelector("aside.preview") !== null;
  const scripts = (part) => [...part.querySelectorAll("script")].map((script) => script.textContent).join("\n");

  // What is alike stays as it is, so that the page does not move under the reader's eyes. So does what the preview did
  // not send again, as it has not changed: in its place stands an id by which it is found in the page.
  let stays = new Map();
  const key = (node) => node.id || node.dataset?.indicator;
  const same = (old, next) => stays.get(next) === old || old.isEqualNode(next);
  const alike = (old, next) => old.nodeName === next.nodeName && key(old) === key(next);
  const places = (part) => [...part.querySelectorAll?.("[data-kept]") ?? []];
  const whole = (part) => { for (const place of places(part)) place.replaceWith(stays.get(place)); return part; };
  const mend = (old, next) => {
    if (same(old, next)) return;
    if (old.nodeName !== next.nodeName || old.nodeType !== Node.ELEMENT_NODE) return old.replaceWith(next);
    for (const { name } of [...old.attributes]) if (!OURS.includes(name) && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (!OURS.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    const olds = [...old.childNodes];
    const nexts = [...next.childNodes];
    let end = null; // the first of the nodes at the end that are alike
    while (olds.length && nexts.length && same(olds.at(-1), nexts.at(-1))) { end = olds.pop(); nexts.pop(); }
    let at = olds[0] ?? end;
    const drop = (until) => { while (at !== until) { const next = at.nextSibling; at.remove(); at = next; } };
    for (const node of nexts) {
      const stay = stays.get(node);
      const fits = (each) => (stay ? each === stay : alike(each, node));
      let found = at;
      if (stay || key(node)) while (found !== end && !fits(found)) found = found.nextSibling; // what stands before has gone
      if (found === end || !fits(found)) { old.insertBefore(stay ?? whole(node), at); continue; }
      drop(found);
      at = at.nextSibling;
      mend(found, node);
    }
    drop(end);
  };

  const take = async ({ since, body }) => {
    const known = since === here.dataset.version;
    const text = known ? body : await (await fetch("/", { cache: "no-store" })).text();
    const next = new DOMParser().parseFromString(text, "text/html");
    const [mine, theirs] = known ? [document.body, next.body] : [document, next];
    if (scripts(theirs) !== scripts(mine)) return location.reload(); // a page of another kind
    stays = new Map(places(next).map((place) => [place, document.getElementById(place.dataset.kept).closest(place.localName)]));
    if (!known) mend(document.head, next.head);
    mend(document.body, next.body);
    document.dispatchEvent(new Event("renewed")); // for what the page's own script has set
  };
  const renew = (news) => take(news).catch(() => take({})).catch(() => {}); // the whole page, where some of it is not known

  let last = Promise.resolve();
  const listen = () => {
    const news = new EventSource("/events");
    news.onopen = () => { gone.textContent = ""; };
    news.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      last = last.then(() => (news.version === here.dataset.version ? null : renew(news)));
    };
    news.onerror = () => {
      gone.textContent = "The preview has ended, so this page may be out of date. Start mpr preview again: the page goes on by itself.";
      if (news.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };

  const details = () => [...document.querySelectorAll("details")];
  addEventListener("pagehide", () => {
    if (report()) sessionStorage.setItem(KEPT, JSON.stringify({ top: scrollY, open: details().map((each) => each.open) }));
  });
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (!kept || !report() || performance.getEntriesByType("navigation")[0].type !== "reload") return;
    if (kept.open.length === details().length) details().forEach((each, at) => { each.open = kept.open[at]; });
    scrollTo({ top: kept.top, behavior: "instant" });
  };
  addEventListener("DOMContentLoaded", () => {
    restore();
    document.fonts.ready.then(() => setTimeout(restore)); // once more where letters have changed what stands where
    listen();
  });
})();
