// Photos on their way out: drawn smaller on the phone, so less is sent and where they were taken
// stays at home; then handed over with its progress told. What cannot be drawn goes as it is.
(function () {
  "use strict";

  const LONGEST = 2048;
  const QUALITY = 0.85;
  const PATIENCE = 180000;
  const STEP = 25;

  async function lighter(file) {
    if (!window.createImageBitmap) return file;
    try {
      return (await drawn(await createImageBitmap(file, { imageOrientation: "from-image" }))) || file;
    } catch (_) {
      return file;
    }
  }

  function drawn(picture) {
    const times = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * times));
    canvas.height = Math.max(1, Math.round(picture.height * times));
    const pen = canvas.getContext("2d");
    // What is seen through would come out black.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    if (picture.close) picture.close();
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  }

  // Gives the answer as fetch would, which tells nobody how far it is.
  function hand(session, photo, progress) {
    const form = new FormData();
    form.append("session", session);
    form.append("file", photo, "anh.jpg");
    return new Promise((done, fail) => {
      const call = new XMLHttpRequest();
      let told = -1;
      call.open("POST", "chat/files");
      call.timeout = PATIENCE;
      call.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        const percent = Math.floor((100 * event.loaded) / event.total / STEP) * STEP;
        if (percent !== told && percent < 100) progress((told = percent));
      };
      call.onload = () => {
        const later = call.getResponseHeader("Retry-After");
        done(new Response(call.responseText, { status: call.status, headers: later ? { "Retry-After": later } : {} }));
      };
      call.onerror = call.ontimeout = call.onabort = fail;
      call.send(form);
    });
  }

  window.chatPhotos = { lighter: lighter, hand: hand };
})();
