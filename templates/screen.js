// On a narrow screen the contents start closed; without this script they are open.
const contents = document.querySelector(".contents details");
const wide = window.matchMedia("(min-width: 75em)");
const fold = () => { contents.open = wide.matches; };
contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) contents.open = false; });
wide.addEventListener("change", fold);
fold();

// A table that is wider than the screen scrolls on its own, so the keyboard must be able to reach it.
const all = (selector, part = document) => [...part.querySelectorAll(selector)];
const sizes = new ResizeObserver(() => {
  for (const part of all(".history")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0; else part.removeAttribute("tabindex");
  }
});
const follow = () => { for (const part of all(".history, .history table")) sizes.observe(part); };
follow();

// The filter: what is chosen stands in the address, so that it can be shared; what it leaves out is hidden.
const ITEMS = "[data-indicator]";
const choices = () => all(".filter select");
const seen = (part) => !part?.closest("[hidden]");
const count = (items) => new Set(items.map((item) => item.dataset.indicator)).size;
const named = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };
const target = (hash) => document.getElementById(named(hash));

const say = (chosen) => {
  const items = all(ITEMS);
  const [some, every] = [count(items.filter(seen)), count(items)];
  const by = chosen.map((choice) => choice.selectedOptions[0].text).join(", ");
  document.querySelector(".filter [role=status]").textContent = by
    ? `Filtered by ${by}: ${some} of ${every} indicators shown. Counts are those of the whole report.`
    : `All ${every} indicators are shown.`;
  for (const part of all(".to-filter span")) part.textContent = by ? `${some} of ${every} shown` : "";
  for (const section of all("main > section")) {
    const inside = all(ITEMS, section);
    const shown = `${count(inside.filter(seen)) || "none"} of the ${count(inside)} indicators in this section`;
    for (const note of all(".filtered", section)) {
      note.hidden = !by || !inside.length;
      note.textContent = `Filtered by ${by}: ${shown} shown. Counts are of all.`;
    }
  }
};

const filter = () => {
  const chosen = choices().filter((choice) => choice.value);
  for (const item of all(ITEMS)) item.hidden = chosen.some(({ name, value }) => item.dataset[name] !== value);
  for (const section of all("main > section").filter((each) => each.querySelector(ITEMS))) {
    for (const part of all(":scope > [id], .indicators tbody", section)) {
      part.hidden = chosen.length > 0 && all(ITEMS, part).every((item) => item.hidden);
    }
    for (const note of all(".notes li", section)) {
      note.hidden = !all(`a[href="#${note.id}"]`, section).some(seen);
    }
  }
  for (const link of all(".contents li li a, .overview li li a")) link.parentElement.hidden = !seen(target(link.hash));
  for (const group of all(".overview > li")) group.hidden = all(".blocks li", group).every((each) => each.hidden);
  say(chosen);
};

const read = () => {
  if (!choices().length || !document.querySelector(ITEMS)) return;
  for (const part of all(".filter, .to-filter")) part.hidden = false;
  const address = new URLSearchParams(location.search);
  for (const choice of choices()) {
    choice.value = address.get(choice.name) ?? "";
    if (!choice.value) choice.selectedIndex = 0; // also for what is not there to choose
  }
  filter();
};

const write = (hash) => {
  const address = new URL(location);
  for (const { name, value } of choices()) {
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
  }
  address.hash = hash;
  history.replaceState(null, "", address);
};

const showAll = (hash) => {
  for (const choice of choices()) choice.selectedIndex = 0;
  filter();
  write(hash);
};

const arrive = () => { // no link is dead: the filter gives way to what the address leads to
  read();
  const found = target(location.hash);
  if (!found || seen(found)) return;
  showAll(location.hash);
  found.scrollIntoView();
};

addEventListener("popstate", arrive);
addEventListener("hashchange", arrive);
document.addEventListener("change", (event) => { if (event.target.closest(".filter")) { filter(); write(""); } });
document.addEventListener("click", (event) => { if (event.target.closest(".filter button")) showAll(""); });
document.addEventListener("renewed", () => { follow(); read(); }); // while it is being read
arrive();
