// What was found of a computer, in words: for the person, for a report, and for whoever can change it. Pure.

/** Each finding: what was tried, what came of it, and what to ask for where it is not good. */
const LOOKS = {
  engine: {
    title: "Engine",
    says: { wasm: "WebAssembly", script: "Plain script, because WebAssembly is not allowed: slower, with the same results" },
    ask: {
      script: ({ host }) =>
        `Allow WebAssembly for ${host}. In Edge and Chrome: the policy JavaScriptJitAllowedForSites with the host, without a port. The page works without it too, only slower.`,
    },
  },
  storage: {
    title: "Keeping drafts",
    says: {
      database: "Works: written and read back",
      simple: "Works with the simpler kind of storage: written and read back",
      none: "Does not work: what is typed is lost when the tab closes, unless a draft file is saved",
    },
    ask: { none: ({ host }) => `Allow site data (cookies and storage) for ${host}.` },
  },
  random: {
    title: "Random numbers",
    says: { yes: "Work", no: "Do not work: no return can be sealed here" },
    ask: { no: () => "Use another browser: this one gives no random numbers." },
  },
  download: {
    title: "Saving files",
    says: {
      untried: "Not tried yet",
      pressed: "Tried; not said yet whether a file arrived",
      yes: "Works: a file arrived",
      no: "Does not work: no file arrived",
    },
    ask: {
      no: ({ host }) =>
        `Allow downloads from ${host}. In Edge and Chrome the policy DownloadRestrictions drops them without a word. Until then copy the file’s text from the last step of the page.`,
    },
  },
  print: {
    title: "Printing",
    says: {
      untried: "Not tried yet",
      pressed: "Tried; not said yet whether a print window opened",
      yes: "Works: a print window opened",
      no: "Does not work: no print window opened",
    },
    ask: { no: ({ host }) => `Allow printing for ${host}. In Edge and Chrome: the policy PrintingEnabled.` },
  },
  copy: {
    title: "Copying",
    says: { untried: "Not tried yet", yes: "Works", no: "Does not work: select a text and copy it with the keyboard" },
    ask: { no: ({ host }) => `Allow the clipboard for ${host}, if copying with the keyboard does not work either.` },
  },
  clock: {
    title: "Clock",
    says: { good: "", old: "The clock shows a year that cannot be" },
    ask: { old: () => "Set the clock of this computer." },
  },
};

/** The rows to show: `[title, words]`. */
export function rows(found) {
  const tried = Object.entries(LOOKS).map(([name, { title, says }]) => {
    const words = says[found[name]];
    if (name !== "clock") return [title, words];
    return [title, [words, `${found.local}, in London ${found.london}. Compare it with your telephone.`].filter(Boolean).join(". ")];
  });
  return [
    ...tried,
    ["Time zone", found.zone === "Europe/London" ? found.zone : `${found.zone}. Times in returns are London times all the same.`],
    ["Page opened from", found.from],
    ["Browser", found.browser],
  ];
}

/** What to ask an IT team for; empty where nothing is wrong. */
export const asks = (found) =>
  Object.entries(LOOKS).flatMap(([name, { ask }]) => ask[found[name]]?.(found) ?? []);

/** All of it as one text, to be sent to an IT team. */
export function report(found) {
  const wanted = asks(found);
  return [
    "Industrial action returns: check of a computer",
    ...rows(found).map(([title, words]) => `${title}: ${words}`),
    "",
    wanted.length > 0 ? "To ask the IT team for:" : "Nothing to ask the IT team for.",
    ...wanted.map((words) => `- ${words}`),
    "",
  ].join("\n");
}
