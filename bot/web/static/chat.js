// The chat page: what was said is kept on this device, what was not sent is sent again with the same
// id, replies come by server-sent events or, where those are missing, by asking every few seconds.
(function () {
  "use strict";
  var words = JSON.parse(document.getElementById("words").textContent);
  var log = document.getElementById("log");
  var form = document.getElementById("form");
  var box = document.getElementById("question");
  var typing = document.getElementById("typing");
  var banner = document.getElementById("banner");
  var root = document.documentElement;
  var KEEP = 200;

  function stored(name, other) {
    try { var text = localStorage.getItem(name); return text ? JSON.parse(text) : other; } catch (_) { return other; }
  }
  function store(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch (_) { /* private mode: the talk lives while the page does */ }
  }
  function randomId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  var session = stored("session", null) || randomId();
  var talk = stored("talk", []);
  var lastId = stored("lastId", 0);
  store("session", session);

  function keep() { talk = talk.slice(-KEEP); store("talk", talk); store("lastId", lastId); }

  // Text stays text; only https addresses become links.
  function fill(paragraph, text) {
    var pattern = /https:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)]/g;
    var at = 0, found;
    while ((found = pattern.exec(text))) {
      paragraph.appendChild(document.createTextNode(text.slice(at, found.index)));
      var link = document.createElement("a");
      link.href = found[0];
      link.textContent = found[0];
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      paragraph.appendChild(link);
      at = found.index + found[0].length;
    }
    paragraph.appendChild(document.createTextNode(text.slice(at)));
  }

  function show(entry) {
    var message = document.createElement("div");
    message.className = "message " + (entry.me ? "me" : "office") + (entry.me && !entry.sent ? " waiting" : "");
    if (entry.me) message.id = "m-" + entry.id;
    var speaker = document.createElement("span");
    speaker.className = "hidden";
    speaker.textContent = entry.me ? words.me : words.office;
    var paragraph = document.createElement("p");
    paragraph.appendChild(speaker);
    fill(paragraph, entry.text);
    message.appendChild(paragraph);
    log.appendChild(message);
    if (entry.choices && entry.choices.length) showChoices(entry.choices);
    // A long answer is read from its beginning.
    log.scrollTop = entry.me ? log.scrollHeight : message.offsetTop - log.offsetTop - 12;
  }

  function showChoices(choices) {
    var group = document.createElement("div");
    group.className = "choices";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.choices);
    choices.forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.dataset.value = choice.value;
      button.textContent = choice.label;
      group.appendChild(button);
    });
    log.appendChild(group);
  }

  function say(text, choice) {
    var entry = { me: true, id: randomId(), text: text, choice: choice || null, sent: false };
    talk.push(entry);
    keep();
    show(entry);
    send();
  }

  var sending = false;
  function send() {
    var entry = talk.find(function (e) { return e.me && !e.sent; });
    if (!entry || sending) return;
    sending = true;
    typing.textContent = words.typing;
    var body = { session: session, id: entry.id };
    if (entry.choice) body.choice = entry.choice; else body.text = entry.text;
    fetch("chat/messages", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
      .then(function (answer) {
        if (answer.ok) { delivered(entry); return; }
        if (answer.status === 429 || answer.status >= 500) { later(Number(answer.headers.get("Retry-After")) || 5); return; }
        return answer.json().then(function (refusal) {
          delivered(entry);
          typing.textContent = "";
          show({ me: false, text: refusal.error || words.refused });
        });
      })
      .catch(function () { say_banner(words.offline); later(4); });
  }

  function delivered(entry) {
    sending = false;
    entry.sent = true;
    keep();
    say_banner("");
    var shown = document.getElementById("m-" + entry.id);
    if (shown) shown.classList.remove("waiting");
    if (!window.EventSource) poll();
    send();
  }

  function later(seconds) { setTimeout(function () { sending = false; send(); }, seconds * 1000); }

  function say_banner(text) { banner.textContent = text; banner.hidden = !text; }

  function receive(reply) {
    if (reply.id <= lastId) return;
    lastId = reply.id;
    var entry = { me: false, text: reply.text, choices: reply.choices };
    talk.push(entry);
    keep();
    typing.textContent = "";
    show(entry);
  }

  function poll() {
    fetch("chat/replies?session=" + session + "&after=" + lastId)
      .then(function (answer) { return answer.json(); })
      .then(function (data) { (data.replies || []).forEach(receive); })
      .catch(function () { /* asked again below */ });
  }

  function listen() {
    if (!window.EventSource) { setInterval(poll, 3000); poll(); return; }
    var events = new EventSource("chat/events?session=" + session + "&after=" + lastId);
    events.onmessage = function (event) { receive(JSON.parse(event.data)); };
    events.onopen = function () { say_banner(""); send(); };
    events.onerror = function () {
      if (!navigator.onLine) say_banner(words.offline);
      if (events.readyState === EventSource.CLOSED) { events.close(); setTimeout(listen, 3000); }
    };
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = box.value.trim();
    if (!text) return;
    box.value = "";
    box.style.height = "";
    say(text);
    box.focus();
  });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  box.addEventListener("input", function () { box.style.height = "auto"; box.style.height = box.scrollHeight + "px"; });
  log.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-value]");
    if (button) { say(button.textContent, button.dataset.value); box.focus(); }
  });
  window.addEventListener("online", function () { say_banner(words.online); sending = false; send(); });
  window.addEventListener("offline", function () { say_banner(words.offline); });

  var sizes = [100, 115, 130, 150];
  var size = stored("size", 100);
  function resize() { root.style.setProperty("--size", size + "%"); }
  document.getElementById("larger").addEventListener("click", function () {
    size = sizes[(sizes.indexOf(size) + 1) % sizes.length];
    store("size", size);
    resize();
  });
  var theme = stored("theme", null);
  var themeButton = document.getElementById("theme");
  function paint() {
    if (theme) root.dataset.theme = theme;
    var dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    themeButton.setAttribute("aria-pressed", String(dark));
  }
  themeButton.addEventListener("click", function () {
    var dark = themeButton.getAttribute("aria-pressed") === "true";
    theme = dark ? "light" : "dark";
    store("theme", theme);
    paint();
  });
  document.getElementById("restart").addEventListener("click", function () { say(words.menu, "menu"); });

  resize();
  paint();
  talk.forEach(show);
  listen();
  send();
})();
