// The one script of every page. Each line is an enhancement: without it the page still works.
const menu = document.querySelector("[data-menu]");

if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

// Asked for only where a page has a use for them.
if (document.querySelector("[data-filters]")) import("./filters.js");
if (document.querySelector("[data-print]")) import("./print.js");
if (document.querySelector("[data-suggest]")) import("./suggest.js");
if (document.querySelector("input[type=password]")) import("./password.js");

document.querySelector("[data-error-summary]")?.focus();
