/* Rare characters for name fields: found by reading, radical or number of strokes, set in at the cursor. ES2019. */
(function () {
  "use strict";
  var source = document.currentScript.dataset.characters;
  var MOST = 120;
  var rows = null;
  var field = null;
  var dialog = null;
  var box = null;
  var list = null;
  var count = null;

  function make(name, words, where) {
    var node = document.createElement(name);
    node.textContent = words;
    return where ? where.appendChild(node) : node;
  }

  function build() {
    dialog = make("dialog", "", document.body);
    dialog.className = "rare";
    dialog.setAttribute("aria-labelledby", "rare-head");
    make("h2", "生僻字", dialog).id = "rare-head";
    var label = make("label", "拼音、部首或笔画数，可以连用", dialog);
    label.htmlFor = "rare-asked";
    box = make("input", "", dialog);
    box.id = "rare-asked";
    box.setAttribute("autocomplete", "off");
    box.placeholder = "例：yan，火，火 10";
    count = make("p", "", dialog);
    count.className = "note";
    count.setAttribute("role", "status");
    list = make("div", "", dialog);
    list.className = "rare-list";
    make("p", "这里是文书字体中有、常用字以外的字。没有的字可从输入法或证件电子件复制到姓名栏。", dialog).className = "note";
    var close = make("button", "关闭", dialog);
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    box.addEventListener("input", show);
    dialog.addEventListener("keydown", onKey);
    list.addEventListener("click", function (event) { if (event.target.matches("button")) { insert(event.target.textContent); } });
    dialog.addEventListener("close", function () { field.focus(); });
  }

  /* Letters begin the reading, figures are the strokes, a character is the radical or the character itself. */
  function fits(row, word) {
    if (/^\d+$/.test(word)) { return row[2] === word; }
    if (/^[a-z]+$/i.test(word)) { return row[3].indexOf(word.toLowerCase()) === 0; }
    return row[0] === word || row[1].indexOf(word) >= 0;
  }

  function sound(row) { return row[3] === "-" ? "" : row[3] + "，"; }

  function show() {
    var words = box.value.trim().split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (!rows) { return; }
    var found = words.length ? rows.filter(function (row) { return words.every(function (word) { return fits(row, word); }); }) : [];
    found.slice(0, MOST).forEach(function (row) {
      var button = make("button", row[0], list);
      button.type = "button";
      button.setAttribute("aria-label", row[0] + "，" + sound(row) + row[1].charAt(0) + "部，" + row[2] + " 画");
      button.title = sound(row) + row[2] + " 画";
    });
    count.textContent = !words.length ? "共 " + rows.length + " 字。" : !found.length ? "没有找到，请换一种查法。"
      : "找到 " + found.length + " 字" + (found.length > MOST ? "，先列 " + MOST + " 字，请再加部首或笔画数。" : "。") + "回车填入第一个，方向键另选。";
  }

  function load() {
    if (rows) { show(); return; }
    fetch(source, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
      rows = text.trim().split("\n").map(function (line) { return line.split(" "); });
      show();
    }).catch(function () { count.textContent = "字表没有取到，请检查网络后重新打开。"; });
  }

  function insert(sign) {
    var at = field.selectionStart;
    var end = field.selectionEnd;
    field.value = field.value.slice(0, at) + sign + field.value.slice(end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    dialog.close();
    field.focus();
    field.setSelectionRange(at + sign.length, at + sign.length);
  }

  function step(key) {
    var buttons = Array.prototype.slice.call(list.children);
    var wide = buttons.filter(function (button) { return button.offsetTop === buttons[0].offsetTop; }).length;
    var at = buttons.indexOf(document.activeElement);
    var steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide };
    var next = at < 0 ? (key === "ArrowDown" ? 0 : -1) : at + steps[key];
    if (at >= 0 && next < 0) { box.focus(); return true; }
    if (!buttons[next]) { return at >= 0; }
    buttons[next].focus();
    return true;
  }

  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    if (event.key === "Enter" && event.target === box) {
      event.preventDefault();
      if (list.firstChild) { insert(list.firstChild.textContent); }
    } else if (/^Arrow/.test(event.key) && step(event.key)) { event.preventDefault(); }
  }

  function open(wanted) {
    if (!wanted || !window.HTMLDialogElement) { return; }
    field = wanted;
    if (!dialog) { build(); }
    box.value = "";
    dialog.showModal();
    box.focus();
    load();
  }

  document.addEventListener("focusin", function (event) { if (event.target.matches("[data-rare]")) { field = event.target; } });
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.key !== "F8" || document.body.dataset.keys === "off") { return; }
    if (event.target.matches("[data-rare]")) { event.preventDefault(); open(event.target); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-rare-open]");
    if (!button) { return; }
    var table = document.querySelector('[data-table="' + button.dataset.rareOpen + '"]');
    open(field && table.contains(field) ? field : table.querySelector("[data-rare]"));
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-rare-open]").forEach(function (button) {
      var table = document.querySelector('[data-table="' + button.dataset.rareOpen + '"]');
      button.hidden = !table || !table.querySelector("[data-rare]");
    });
  });
}());
