// Work that takes long, as the engine asks for it: begun once the screen says what is being done, and gone on with in portions,
// so that the screen shows how far it is and the page answers in between.

/** `happen` gets the event that the engine waits for, by name, and how long the portion before took, in milliseconds. However
    often a portion is asked for meanwhile, there is one. */
export function portions(happen) {
  let isAsked = false;
  let took = 0;
  function go(what) {
    isAsked = false;
    const begun = performance.now();
    happen(what, String(Math.round(took)));
    took = performance.now() - begun;
  }
  const once = (ask) => () => {
    if (!isAsked) ask();
    isAsked = true;
  };
  return {
    later: once(() => requestAnimationFrame(() => setTimeout(go, 0, "ready"))),
    // A tab that nobody looks at gets no frames.
    portion: once(() => setTimeout(go, 0, "portion")),
  };
}
