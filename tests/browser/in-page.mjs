// Functions that run inside the page under test. Each is sent as text, so none may use anything outside itself.

/** Before the page's own script: keeps what went wrong where the harness can read it. */
export function listen() {
  window.iaSeen = { csp: [], errors: [] };
  document.addEventListener('securitypolicyviolation', (event) => {
    window.iaSeen.csp.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample} (line ${event.lineNumber})`);
  });
  window.addEventListener('error', (event) => window.iaSeen.errors.push(String(event.message)), true);
  window.addEventListener('unhandledrejection', (event) => window.iaSeen.errors.push(String(event.reason)));
}

/** The visible element of `role` whose name is `name`; undefined when there is none, a fault when there are two. */
export function findNamed(role, name) {
  const SELECTORS = {
    button: 'button, [role=button], input[type=submit]', link: 'a[href]', radio: 'input[type=radio]',
    textbox: 'input:not([type=radio]):not([type=checkbox]), textarea', combobox: '[role=combobox], select',
    option: '[role=option]', checkbox: 'input[type=checkbox]',
  };
  const tidy = (text) => text.replace(/\s+/g, ' ').trim();
  const nameOf = (element) => {
    const by = element.getAttribute('aria-labelledby');
    if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return element.getAttribute('aria-label') ?? (element.labels?.length ? element.labels[0].textContent : element.textContent);
  };
  const found = [...document.querySelectorAll(SELECTORS[role])]
    .filter((element) => tidy(nameOf(element)) === name && element.getClientRects().length > 0);
  if (found.length > 1) throw new Error(`${found.length} elements are a ${role} named “${name}”`);
  return found[0];
}

/** The field with an id, when it is on the screen. */
export function findField(id) {
  const element = document.getElementById(id);
  return element && element.getClientRects().length > 0 ? element : undefined;
}

/** What a person can read in a place; fields count with their content. */
export function reads(css) {
  const place = document.querySelector(css);
  if (!place) return '';
  return [place.innerText, ...[...place.querySelectorAll('input, textarea')].map((field) => field.value)]
    .join('\n').replace(/\u00a0/g, ' ');
}

/** Notes how each element that can take the focus looks without it. */
export function markAtRest() {
  window.iaAtRest = new WeakMap();
  for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
    if (element === document.activeElement) continue;
    // Radios and checkboxes of nhsuk-frontend draw their ring on a pseudo-element of the label.
    const label = /^(radio|checkbox)$/.test(element.type) ? element.labels?.[0] : undefined;
    const styles = [getComputedStyle(element), ...(label ? [getComputedStyle(label), getComputedStyle(label, '::before')] : [])];
    window.iaAtRest.set(element, styles.map((style) => `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`).join(' | '));
  }
}

/** The element with the focus, and whether the focus can be seen. */
export function focusState() {
  const element = document.activeElement;
  const tag = element.tagName.toLowerCase();
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const label = element.labels?.[0];
  const toggle = /^(radio|checkbox)$/.test(element.type);
  const styles = [getComputedStyle(element)];
  if (toggle && label) styles.push(getComputedStyle(label), getComputedStyle(label, '::before'));
  const looks = styles.map((style) => `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`).join(' | ');
  const drawn = styles.some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    && !/rgba\(\d+, \d+, \d+, 0\)|transparent/.test(style.outlineColor)) || style.boxShadow !== 'none');
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  const mine = over === element || element.contains(over) || over?.contains(element) || label?.contains(over);
  return {
    tag, id: element.id, type: element.type ?? '', group: element.name ?? '', value: element.value ?? '', checked: element.checked ?? null,
    name: tidy(element.getAttribute('aria-label') ?? (label ? label.textContent : element.textContent)),
    active: element.getAttribute('aria-activedescendant') ?? '',
    ring: drawn && looks !== window.iaAtRest?.get(element),
    style: looks,
    inWindow: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && box.width > 0 && box.height > 0,
    uncovered: Boolean(mine),
    over: over ? `${over.tagName.toLowerCase()}.${over.className}` : 'nothing',
    box: { left: box.left, top: box.top, width: box.width, height: box.height },
  };
}
