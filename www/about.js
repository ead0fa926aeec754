// “About this page”, at its foot: what it is, so that two people can tell over the telephone whether they have the same.

/** Douglas Crockford's base32, as in src/hash.rs. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The first 100 bits of a SHA-256, in five groups: the check code of a page, as `ia-returns publish` says it. */
export function checkCode(sha256) {
  const symbols = Array.from({ length: 20 }, (_, place) => {
    const bits = BigInt(`0x${sha256.slice(0, 25)}`) >> BigInt(95 - 5 * place);
    return SYMBOLS[Number(bits & 31n)];
  });
  return symbols.join("").match(/.{4}/g).join("-");
}

/** Fills what stands in the page for it. `list` is the manifest, `documents` are what it lists. */
export function about(list, documents) {
  const say = (id, text) => {
    document.getElementById(id).textContent = text;
  };
  const collections = documents.filter(({ kind }) => kind === "collection");
  say("about-code", checkCode(list.sha256));
  say("about-version", list.version);
  const titles = collections.map(({ json }) => JSON.parse(json).title);
  say("about-collections", titles.join("; "));
  document.getElementById("about").hidden = false;
}
