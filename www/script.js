// Scripts that the page asks for once it runs: of the folder that it lies in, or out of a block of its own.

import { setSource, setText } from "./html.js";

/** Runs a script of the folder; with `integrity` only if the browser finds that hash. */
export function runFile(name, integrity = "") {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.integrity = integrity;
    setSource(script, name);
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${name} cannot be fetched`)));
    document.head.append(script);
  });
}

/** Runs a text, there and then. The page's policy lists the hash of the one text that it lets run so. */
export function runText(text) {
  const script = document.createElement("script");
  setText(script, text);
  document.head.append(script);
}
