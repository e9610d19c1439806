// Elements made by hand: whatever the fleet tells becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element; attributes that are null or false are left out, `on…` are listeners. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Replaces what an element shows, but only if that is something else: focus and selection stay. */
export function say(element, text) {
  const clean = plain(text);
  if (element.textContent !== clean) {
    element.textContent = clean;
  }
}

/** Text that cannot turn round or hide what stands beside it. */
export function plain(text) {
  return String(text ?? '')
    .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');
}

/** A name that people gave: kept apart from the direction of the text around it. */
export function named(text, className) {
  return h('bdi', { class: 'name ' + (className ?? ''), title: plain(text) }, text);
}

/** Shows items as children of a parent, each with an element of its own that is kept and updated. */
export function keyed(parent, items, keyOf, make) {
  const known = parent.keyedParts ?? new Map();
  const next = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const part = known.get(key) ?? make(item);
    known.delete(key);
    next.set(key, part);
    part.update(item);
    if (part.element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(part.element, place);
    }
  }
  known.forEach((part) => part.element.remove());
  parent.keyedParts = next;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : document.createTextNode(plain(child)));
    }
  }
  return element;
}
