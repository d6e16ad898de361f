// The office's notices at the head of the page: a storm, a closing day, maintenance, or that nobody
// is answered here just now, when nothing is offered either. Asked for again now and then, since a
// page may stay open for days.
(function () {
  "use strict";

  const EVERY = 60000;
  const box = document.getElementById("notices");
  let shown = "";

  function line(notice) {
    const text = document.createElement("p");
    text.className = notice.level;
    text.textContent = notice.text;
    return text;
  }

  function show(notices) {
    const told = JSON.stringify(notices);
    if (told === shown) return; // A screen reader would say them again.
    shown = told;
    box.textContent = "";
    notices.map(line).forEach((one) => box.appendChild(one));
    box.hidden = !notices.length;
  }

  function open(served) {
    document.querySelectorAll("[data-open]").forEach((one) => { one.hidden = !served; });
  }

  function tell(told) {
    open(!told.closed);
    show((told.closed ? [{ level: "warning", text: told.closed }] : []).concat(told.notices));
  }

  function ask() {
    if (document.hidden) return;
    fetch("chat/notices", { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((told) => { if (told) tell(told); })
      .catch(() => { /* The page says by itself that the line is lost. */ });
  }

  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
  ask();
})();
