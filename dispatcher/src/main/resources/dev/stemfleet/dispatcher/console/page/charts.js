// Plots drawn as SVG, each with a sentence and a table for those who do not see them.

import { h, s, say } from './dom.js';
import { clock, count, plural, stretch } from './format.js';

const HEIGHT = 150;
const PAD = { left: 40, right: 8, top: 10, bottom: 22 };

/** Jobs that ended, as columns: those that failed stand on those that went well. */
export function drawEnded(figure, timeline) {
  const { done, failed } = timeline;
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  draw(figure, timeline, {
    title: `Jobs ended per ${stretch(timeline.stepSeconds)}`,
    summary: `${plural(sum(done), 'job')} done and ${count(sum(failed))} failed in this time; at most ${count(top(done, failed))} in one stretch.`,
    most: top(done, failed),
    columns: ['Done', 'Failed'],
    values: (i) => [done[i], failed[i]],
    legend: [['done', 'done'], ['failed', 'failed']],
    shapes: (x, y, width) => done.flatMap((value, i) => [
      column(x(i), y(value), width, y(0), 'done'),
      column(x(i), y(value + failed[i]), width, y(value), 'failed'),
    ]),
  });
}

/** Jobs that had not ended: what waits and what runs, as an area. */
export function drawOpen(figure, timeline) {
  const { open } = timeline;
  draw(figure, timeline, {
    title: 'Jobs open: waiting or running',
    summary: `${plural(open.at(-1), 'job')} open now; at most ${count(Math.max(...open))} in this time.`,
    most: Math.max(...open),
    columns: ['Open'],
    values: (i) => [open[i]],
    legend: [],
    shapes: (x, y, width) => {
      const line = open.map((value, i) => `${i ? 'L' : 'M'}${x(i)},${y(value)}H${x(i) + width + 1}`).join('');
      return [
        s('path', { class: 'area', d: `${line}V${y(0)}H${x(0)}Z` }),
        s('path', { class: 'line', d: line }),
      ];
    },
  });
}

function top(done, failed) {
  return Math.max(...done.map((value, i) => value + failed[i]));
}

function column(x, y, width, foot, state) {
  return foot - y < 0.1 ? null : s('rect', { class: `is-${state}`, x, y, width, height: foot - y, rx: Math.min(1.5, width / 3) });
}

function draw(figure, timeline, plot) {
  const parts = (figure.parts ??= make(figure, plot));
  const width = Math.max(220, figure.clientWidth - 34);
  const steps = timeline.open.length;
  const most = nice(plot.most);
  const step = (width - PAD.left - PAD.right) / steps;
  const x = (i) => PAD.left + i * step;
  const y = (value) => PAD.top + (HEIGHT - PAD.top - PAD.bottom) * (1 - value / most);
  const begins = (i) => Date.parse(timeline.from) + i * timeline.stepSeconds * 1000;
  parts.svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  parts.svg.setAttribute('aria-label', `${plot.title}. ${plot.summary}`);
  parts.drawing.replaceChildren(
    ...grid(most, y, width), ...times(begins, steps, x),
    ...plot.shapes(x, y, Math.max(0.8, step - 1)).filter((shape) => shape !== null));
  say(parts.title, plot.title);
  parts.at = (clientX) => {
    const box = parts.svg.getBoundingClientRect();
    const i = Math.floor((((clientX - box.left) / box.width) * width - PAD.left) / step);
    return i < 0 || i >= steps ? null : i;
  };
  parts.tell = (i) => {
    parts.mark.setAttribute('visibility', i === null ? 'hidden' : 'visible');
    if (i !== null) {
      parts.mark.setAttribute('x', x(i));
      parts.mark.setAttribute('width', step);
    }
    say(parts.reading, i === null ? plot.summary : `${clock(begins(i))}: ${plot.values(i).map((value, c) => `${count(value)} ${plot.columns[c].toLowerCase()}`).join(', ')}`);
  };
  parts.tell(null);
  parts.fillTable = () => parts.rows.replaceChildren(...Array.from({ length: steps }, (_, i) =>
    h('tr', {}, h('th', { scope: 'row' }, clock(begins(i))), plot.values(i).map((value) => h('td', { class: 'num' }, count(value))))));
  if (parts.details.open) {
    parts.fillTable();
  }
}

function make(figure, plot) {
  const mark = s('rect', { class: 'mark', y: PAD.top, height: HEIGHT - PAD.top - PAD.bottom, visibility: 'hidden' });
  const drawing = s('g');
  const parts = {
    mark, drawing,
    title: h('span'),
    reading: h('span', { class: 'reading' }),
    svg: s('svg', { role: 'img', height: HEIGHT, preserveAspectRatio: 'none' }, mark, drawing),
    rows: h('tbody'),
  };
  parts.details = h('details', {}, h('summary', {}, 'As a table'),
    h('div', { class: 'scroll short', role: 'region', 'aria-label': `${plot.title}, table`, tabindex: 0 },
      h('table', {}, h('thead', {}, h('tr', {}, ['From', ...plot.columns].map((name) => h('th', { scope: 'col' }, name)))), parts.rows)));
  parts.details.addEventListener('toggle', () => parts.fillTable?.());
  parts.svg.addEventListener('pointermove', (event) => parts.tell(parts.at(event.clientX)));
  parts.svg.addEventListener('pointerleave', () => parts.tell(null));
  figure.replaceChildren(
    h('figcaption', {}, parts.title, h('span', { class: 'legend' }, plot.legend.map(([state, word]) =>
      h('span', {}, h('span', { class: `key is-${state}`, 'aria-hidden': 'true' }), word)))),
    parts.svg, parts.reading, parts.details);
  return parts;
}

function nice(most) {
  if (most <= 4) {
    return 4;
  }
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((factor) => factor * power).find((value) => value >= most);
}

function grid(most, y, width) {
  return [0, most / 2, most].flatMap((value) => [
    s('line', { class: 'grid', x1: PAD.left, x2: width - PAD.right, y1: y(value), y2: y(value) }),
    s('text', { x: PAD.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, count(value)),
  ]);
}

function times(begins, steps, x) {
  return [0, Math.floor(steps / 3), Math.floor((2 * steps) / 3), steps].map((i) =>
    s('text', { x: x(i), y: HEIGHT - 6, 'text-anchor': i === 0 ? 'start' : i === steps ? 'end' : 'middle' }, clock(begins(i))));
}
