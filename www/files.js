// Files that a person chooses: drafts, sealed returns, figures. Read to their end here; what they are is for the engine to say.

/** Longer ones are none of ours. */
const MOST_BYTES = 4_000_000;

/** The text of a file, if it is text, as it stands. */
async function textOf(file) {
  if (file.size > MOST_BYTES) throw new RangeError("too large");
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return decoder.decode(await file.arrayBuffer());
}

/**
 * The event that a chosen file is. `id` is the input's, `into` the first box of the table that it fills in, where it does.
 * `seal` gives the promise of the id of the sealed return in a text, or of a word for why there is none.
 */
export async function chosen({ id, dataset: { into } = {} }, file, seal) {
  let text;
  try {
    text = await textOf(file);
  } catch {
    return into ? ["file-of-figures", into, ""] : ["could-not-open", "", ""];
  }
  if (into) return ["file-of-figures", into, text];
  // A sealed return: its seal is looked at first, in an engine of its own.
  if (/"ia-return\/1"/.test(text)) return ["sealed-file", await seal(text), text];
  return id === "sealed-file" ? ["sealed-file", "another_kind", text] : ["opened", "", text];
}

/** Tells `happen` of every file that is chosen in the page. */
export function follow(happen, seal) {
  document.addEventListener("change", async ({ target }) => {
    const file = target.type === "file" && target.files[0];
    if (!file) return;
    const event = chosen(target, file, seal);
    // The same file may be chosen again, once it is mended.
    target.value = "";
    happen(await event);
  });
}
