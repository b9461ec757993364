// On a narrow screen the contents start closed; without this script they are open.
const contents = document.querySelector(".contents details");
const wide = window.matchMedia("(min-width: 75em)");
contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) contents.open = false; });

// What is wider than the screen scrolls on its own, so the keyboard must be able to reach it.
const fit = () => {
  contents.open = wide.matches;
  for (const part of document.querySelectorAll(".history, figure")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0; else part.removeAttribute("tabindex");
  }
};
fit();
wide.addEventListener("change", fit);
document.fonts.ready.then(fit);
