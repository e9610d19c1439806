// What the console pushes: first everything, then pieces that changed. One connection per page.

import { setNow } from './format.js';

const SILENCE = 40_000;
const AGAIN = 3_000;

const pieces = new Map();
let source = null;
let heard = 0;
let tell = () => {};
let tellState = () => {};

/** The newest piece of this key, or undefined. */
export function piece(key) {
  return pieces.get(key);
}

/** All pieces whose keys begin so, in the order of the keys given by the server's first telling. */
export function piecesOf(prefix) {
  return [...pieces].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}

/** Begins to listen, and goes on after whatever breaks. */
export function follow(onChange, onState) {
  tell = onChange;
  tellState = onState;
  document.addEventListener('visibilitychange', () => (document.hidden ? pause() : open()));
  if (!document.hidden) {
    open();
  }
  setInterval(() => {
    if (source !== null && Date.now() - heard > SILENCE) {
      reopen(0);
    }
  }, 5_000);
}

/** Listens anew, when somebody signed in for example. */
export function reopen(wait = 0) {
  source?.close();
  source = null;
  tellState('lost');
  setTimeout(open, wait);
}

/** Browsers give all pages of one place six connections together: pages that nobody sees take none. */
function pause() {
  source?.close();
  source = null;
  tellState('paused');
}

function open() {
  if (source !== null || document.hidden) {
    return;
  }
  heard = Date.now();
  source = new EventSource('/api/events');
  source.addEventListener('all', (event) => {
    pieces.clear();
    take(event);
  });
  source.addEventListener('some', take);
  source.addEventListener('still', () => {
    heard = Date.now();
  });
  source.addEventListener('full', () => tellState('full'));
  source.addEventListener('error', () => {
    if (source?.readyState === EventSource.CLOSED) {
      reopen(AGAIN);
    } else {
      tellState('lost');
    }
  });
}

function take(event) {
  heard = Date.now();
  const told = JSON.parse(event.data);
  setNow(told.now);
  told.gone.forEach((key) => pieces.delete(key));
  Object.entries(told.set).forEach(([key, value]) => pieces.set(key, value));
  tellState('live');
  tell(new Set([...Object.keys(told.set), ...told.gone]));
}
