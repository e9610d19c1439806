// Batches with their progress; whole batches are retried and cancelled here.

import { confirmCancel, filterJobs, retry } from './jobs.js';
import { byId, h, keyed, named, say } from './dom.js';
import { count, left, percent, plural } from './format.js';
import { piece, piecesOf } from './stream.js';
import { inWords, since, stack } from './table.js';

const PARTS = ['done', 'failed', 'cancelled', 'running', 'retrying'];

export function showBatches() {
  const batches = piecesOf('batch/').sort(order);
  keyed(byId('batch-rows'), batches, (batch) => batch.name, make);
  byId('batches-empty').hidden = batches.length > 0;
  const all = piece('totals')?.batches ?? 0;
  byId('batches-more').hidden = all <= batches.length;
  say(byId('batches-more'), `The newest ${count(batches.length)} of ${plural(all, 'batch').replace('batchs', 'batches')}. Jobs of the others are found by the batch’s name.`);
}

function order(a, b) {
  return isOver(a) - isOver(b) || (b.submittedAt ?? '9').localeCompare(a.submittedAt ?? '9') || a.name.localeCompare(b.name);
}

function isOver(batch) {
  const c = batch.counts;
  return Number(c.queued + c.running + c.retrying === 0);
}

function total(c) {
  return c.queued + c.running + c.retrying + c.done + c.failed + c.cancelled;
}

function make(batch) {
  const bar = stack(PARTS);
  const words = h('span', { class: 'words' });
  const jobs = h('td', { class: 'num wide' });
  const time = h('td', { class: 'num wide' });
  const below = h('span', { class: 'words narrow' });
  const submitted = since();
  const again = h('button', { type: 'button', class: 'quiet steer', onclick: () => retry({ batch: batch.name }) }, 'Retry failed');
  const end = h('button', { type: 'button', class: 'quiet steer', onclick: () => confirmCancel({ batch: batch.name }, batch.name) }, 'Cancel');
  again.setAttribute('aria-label', `Retry failed jobs of ${batch.name}`);
  end.setAttribute('aria-label', `Cancel ${batch.name}`);
  const element = h('tr', { 'data-batch': batch.name },
    h('th', { scope: 'row' }, h('button', { type: 'button', class: 'bare', onclick: () => filterJobs({ batch: batch.name, state: '' }, true) }, named(batch.name))),
    h('td', { class: 'grow' }, bar.element, words, below),
    jobs, time, h('td', { class: 'wide' }, submitted.element), h('td', { class: 'actions' }, again, end));
  return {
    element,
    update(now) {
      const all = total(now.counts);
      bar.show(now.counts, all, now.overall, inWords(now.counts));
      say(words, `${percent(now.overall)} · ${inWords(now.counts)}${now.units ? ` · ${count(now.units.done)} of ${count(now.units.wanted)} takes` : ''}`);
      say(jobs, count(all));
      say(below, isOver(now) ? '' : `${left(now.secondsLeft)} left`);
      say(time, isOver(now) ? '–' : left(now.secondsLeft));
      submitted.show(now.submittedAt, ' ago');
      again.hidden = now.counts.failed === 0;
      end.hidden = Boolean(isOver(now));
    },
  };
}
