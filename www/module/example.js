// Verifies the files that are chosen, one line for each.

import { ready, Refused, verify } from "./index.js";

const input = document.getElementById("files");
const said = document.getElementById("said");

function say(text) {
  const line = document.createElement("li");
  line.textContent = text;
  said.append(line);
}

async function one(file) {
  try {
    const { sentence, next, organisation } = verify(new Uint8Array(await file.arrayBuffer()));
    say(`${file.name}: ${organisation}, ${sentence}. ${next}`);
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure;
    say(`${file.name}: ${failure.message}. ${failure.help}`);
  }
}

await ready();
input.addEventListener("change", () => {
  said.replaceChildren();
  for (const file of input.files) one(file);
});
document.documentElement.dataset.ready = "yes";
