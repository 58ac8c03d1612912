// Keys, the selection of words, and what htmx leaves to the page. Everything here is an ease: each thing that a key
// does is a link or a button of the page.
"use strict";
(() => {
  const SINGLE = "casebook single keys";
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const one = (what, within = document) => within.querySelector(what);
  const visible = (element) => element.getClientRects().length > 0;

  // -- keys

  const isTyping = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) &&
    !/^(checkbox|radio|button|submit)$/.test(element.type || "");

  const step = (by) => {
    const lines = all("a[data-line], a.entry").filter(visible);
    if (!lines.length) return;
    const here = lines.indexOf(document.activeElement);
    const current = here >= 0 ? here : lines.findIndex((line) => line.hasAttribute("aria-current"));
    const next = lines[Math.max(0, Math.min(lines.length - 1, current + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const use = (element) => {
    if (isTyping(element)) {
      element.focus();
      if (element.select) element.select();
    } else element.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(document.activeElement)) {
      document.activeElement.blur();
      one("[data-focus]")?.focus();
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      one("#decision .main")?.click();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (localStorage.getItem(SINGLE) === "off" && event.key !== "?") return;
    if (one("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
      event.preventDefault();
      return;
    }
    const key = event.key === "=" ? "+" : event.key;
    const wanted = all("[data-key]").find((element) => element.dataset.key === key && visible(element));
    if (!wanted) return;
    event.preventDefault();
    use(wanted);
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-go], [data-open], [data-zoom], [data-add]");
    if (!pressed) return;
    if (pressed.dataset.go) {
      const goal = one(pressed.dataset.go);
      if (goal) use(goal);
    } else if (pressed.dataset.open) one("#" + pressed.dataset.open).showModal();
    else if (pressed.dataset.zoom) zoom(Number(pressed.dataset.zoom));
    else if (pressed.hasAttribute("data-add") && chosen()) {
      const button = one("[data-add-chosen]");
      if (button) {
        event.preventDefault();
        event.stopPropagation();
        button.click();
      }
    }
  }, true);

  // -- the page's size

  let size = 1;
  const zoom = (by) => {
    size = Math.max(0.5, Math.min(3, Math.round((size + 0.2 * by) * 10) / 10));
    document.documentElement.style.setProperty("--zoom", String(size));
    showMark();
  };

  // -- changed cells

  document.addEventListener("input", (event) => {
    const cell = event.target.closest?.(".field input, .field select");
    if (!cell) return;
    const was = cell.dataset.was ?? "";
    cell.classList.toggle("typed", cell.value !== was);
    cell.form?.classList.toggle("dirty", all(".typed", cell.form).length > 0);
  });

  const remember = () => {
    for (const cell of all(".field input, .field select")) cell.dataset.was = cell.value;
    for (const form of all("form#decision")) form.classList.toggle("dirty", all(".field.typed", form).length > 0);
  };

  // -- chosen words: offsets are code points of the document's text

  const offsetAt = (node, place) => {
    const within = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-s]");
    if (!within) return null;
    const range = document.createRange();
    range.setStart(within, 0);
    range.setEnd(node, place);
    return Number(within.dataset.s) + [...range.toString()].length;
  };

  const chosen = () => {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const paper = one("#paper");
    if (!paper || !paper.contains(range.commonAncestorContainer)) return null;
    const marked = all("[data-s]", paper).filter((element) => range.intersectsNode(element));
    if (!marked.length) return null;
    const last = marked[marked.length - 1];
    const start = offsetAt(range.startContainer, range.startOffset) ?? Number(marked[0].dataset.s);
    const end = offsetAt(range.endContainer, range.endOffset) ?? Number(last.dataset.s) + [...last.textContent].length;
    return start < end ? { start, end, words: selection.toString().replace(/\s+/g, " ").trim() } : null;
  };

  document.addEventListener("selectionchange", () => {
    const bar = one(".tools .chosen");
    if (!bar) return;
    const found = chosen();
    bar.hidden = !found;
    if (!found) return;
    one("[data-chosen]", bar).textContent = "“" + found.words + "”";
    bar.elements.start.value = found.start;
    bar.elements.end.value = found.end;
  });

  // Pressing the button must not take the selection away that it is about.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".tools .chosen")) event.preventDefault();
  });

  // -- after each page

  const showMark = () => {
    const paper = one("#paper");
    const mark = paper && one(".mark, mark", paper);
    if (!mark) return;
    const box = mark.getBoundingClientRect();
    const frame = paper.getBoundingClientRect();
    paper.scrollTop += box.top - frame.top - paper.clientHeight * 0.38;
    if (box.left < frame.left || box.right > frame.right) paper.scrollLeft += box.left - frame.left - 40;
  };

  const settle = (swapped) => {
    remember();
    showMark();
    for (const picture of all(".sheet img")) if (!picture.complete) picture.addEventListener("load", showMark, { once: true });
    const goal = one("[data-focus-first]") || one("[aria-invalid=true]") || (swapped && one("[data-focus]"));
    if (goal && (swapped || goal.hasAttribute("data-focus-first"))) goal.focus({ preventScroll: true });
    const single = one("#single-keys");
    if (single) {
      single.checked = localStorage.getItem(SINGLE) !== "off";
      single.addEventListener("change", () => localStorage.setItem(SINGLE, single.checked ? "on" : "off"));
    }
    document.documentElement.dataset.ready = String(Number(document.documentElement.dataset.ready || 0) + 1);
  };

  document.addEventListener("DOMContentLoaded", () => settle(false));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === document.body) settle(true);
    else {
      showMark();
      for (const picture of all(".sheet img")) if (!picture.complete) picture.addEventListener("load", showMark, { once: true });
    }
  });

  // -- what goes wrong: what was typed stays

  const alarm = (said) => {
    const box = one("#alert");
    box.textContent = said;
    box.hidden = false;
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const kind = event.detail.xhr.getResponseHeader("Content-Type") || "";
    if (!kind.startsWith("text/html")) {
      event.detail.shouldSwap = false;
      alarm(event.detail.xhr.responseText.slice(0, 300) || "The desk did not answer.");
    }
  });
  document.addEventListener("htmx:sendError", () => alarm("The desk does not answer: it may have been stopped. Nothing was kept; try again."));
})();
