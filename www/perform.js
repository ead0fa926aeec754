// What the engine can ask the browser to do, by name. `src/browser/mod.rs` has the other end of each.

import { change } from "./change.js";
import { content, setHtml } from "./html.js";
import { saveFile } from "./notice.js";

const byId = (id) => document.getElementById(id);

/** Does one thing, of these or `more`; the answer, where there is one, is an event. */
export function perform([what, ...texts], source, more = {}) {
  return (more[what] ?? effects[what])(texts, source);
}

const effects = {
  /** Shows an address without going anywhere: works on a page from disk too. */
  address: ([text]) => show(() => history.pushState(null, "", text)),
  "address-instead": ([text]) => show(() => history.replaceState(null, "", text)),
  copy: ([text]) => [copied(text) ? "copied" : "could-not-copy", "", ""],
  draw([html]) {
    places.clear();
    setHtml(byId("app"), html);
    window.scrollTo(0, 0);
  },
  enter([id]) {
    byId(id)?.focus();
    byId(id)?.select();
  },
  focus([id]) {
    byId(id)?.focus();
  },
  prevent(_, source) {
    source?.preventDefault();
    // Before a page is left, older browsers ask only where a text is set; it is not shown.
    if (source?.type === "beforeunload") source.returnValue = "unsaved";
  },
  print() {
    window.print();
  },
  replace,
  reveal([id]) {
    byId(id)?.scrollIntoView({ block: "nearest" });
  },
  save: ([name, text]) => [saved(name, text) ? "saved" : "could-not-save", "", ""],
  set([id, name, value]) {
    byId(id)?.setAttribute(name, value);
  },
  title([text]) {
    document.title = text;
  },
  unset([id, name]) {
    byId(id)?.removeAttribute(name);
  },
  value([id, text]) {
    const input = byId(id);
    if (input) input.value = text;
  },
};

/** Fails after very many changes in a short time; the step itself is drawn all the same. */
function show(address) {
  try {
    address();
  } catch {
    // Then the address is an older one, which leads to where one already is.
  }
}

/** What a person may have typed in or chosen, and what is read out because it is new. */
const IS_NEW = "input, select, textarea, details, [role=status], [role=alert]";

/** Where regions were found: looking through a step of 400 boxes for one takes longer than changing what is in it. */
const places = new Map();

function placeOf(region) {
  const known = places.get(region);
  if (known?.isConnected && known.dataset.region === region) return known;
  const found = document.querySelector(`#app [data-region="${CSS.escape(region)}"]`);
  if (found) places.set(region, found);
  return found;
}

/**
 * Shows other content in a region. Totals change with every key, and mostly in one figure: only that is touched, since
 * laying a large table out anew takes longer than everything else that a key does. Elsewhere the content is replaced; where
 * focus is inside, it goes back to the same input at the same place.
 */
function replace([region, html]) {
  const place = placeOf(region);
  if (!place) return;
  if (place.firstChild && !place.closest(IS_NEW) && !place.querySelector(IS_NEW)) {
    const wanted = content(html);
    if (!wanted.querySelector(IS_NEW)) return void change(place, wanted);
  }
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const { id, selectionStart, selectionEnd } = focused ?? {};
  setHtml(place, html);
  const again = focused && byId(id);
  if (!again) return;
  again.focus();
  // A radio or checkbox has no caret.
  if (typeof selectionStart === "number") again.setSelectionRange(selectionStart, selectionEnd);
}

/** Puts a text on the clipboard. `execCommand` is old, but it also works where the page is no secure context. */
function copied(text) {
  const area = document.createElement("textarea");
  area.className = "nhsuk-u-visually-hidden";
  area.value = text;
  const before = document.activeElement;
  byId("app").append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Where it is switched off, the page says what to do instead.
  }
  area.remove();
  before?.focus?.();
  return done;
}

function saved(name, text) {
  try {
    saveFile(name, text);
    return true;
  } catch {
    return false;
  }
}
