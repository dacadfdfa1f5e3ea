// Adds to a question what only a browser knows: whether its page was left, and a ticking clock. Nothing depends on it.
(() => {
  "use strict";
  const form = document.getElementById("reponse");
  if (form && form.dataset.focus === "true") {
    const left = form.elements.namedItem("sortie");
    left.value = "false";
    const leave = () => { left.value = "true"; };
    window.addEventListener("blur", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden) { leave(); } });
  }
  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const end = performance.now() + Number(clock.dataset.left) * 1000;
    const words = clock.querySelector("[data-left-words]");
    const told = clock.querySelector("[data-told]");
    const announced = new Set();
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      const text = seconds > 0 ? clock.dataset.words.replace("#", String(seconds)) : clock.dataset.over;
      words.textContent = text;
      for (const mark of [60, 30, 10, 0]) {
        if (seconds === mark && !announced.has(mark)) {
          announced.add(mark);
          told.textContent = text;
        }
      }
      if (seconds > 0) { window.setTimeout(tick, 250); }
    };
    tick();
  }
  const error = document.getElementById("erreur");
  if (error) { error.focus(); }
})();
