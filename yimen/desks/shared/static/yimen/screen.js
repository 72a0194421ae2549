/* The big screen turns its pages by itself; the space bar holds and releases it. */
(function () {
  "use strict";
  var held = false;
  document.addEventListener("keydown", function (event) { if (event.key === " ") { held = !held; event.preventDefault(); } });
  setInterval(function () {
    if (!held) { window.location.replace(document.body.dataset.next); }
  }, Number(document.body.dataset.seconds) * 1000);
}());
