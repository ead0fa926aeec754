// Makes the content of an element what it should be by touching only what differs.

/** Whether one node can become the other: the same kind of node, and of element. */
const isAlike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

function attributes(element, wanted) {
  for (const { name } of [...element.attributes]) {
    if (!wanted.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** Gives `place` the content of `wanted`, a node that is shown nowhere and loses what is taken over from it. */
export function change(place, wanted) {
  let now = place.firstChild;
  for (const node of [...wanted.childNodes]) {
    if (!now) {
      place.append(node);
      continue;
    }
    const next = now.nextSibling;
    // The browser tells whole rows that are the same in a fraction of the time that it takes to walk through them here.
    if (now.isEqualNode(node)) {
      // Nothing differs in it.
    } else if (!isAlike(now, node)) {
      now.replaceWith(node);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      attributes(now, node);
      change(now, node);
    } else if (now.data !== node.data) {
      now.data = node.data;
    }
    now = next;
  }
  while (now) {
    const next = now.nextSibling;
    now.remove();
    now = next;
  }
}
