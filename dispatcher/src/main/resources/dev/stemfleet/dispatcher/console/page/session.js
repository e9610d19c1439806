// Signing in, and what needs it.

import { byId, h, say } from './dom.js';

let signedIn = false;
let locked = false;
let onChange = () => {};

export function maySteer() {
  return signedIn;
}

/** Whether nothing at all is shown to who is not signed in. */
export function isLocked() {
  return locked && !signedIn;
}

/** Looks whether this browser is signed in; a token behind the # of the address signs it in. */
export async function begin(changed) {
  onChange = changed;
  byId('sign').addEventListener('click', () => (signedIn ? signOut() : ask()));
  byId('token-no').addEventListener('click', () => byId('token-dialog').close());
  byId('token-form').addEventListener('submit', (event) => {
    event.preventDefault();
    signIn(byId('token').value.trim());
  });
  window.addEventListener('hashchange', fromAddress);
  take(await (await fetch('/api/session')).json());
  await fromAddress();
  if (isLocked()) {
    ask();
  }
}

async function fromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) {
    history.replaceState(null, '', location.pathname);
    await signIn(token);
  }
}

export function ask() {
  say(byId('token-wrong'), '');
  byId('token').value = '';
  byId('token-dialog').showModal();
}

/** Does what changes something; says how it went. */
export async function act(path, body) {
  if (!signedIn) {
    ask();
    return null;
  }
  try {
    const answer = await post(path, body);
    if (answer.status === 401) {
      take({ signedIn: false, lockedForAll: locked });
      ask();
      return null;
    }
    if (!answer.ok) {
      news(await answer.text(), true);
      return null;
    }
    return await answer.json();
  } catch {
    news('The console does not answer.', true);
    return null;
  }
}

/** One line at the page's edge, read out once. */
export function news(text, bad = false) {
  const place = byId('news');
  place.className = 'news shown' + (bad ? ' bad' : '');
  place.replaceChildren(h('span', {}, text));
  clearTimeout(place.timer);
  place.timer = setTimeout(() => {
    place.className = 'news';
  }, 8_000);
}

async function signIn(token) {
  const answer = await post('/api/session', { token });
  if (!answer.ok) {
    if (!byId('token-dialog').open) {
      ask();
    }
    say(byId('token-wrong'), 'That is not the token of this console.');
    return;
  }
  byId('token-dialog').close();
  take(await answer.json());
}

async function signOut() {
  take(await (await post('/api/session/end', {})).json());
}

function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function take(state) {
  signedIn = state.signedIn;
  locked = state.lockedForAll;
  say(byId('version'), state.version ?? '');
  say(byId('sign'), signedIn ? 'Sign out' : 'Sign in');
  document.documentElement.classList.toggle('may-steer', signedIn);
  onChange();
}
