// The only place where text becomes markup, and the only Trusted Types policy (`ia-returns` in the page's policy
// header). The text comes from the engine's template macro, which escapes every value it is given.

const policy = globalThis.trustedTypes
  ? globalThis.trustedTypes.createPolicy("ia-returns", { createHTML: (html) => html })
  : { createHTML: (html) => html };

/** Replaces the content of `element` by `html`. */
export function setHtml(element, html) {
  element.innerHTML = policy.createHTML(html);
}
