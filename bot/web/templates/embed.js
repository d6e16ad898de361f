// One script tag on the office's website: a button that opens the chat in a frame.
(function () {
  "use strict";
  var words = {{ words|safe }};
  var home = new URL(document.currentScript.src).origin;
  var button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  button.style.cssText = "position:fixed;right:16px;bottom:16px;z-index:2147483000;min-height:48px;" +
    "padding:0 20px;border:0;border-radius:24px;background:#0b5394;color:#fff;font:600 16px sans-serif;cursor:pointer";
  var frame = null;
  button.addEventListener("click", function () {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.src = home + "/";
      frame.title = words.frame;
      frame.style.cssText = "position:fixed;right:16px;bottom:76px;z-index:2147483000;border:1px solid #567;" +
        "border-radius:12px;width:min(400px,calc(100vw - 32px));height:min(640px,calc(100vh - 100px));background:#fff";
      frame.hidden = true;
      document.body.appendChild(frame);
    }
    frame.hidden = !frame.hidden;
    button.textContent = frame.hidden ? words.open : words.close;
    button.setAttribute("aria-expanded", String(!frame.hidden));
    if (!frame.hidden) frame.focus();
  });
  document.body.appendChild(button);
})();
