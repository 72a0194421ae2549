/* Entry forms: Enter to the next field, rows, blocks from Excel, drafts. ES2019, works on top of plain form posts. */
(function () {
  "use strict";
  var SAVE_EVERY = 20000;

  function composing(event) { return event.isComposing || event.keyCode === 229; }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function editable(node) { return node.type !== "hidden" && !node.disabled && !node.readOnly && node.offsetParent !== null; }
  function fieldsOf(root) { return all("input, select, textarea, button[data-primary]", root).filter(editable); }

  function say(root, words) {
    var line = root.querySelector("[data-draft-status]") || document.getElementById("told");
    if (line) { line.textContent = words; }
  }

  /* Enter → next field, Shift+Enter → back */
  function onEnter(event) {
    var form = event.target.closest("form[data-enter-next]");
    if (!form || event.key !== "Enter" || composing(event) || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (/^(TEXTAREA|BUTTON|A|SUMMARY)$/.test(event.target.tagName) || event.target.type === "file") { return; }
    var fields = fieldsOf(form);
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
      node.checked = /^(是|有|1|√|✓|true)$/i.test(text);
    } else {
      node.value = node.type === "date" ? text.replace(/[年月/.]/g, "-").replace(/日/g, "").replace(/-(\d)(?=-|$)/g, "-0$1") : text;
      if (text && !node.value) { return false; }
    }
    return true;
  }

  /* A block copied in Excel or WPS fills the cells to the right and below; nothing is saved before the person does so. */
  function onPaste(event) {
    var table = event.target.closest("[data-paste]");
    var text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!table || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) { return; }
    event.preventDefault();
    var block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map(function (line) { return line.split("\t"); });
    var row = event.target.closest("[data-line]");
    var column = lineFields(row).indexOf(event.target);
    var wrong = 0;
    var done = 0;
    block.forEach(function (cells) {
      row = row || addRow(table.dataset.table);
      if (!row) { return; }
      var fields = lineFields(row);
      cells.forEach(function (words, offset) {
        var node = fields[column + offset];
        if (!node || !setValue(node, words)) { wrong += 1; }
      });
      done += 1;
      row = row.nextElementSibling;
    });
    var left = block.length - done;
    say(table.closest("form") || document, "已粘贴 " + done + " 行，请核对后保存。" + (wrong ? "有 " + wrong + " 格未能填入，请手工补填。" : "") + (left ? "有 " + left + " 行超出本表上限，未粘贴。" : ""));
    changed(table.closest("form"));
  }

  function onTableKey(event) {
    if (composing(event)) { return; }
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

  /* Drafts: every 20 seconds and when a field is left, kept on the server */
  var dirty = new Set();
  function changed(form) { if (form && form.dataset.draftUrl) { dirty.add(form); } }

  function formData(form) {
    var data = new FormData();
    new FormData(form).forEach(function (value, name) {
      if (!(value instanceof File) && name !== "csrfmiddlewaretoken") { data.append(name, value); }
    });
    all("input[type=password]", form).forEach(function (node) { data.delete(node.name); });
    return data;
  }

  function clockWords() {
    var now = new Date();
    return String(now.getHours()).padStart(2, "0") + ":" + String(now.getMinutes()).padStart(2, "0");
  }

  function save(form, asked) {
    if (form.dataset.saving || !form.isConnected || (!dirty.has(form) && !asked)) { return; }
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    form.dataset.saving = "1";
    dirty.delete(form);
    fetch(form.dataset.draftUrl, {
      method: "POST", body: formData(form), credentials: "same-origin", redirect: "manual",
      headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "XMLHttpRequest" }
    }).then(function (answer) {
      if (answer.ok) { say(form, "已保存 " + (answer.headers.get("X-Saved-At") || clockWords())); return; }
      dirty.add(form);
      if (answer.status === 409) { say(form, "另一处已改过这份草稿，本页内容未覆盖它；请刷新后核对。"); return; }
      say(form, answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403
        ? "登录已过期，草稿暂未保存；直接提交会先请您登录，已填内容不会丢。" : "草稿未能保存，稍后自动重试；请勿关闭本页。");
    }).catch(function () {
      dirty.add(form);
      say(form, "网络不通，草稿暂未保存；恢复后自动重试，请勿关闭本页。");
    }).then(function () { delete form.dataset.saving; });
  }

  function saveAll() { dirty.forEach(function (form) { save(form, false); }); }

  function onSaveKey(event) {
    if (composing(event) || !event.ctrlKey || (event.key !== "s" && event.key !== "S")) { return; }
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
    setTimeout(function () {
      button.dataset.words = button.textContent;
      button.textContent = "正在保存…";
      button.setAttribute("aria-busy", "true");
    }, 0);
    setTimeout(function () { release(form); }, 8000);
  }

  function release(form) {
    delete form.dataset.sent;
    all("[data-words]", form).forEach(function (button) {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-busy");
      button.removeAttribute("data-words");
    });
  }

  document.addEventListener("keydown", onEnter);
  document.addEventListener("keydown", onTableKey);
  document.addEventListener("keydown", onSaveKey);
  document.addEventListener("paste", onPaste);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", function (event) { changed(event.target.closest("form")); });
  document.addEventListener("change", function (event) {
    changed(event.target.closest("form"));
    if (/-DELETE$/.test(event.target.name)) { event.target.closest("tr").classList.toggle("removed", event.target.checked); }
  });
  document.addEventListener("focusout", function (event) {
    var form = event.target.closest && event.target.closest("form[data-draft-url]");
    if (form) { save(form, false); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    pressed = button && button.type === "submit" ? button : pressed;
    if (!button || !button.dataset.rowAdd) { return; }
    var row = addRow(button.dataset.rowAdd);
    if (row) { lineFields(row)[0].focus(); } else { say(button.closest("form") || document, "本表行数已到上限，请先保存。"); }
  });
  window.addEventListener("pageshow", function () { all("form[data-sent]").forEach(release); });
  setInterval(saveAll, SAVE_EVERY);
  document.addEventListener("DOMContentLoaded", function () { all("[data-row-add]").forEach(function (node) { node.hidden = false; }); });
}());
