// Between the engine and the browser: what happens goes in, one thing at a time; what the engine asks for comes out
// and is done in order. It decides nothing: that is for the engine, where it can be tested without a browser.

/** Joins an engine to `perform`, which does one thing that the engine asked for and may give an event in answer,
    or the promise of one.
    An event is `[what, id, text]`; `src/browser/mod.rs` says which there are. */
export function join(engine, perform) {
  const asked = [];
  const waiting = [];
  let busy = false;

  function turn([what, id, text], source) {
    engine.handle(what, id, text);
    for (const effect of asked.splice(0)) {
      const answer = perform(effect, source);
      if (answer instanceof Promise) answer.then((later) => edge.happen(later));
      else if (answer) waiting.push(answer);
    }
  }

  const edge = {
    /** The engine asks for something; it is done when the engine has finished with the present event. */
    ask: (...effect) => {
      asked.push(effect);
    },

    /** Something happened. `source` is the browser's event, for what the browser would do with it. An event waits its
        turn while another is being dealt with: moving focus, for one, makes the browser send more. */
    happen(event, source) {
      if (busy) {
        waiting.push(event);
        return;
      }
      busy = true;
      try {
        turn(event, source);
        while (waiting.length > 0) turn(waiting.shift());
      } finally {
        busy = false;
      }
    },
  };
  return edge;
}
