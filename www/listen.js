// One listener for each type of event, on the document. Elements carry `data-action`, never listeners of their own.

/** How often the engine learns the time: often enough that “open” and “late” are never far behind. */
const TICK_MS = 15_000;

const isInput = (element) => element instanceof HTMLInputElement;
const isChoice = (element) => isInput(element) && ["radio", "checkbox"].includes(element.type);
const isTyped = (element) => isInput(element) || element instanceof HTMLTextAreaElement;

/** Whether this is a box of a table of figures. */
const isCell = (element) => isTyped(element) && element.closest(".ia-figures") !== null;

/**
 * The key that leaves a box or fills it; nothing for one that works inside its text. An arrow leaves where the text ends
 * in its direction, or where all of it is selected.
 */
export function cellKey(input, { key, altKey, ctrlKey, metaKey, shiftKey }) {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return key.toLowerCase() === "d" && !shiftKey ? "FillDown" : undefined;
  if (key === "Enter") return shiftKey ? "ArrowUp" : "ArrowDown";
  if (shiftKey) return undefined;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const isWhole = start === 0 && end === value.length;
  const leaves = {
    ArrowDown: true,
    ArrowLeft: isWhole || end === 0,
    ArrowRight: isWhole || start === value.length,
    ArrowUp: true,
  };
  return leaves[key] ? key : undefined;
}

/** Each gives the event of the page that an event of the browser is, or nothing. */
const readers = {
  change(target) {
    if (target instanceof HTMLSelectElement) return ["chosen", target.id, target.value];
    if (!isChoice(target)) return undefined;
    if (target.type === "radio") return ["chosen", target.name, target.value];
    return ["chosen", target.id, target.checked ? target.value : ""];
  },
  click(target) {
    const actor = target.closest("[data-action]");
    if (actor) return ["pressed", actor.dataset.action, actor.dataset.value ?? ""];
    const to = target.closest('a[href^="#"]')?.getAttribute("href").slice(1);
    // `#/check` is the address of a step, `#id` a place on this one.
    return to === undefined || to.startsWith("/") ? undefined : ["pressed", "focus", to];
  },
  focusout: (target, { relatedTarget }) =>
    isTyped(target) ? ["left", target.id, relatedTarget?.id ?? ""] : undefined,
  input: (target) =>
    isTyped(target) && !isChoice(target) ? ["input", target.id, target.value] : undefined,
  /** Keys matter in a combobox and in a table of figures; everywhere else they are the browser's. */
  keydown(target, event) {
    if (event.isComposing) return undefined;
    if (isCell(target)) {
      const key = cellKey(target, event);
      return key && ["key", target.id, key];
    }
    const inCombobox = target.getAttribute("role") === "combobox";
    return inCombobox && !event.ctrlKey && !event.metaKey
      ? ["key", target.id, event.key]
      : undefined;
  },
  /** One cell of a spreadsheet is pasted by the browser, several by the page. */
  paste(target, { clipboardData }) {
    const text = (isCell(target) && clipboardData?.getData("text/plain")) || "";
    const isBlock = /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ""));
    return isBlock ? ["pasted", target.id, text] : undefined;
  },
};

/** Tells `happen` of everything that the page hears of, for as long as it is open. */
export function listen(happen) {
  // While a pointer is pressed, what leaving a field redraws waits: it would move the target away before the pointer is
  // lifted, and the click would hit nothing.
  let pressed = false;
  const held = [];
  const flush = () => held.splice(0).forEach((event) => happen(event));

  for (const [type, read] of Object.entries(readers)) {
    document.addEventListener(type, (event) => {
      const heard = event.target instanceof Element ? read(event.target, event) : undefined;
      if (!heard) return;
      if (pressed && heard[0] === "left") {
        held.push(heard);
        return;
      }
      flush();
      happen(heard, event);
    });
  }
  document.addEventListener("mousedown", (event) => {
    pressed = true;
    // Pressing a line of a listbox must not take focus from its input, which would close the list before the click.
    if (event.target instanceof Element && event.target.closest("[role=listbox]")) {
      event.preventDefault();
    }
  });
  document.addEventListener("mouseup", () => {
    pressed = false;
    // A click that follows comes first, and what it hits has not moved meanwhile.
    setTimeout(flush);
  });
  window.addEventListener("hashchange", () => happen(["address", "", window.location.hash]));
  window.addEventListener("beforeunload", (event) => happen(["leaving", "", ""], event));
  setInterval(() => happen(["tick", "", ""]), TICK_MS);
}
