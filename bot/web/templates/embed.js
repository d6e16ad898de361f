// One script tag on the office's website: a button that opens the chat in a frame.
//   <script src="https://the-chat/embed.js" async></script>
(function () {
  "use strict";
  var words = {{ words | tojson }};
  var home = document.currentScript.src.replace(/embed\.js.*$/, "");
  var TOP = 2147483000;
  var frame = null;

  var button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  // Styled here: the website's own style sheet and policy stay as they are.
  dress(button, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: TOP, minHeight: "48px",
    maxWidth: "calc(100vw - 32px)", padding: "10px 20px", border: "2px solid #fff", borderRadius: "26px",
    background: "#0b4f86", color: "#fff", font: "600 16px/1.3 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 2px 12px rgba(0, 0, 0, .3)"
  });

  function dress(element, styles) {
    Object.keys(styles).forEach(function (name) { element.style[name] = styles[name]; });
  }

  function makeFrame() {
    var made = document.createElement("iframe");
    made.src = home;
    made.title = words.frame;
    // A citizen may show where something is; the browser asks them first.
    made.allow = "geolocation";
    dress(made, {
      position: "fixed", right: "16px", bottom: "80px", zIndex: TOP, width: "400px",
      maxWidth: "calc(100vw - 32px)", height: "640px", maxHeight: "calc(100vh - 96px)",
      border: "1px solid #5b6b7b", borderRadius: "14px", background: "#fff",
      boxShadow: "0 6px 30px rgba(0, 0, 0, .3)"
    });
    document.body.appendChild(made);
    return made;
  }

  function show(open) {
    if (open && !frame) frame = makeFrame();
    frame.style.display = open ? "block" : "none";
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    (open ? frame : button).focus();
  }

  function isOpen() { return Boolean(frame) && frame.style.display !== "none"; }

  button.addEventListener("click", function () { show(!isOpen()); });
  window.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && isOpen()) show(false);
  });
  window.addEventListener("message", function (event) {
    if (frame && event.source === frame.contentWindow && event.data === "chat:close") show(false);
  });

  function place() { document.body.appendChild(button); }
  if (document.body) place(); else document.addEventListener("DOMContentLoaded", place);
})();
