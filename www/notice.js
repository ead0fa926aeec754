// What the page says when it cannot start, or has to stop: plain sentences, built without markup text so that it
// works when nothing else does.

/** Shows `sentences` at the top of the page and moves the reader to them. `detail` is for an IT team. */
export function notice(sentences, detail, buttons = []) {
  document.getElementById("starting")?.remove();
  document.getElementById("notice")?.remove();
  const box = element("div", "ia-notice", "");
  box.id = "notice";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  for (const sentence of sentences) box.append(element("p", "", sentence));
  for (const { label, act } of buttons) {
    const button = element("button", "nhsuk-button", label);
    button.type = "button";
    button.addEventListener("click", act);
    box.append(button);
  }
  if (detail) box.append(element("p", "ia-notice__detail", `For your IT team: ${detail}`));
  const main = document.querySelector("main") ?? document.body;
  main.prepend(box);
  box.focus();
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** Hands a text of JSON, or bytes, to the person as a file, through a real link: the only way that needs no permission. The link is never
    on the page, so that pressing it is no event of the page's. */
export function saveFile(name, what) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([what], { type: typeof what === "string" ? "application/json" : "application/octet-stream" }));
  link.href = address;
  link.download = name;
  link.click();
  // Long enough for a question where to save the file, which a person answers.
  setTimeout(() => URL.revokeObjectURL(address), 120_000);
}
