// Workers, a card each: what they hold, what they do, how they are.

import { byId, h, keyed, named, plain, say } from './dom.js';
import { count, percent } from './format.js';
import { openJob } from './job.js';
import { piecesOf } from './stream.js';
import { badge, bar, since } from './table.js';

export function showWorkers() {
  const workers = piecesOf('worker/').sort(
    (a, b) => isAway(a) - isAway(b) || a.last.worker.localeCompare(b.last.worker));
  keyed(byId('worker-rows'), workers, (worker) => worker.last.worker, make);
  byId('workers-empty').hidden = workers.length > 0;
}

export function isAway(worker) {
  return Number(worker.lost || worker.last.state === 'stopped');
}

function fact(label, ...value) {
  const dd = h('dd', {}, ...value);
  return { dd, element: h('div', {}, h('dt', {}, label), dd) };
}

function make(worker) {
  const id = worker.last.worker;
  const state = badge('idle');
  const heard = since();
  const resident = since();
  const device = fact('Device');
  const model = h('span');
  const models = fact('Model', model);
  const residency = fact('Resident for', resident.element);
  const served = fact('Served since then');
  const jobs = fact('Jobs since its start');
  const progress = bar(`Progress of ${plain(id)}`);
  const stage = h('span', { class: 'words' });
  const begun = since();
  const track = named('');
  let open = null;
  const work = h('div', { class: 'work' },
    h('button', { type: 'button', class: 'bare', onclick: () => open && openJob(open) }, track),
    progress.element, h('p', { class: 'words' }, stage, ' · ', begun.element));
  const element = h('article', { class: 'card worker', 'data-worker': id },
    h('header', {}, h('h3', {}, named(id)), state.element),
    h('p', { class: 'under' }, plain(worker.last.host), ` · process ${worker.last.pid} · heard `, heard.element),
    h('dl', { class: 'facts' }, device.element, models.element, residency.element, served.element, jobs.element),
    work);
  return {
    element,
    update(now) {
      const last = now.last;
      element.classList.toggle('away', Boolean(isAway(now)));
      state.show(now.lost ? 'lost' : last.state);
      heard.show(last.at, ' ago');
      say(device.dd, last.device);
      const resides = last.models ?? (last.model ? [last.model] : []);
      say(model, resides.length === 0 ? 'none' : resides.map((one) => one.id).join(', '));
      resident.show(last.model?.residentSince);
      say(served.dd, last.model ? count(last.model.jobsServed) : '–');
      say(jobs.dd, `${count(last.jobsDone)} done, ${count(last.jobsFailed)} failed`);
      showWork(now);
    },
  };

  function showWork(now) {
    const job = now.job;
    work.hidden = isAway(now) === 1 || (!job && !now.last.stage);
    open = job?.jobId ?? null;
    say(track, job?.name ?? now.last.jobId ?? '');
    progress.show(job?.overall ?? 0);
    say(stage, job?.state === 'retrying' ? 'waits for the next try' : `${job?.stage || now.last.stage || 'begun'} ${percent(job?.fraction)}`);
    begun.show(job?.since);
  }
}
