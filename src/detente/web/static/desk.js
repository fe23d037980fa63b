// Small conveniences; every page works without them.
"use strict";
(() => {
  const cited = document.getElementById("at");
  if (cited && location.hash === "#at") cited.focus({ preventScroll: false });

  // A tap on coded words shows their coding first; a second tap goes there.
  let shown = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.coded");
    if (link && matchMedia("(hover: none)").matches && shown !== link) {
      event.preventDefault();
      link.focus();
      shown = link;
    } else if (!link) shown = null;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement?.matches("a.coded")) document.activeElement.blur();
  });

  // The review queue by keyboard.
  const items = [...document.querySelectorAll("[data-item]")];
  if (items.length) {
    let at = -1;
    const go = (step) => {
      at = Math.min(items.length - 1, Math.max(0, at + step));
      items[at].focus();
      items[at].scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("focusin", (event) => {
      const here = items.findIndex((item) => item.contains(event.target));
      if (here >= 0) at = here;
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select")) return;
      if (event.key === "j") go(1);
      else if (event.key === "k") go(-1);
      else if (at >= 0) {
        const button = items[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
        if (!button) return;
        event.preventDefault();
        const reason = items[at].querySelector("[name=reason]");
        if (reason.value.trim()) button.click();
        else reason.focus();
      } else return;
    });
  }

  // Empty fields stay out of a filter's address.
  document.querySelector("form.filter")?.addEventListener("submit", (event) => {
    for (const field of event.target.elements)
      if (field.name && (!field.value || (field.name === "order" && field.value === "latest"))) field.disabled = true;
  });
})();
