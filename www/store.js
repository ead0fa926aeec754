// Where drafts are kept: IndexedDB, else localStorage; for one tab, sessionStorage. All of them are the same five
// functions over records { id, revision, … }. A record is written only over the one it was made from: what another tab
// wrote meanwhile is never overwritten.

import { openDB } from "idb";

/** What another tab wrote stands in the way. */
export class Changed extends Error {}

const NAME = "ia-returns";
/** How long IndexedDB may take to open: it has been seen to never answer, and to be slow on a busy computer. */
const OPENS_MS = 10_000;

/** Whether `record`, made from revision `base`, may take the place of `there`. What was removed may be kept again. */
function check(there, base) {
  if (there && there.revision !== base) throw new Changed();
}

/** IndexedDB. A write is done when it is on the disk, as far as the browser can say. */
async function database() {
  const open = async () =>
    openDB(NAME, 1, {
      upgrade: (db) => void db.createObjectStore("drafts", { keyPath: "id" }),
      // Another version of the page may want another form of store: it must not wait for this one.
      blocking: (_, __, event) => event.target.close(),
    });
  const late = new Promise((_, reject) => setTimeout(reject, OPENS_MS, new Error("no answer")));
  let db = await Promise.race([open(), late]);

  /** Does something in a transaction; where the browser has closed the database meanwhile, opens it again, once. */
  async function within(mode, act) {
    let transaction;
    try {
      transaction = db.transaction("drafts", mode, { durability: "strict" });
    } catch {
      db = await open();
      transaction = db.transaction("drafts", mode, { durability: "strict" });
    }
    const done = transaction.done;
    // Where `act` fails the transaction fails too, and that must not count as nobody's fault.
    done.catch(() => {});
    try {
      const answer = await act(transaction.store);
      await done;
      return answer;
    } catch (failure) {
      // A quota that is used up is the transaction's fault, and says so there.
      throw failure?.name === "AbortError" && transaction.error ? transaction.error : failure;
    }
  }

  const store = {
    all: () => within("readonly", (drafts) => drafts.getAll()),
    read: (id) => within("readonly", (drafts) => drafts.get(id)),
    write: (record, base) =>
      within("readwrite", async (drafts) => {
        check(await drafts.get(record.id), base);
        await drafts.put(record);
      }),
    remove: (id) => within("readwrite", (drafts) => drafts.delete(id)),
    clear: () => within("readwrite", (drafts) => drafts.clear()),
  };
  await store.all();
  return store;
}

/** localStorage or sessionStorage, each record under a name of its own. Throws where it is switched off. */
export function web(storage) {
  const prefix = `${NAME} draft `;
  const names = () => Object.keys(storage).filter((name) => name.startsWith(prefix));
  const get = (name) => JSON.parse(storage.getItem(name) ?? "null") ?? undefined;
  storage.setItem(NAME, "");
  storage.removeItem(NAME);
  return {
    all: async () => names().map(get),
    read: async (id) => get(prefix + id),
    async write(record, base) {
      check(get(prefix + record.id), base);
      storage.setItem(prefix + record.id, JSON.stringify(record));
    },
    remove: async (id) => storage.removeItem(prefix + id),
    clear: async () => names().forEach((name) => storage.removeItem(name)),
  };
}

async function first(...ways) {
  for (const way of ways) {
    try {
      return await way();
    } catch {
      // Switched off, or broken: the next.
    }
  }
  return undefined;
}

/** The stores of this browser, each undefined where it has none: `computer` and `tab`, and the tab's own memory. */
export async function stores() {
  return {
    computer: await first(database, () => web(localStorage)),
    tab: await first(() => web(sessionStorage)),
  };
}
