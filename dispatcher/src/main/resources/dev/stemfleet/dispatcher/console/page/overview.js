// The whole fleet at a glance: figures, what is wrong, plots, the queue.

import { drawEnded, drawOpen } from './charts.js';
import { byId, h, keyed, named, plain, say } from './dom.js';
import { count, left, plural } from './format.js';
import { filterJobs } from './jobs.js';
import { piece, piecesOf } from './stream.js';
import { bar } from './table.js';

const WINDOWS = [['15m', '15 min'], ['1h', '1 h'], ['6h', '6 h'], ['24h', '24 h']];
let shown = '1h';

export function beginOverview() {
  WINDOWS.forEach(([key, label]) => {
    const input = h('input', { type: 'radio', name: 'window', value: key, onchange: () => {
      shown = key;
      drawPlots();
    } });
    input.checked = key === shown;
    byId('windows').append(h('label', {}, input, h('span', {}, label)));
  });
  new ResizeObserver(drawPlots).observe(byId('chart-ended'));
}

export function showOverview() {
  const totals = piece('totals');
  if (totals === undefined) {
    return;
  }
  showTiles(totals);
  showAlerts(totals);
  showQueue();
  drawPlots();
}

function drawPlots() {
  const timeline = piece(`timeline/${shown}`);
  if (timeline !== undefined) {
    drawEnded(byId('chart-ended'), timeline);
    drawOpen(byId('chart-open'), timeline);
  }
}

function showTiles(totals) {
  const { counts } = totals;
  const leftOver = piecesOf('batch/').map((batch) => batch.secondsLeft).filter((s) => s !== undefined);
  const waiting = counts.queued + counts.retrying;
  const open = waiting + counts.running;
  const tiles = [
    { key: 'running', label: 'Running', value: count(counts.running), state: 'running' },
    { key: 'queued', label: 'Waiting', value: count(waiting), state: 'queued',
      more: counts.retrying > 0 ? `${count(counts.retrying)} after a failed try` : '' },
    { key: 'failed', label: 'Failed', value: count(counts.failed), state: counts.failed > 0 ? 'failed' : '' },
    { key: 'done', label: 'Done', value: count(counts.done), state: 'done' },
    { key: '', label: 'Workers alive', value: count(totals.workers), state: totals.workers > 0 ? '' : 'failed' },
    { key: '', label: 'Time left', value: open === 0 ? 'idle' : left(leftOver.length ? Math.max(...leftOver) : null), state: '',
      more: open === 0 ? 'nothing waits' : leftOver.length ? 'of the longest batch' : 'not known yet' },
  ];
  keyed(byId('tiles'), tiles, (tile) => tile.label, makeTile);
}

function makeTile() {
  const label = h('dt');
  const value = h('dd', { class: 'value' });
  const more = h('dd', { class: 'more' });
  const element = h('div', {}, label, value, more);
  let button = null;
  return {
    element,
    update(tile) {
      element.className = `tile${tile.state ? ` is-${tile.state}` : ''}`;
      if (label.firstChild === null) {
        button = tile.key === '' ? null : h('button', { type: 'button', class: 'bare', onclick: () => filterJobs({ state: tile.key, batch: '' }, true), 'aria-description': 'shows these jobs' }, tile.label);
        label.append(button ?? tile.label);
      }
      say(value, tile.value);
      say(more, tile.more ?? '');
    },
  };
}

function showAlerts(totals) {
  const alerts = [];
  const queue = piece('queue');
  if (totals.trouble || queue?.trouble) {
    alerts.push(['bad', `The topics cannot be read now, so what is shown may be old. ${plain(totals.trouble ?? queue.trouble)}`]);
  } else if (totals.reading) {
    alerts.push(['info', 'The history is being read; the figures are not complete yet.']);
  }
  if (queue?.nearlyFull) {
    alerts.push(['bad', 'The queue’s window is nearly full: one job holds the others up, see below.']);
  }
  for (const worker of piecesOf('worker/')) {
    if (worker.lost) {
      alerts.push(['bad', `${plain(worker.last.worker)} on ${plain(worker.last.host)} has fallen silent; its jobs go to other workers.`]);
    } else if (worker.last.state === 'unfit') {
      alerts.push(['bad', `${plain(worker.last.worker)} takes no more jobs: ${plain(worker.last.device)} failed several in a row. Check it, then start the worker anew.`]);
    } else if (worker.missingRoots.length > 0 && worker.last.state !== 'stopped') {
      alerts.push(['warn', `${plain(worker.last.worker)} does not map ${worker.missingRoots.map(plain).join(', ')}, which open jobs need.`]);
    }
  }
  if (totals.workers === 0 && totals.counts.queued > 0) {
    alerts.push(['warn', 'Jobs wait, and no worker is alive.']);
  }
  if (totals.unreadable > 0) {
    alerts.push(['info', `${plural(totals.unreadable, 'message')} cannot be read by this version.`]);
  }
  keyed(byId('alerts'), alerts, ([kind, text]) => kind + text, ([kind, text]) => ({
    element: h('p', { class: `alert ${kind}` }, text), update() {},
  }));
}

function showQueue() {
  const queue = piece('queue');
  const place = byId('queue');
  const part = (place.queueParts ??= makeQueue(place));
  const use = queue?.use;
  say(part.waiting, use ? plural(use.waiting, 'job') : 'not known');
  const windowed = use && use.window > 0;
  part.bar.element.hidden = !windowed;
  if (windowed) {
    const taken = Math.min(use.span, use.window);
    part.bar.show(taken / use.window);
    say(part.window, `${count(taken)} of ${count(use.window)}`);
  } else {
    say(part.window, use ? 'none: a queue of mode group' : 'nobody has taken a job yet');
  }
  const holder = queue?.holder;
  part.holder.replaceChildren(...(holder ? [named(holder.name), ` for ${plain(holder.channel) || 'an unknown channel'}`] : ['no job is begun']));
}

function makeQueue(place) {
  const part = {
    waiting: h('dd'), window: h('span'), holder: h('dd'), bar: bar('Queue window in use'),
  };
  place.append(
    h('h3', {}, 'Queue'),
    h('dl', { class: 'facts' },
      h('div', {}, h('dt', {}, 'In the queue'), part.waiting),
      h('div', {}, h('dt', {}, 'Window in use'), h('dd', {}, part.window, part.bar.element)),
      h('div', {}, h('dt', {}, 'First that was begun, holds the window'), part.holder)));
  return part;
}
