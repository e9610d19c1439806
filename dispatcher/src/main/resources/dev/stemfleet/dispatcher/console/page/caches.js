// Hits and loads of each cache, all live workers together.

import { byId, h, keyed, named, say } from './dom.js';
import { bytes, count } from './format.js';
import { piecesOf } from './stream.js';
import { bar } from './table.js';
import { isAway } from './workers.js';

export function showCaches() {
  const sums = new Map();
  for (const worker of piecesOf('worker/').filter((one) => !isAway(one))) {
    for (const cache of worker.last.caches) {
      const sum = sums.get(cache.name) ?? { name: cache.name, hits: 0, loads: 0, entries: 0, bytes: 0, evictions: 0 };
      for (const key of ['hits', 'loads', 'entries', 'bytes', 'evictions']) {
        sum[key] += cache[key];
      }
      sums.set(cache.name, sum);
    }
  }
  keyed(byId('cache-rows'), [...sums.values()], (cache) => cache.name, make);
  byId('caches-empty').hidden = sums.size > 0;
}

function make(cache) {
  const rate = bar(`Hit rate of ${cache.name}`);
  const words = h('span', { class: 'words' });
  const cells = ['hits', 'loads', 'entries', 'bytes', 'evictions'].map((key, i) => h('td', { class: i > 1 ? 'num wide' : 'num' }));
  return {
    element: h('tr', { 'data-cache': cache.name }, h('th', { scope: 'row' }, named(cache.name)), h('td', { class: 'grow' }, rate.element, words), cells),
    update(now) {
      const asked = now.hits + now.loads;
      rate.show(asked === 0 ? 0 : now.hits / asked);
      say(words, asked === 0 ? 'not asked yet' : `${((100 * now.hits) / asked).toFixed(1)} %`);
      [count(now.hits), count(now.loads), count(now.entries), now.bytes === 0 ? '–' : bytes(now.bytes), count(now.evictions)]
        .forEach((text, i) => say(cells[i], text));
    },
  };
}
