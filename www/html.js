// The only place where text becomes markup or names a script, and the only Trusted Types policy (`ia-returns` in the
// page's policy header). The markup comes from the engine's template macro, which escapes every value it is given.

/** A script of the folder that the page lies in, and nothing else. */
function beside(name) {
  if (!/^[\w.-]+\.js$/.test(name)) throw new TypeError(`“${name}” is no script of this folder`);
  return name;
}

const rules = {
  createHTML: (html) => html,
  // Which text that may be is for the page's policy header to say: it lists the one by its hash, and in the folder none.
  createScript: (text) => text,
  createScriptURL: beside,
};
const policy = globalThis.trustedTypes?.createPolicy("ia-returns", rules) ?? rules;

/** Replaces the content of `element` by `html`. */
export function setHtml(element, html) {
  element.innerHTML = policy.createHTML(html);
}

/** The content that `html` would give an element, not yet shown anywhere. */
export function content(html) {
  const template = document.createElement("template");
  setHtml(template, html);
  return template.content;
}

/** Lets a script element run the script of this name. */
export function setSource(script, name) {
  script.src = policy.createScriptURL(name);
}

/** Lets a script element run this text. */
export function setText(script, text) {
  script.text = policy.createScript(text);
}
