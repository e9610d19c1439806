// Parts that several sections share.

import { h, say } from './dom.js';
import { age, count, percent } from './format.js';

const SIGNS = {
  queued: '◌', running: '▶', retrying: '↻', done: '✓', failed: '✕', cancelled: '⊘',
  idle: '◌', working: '▶', starting: '…', draining: '↓', unfit: '✕', stopped: '■', lost: '✕',
};

/** A state as a word with a sign: colour is never all that tells. */
export function badge(state) {
  const sign = h('span', { 'aria-hidden': 'true' });
  const word = h('span');
  const element = h('span', {}, sign, word);
  const show = (now) => {
    element.className = `badge is-${now}`;
    say(sign, SIGNS[now] ?? '•');
    say(word, now);
  };
  show(state);
  return { element, show };
}

/** A bar of one value, 0…1. */
export function bar(label) {
  const part = h('span', { class: 'part is-running' });
  const element = h('span', { class: 'bar', role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100 }, part);
  const show = (fraction) => {
    const value = Math.floor(Math.min(1, Math.max(0, fraction || 0)) * 100);
    element.setAttribute('aria-valuenow', value);
    part.style.setProperty('width', `${value}%`);
  };
  return { element, show };
}

/** A bar of several parts. */
export function stack(states) {
  const parts = states.map((state) => h('span', { class: `part is-${state}` }));
  const element = h('span', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, parts);
  const show = (counts, total, overall, label) => {
    element.setAttribute('aria-valuenow', Math.floor(overall * 100));
    element.setAttribute('aria-valuetext', `${percent(overall)}, ${label}`);
    element.setAttribute('aria-label', 'Progress');
    states.forEach((state, i) => {
      parts[i].style.setProperty('width', `${total ? (100 * (counts[state] ?? 0)) / total : 0}%`);
    });
  };
  return { element, show };
}

/** A moment that is told as how long ago it was; see `tick`. */
export function since() {
  const element = h('time', { class: 'since' });
  const show = (iso, after = '') => {
    if (!iso) {
      element.removeAttribute('datetime');
      say(element, '–');
      return;
    }
    element.dataset.after = after;
    if (element.getAttribute('datetime') !== iso) {
      element.setAttribute('datetime', iso);
      element.title = new Date(iso).toLocaleString();
    }
    say(element, age(iso) + after);
  };
  return { element, show };
}

/** Lets all ages grow. */
export function tick() {
  document.querySelectorAll('time.since[datetime]').forEach((element) => {
    say(element, age(element.getAttribute('datetime')) + (element.dataset.after ?? ''));
  });
}

/** `3 done, 1 failed`, without what there is none of. */
export function inWords(counts) {
  return ['running', 'retrying', 'queued', 'done', 'failed', 'cancelled']
    .filter((state) => counts[state] > 0)
    .map((state) => `${count(counts[state])} ${state}`)
    .join(', ');
}


