/* Entry forms: Enter to the next field, rows, blocks from Excel, drafts. ES2019, works on top of plain form posts. */
(function () {
  "use strict";
  var SAVE_EVERY = 20000;
  var NAMED = 20;

  function composing(event) { return event.isComposing || event.keyCode === 229; }
  function shortcuts() { return document.body.dataset.keys !== "off"; }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function make(name, words) { var node = document.createElement(name); node.textContent = words; return node; }
  function editable(node) { return node.type !== "hidden" && !node.disabled && !node.readOnly && node.offsetParent !== null; }

  function say(root, words) {
    var line = root.querySelector("[data-draft-status]") || document.getElementById("told");
    if (line) { line.textContent = words; }
  }

  /* Enter → next field, Shift+Enter → back. A group of radios is one field; the box that strikes a row is none. */
  function fieldsOf(form, here) {
    var groups = {};
    return all("input, select, textarea, button[data-primary]", form).filter(function (node) {
      if (!editable(node) || /-DELETE$/.test(node.name)) { return false; }
      if (node.type !== "radio") { return true; }
      groups[node.name] = groups[node.name] || (here.name === node.name ? here : form.querySelector('input[name="' + node.name + '"]:checked') || node);
      return groups[node.name] === node;
    });
  }

  function onEnter(event) {
    var form = event.target.closest("form[data-enter-next]");
    if (!form || event.key !== "Enter" || composing(event) || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (/^(TEXTAREA|BUTTON|A|SUMMARY)$/.test(event.target.tagName) || event.target.type === "file") { return; }
    var fields = fieldsOf(form, event.target);
    var next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    event.preventDefault();
    if (next) { next.focus(); if (next.select && next.tagName === "INPUT") { next.select(); } }
  }

  /* Rows of a form set */
  function addRow(prefix) {
    var template = document.querySelector('[data-row-template="' + prefix + '"]');
    var total = document.getElementById("id_" + prefix + "-TOTAL_FORMS");
    var body = document.querySelector('[data-table="' + prefix + '"] tbody');
    var most = document.getElementById("id_" + prefix + "-MAX_NUM_FORMS");
    if (!template || !total || !body || (most && Number(total.value) >= Number(most.value))) { return null; }
    var holder = document.createElement("tbody");
    holder.innerHTML = template.innerHTML.replace(/__prefix__/g, total.value);
    var row = holder.querySelector("tr");
    total.value = String(Number(total.value) + 1);
    row.querySelector(".no").insertBefore(document.createTextNode(total.value), row.querySelector(".no").firstChild);
    body.appendChild(row);
    if (window.htmx) { window.htmx.process(row); }
    return row;
  }

  function lineFields(row) { return all("td input, td select, td textarea", row).filter(function (node) { return node.type !== "hidden" && !/-DELETE$/.test(node.name); }); }

  function setValue(node, words) {
    var text = words.trim();
    if (node.tagName === "SELECT") {
      var found = all("option", node).filter(function (option) { return option.value === text || option.textContent.trim() === text; })[0];
      if (!found) { return text === ""; }
      node.value = found.value;
    } else if (node.type === "checkbox") {
      node.checked = /^(是|有|1|√|✓|true|y)$/i.test(text);
      return node.checked || /^(否|无|没有|0|×|false|n|)$/i.test(text);
    } else {
      node.value = node.type === "date" ? text.replace(/[年月/.]/g, "-").replace(/日/g, "").replace(/-(\d)(?=-|$)/g, "-0$1") : text;
      if (text && !node.value) { return false; }
    }
    return true;
  }

  /* A block copied in Excel or WPS: cells parted by tabs, a cell with a line break stands in quotation marks. */
  function blockOf(text) {
    var rows = [[]];
    var cell = /(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/g;
    var found = cell.exec(text);
    while (found) {
      rows[rows.length - 1].push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
      if (found[3] === "") { break; }
      if (found[3] === "\n") { rows.push([]); }
      found = cell.exec(text);
    }
    return rows;
  }

  function bare(words) { return words.replace(/[（(].*$/, "").replace(/[\s*]/g, ""); }
  function labelsOf(table) { return all("thead th", table).slice(1).map(function (head) { return bare(head.textContent); }); }

  /* A first line of column heads says where each column goes; otherwise the block fills to the right. */
  function placesOf(block, labels, column) {
    var heads = block[0].map(function (words) { return labels.indexOf(bare(words)); });
    var known = heads.filter(function (at) { return at >= 0; }).length;
    if (known > 1 || (known === 1 && heads.length === 1)) { block.shift(); return heads; }
    return block[0].map(function (_, offset) { return column + offset; });
  }

  function fill(row, cells, places, labels, undo, wrong) {
    var fields = lineFields(row);
    var number = row.querySelector(".no").textContent.trim();
    cells.forEach(function (words, offset) {
      var node = fields[places[offset]];
      if (node) { undo.push([node, node.value, node.checked]); }
      if (node && setValue(node, words)) { if (node.hasAttribute("hx-post")) { node.dispatchEvent(new Event("change", { bubbles: true })); } return; }
      if (words.trim()) { wrong.push("第 " + number + " 行" + (node ? "“" + labels[places[offset]] + "”" : "") + "：“" + words.trim() + "”" + (node ? "不能填在这一栏" : "没有对应的栏")); }
    });
    row.classList.add("pasted");
  }

  function report(table, words, wrong, undo) {
    var box = table.closest(".card, form").querySelector('[data-pasted="' + table.dataset.table + '"]');
    if (!box) { return; }
    box.textContent = "";
    box.className = "told told-" + (wrong.length ? "amber" : "blue");
    box.appendChild(make("p", words));
    var list = box.appendChild(make("ul", ""));
    wrong.slice(0, NAMED).forEach(function (line) { list.appendChild(make("li", line)); });
    if (wrong.length > NAMED) { list.appendChild(make("li", "等 " + wrong.length + " 处。")); }
    var back = box.appendChild(make("button", "撤销粘贴"));
    back.type = "button";
    back.className = "small";
    back.addEventListener("click", function () {
      undo.reverse().forEach(function (one) { one[0].value = one[1]; one[0].checked = one[2]; });
      all("tr.pasted", table).forEach(function (row) { row.classList.remove("pasted"); });
      box.textContent = "已撤销粘贴，原来填的都在。";
      changed(table.closest("form"));
      var first = undo.length && undo[undo.length - 1][0];
      if (first) { first.focus(); }
    });
  }

  function onPaste(event) {
    var table = event.target.closest("[data-paste]");
    var text = event.clipboardData ? event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "") : "";
    if (!table || !/[\t\n]/.test(text)) { return; }
    event.preventDefault();
    var block = blockOf(text);
    var labels = labelsOf(table);
    var row = event.target.closest("[data-line]");
    var places = placesOf(block, labels, lineFields(row).indexOf(event.target));
    var wrong = [];
    var undo = [];
    var done = 0;
    block.forEach(function (cells) {
      row = row || addRow(table.dataset.table);
      if (!row) { return; }
      fill(row, cells, places, labels, undo, wrong);
      done += 1;
      row = row.nextElementSibling;
    });
    if (done < block.length) { wrong.push("有 " + (block.length - done) + " 行超出本表上限，未粘贴。"); }
    report(table, "已粘贴 " + done + " 行（底色标出），还没有登记，请核对后再提交。" + (wrong.length ? "下列 " + wrong.length + " 处没有填入，请手工补填：" : ""), wrong, undo);
    changed(table.closest("form"));
  }

  function onTableKey(event) {
    if (composing(event) || !shortcuts()) { return; }
    var row = event.target.closest("[data-line]");
    if (!row) { return; }
    if (event.key === "F2" && event.target.select) { event.preventDefault(); event.target.select(); }
    if (event.ctrlKey && (event.key === "d" || event.key === "D")) {
      event.preventDefault();
      var above = row.previousElementSibling;
      var at = lineFields(row).indexOf(event.target);
      if (!above || at < 0) { return; }
      var from = lineFields(above)[at];
      if (from.type === "checkbox") { event.target.checked = from.checked; } else { event.target.value = from.value; }
      changed(row.closest("form"));
    }
  }

  /* Drafts: every 20 seconds and when a field is left, kept on the server under the address of the page */
  var dirty = new Set();
  function changed(form) { if (form && form.dataset.draftUrl) { dirty.add(form); } }

  function formData(form) {
    var data = new FormData();
    var secret = all("input[type=password], [autocomplete=one-time-code]", form).map(function (node) { return node.name; });
    new FormData(form).forEach(function (value, name) {
      if (!(value instanceof File) && name !== "csrfmiddlewaretoken" && secret.indexOf(name) < 0) { data.append(name, value); }
    });
    data.append("draft_step", "save");
    return data;
  }

  function kept(form, answer) {
    var at = answer.headers.get("X-Saved-At");
    if (form.elements.draft_edition && at) { form.elements.draft_edition.value = answer.headers.get("X-Draft-Edition"); }
    say(form, at ? "已保存 " + at : "这张表已经提交，没有另存草稿。");
  }

  /* Kept from another window: the person compares the two. */
  function offerBoth(form) {
    say(form, "这份草稿在另一处保存过，本页没有覆盖它。");
    if (form.querySelector("[value=compare]")) { return; }
    var button = make("button", "比较两份");
    button.className = "small";
    button.name = "draft_step";
    button.value = "compare";
    form.querySelector("[data-draft-status]").insertAdjacentElement("afterend", button);
  }

  function save(form, asked, last) {
    if (form.dataset.saving || form.dataset.sent || !form.isConnected || (!dirty.has(form) && !asked)) { return; }
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    form.dataset.saving = "1";
    dirty.delete(form);
    /* Old Chromium (78) refuses keepalive with own headers. */
    fetch(form.dataset.draftUrl, {
      method: "POST", body: formData(form), credentials: "same-origin", redirect: "manual", keepalive: Boolean(last && window.FinalizationRegistry),
      headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "XMLHttpRequest" }
    }).then(function (answer) {
      if (answer.ok) { kept(form, answer); return; }
      if (answer.status === 409) { offerBoth(form); return; }
      dirty.add(form);
      say(form, answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403
        ? "登录已过期，草稿暂未保存；直接提交会先请您登录，已填内容不会丢。" : "草稿未能保存，稍后自动重试；请勿关闭本页。");
    }).catch(function () {
      dirty.add(form);
      say(form, "网络不通，草稿暂未保存；恢复后自动重试，请勿关闭本页。");
    }).then(function () { delete form.dataset.saving; });
  }

  function saveAll(last) { dirty.forEach(function (form) { save(form, false, last === true); }); }

  function onSaveKey(event) {
    if (composing(event) || !shortcuts() || !event.ctrlKey || (event.key !== "s" && event.key !== "S")) { return; }
    var form = event.target.closest("form[data-draft-url]") || document.querySelector("form[data-draft-url]");
    if (form) { event.preventDefault(); save(form, true); }
  }

  /* One press, one post: the button says what happens. Chromium 78 has no event.submitter, so the pressed one is kept. */
  var pressed = null;
  function onSubmit(event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    dirty.delete(form);
    var button = pressed && form.contains(pressed) ? pressed : form.querySelector("[data-primary]");
    if (!button || form.hasAttribute("hx-boost")) { delete form.dataset.sent; return; }
    /* A file comes down and the page stays: its button is free again soon. */
    var file = /^\/exports\//.test(form.getAttribute("action") || "");
    setTimeout(function () {
      button.dataset.words = button.textContent;
      button.textContent = file ? "正在生成…" : "正在保存…";
      button.setAttribute("aria-busy", "true");
    }, 0);
    setTimeout(function () { release(form); }, file ? 2000 : 8000);
  }

  function release(form) {
    delete form.dataset.sent;
    all("[data-words]", form).forEach(function (button) {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-busy");
      button.removeAttribute("data-words");
    });
  }

  function onClick(event) {
    var button = event.target.closest("button");
    pressed = button && button.type === "submit" ? button : pressed;
    if (!button) { return; }
    if (button.name === "draft_step" && button.value === "save" && button.form && button.form.dataset.draftUrl) {
      event.preventDefault();
      save(button.form, true);
    }
    if (!button.dataset.rowAdd) { return; }
    var row = addRow(button.dataset.rowAdd);
    if (row) { lineFields(row)[0].focus(); } else { say(button.closest("form") || document, "本表行数已到上限，请先保存。"); }
  }

  document.addEventListener("keydown", onEnter);
  document.addEventListener("keydown", onTableKey);
  document.addEventListener("keydown", onSaveKey);
  document.addEventListener("paste", onPaste);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("input", function (event) { changed(event.target.closest("form")); });
  document.addEventListener("change", function (event) {
    changed(event.target.closest("form"));
    if (/-DELETE$/.test(event.target.name)) { event.target.closest("tr").classList.toggle("removed", event.target.checked); }
  });
  document.addEventListener("focusout", function (event) {
    var form = event.target.closest && event.target.closest("form[data-draft-url]");
    /* Who leaves the field to press the button sends the form itself. */
    if (form) { setTimeout(function () { save(form, false); }, 150); }
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { saveAll(true); } });
  window.addEventListener("pageshow", function () { all("form[data-sent]").forEach(release); });
  setInterval(saveAll, SAVE_EVERY);
  document.addEventListener("DOMContentLoaded", function () {
    all("[data-row-add]").forEach(function (node) { node.hidden = false; });
    /* Phone pages have no keyboard map; what is wrong comes into view there all the same. */
    var wrong = document.querySelector("body.phone .errors, body.phone .refusal");
    if (wrong) { wrong.tabIndex = -1; wrong.focus(); }
  });
}());
