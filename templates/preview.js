// Puts the new page in the place of the old one whenever the preview has one, and says so when the preview has ended.
(() => {
  const KEPT = "mpr-preview"; // in the session: where the reader was
  const OURS = ["open", "tabindex"]; // set by the reader and by the page's own script
  const here = document.currentScript;
  if (!here.dataset.version) return; // not the preview itself, but what it has to say of a PDF
  const gone = document.querySelector(".preview .gone");
  const report = () => document.querySelector("aside.preview") !== null;
  const scripts = (page) => [...page.scripts].map((script) => script.textContent).join("\n");

  // What is alike stays as it is, so that the page does not move under the reader's eyes.
  const mend = (old, next) => {
    if (old.isEqualNode(next)) return;
    if (old.nodeName !== next.nodeName || old.nodeType !== Node.ELEMENT_NODE) return old.replaceWith(next);
    for (const { name } of [...old.attributes]) if (!OURS.includes(name) && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (!OURS.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    const olds = [...old.childNodes];
    const nexts = [...next.childNodes];
    let end = null; // the first of the nodes at the end that are alike
    while (olds.length && nexts.length && olds.at(-1).isEqualNode(nexts.at(-1))) { end = olds.pop(); nexts.pop(); }
    nexts.forEach((node, at) => (at < olds.length ? mend(olds[at], node) : old.insertBefore(node, end)));
    olds.slice(nexts.length).forEach((node) => node.remove());
  };

  const renew = async () => {
    const answer = await fetch("/", { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (scripts(next) !== scripts(document)) return location.reload(); // a page of another kind
    mend(document.head, next.head);
    mend(document.body, next.body);
    document.dispatchEvent(new Event("renewed")); // for what the page's own script has set
  };

  let last = Promise.resolve();
  const listen = () => {
    const news = new EventSource("/events");
    news.onopen = () => { gone.textContent = ""; };
    news.onmessage = ({ data }) => {
      last = last.then(() => (data === here.dataset.version ? null : renew())).catch(() => {});
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
