// Jobs, a page at a time, asked for when something changed and somebody looks.

import { byId, h, keyed, named, plain, say } from './dom.js';
import { count, percent, plural } from './format.js';
import { openJob } from './job.js';
import { act, ask, isLocked, maySteer, news } from './session.js';
import { badge, bar, since } from './table.js';

const PAUSE = 1_000;
const query = { state: '', batch: '', q: '', page: 1 };
let pending = null;
let asked = 0;
let asking = false;

export function beginJobs() {
  byId('job-filters').addEventListener('submit', (event) => event.preventDefault());
  byId('job-words').addEventListener('input', () => filterJobs({ q: byId('job-words').value }));
  byId('job-state').addEventListener('change', () => filterJobs({ state: byId('job-state').value }));
  byId('jobs-back').addEventListener('click', () => turn(-1));
  byId('jobs-on').addEventListener('click', () => turn(1));
  byId('ask-no').addEventListener('click', () => byId('ask-dialog').close());
  document.addEventListener('visibilitychange', refreshJobs);
}

/** Shows the jobs that are like this. */
export function filterJobs(changes, go = false) {
  Object.assign(query, changes, { page: 1 });
  byId('job-state').value = query.state;
  byId('job-batch').replaceChildren(...(query.batch === '' ? [] : [h('span', {}, 'Batch ', named(query.batch)),
    h('button', { type: 'button', class: 'bare', 'aria-label': 'Show all batches', onclick: () => filterJobs({ batch: '' }) }, '✕')]));
  if (go) {
    byId('jobs').scrollIntoView({ block: 'start' });
    byId('jobs-title').focus({ preventScroll: true });
  }
  soon(150);
}

function turn(by) {
  query.page = Math.max(1, query.page + by);
  soon(0);
}

/** Asks again, not more often than somebody can read. */
export function refreshJobs() {
  soon(Math.max(0, asked + PAUSE - Date.now()));
}

function soon(wait) {
  if (document.hidden || isLocked()) {
    return;
  }
  clearTimeout(pending);
  pending = setTimeout(load, wait);
}

async function load() {
  if (asking) {
    return soon(PAUSE);
  }
  asking = true;
  asked = Date.now();
  try {
    const answer = await fetch(`/api/jobs?${new URLSearchParams(query)}`);
    if (answer.ok) {
      show(await answer.json());
    }
  } catch {
    return; // The stream tells that the console is away.
  } finally {
    asking = false;
  }
}

function show(page) {
  if (page.pages > 0 && page.page > page.pages) {
    query.page = page.pages;
    return soon(0);
  }
  keyed(byId('job-rows'), page.jobs, (job) => job.jobId, make);
  byId('jobs-empty').hidden = page.total > 0;
  const first = (page.page - 1) * 50 + 1;
  say(byId('jobs-place'), page.total === 0 ? '' : `${count(first)}–${count(first + page.jobs.length - 1)} of ${plural(page.total, 'job')}`);
  byId('jobs-back').disabled = page.page <= 1;
  byId('jobs-on').disabled = page.page >= page.pages;
}

function make(job) {
  const state = badge(job.state);
  const track = named(job.name);
  const where = h('span', { class: 'under' });
  const reason = h('td', { class: 'grow wide reason' });
  const worker = h('td', { class: 'wide nowrap' });
  const time = since();
  const again = h('button', { type: 'button', class: 'quiet steer', onclick: () => retry({ job: job.jobId }) }, 'Retry');
  const end = h('button', { type: 'button', class: 'quiet steer', onclick: () => confirmCancel({ job: job.jobId }, job.name) }, 'Cancel');
  const element = h('tr', { 'data-job': job.jobId },
    h('th', { scope: 'row' }, h('button', { type: 'button', class: 'bare', onclick: () => openJob(job.jobId) }, track), where),
    h('td', {}, state.element), reason, worker, h('td', { class: 'wide' }, time.element), h('td', { class: 'actions' }, again, end));
  const progress = bar('Progress of the job');
  const stage = h('span', { class: 'words' });
  return {
    element,
    update(now) {
      say(track, now.name);
      track.title = plain(now.name);
      say(where, `${now.channel || 'unknown channel'} · ${now.batch}`);
      state.show(now.state);
      if (now.state === 'running') {
        progress.show(now.overall);
        say(stage, `${now.stage || 'begun'} ${percent(now.fraction)}`);
        if (stage.parentNode !== reason) {
          reason.replaceChildren(progress.element, stage);
        }
      } else {
        say(reason, now.failure ? `${now.failure.cause}` : '');
      }
      say(worker, now.worker ?? '–');
      time.show(now.since);
      again.hidden = now.state !== 'failed';
      end.hidden = !['queued', 'running', 'retrying'].includes(now.state);
      again.setAttribute('aria-label', `Retry ${plain(now.name)}, ${plain(now.channel)}`);
      end.setAttribute('aria-label', `Cancel ${plain(now.name)}, ${plain(now.channel)}`);
    },
  };
}

/** Sends failed jobs again. */
export async function retry(target) {
  const sent = await act('/api/retry', target);
  if (sent !== null) {
    news(sent.jobs === 0 ? 'No failed job was left to be sent again.' : `${plural(sent.jobs, 'job')} sent again.`);
    refreshJobs();
  }
}

/** Asks once more, then ends jobs. */
export function confirmCancel(target, name) {
  if (!maySteer()) {
    ask();
    return;
  }
  const whole = target.batch !== undefined;
  say(byId('ask-title'), whole ? 'Cancel the batch?' : 'Cancel the job?');
  say(byId('ask-text'), `${plain(name)}: what waits is not begun, what runs stops within moments. What was made stays.`);
  say(byId('ask-yes'), whole ? 'Cancel batch' : 'Cancel job');
  byId('ask-yes').onclick = async () => {
    byId('ask-dialog').close();
    const done = await act('/api/cancel', target);
    if (done !== null) {
      news(`Cancelled: ${done.open} of ${plural(done.jobs, 'job')} had not ended.`);
      refreshJobs();
    }
  };
  byId('ask-dialog').showModal();
}
