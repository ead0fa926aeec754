// The two faults that a person is told of by name.

/** The page cannot run here. `message` says why to a person and what to do; `cause` is for an IT team. */
export class CannotRun extends Error {
  constructor(message, cause) {
    super(message);
    this.cause = cause;
  }
}

/** The engine stopped in the middle of something, for good. */
export class Stopped extends Error {
  constructor(cause) {
    super(String(cause));
    this.cause = cause;
  }
}

/** Guards the functions of an engine. Whatever comes out of one as an error has stopped the engine halfway, whichever
    engine it is: a trap of WebAssembly, “abort” of the second, memory or stack at an end. What it holds may be half
    changed, so it is not asked again. */
export function guarded(calls) {
  let over = false;
  const guard = (call) => (...texts) => {
    if (over) return;
    try {
      call(...texts);
    } catch (failure) {
      over = true;
      throw new Stopped(failure);
    }
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guard(call)]));
}
