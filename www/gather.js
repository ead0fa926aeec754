// Everything in what a person chose or dropped: files and folders, with all that is in them.

/** A folder's own name is where names begin, so it is no part of them: as on the command line. */
const inside = (path) => path.replace(/^\/?[^/]*\//, "");

/** The files of an input: each with its way from the folder that was chosen. */
export const ofInput = (input) =>
  Array.from(input.files, (file) => ({
    name: file.webkitRelativePath ? inside(file.webkitRelativePath) : file.name,
    get: () => file,
  }));

/** What entries of a dropped folder hold, as far down as it goes; what cannot be opened is there by its name. */
async function walk(entry, found) {
  if (entry.isFile) {
    const get = () => new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: inside(entry.fullPath), get });
    return;
  }
  const reader = entry.createReader();
  try {
    for (;;) {
      // A browser gives a hundred at a time.
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const each of some) await walk(each, found);
    }
  } catch {
    const get = () => Promise.reject(new Error("this folder cannot be opened"));
    found.push({ name: inside(`${entry.fullPath}/`) || entry.name, get });
  }
}

/** Everything that was dropped. What is dropped is gone once the event is over, so all of it is asked for before anything waits. */
export function ofDrop({ items, files }) {
  const folders = [];
  const found = [];
  for (const item of items ?? []) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry);
    else if (file) found.push({ name: file.name, get: () => file });
  }
  if (folders.length === 0 && found.length === 0) {
    for (const file of files ?? []) found.push({ name: file.name, get: () => file });
  }
  return (async () => {
    for (const folder of folders) await walk(folder, found);
    return found;
  })();
}
