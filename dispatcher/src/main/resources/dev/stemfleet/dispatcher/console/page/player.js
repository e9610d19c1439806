// Plays what a job made: a stem at a time, with its waveform, over the frame of its channel.

import { h, plain, s, say } from './dom.js';
import { span } from './format.js';

const WIDTH = 600;
const HEIGHT = 72;

const ORDER = ['acapella', 'drums', 'bass', 'melody', 'instrumental', 'narration'];

/** @param given files of the job that can be heard, each with its number */
export function makePlayer(job, given) {
  const files = [...given].sort((a, b) => ORDER.indexOf(a.stem) - ORDER.indexOf(b.stem));
  const video = h('video', { controls: true, preload: 'metadata', playsinline: true });
  const wave = makeWave(video);
  const choices = h('fieldset', { class: 'segments' }, h('legend', { class: 'hidden' }, 'Stem'));
  const element = h('div', { class: 'player' }, video, wave.element, choices);
  files.forEach((file, i) => {
    const input = h('input', { type: 'radio', name: 'stem', onchange: () => choose(file, true) });
    input.checked = i === 0;
    const kind = file.product === 'video' ? '' : ` (${plain(file.product)})`;
    choices.append(h('label', {}, input, h('span', {}, `${plain(file.stem ?? 'sound')}${kind}`)));
  });
  choose(files[0], false);
  return {
    element,
    stop() {
      video.pause();
      video.removeAttribute('src');
      video.load();
    },
  };

  function choose(file, goOn) {
    const at = goOn ? video.currentTime : 0;
    const plays = goOn && !video.paused;
    video.poster = `/frames/${job.jobId}/${file.stem ?? 'acapella'}`;
    video.src = `/media/${job.jobId}/${file.number}`;
    video.setAttribute('aria-label', `${plain(job.name)}, ${plain(file.stem ?? 'sound')}`);
    if (at > 0) {
      video.addEventListener('loadedmetadata', () => {
        video.currentTime = Math.min(at, video.duration);
      }, { once: true });
    }
    if (plays) {
      video.play().catch(() => {});
    }
    wave.load(`/api/jobs/${job.jobId}/waveform/${file.number}`, file.stem ?? 'sound');
  }
}

function makeWave(video) {
  const all = s('path', { class: 'wave' });
  const played = s('path', { class: 'wave played' });
  const window = s('rect', { x: 0, y: 0, width: 0, height: HEIGHT });
  const svg = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', class: 'waveform', role: 'img' },
    s('clipPath', { id: 'played-part' }, window), all, s('g', { 'clip-path': 'url(#played-part)' }, played));
  const words = h('p', { class: 'words' });
  let latest = '';
  svg.addEventListener('click', (event) => {
    const box = svg.getBoundingClientRect();
    if (Number.isFinite(video.duration)) {
      video.currentTime = ((event.clientX - box.left) / box.width) * video.duration;
    }
  });
  const follow = () => {
    const part = Number.isFinite(video.duration) && video.duration > 0 ? video.currentTime / video.duration : 0;
    window.setAttribute('width', WIDTH * part);
  };
  video.addEventListener('timeupdate', follow);
  video.addEventListener('seeked', follow);
  return { element: h('div', {}, svg, words), load };

  async function load(address, stem) {
    latest = address;
    all.removeAttribute('d');
    played.removeAttribute('d');
    svg.setAttribute('aria-label', 'Waveform');
    say(words, 'The waveform is being made …');
    const answer = await fetch(address).catch(() => null);
    const wave = answer?.ok ? await answer.json() : null;
    if (address !== latest) {
      return;
    }
    if (wave === null) {
      say(words, 'There is no waveform of it.');
      return;
    }
    const highest = Math.max(1, ...wave.peaks);
    const shape = outline(wave.peaks, highest);
    all.setAttribute('d', shape);
    played.setAttribute('d', shape);
    const loudest = wave.levels.indexOf(Math.max(...wave.levels)) / wave.levels.length;
    svg.setAttribute('aria-label', `Waveform of ${plain(stem)}, loudest at ${span(loudest * wave.seconds)} of ${span(Math.round(wave.seconds))}`);
    say(words, `${plain(stem)}, ${span(Math.round(wave.seconds))}, peak ${(20 * Math.log10(highest / 255)).toFixed(1)} dBFS; click to go there`);
  }
}

/** Columns with a gap between them, each around the middle. */
function outline(peaks, highest) {
  const columns = 150;
  const step = WIDTH / columns;
  let path = '';
  for (let i = 0; i < columns; i++) {
    const part = peaks.slice(Math.floor((i * peaks.length) / columns), Math.max(Math.floor((i * peaks.length) / columns) + 1, Math.floor(((i + 1) * peaks.length) / columns)));
    const height = Math.max(1.5, (Math.max(...part) / highest) * (HEIGHT - 6));
    path += `M${(i * step).toFixed(1)},${((HEIGHT - height) / 2).toFixed(1)}h${(step * 0.66).toFixed(1)}v${height.toFixed(1)}h-${(step * 0.66).toFixed(1)}z`;
  }
  return path;
}
