// Tells an invigilator when the board no longer moves. Nothing depends on it: the page can be loaded again at any time.
(() => {
  "use strict";
  const board = document.getElementById("tableau");
  const words = document.getElementById("heure");
  if (!board || !words) { return; }
  const SILENCE_MS = 18000;
  let waiting = 0;
  const lost = () => { words.textContent = board.dataset.lost; };
  const heard = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(lost, SILENCE_MS);
  };
  document.body.addEventListener("htmx:sseOpen", heard);
  document.body.addEventListener("htmx:sseMessage", heard);
  document.body.addEventListener("htmx:sseError", lost);
  heard();
  const error = document.getElementById("erreur");
  if (error) { error.focus(); }
})();
