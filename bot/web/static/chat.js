// The chat page. What was said is kept on this device; what could not be sent is sent again under
// the same id, so it counts once; replies come as server-sent events or, where a browser has none,
// by asking. ES2017 and nothing to load: it has to run on old handsets.
(function () {
  "use strict";

  const KEPT = 200;
  const SIZES = [100, 115, 130, 150];
  const LARGE = 20;
  const PATIENCE = { send: 20000, slow: 10000, stale: 120000, banner: 4000, sure: 5000, ask: 5000, photo: 180000 };
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  let words = {};

  // ---- What this device remembers ---------------------------------------------------------

  const memory = {
    read(name, otherwise) {
      try {
        const text = localStorage.getItem("chat." + name);
        return text ? JSON.parse(text) : otherwise;
      } catch (_) {
        return otherwise;
      }
    },
    write(name, value) {
      // Without storage (a private window, a strict frame) the talk lives as long as the page.
      try { localStorage.setItem("chat." + name, JSON.stringify(value)); } catch (_) { /* above */ }
    },
  };

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
  }

  const newTalk = () => ({ session: randomId(), seen: 0, entries: [] });
  let talk = memory.read("talk", null) || newTalk();

  // Another tab may have written meanwhile, so each change starts from what is stored.
  function change(edit) {
    talk = memory.read("talk", talk);
    edit(talk);
    talk.entries = talk.entries.slice(-KEPT);
    memory.write("talk", talk);
  }

  function entryOf(id) { return talk.entries.find((entry) => entry.id === id); }

  // ---- How it looks: applied before the first paint ---------------------------------------

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme === "dark";

  function paint() {
    root.dataset.theme = memory.read("theme", null) || (dark.matches ? "dark" : "light");
    root.style.fontSize = memory.read("size", 100) + "%";
    root.classList.toggle("large", parseFloat(getComputedStyle(root).fontSize) >= LARGE);
    if (find("theme")) find("theme").setAttribute("aria-pressed", String(isDark()));
  }

  function switchTheme() {
    memory.write("theme", isDark() ? "light" : "dark");
    paint();
    speak(isDark() ? words.dark : words.light);
  }

  function enlarge() {
    const size = SIZES[(SIZES.indexOf(memory.read("size", 100)) + 1) % SIZES.length];
    memory.write("size", size);
    paint();
    fitBox();
    speak(words.text_size.replace("$percent", String(size)));
  }

  paint();

  // ---- Drawing the talk -------------------------------------------------------------------

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function makeButton(className, text) {
    const button = make("button", className, text);
    button.type = "button";
    return button;
  }

  function kindOf(line, index) {
    if (index === 0 && line.length > 3 && line === line.toUpperCase() && line !== line.toLowerCase()) return "title";
    if (line.indexOf("• ") === 0) return "item";
    if (/^\d{1,2}\. /.test(line)) return "step";
    return line.indexOf(words.source) === 0 ? "source" : "";
  }

  // Only these become links; all else, whatever it looks like, stays text.
  const WEB = "https://[^\\s<>\"“”]*[^\\s<>\"“”.,;:!?)]";
  const PHONE = "1[89]00[ .]?\\d{2,4}(?:[ .]?\\d{2,3})?|0\\d{2,3}[ .]?\\d{3,4}[ .]?\\d{3,4}";

  function linksOf(line) {
    const urgent = line.toLowerCase().indexOf(words.call) >= 0 ? "|11[345]" : "";
    return new RegExp("(" + WEB + ")|(^|[\\s(:])((?:" + PHONE + urgent + "))(?=$|[\\s),;]|[.:](?:\\s|$))", "g");
  }

  function addText(parent, line) {
    const pattern = linksOf(line);
    let at = 0;
    let found;
    while ((found = pattern.exec(line))) {
      const shown = found[1] || found[3];
      const start = found.index + found[0].length - shown.length;
      parent.appendChild(document.createTextNode(line.slice(at, start)));
      parent.appendChild(found[1] ? webLink(shown) : phoneLink(shown));
      at = pattern.lastIndex;
    }
    parent.appendChild(document.createTextNode(line.slice(at)));
  }

  function webLink(address) {
    const link = make("a", "", address);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.appendChild(make("span", "unseen", " (" + words.new_tab + ")"));
    return link;
  }

  function phoneLink(number) {
    const link = make("a", "", number);
    link.href = "tel:" + number.replace(/[ .]/g, "");
    return link;
  }

  function makeBubble(entry) {
    const bubble = make("div", "bubble");
    const person = entry.from === "officer";
    if (person) bubble.appendChild(make("span", "by", words.officer));
    else bubble.appendChild(make("span", "unseen", entry.mine ? words.me : words.office));
    entry.text.split("\n").forEach((text, index) => {
      const kind = entry.mine || person ? "" : kindOf(text, index);
      const line = make(kind === "title" ? "strong" : "span", ("line " + kind).trim());
      // A number of one's own is nothing to call.
      if (entry.mine) line.textContent = text; else addText(line, text);
      bubble.appendChild(line);
    });
    const added = makeAdded(entry);
    if (added.firstChild) bubble.appendChild(added);
    return bubble;
  }

  function opening(className, address) {
    const link = make("a", className);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }

  // Below the words, so that what is read first does not move when a picture comes.
  function makePicture(file) {
    const link = opening("picture", file.address);
    const picture = make("img");
    picture.src = file.address;
    picture.alt = file.told;
    picture.loading = "lazy";
    link.appendChild(picture);
    link.appendChild(make("span", "unseen", " (" + words.new_tab + ")"));
    return link;
  }

  function makeFile(file) {
    const link = make("a", "file", words.file.replace("$name", file.name).replace("$size", file.size));
    link.href = file.address;
    link.download = file.name;
    return link;
  }

  // Who knows the address alone gets nothing: the session goes along, and stands in no history.
  function makeOwnFile(file) {
    const form = make("form");
    form.method = "post";
    form.action = file.address;
    form.target = "_blank";
    const own = make("input");
    own.type = "hidden";
    own.name = "session";
    own.value = talk.session;
    form.appendChild(own);
    form.appendChild(make("button", "file", words.own_file.replace("$name", file.name)));
    return form;
  }

  function makeGiven(file) {
    if (file.private) return makeOwnFile(file);
    return file.picture ? makePicture(file) : makeFile(file);
  }

  function makeOpener(one) {
    const link = opening("opener", one.address);
    link.appendChild(document.createTextNode(one.label));
    link.appendChild(make("span", "unseen", " (" + words.new_tab + ")"));
    return link;
  }

  // Replies kept by an earlier page have none of these.
  function makeAdded(entry) {
    const added = make("div", "added");
    (entry.files || []).forEach((file) => added.appendChild(makeGiven(file)));
    (entry.links || []).forEach((one) => added.appendChild(makeOpener(one)));
    return added;
  }

  function makeChoices(choices) {
    const group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.choices);
    choices.forEach((choice) => {
      const button = makeButton("", choice.label);
      button.dataset.value = choice.value;
      group.appendChild(button);
    });
    return group;
  }

  function makeMessage(entry) {
    const message = make("div");
    message.id = "m-" + entry.id;
    message.appendChild(makeBubble(entry));
    return message;
  }

  // The bubble of a drawn message is left alone, else a screen reader would read it once more.
  function draw(entry) {
    const message = find("m-" + entry.id) || find("talk").appendChild(makeMessage(entry));
    message.className = "message " + (entry.mine ? "me " + entry.state : entry.alone ? "office alone" : "office");
    while (message.childNodes.length > 1) message.removeChild(message.lastChild);
    if (entry.note) message.appendChild(make("p", "note", entry.note));
    if (entry.state === "refused" && !entry.photo) message.appendChild(makeButton("edit", words.edit));
    if (entry.choices && entry.choices.length) message.appendChild(makeChoices(entry.choices));
  }

  function redraw() {
    // A screen reader should not read the whole talk again.
    find("log").setAttribute("aria-busy", "true");
    find("talk").textContent = "";
    talk.entries.forEach(draw);
    find("log").removeAttribute("aria-busy");
    showTyping();
    showWanted();
  }

  // Whether the reader moved the talk since it was last scrolled for them.
  let steered = false;

  // A picture above takes its room late, and pushes down what was to be read.
  function pictureCame() { if (!steered) scrollToLast(); }

  // A long reply is read from its beginning: the question it answers goes to the top, or itself
  // where it answers none, as news do. Before the first question the greeting is what is read.
  function scrollToLast() {
    const log = find("log");
    steered = false;
    const begins = find("talk").querySelectorAll(".me, .alone");
    const last = begins[begins.length - 1];
    const bottom = log.scrollHeight - log.clientHeight;
    log.scrollTop = last ? Math.min(bottom, last.offsetTop - log.offsetTop - 8) : 0;
  }

  function speak(text) { find("spoken").textContent = text; }

  // ---- Waiting for an answer --------------------------------------------------------------

  let slowTimer;

  function showTyping() {
    clearTimeout(slowTimer);
    const last = talk.entries[talk.entries.length - 1];
    const open = last && last.mine && last.state === "sent" && Date.now() - last.at < PATIENCE.stale;
    find("typing").textContent = open ? (talk.held ? words.officer_waiting : words.typing) : "";
    if (open) slowTimer = setTimeout(lookAgain, PATIENCE.slow);
  }

  // Some offices' proxies hold events back. Where asking brings what no event did, go on asking.
  async function lookAgain() {
    if (!talk.held) find("typing").textContent = words.slow;
    const found = await ask(5).catch(() => 0);
    if (found && source) askOn();
    else if (!found && find("typing").textContent) slowTimer = setTimeout(lookAgain, PATIENCE.slow);
  }

  // ---- Sending ----------------------------------------------------------------------------

  let sending = false;
  let failures = 0;
  let retryTimer;

  function say(text, choice, more) {
    const entry = Object.assign({ mine: true, id: randomId(), text: text, choice: choice || null, state: "waiting", at: Date.now() }, more);
    change((now) => now.entries.push(entry));
    draw(entry);
    scrollToLast();
    sendWaiting();
    return entry.id;
  }

  async function sendWaiting() {
    clearTimeout(retryTimer);
    if (sending) return;
    sending = true;
    let entry = nextWaiting();
    while (entry && await send(entry)) entry = nextWaiting();
    sending = false;
  }

  // A photo is in this tab's hands alone, until it was handed over.
  function isReady(entry) { return !entry.photo || entry.file || photos[entry.id]; }

  function nextWaiting() {
    return talk.entries.find((entry) => entry.mine && entry.state === "waiting" && isReady(entry));
  }

  // Tells whether the next message may go out now.
  async function send(entry) {
    const handing = entry.photo && !entry.file;
    let answer;
    try {
      answer = await (handing ? handOver(entry) : post(entry));
    } catch (_) {
      settle(entry.id, "waiting", words.waiting);
      lost();
      return later();
    }
    if (answer.ok && handing) return handedOver(entry, await answer.json().catch(() => ({})));
    if (answer.ok) return delivered(entry, await answer.json().catch(() => ({})));
    const refusal = await answer.json().catch(() => ({}));
    if (answer.status === 429 || answer.status >= 500) {
      settle(entry.id, "waiting", refusal.error || words.waiting);
      return later(Number(answer.headers.get("Retry-After")));
    }
    delete photos[entry.id];
    settle(entry.id, "refused", refusal.error || words.refused);
    // What was refused is long, as a rule: why, and the way out, stand below what can be seen.
    if (find("m-" + entry.id)) find("m-" + entry.id).lastChild.scrollIntoView(false);
    return true;
  }

  function post(entry) {
    const request = fetch("chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(Object.assign({ session: talk.session, id: entry.id }, wordsOf(entry))),
    });
    const limit = new Promise((_, fail) => setTimeout(fail, PATIENCE.send));
    return Promise.race([request, limit]);
  }

  function wordsOf(entry) {
    if (entry.file) return { file: entry.file, album: entry.photo };
    if (entry.place) return { place: entry.place };
    return entry.choice ? { choice: entry.choice } : { text: entry.text };
  }

  // What the office does not store is not kept on the device either, once it has been sent.
  function delivered(entry, answer) {
    failures = 0;
    regained();
    if (answer.hidden) change(() => { if (entryOf(entry.id)) entryOf(entry.id).text = answer.hidden; });
    settle(entry.id, "sent", "");
    return true;
  }

  function settle(id, state, note) {
    change(() => {
      const entry = entryOf(id);
      if (entry) Object.assign(entry, { state: state, note: note });
    });
    if (entryOf(id)) draw(entryOf(id));
    showTyping();
  }

  function later(seconds) {
    failures += 1;
    const wait = seconds || Math.min(30, Math.pow(2, failures - 1)) * (0.75 + Math.random() / 2);
    retryTimer = setTimeout(sendWaiting, wait * 1000);
    return false;
  }

  // ---- Photos and places, while a reply asks for them ---------------------------------------

  // What was chosen here and is not handed over yet, by the message it goes with.
  const photos = {};
  const MOST_PHOTOS = 5;

  function showWanted() {
    const replies = talk.entries.filter((entry) => !entry.mine);
    const wants = (replies.length && replies[replies.length - 1].wants) || [];
    const reachable = navigator.geolocation && window.isSecureContext !== false;
    find("photo").hidden = wants.indexOf("photo") < 0;
    find("place").hidden = wants.indexOf("place") < 0 || !reachable;
    find("wanted").hidden = find("photo").hidden && find("place").hidden;
    if (find("wanted").hidden) find("trouble").textContent = "";
  }

  function choosePhotos() {
    const chosen = Array.from(find("photos").files);
    find("photos").value = "";
    find("trouble").textContent = chosen.length > MOST_PHOTOS ? words.many_photos.replace("$count", String(MOST_PHOTOS)) : "";
    const album = randomId();
    chosen.slice(0, MOST_PHOTOS).forEach((file) => {
      const id = say(words.my_photo, null, { photo: album, note: words.photo_ready });
      photos[id] = window.chatPhotos.lighter(file);
      sendWaiting();
    });
  }

  async function handOver(entry) {
    const photo = await photos[entry.id];
    return window.chatPhotos.hand(talk.session, photo, (percent) => {
      settle(entry.id, "waiting", words.photo_going.replace("$percent", String(percent)));
    });
  }

  // From now on it is said as words are, by its number.
  function handedOver(entry, answer) {
    change(() => { if (entryOf(entry.id)) entryOf(entry.id).file = answer.file; });
    delete photos[entry.id];
    return true;
  }

  // A page that was closed meanwhile has lost what it did not hand over.
  function forgetPhotos() {
    const lost = talk.entries.filter((entry) => entry.state === "waiting" && !isReady(entry) && Date.now() - entry.at > PATIENCE.photo);
    lost.forEach((entry) => settle(entry.id, "refused", words.photo_lost));
  }

  function showPlace() {
    const trouble = (text) => { find("trouble").textContent = text; };
    trouble(words.place_asked);
    navigator.geolocation.getCurrentPosition((found) => {
      trouble("");
      say(words.my_place, null, { place: { lat: found.coords.latitude, lon: found.coords.longitude } });
    }, (fault) => trouble(fault.code === fault.PERMISSION_DENIED ? words.place_refused : words.place_unknown),
    { enableHighAccuracy: true, timeout: PATIENCE.send, maximumAge: 60000 });
  }

  // ---- Receiving --------------------------------------------------------------------------

  let source = null;
  let asking = 0;

  function isKnown(reply) { return talk.entries.some((entry) => !entry.mine && entry.id === reply.id); }

  function wasAsked() { return talk.entries.some((entry) => entry.mine && Date.now() - entry.at < PATIENCE.stale); }

  function receive(reply) {
    if (isKnown(reply)) return;
    const entry = { mine: false, alone: !wasAsked(), id: reply.id, from: reply.from, text: reply.text, choices: reply.choices, links: reply.links, files: reply.files, wants: reply.wants };
    change((now) => {
      // The office says when an official begins to answer; the program's next words end that.
      if (reply.from !== "officer") now.held = reply.from === "office";
      // Another tab may have taken it in meanwhile.
      if (!isKnown(reply)) now.entries.push(entry);
      now.seen = Math.max(now.seen, reply.id);
    });
    draw(entry);
    showTyping();
    showWanted();
    scrollToLast();
  }

  // The server's numbers began anew: what is shown stays, but under numbers nobody gives.
  function restart() {
    change((now) => {
      now.seen = 0;
      now.entries.forEach((entry) => { if (!entry.mine) entry.id = randomId(); });
    });
    redraw();
  }

  function where() { return "?session=" + talk.session + "&after=" + talk.seen; }

  function hangUp() {
    asking += 1;
    if (source) source.close();
    source = null;
  }

  function listen() {
    hangUp();
    if (!window.EventSource) { askOn(); return; }
    source = new EventSource("chat/events" + where());
    source.onopen = regained;
    source.onmessage = (event) => receive(JSON.parse(event.data));
    source.addEventListener("restarted", restart);
    source.onerror = () => {
      lost();
      // A refused stream stays closed; a broken one comes back by itself.
      if (source && source.readyState === EventSource.CLOSED) setTimeout(listen, PATIENCE.ask);
    };
  }

  async function ask(wait) {
    const answer = await fetch("chat/replies" + where() + "&wait=" + wait);
    const got = await answer.json();
    if (got.restarted) restart();
    const replies = got.replies || [];
    replies.forEach(receive);
    return replies.length;
  }

  async function askOn() {
    hangUp();
    const round = asking;
    while (round === asking) {
      try { await ask(20); regained(); } catch (_) { lost(); await pause(PATIENCE.ask); }
    }
  }

  function pause(milliseconds) { return new Promise((done) => setTimeout(done, milliseconds)); }

  // ---- The line ---------------------------------------------------------------------------

  let bannerTimer;
  let missing = false;

  function banner(text, delay) {
    clearTimeout(bannerTimer);
    bannerTimer = setTimeout(() => {
      find("banner").textContent = text;
      find("banner").hidden = !text;
    }, delay || 0);
  }

  // A line that comes back at once is not worth a word; one that fails again and again is.
  function lost() {
    if (missing) return;
    missing = true;
    find("banner").hidden = true;
    banner(words.offline, navigator.onLine ? PATIENCE.banner : 0);
  }

  function regained() {
    if (!missing) return;
    missing = false;
    if (find("banner").hidden) { clearTimeout(bannerTimer); return; }
    find("banner").textContent = words.online;
    banner("", PATIENCE.banner);
  }

  function comeBack() {
    failures = 0;
    listen();
    sendWaiting();
  }

  // A handset that slept, or a page fetched back from history, has lost its stream unnoticed.
  function wake() {
    if (!document.hidden && !(source && source.readyState === EventSource.OPEN)) comeBack();
  }

  // ---- The citizen's hands ----------------------------------------------------------------

  const box = () => find("question");

  function fitBox() {
    box().style.height = "auto";
    box().style.height = box().scrollHeight + 3 + "px";
  }

  function fill(text) {
    box().value = text;
    drafted();
  }

  function drafted() {
    fitBox();
    memory.write("draft", box().value);
  }

  function submit(event) {
    event.preventDefault();
    const text = box().value.trim();
    if (text) {
      fill("");
      say(text);
    }
    box().focus();
  }

  // While letters are being composed (Telex, VNI) Enter ends the word, not the message.
  function pressed(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing) submit(event);
  }

  function clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.value) say(button.textContent, button.dataset.value);
    if (button.className === "edit") takeBack(button.parentNode.id.slice(2));
  }

  function takeBack(id) {
    fill(entryOf(id).text);
    change((now) => { now.entries = now.entries.filter((entry) => entry.id !== id); });
    redraw();
    box().focus();
  }

  function erase() {
    const button = find("erase");
    if (!button.dataset.sure) { askSure(button); return; }
    calm(button);
    talk = newTalk();
    memory.write("talk", talk);
    fill("");
    redraw();
    listen();
    speak(words.erased);
  }

  function askSure(button) {
    button.dataset.sure = button.textContent;
    button.textContent = words.erase_sure;
    setTimeout(() => calm(button), PATIENCE.sure);
  }

  function calm(button) {
    if (button.dataset.sure) button.textContent = button.dataset.sure;
    delete button.dataset.sure;
  }

  function closeFrame(event) {
    if (event.key === "Escape" && window.parent !== window) window.parent.postMessage("chat:close", "*");
  }

  document.addEventListener("DOMContentLoaded", () => {
    words = JSON.parse(document.body.dataset.words);
    memory.write("talk", talk);
    paint();
    if (dark.addEventListener) dark.addEventListener("change", paint);
    find("larger").addEventListener("click", enlarge);
    find("theme").addEventListener("click", switchTheme);
    find("restart").addEventListener("click", () => say(find("restart").title, "menu"));
    find("erase").addEventListener("click", erase);
    find("photos").addEventListener("change", choosePhotos);
    find("place").addEventListener("click", showPlace);
    find("form").addEventListener("submit", submit);
    box().addEventListener("keydown", pressed);
    box().addEventListener("input", drafted);
    find("log").addEventListener("click", clicked);
    find("log").addEventListener("load", pictureCame, true);
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach((way) => find("log").addEventListener(way, () => { steered = true; }, { passive: true }));
    document.addEventListener("keydown", closeFrame);
    window.addEventListener("online", comeBack);
    window.addEventListener("offline", lost);
    window.addEventListener("resize", fitBox);
    window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("storage", (event) => {
      if (event.key !== "chat.talk" || !event.newValue) return;
      const session = talk.session;
      talk = JSON.parse(event.newValue);
      redraw();
      if (talk.session !== session) listen();
    });
    forgetPhotos();
    fill(box().value || memory.read("draft", ""));
    redraw();
    scrollToLast();
    comeBack();
  });
})();
