// On a narrow screen the contents start closed; without this script they are open.
const contents = document.querySelector(".contents details");
const wide = window.matchMedia("(min-width: 75em)");
const fit = () => { contents.open = wide.matches; };
fit();
wide.addEventListener("change", fit);
contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) contents.open = false; });
