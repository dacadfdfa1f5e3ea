// Takes code and key of a printed QR code from behind the #, clears the address bar, and asks. Without it they are typed.
(() => {
  "use strict";
  const form = document.getElementById("imprime");
  const printed = window.location.hash.slice(1);
  if (!form || printed === "") { return; }
  window.history.replaceState(null, "", window.location.pathname);
  const [code, key] = printed.split(".");
  form.elements.namedItem("code").value = code;
  form.elements.namedItem("cle").value = key || "";
  form.submit();
})();
