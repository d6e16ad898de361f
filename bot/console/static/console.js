// What the pages do a little better with a script. Every page works without it; nothing here writes
// HTML, only text.
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);

  // A browser may refuse storage (a private window); the page then forgets, and works.
  function shelf(kind, prefix) {
    const store = () => window[kind];
    return {
      read(name) { try { return JSON.parse(store().getItem(prefix + name)); } catch (_) { return null; } },
      write(name, value) { try { store().setItem(prefix + name, JSON.stringify(value)); } catch (_) { /* above */ } },
      drop(name) { try { store().removeItem(prefix + name); } catch (_) { /* above */ } },
      names() {
        try {
          return Object.keys(store()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
        } catch (_) { return []; }
      },
    };
  }
  const kept = shelf("localStorage", "console.");
  const drafts = shelf("sessionStorage", "console.draft.");

  // ---- Light or dark: chosen before the first paint ---------------------------------------

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  if (kept.read("theme")) root.dataset.theme = kept.read("theme");

  function offerThemes() {
    all("[data-theme-switch]").forEach((button) => {
      const show = () => button.setAttribute("aria-pressed", String(isDark()));
      button.hidden = false;
      show();
      dark.addEventListener("change", show);
      button.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        kept.write("theme", root.dataset.theme);
        show();
      });
    });
  }

  // ---- Small buttons ----------------------------------------------------------------------

  function offerPrint() {
    all("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  }

  function offerShowing() {
    all("[data-shows]").forEach((button) => {
      const field = byId(button.dataset.shows);
      const words = [button.textContent, button.dataset.other];
      const masks = field.classList.contains("masked");
      button.hidden = false;
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") !== "true";
        if (masks) field.classList.toggle("masked", !shown);
        else field.type = shown ? "text" : "password";
        button.textContent = words[Number(shown)];
        button.setAttribute("aria-pressed", String(shown));
        field.focus();
      });
    });
  }

  function offerCopies() {
    if (!navigator.clipboard) return;
    all("[data-copies]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        navigator.clipboard.writeText(byId(button.dataset.copies).textContent.trim()).then(() => {
          button.textContent = button.dataset.done;
        }, () => { /* The words stand beside the button, to be copied by hand. */ });
      });
    });
  }

  // ---- Menus and questions open in place: Escape closes, the first field gets the focus ----

  function attendOpeners() {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const open = event.target.closest("details[open]") || document.querySelector(".menu[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    });
    all(".ask").forEach((one) => one.addEventListener("toggle", () => {
      const field = one.open && one.querySelector("textarea, input:not([type=hidden]), select");
      if (field) field.focus();
    }));
  }

  // ---- Forms ------------------------------------------------------------------------------

  function countSigns() {
    all("[data-longest]").forEach((field) => {
      const told = byId(field.id + "-left");
      const most = Number(field.dataset.longest);
      // A sign counts once however it is stored, and a line's end once, as the server counts.
      const show = () => {
        const left = most - Array.from(field.value.normalize("NFC")).length;
        told.textContent = told.dataset.left.replace("#", String(left));
        told.classList.toggle("fault", left < 0);
      };
      field.addEventListener("input", show);
      if (field.value) show();
    });
  }

  const writable = (form) => Array.from(form.elements).filter((field) =>
    field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type)
    && !("secret" in field.dataset));
  const ticked = (field) => ["checkbox", "radio"].includes(field.type);
  const stateOf = (field) => (ticked(field) ? field.checked : field.value);

  function contents(form) { return writable(form).map((field) => [field.name, stateOf(field)]); }

  function restore(form, saved) {
    writable(form).forEach((field, place) => {
      const [name, state] = saved[place] || [];
      if (name !== field.name) return;
      if (ticked(field)) field.checked = state; else field.value = state;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // A draft lives in this tab until the office has it, so that a session that ran out loses no words.
  // It is kept with the form it was begun on: what somebody else saved since is not written over.
  function keepDrafts() {
    const officer = document.body.dataset.officer;
    if (officer) {
      drafts.names().filter((name) => !name.startsWith(officer + ":")).forEach(drafts.drop);
    }
    if (document.querySelector("[data-done]")) {
      drafts.names().filter((name) => (drafts.read(name) || {}).sent).forEach(drafts.drop);
    }
    all("form[data-draft]").forEach((form) => {
      const name = officer + ":" + form.dataset.draft;
      const before = JSON.stringify(contents(form));
      const draft = drafts.read(name);
      if (draft && draft.before === before) restore(form, draft.now);
      const keep = (sent) => {
        const now = contents(form);
        if (JSON.stringify(now) === before) drafts.drop(name);
        else drafts.write(name, { before, now, sent });
      };
      form.addEventListener("input", () => keep(false));
      form.addEventListener("submit", () => keep(true));
    });
    all("form[data-forget]").forEach((form) => form.addEventListener("submit", () => {
      drafts.names().forEach(drafts.drop);
    }));
  }

  function warnOfLeaving() {
    const begun = new Map(all("form[data-draft]").map((form) => [form, JSON.stringify(contents(form))]));
    let sending = false;
    document.addEventListener("submit", () => { sending = true; });
    window.addEventListener("beforeunload", (event) => {
      const changed = all("form[data-draft]").some((form) => JSON.stringify(contents(form)) !== begun.get(form));
      if (changed && !sending) event.preventDefault();
    });
  }

  // A slow network makes people press twice; the second press waits for the first one's answer.
  function sendOnce() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (event.defaultPrevented || form.method !== "post") return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      all("[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
    // Back in a page the browser had put aside, everything may be sent anew.
    window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("[type=submit]", form).forEach((button) => button.removeAttribute("aria-disabled"));
    }));
  }

  // ---- What waits behind the other pages is asked for each half minute ----------------------

  function mark(link, count, words) {
    const old = link.querySelector(".count");
    if (old) old.remove();
    if (!count) return;
    const shown = document.createElement("span");
    const said = document.createElement("span");
    shown.className = "count";
    said.className = "unseen";
    said.textContent = " " + words;
    shown.append(String(count), said);
    link.append(shown);
  }

  async function countWaiting(rooms) {
    if (document.hidden) return;
    const response = await fetch(rooms.dataset.waiting, { redirect: "error" });
    if (!response.ok) return;
    const counts = await response.json();
    all("[data-room]", rooms).forEach((link) => mark(link, counts[link.dataset.room], rooms.dataset.waits));
    all(".menu summary").forEach((menu) => mark(menu, counts.talks, rooms.dataset.waits));
    document.title = (counts.talks ? "(" + counts.talks + ") " : "") + document.title.replace(/^\(\d+\) /, "");
  }

  function attendWaiting(rooms) {
    const look = () => countWaiting(rooms).catch(() => { /* Out of reach now; asked again later. */ });
    look();
    setInterval(look, 30000);
    document.addEventListener("visibilitychange", look);
  }

  // ---- A talk that goes on: its new lines are asked for each three seconds -----------------

  // The address gives {"lines": [{"id", "by", "time", "text", "kind", "offered"}], "ended": bool}.
  function offers(labels, called) {
    const list = document.createElement("ol");
    list.className = "offered";
    list.setAttribute("aria-label", called);
    labels.forEach((label) => {
      const item = document.createElement("li");
      item.textContent = label;
      list.append(item);
    });
    return list;
  }

  function follow(list) {
    const until = () => list.lastElementChild ? list.lastElementChild.dataset.id : "0";
    function add(line) {
      const item = document.createElement("li");
      const by = document.createElement("span");
      item.className = line.kind;
      item.dataset.id = line.id;
      by.className = "by";
      by.textContent = line.by + " · " + line.time;
      item.append(by, line.text);
      if (line.offered && line.offered.length) item.append(offers(line.offered, list.dataset.offered));
      list.append(item);
      item.scrollIntoView({ block: "nearest" });
    }
    async function ask() {
      if (document.hidden) return true;
      const url = list.dataset.since + "?after=" + encodeURIComponent(until());
      const response = await fetch(url, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!response.ok) return response.status >= 500;
      const told = await response.json();
      told.lines.forEach(add);
      return !told.ended;
    }
    // While nothing can be reached it is tried again; a page that may no longer look stops.
    const again = () => setTimeout(() => ask().then((more) => { if (more) again(); }, again), 3000);
    again();
    all("[data-live]").forEach((told) => { told.hidden = false; });
  }

  document.addEventListener("DOMContentLoaded", () => {
    offerThemes();
    offerPrint();
    offerShowing();
    offerCopies();
    attendOpeners();
    countSigns();
    warnOfLeaving();
    keepDrafts();
    sendOnce();
    all("[data-waiting]").forEach(attendWaiting);
    all("[data-since]").forEach(follow);
  });
})();
