/* Keyboard map and focus (screens.md §7). ES2019, no inline code. Nothing fires while an input method composes. */
(function () {
  "use strict";
  var waitingForGo = 0;
  var ROW = "[data-rows] [data-row]";

  function composing(event) { return event.isComposing || event.keyCode === 229; }
  function visible(node) { return node.offsetParent !== null; }
  function typing(node) { return /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio)$/.test(node.type) || node.isContentEditable; }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  function handleOf(row) { return row.querySelector("a[href], button, input") || row; }

  function moveRow(step) {
    var rows = all(ROW).filter(visible);
    if (!rows.length) { return false; }
    var at = rows.indexOf(document.activeElement.closest(ROW));
    var next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + step))];
    var handle = next.querySelector("th a[href]") || handleOf(next);
    if (handle === next) { next.setAttribute("tabindex", "-1"); }
    handle.focus();
    all("tr.at").forEach(function (row) { row.classList.remove("at"); });
    next.classList.add("at");
    return true;
  }

  function tick(range) {
    var row = document.activeElement.closest(ROW);
    var box = row && row.querySelector("[data-select]");
    if (!box) { return false; }
    box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));
    return true;
  }

  /* As in Excel: with Shift every row from the one ticked (or struck) last to this one becomes as that one is. */
  var lastBox = null;
  function onTick(event) {
    if (!event.target.matches("[data-select]")) { return; }
    var boxes = all("[data-select]").filter(visible);
    var from = boxes.indexOf(lastBox);
    var to = boxes.indexOf(event.target);
    if (event.shiftKey && from >= 0) {
      boxes.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (box) { box.checked = lastBox.checked; });
      window.getSelection().removeAllRanges();
    }
    lastBox = event.target;
  }

  function go(url) { if (url) { window.location.assign(url); } return Boolean(url); }

  function showShortcuts() {
    var dialog = document.getElementById("shortcuts");
    if (!dialog || !dialog.showModal) { return false; }
    var opener = document.activeElement;
    dialog.addEventListener("close", function () { if (opener && opener.focus) { opener.focus(); } }, { once: true });
    if (!dialog.open) { dialog.showModal(); }
    dialog.querySelector("h2").focus();
    return true;
  }

  function single(key) {
    var body = document.body.dataset;
    if (waitingForGo && Date.now() - waitingForGo < 1500) {
      waitingForGo = 0;
      if (key === "d") { return go(body.goD); }
      if (key === "h") { return go(body.goH); }
      return false;
    }
    switch (key) {
      case "/": {
        var box = document.querySelector("[data-search]");
        if (box) { box.focus(); box.select(); }
        return Boolean(box);
      }
      case "?": return showShortcuts();
      case "g": waitingForGo = Date.now(); return true;
      case "n": return go(body.goN);
      case "j": case "ArrowDown": return moveRow(1);
      case "k": case "ArrowUp": return moveRow(-1);
      case "x": return tick(false);
      case "X": return tick(true);
      default: return false;
    }
  }

  function primary() {
    var form = document.activeElement.closest("main form");
    var button = (form && form.querySelector("[data-primary], button[type=submit]")) || document.querySelector("main [data-primary]");
    if (button) { button.click(); }
    return Boolean(button);
  }

  /* Documents are printed from their PDF, never from the screen: on pages with papers Ctrl+P leads to their list. */
  function papers(event) {
    var place = document.querySelector("[data-papers]");
    if (!place || !event.ctrlKey || event.altKey || event.shiftKey || !/^p$/i.test(event.key)) { return false; }
    var first = document.querySelector('main a[href^="/paper/"]');
    if (place.dataset.papers && !(first && first.closest("[data-rows]"))) { return go(place.dataset.papers); }
    if (first) { first.focus(); }
    return true;
  }

  /* Esc folds what is unfolded around the focus, else leaves the field for the heading. */
  function escape(event) {
    var fold = event.target.closest("details[open]");
    if (fold) { fold.open = false; fold.querySelector("summary").focus(); return; }
    if (typing(event.target)) { document.querySelector("h1").focus(); }
  }

  function onKey(event) {
    if (composing(event) || event.defaultPrevented || document.body.dataset.keys === "off") { return; }
    if (document.querySelector("dialog[open]")) { return; }
    if (event.ctrlKey && !event.altKey && event.key === "Enter") { if (primary()) { event.preventDefault(); } return; }
    if (papers(event)) { event.preventDefault(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape") { escape(event); return; }
    if (typing(event.target)) { return; }
    if (/^Arrow/.test(event.key) && event.target.type === "radio") { return; }
    if (single(event.key)) { event.preventDefault(); }
  }

  function countPicked() {
    var boxes = all("[data-select]");
    boxes.forEach(function (box) { box.closest("tr").classList.toggle("picked", box.checked); });
    var line = document.querySelector("[data-picked]");
    if (line) { line.textContent = "已选 " + boxes.filter(function (box) { return box.checked; }).length + " 行"; }
  }

  /* After a partial update focus goes to the first error, the marked place or the heading - never to nowhere. */
  function placeFocus(root) {
    var place = root.querySelector(".errors, .refusal") || root.querySelector("[data-focus]") || root.querySelector("h1, h2");
    focusOn(place);
  }

  function focusOn(place) {
    if (!place) { return; }
    if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) { place.setAttribute("tabindex", "-1"); }
    place.focus();
  }

  /* Who comes by a key finds the focus on the heading, who goes back on the row that he left; who clicked sees no ring.
     Remembered until the window closes: that a key was used, and the place of the row, no content. */
  function kept(name) { try { return sessionStorage.getItem(name); } catch (refused) { return null; } }
  function keep(name, value) { try { sessionStorage.setItem(name, value); } catch (refused) { byKey = false; } }
  var byKey = kept("by-key") === "1";
  function remember() {
    keep("by-key", byKey ? "1" : "");
    var row = document.activeElement.closest(ROW) || (lastBox && lastBox.closest(ROW));
    if (row) { keep("row-" + location.pathname, all(ROW).indexOf(row)); }
  }

  function rowLeft() {
    var came = performance.getEntriesByType("navigation")[0];
    var row = came && came.type === "back_forward" ? all(ROW)[Number(kept("row-" + location.pathname) || -1)] : null;
    return row && visible(row) ? row.querySelector("th a[href]") || handleOf(row) : null;
  }

  document.addEventListener("keydown", function () { byKey = true; }, true);
  document.addEventListener("mousedown", function () { byKey = false; }, true);
  window.addEventListener("pagehide", remember);
  window.addEventListener("pageshow", countPicked);
  /* A jump within the page takes the focus along. */
  window.addEventListener("hashchange", function () {
    var place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place && !place.contains(document.activeElement)) { focusOn(place); }
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onTick);
  document.addEventListener("change", function (event) { if (event.target.matches("[data-select]")) { countPicked(); } });
  /* Who goes on typing while a look-up answers is left where he is; a form that was sent leads on to what comes next. */
  document.addEventListener("htmx:afterSettle", function (event) {
    var sent = event.detail.requestConfig && event.detail.requestConfig.verb === "post" && event.detail.target.id === "main";
    if (sent || !document.activeElement || document.activeElement === document.body) { placeFocus(document.getElementById("main")); }
  });
  document.addEventListener("click", function (event) { if (event.target.closest("[data-print]")) { window.print(); } });
  document.addEventListener("DOMContentLoaded", function () {
    all("[data-print], [data-with-script]").forEach(function (node) { node.hidden = false; });
    var first = document.querySelector(".errors, .refusal[data-focus]");
    if (first) { first.focus(); } else if (byKey && document.activeElement === document.body) { focusOn(rowLeft() || document.querySelector("h1")); }
  });
  /* A slow page moves on. */
  window.addEventListener("load", function () {
    if (byKey) { setTimeout(function () { document.activeElement.scrollIntoView({ block: "nearest" }); }); }
  });
}());
