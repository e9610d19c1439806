// The page: one stream of news, and sections that show what they care about.

import { showBatches } from './batches.js';
import { showCaches } from './caches.js';
import { byId, say } from './dom.js';
import { beginJobDialog, refreshJob } from './job.js';
import { beginJobs, refreshJobs } from './jobs.js';
import { beginOverview, showOverview } from './overview.js';
import { begin as beginSession, isLocked, news } from './session.js';
import { follow, reopen } from './stream.js';
import { tick } from './table.js';
import { showWorkers } from './workers.js';

const STATES = { live: 'live', lost: 'not connected, trying again', paused: 'paused', full: 'too many pages are open' };
let state = 'connecting';
let listening = false;
let everLive = false;

function showAll(changed) {
  const has = (prefix) => changed === null || [...changed].some((key) => key.startsWith(prefix));
  if (has('totals') || has('queue') || has('timeline') || has('worker')) {
    showOverview();
  }
  if (has('batch') || has('totals')) {
    showBatches();
  }
  if (has('worker')) {
    showWorkers();
    showCaches();
  }
  if (has('totals') || has('batch') || has('worker')) {
    refreshJobs();
    refreshJob();
  }
}

function showState(next) {
  if (next === state) {
    return;
  }
  if (state === 'live' && next === 'lost') {
    news('The connection to the console is lost; what is shown may be old.', true);
  } else if (next === 'live' && state === 'lost' && everLive) {
    news('Connected again.');
  }
  state = next;
  everLive = everLive || next === 'live';
  byId('link').className = `link ${next}`;
  say(byId('link-text'), STATES[next] ?? next);
}

function sessionChanged() {
  if (isLocked()) {
    return;
  }
  if (!listening) {
    listening = true;
    follow(showAll, showState);
  } else if (state === 'lost') {
    reopen();
  }
  showAll(null);
}

beginOverview();
beginJobs();
beginJobDialog();
setInterval(tick, 1000);
beginSession(sessionChanged).catch(() => showState('lost'));
