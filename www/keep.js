// Keeps drafts. The engine says what is kept and where; here is when, under which number, and which tab has which draft.

import { saveFile } from "./notice.js";
import { Changed } from "./store.js";

/** A draft is kept when nothing was typed for this long, and at most so long after the first key that is not kept: with the
    writing itself it is under two seconds. */
const QUIET_MS = 700;
const MOST_MS = 1_400;
/** How long to wait for another tab to write what it still has, and for tabs to say which drafts they have. */
const ANSWERS_MS = 600;
/** How long other tabs have to say which draft they have, from when they are asked. */
const HEARD_MS = 50;

/** Where this tab remembers which draft it has, so that loading the page again goes on with it. */
const CURRENT = "ia-returns current";

/** Random enough that two drafts never meet; nothing secret. */
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * `happen` tells the engine of an event; `opened` is the promise of the stores; `channel` speaks to the other tabs and
 * `memory` (sessionStorage) lives as long as the tab, where the browser has them.
 */
export function keeper({ happen, opened, channel, memory, timers = globalThis }) {
  let stores = {};
  /** The draft kept from here: { id, revision, store }; none before its first change. */
  let current;
  /** A draft that was read, until the engine has taken it. */
  let read;
  /** The latest draft as a file, for when the engine stops. */
  let file;
  /** Writes follow one another, once there is somewhere to write to. */
  let writing = opened.then((found) => {
    stores = found;
  });
  /** Whether another tab goes on with the current draft. */
  let away = false;
  /** When the other tabs were asked what they have, and whether the engine runs, so that it can be told what they say. */
  let asked;
  let begun = false;
  /** Drafts on this computer that other tabs have, by tab. */
  const elsewhere = new Map();
  const me = newId();

  // When.

  let timer;
  let since;

  function now() {
    if (timer === undefined) return;
    timers.clearTimeout(timer);
    timer = undefined;
    since = undefined;
    happen(["keep", "", ""]);
  }

  function soon() {
    const time = timers.performance.now();
    since ??= time;
    timers.clearTimeout(timer);
    timer = timers.setTimeout(now, Math.max(0, Math.min(QUIET_MS, since + MOST_MS - time)));
  }

  // Which.

  const tell = (what, id) => channel?.postMessage({ what, id, tab: me });
  /** What is kept in the tab alone is nobody else's, not even a copy of the tab's. */
  const tellOfCurrent = (what) => {
    if (current?.store === "computer" && !away) tell(what, current.id);
  };

  function have(draft) {
    current = draft;
    away = false;
    try {
      if (draft?.store) memory?.setItem(CURRENT, `${draft.store} ${draft.id}`);
      else memory?.removeItem(CURRENT);
    } catch {
      // Then loading the page again leads to the start, where the draft stands in the list.
    }
    tellOfCurrent("have");
  }

  function state(id) {
    if (id === current?.id && !away) return "here";
    return [...elsewhere.values()].includes(id) ? "elsewhere" : "";
  }

  async function list() {
    if (!begun) return;
    const items = [];
    for (const [store, place] of Object.entries(stores)) {
      for (const { id, at, label, sealed } of (await place?.all().catch(() => [])) ?? []) {
        items.push({ id, at, label, sealed, store, open: state(id) });
      }
    }
    items.sort((one, other) => (one.at < other.at ? 1 : -1));
    const can = stores.computer ? "computer" : stores.tab ? "tab" : "nothing";
    happen(["drafts", can, JSON.stringify(items)]);
  }

  /** Writes one change; answers the event that says how it went. */
  async function write(mine, change, draft, beside, { store, label, sealed }) {
    const place = stores[store];
    if (!place) return ["not-kept", "nothing", ""];
    const record = { id: mine.id, revision: mine.revision + 1, at: new Date().toISOString(), label, draft, beside };
    record.sealed = sealed ? "yes" : "";
    try {
      // In another place nothing is there yet.
      await place.write(record, mine.store === store ? mine.revision : undefined);
    } catch (failure) {
      if (failure instanceof Changed) return ["elsewhere", "", ""];
      return ["not-kept", failure?.name === "QuotaExceededError" ? "full" : "nothing", ""];
    }
    const before = mine.store;
    Object.assign(mine, { revision: record.revision, store });
    if (before && before !== store) await stores[before].remove(mine.id).catch(() => {});
    if (before !== store && mine === current) have(mine);
    return ["kept", change, ""];
  }

  /** Has another tab that has this draft write what it still has, and stop. */
  async function takeOver(id) {
    if (!channel || state(id) !== "elsewhere") return;
    const given = new Promise((resolve) => {
      const hear = ({ data }) => {
        if (data.what === "given" && data.id === id) {
          channel.removeEventListener("message", hear);
          resolve();
        }
      };
      channel.addEventListener("message", hear);
      timers.setTimeout(resolve, ANSWERS_MS);
    });
    tell("take", id);
    await given;
  }

  async function open(id, from) {
    await takeOver(id);
    for (const store of from ? [from] : Object.keys(stores)) {
      const record = await stores[store]?.read(id).catch(() => undefined);
      if (record) {
        read = { id, revision: record.revision, store };
        happen(["opened", record.beside, record.draft]);
        return;
      }
    }
    happen(["could-not-open", "", ""]);
    await list();
  }

  async function remove(id) {
    const gone = id === "here" ? current?.id : id;
    if (!gone || gone === current?.id) have(undefined);
    // What is still being written comes first, or it would come back.
    await writing;
    for (const place of Object.values(stores)) {
      await (gone ? place?.remove(gone) : place?.clear())?.catch(() => {});
    }
    tell("removed", gone);
    await list();
  }

  /** What the engine may ask for. */
  const effects = {
    adopt() {
      have(read);
    },
    forget() {
      tellOfCurrent("left");
      have(undefined);
    },
    keep([change, draft, beside]) {
      const about = JSON.parse(beside);
      file = { name: about.file_name, text: draft };
      current ??= { id: newId(), revision: 0 };
      const mine = current;
      writing = writing
        .then(() => write(mine, change, draft, beside, about))
        .then((event) => {
          // What became of a draft that is left behind is nobody's business any more.
          if (mine !== current || away) return;
          if (event[0] === "elsewhere") away = true;
          happen(event);
          // What the start lists has changed with it.
          if (event[0] === "kept") list();
        });
    },
    "keep-soon": soon,
    open([id]) {
      open(id || current?.id, id ? undefined : current?.store);
    },
    remove([id]) {
      remove(id);
    },
  };

  // The other tabs.

  async function hear({ data: { what, id, tab } }) {
    if (what === "who") {
      tellOfCurrent("have");
    } else if (what === "take") {
      if (id !== current?.id || current.store !== "computer" || away) return;
      now();
      await writing;
      away = true;
      happen(["elsewhere", "", ""]);
      tell("given", id);
    } else if (what === "have") {
      elsewhere.set(tab, id);
      await list();
    } else if (what === "left" || what === "given") {
      elsewhere.delete(tab);
      await list();
    } else if (what === "removed") {
      await list();
    }
  }

  const edge = {
    effects,

    /** Whether there is a draft to save when the engine has stopped, and saving it. */
    get file() {
      return file;
    },
    saveFile: () => saveFile(file.name, file.text),

    /** A field or the page was left: what is to be kept soon is kept now. */
    now,

    /** The page is gone for the other tabs. */
    left() {
      now();
      tellOfCurrent("left");
    },

    /** Asks the other tabs what they have. They answer while the engine is unpacked. */
    ask() {
      channel?.addEventListener("message", hear);
      tell("who");
      asked = timers.performance.now();
    },

    /** Tells the engine what is kept, and goes on with what this tab had before it was loaded again. */
    async begin() {
      begun = true;
      await writing;
      await list();
      const [store, id] = memory?.getItem(CURRENT)?.split(" ") ?? [];
      if (!id) return;
      // A tab that was copied has the same memory: the others need a moment to say what they have.
      const left = asked + HEARD_MS - timers.performance.now();
      await new Promise((resolve) => timers.setTimeout(resolve, Math.max(0, left)));
      await open(id, store);
    },

    /** Hears of all that matters to keeping, for as long as the page is open. */
    attend() {
      document.addEventListener("focusout", now);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") now();
        else list();
      });
      window.addEventListener("pagehide", edge.left);
    },
  };
  return edge;
}
