// Shows what arrived without a key being pressed; every form works without this file.
"use strict";

const live = document.getElementById("live");

const toEnd = () => {
  if (live && live.getAttribute("role") === "log") live.scrollTop = live.scrollHeight;
};

const asked = new URLSearchParams(location.search);
asked.set("part", "1");

async function look() {
  try {
    const answer = await fetch(`${location.pathname}?${asked}`);
    const held = document.createElement("template");
    held.innerHTML = await answer.text();
    const fresh = held.content.getElementById("live");
    // What somebody is working in stays as it is.
    const busy = live !== document.activeElement && live.contains(document.activeElement);
    if (answer.ok && fresh && !busy && fresh.innerHTML !== shown) {
      shown = fresh.innerHTML;
      live.innerHTML = shown;
      toEnd();
    }
  } catch {
    // The emulator was stopped; it is asked again.
  }
  setTimeout(look, 1000);
}

let shown = live ? live.innerHTML : "";
if (live) {
  toEnd();
  setTimeout(look, 1000);
}
