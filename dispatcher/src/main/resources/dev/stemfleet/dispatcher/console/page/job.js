// One job, in a dialog: where it stands, why, and what it made.

import { byId, h, named, plain, say } from './dom.js';
import { bytes, percent, plural, span, time } from './format.js';
import { confirmCancel, retry } from './jobs.js';
import { makePlayer } from './player.js';
import { badge } from './table.js';

let shown = null;
let state = '';
let player = null;

export function beginJobDialog() {
  const dialog = byId('job-dialog');
  dialog.addEventListener('close', () => {
    player?.stop();
    player = null;
    shown = null;
    dialog.replaceChildren();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
}

export async function openJob(jobId) {
  shown = jobId;
  state = '';
  if (await load() && !byId('job-dialog').open) {
    byId('job-dialog').showModal();
  }
}

/** Shows a job that changed anew; what plays goes on. */
export function refreshJob() {
  if (shown !== null && byId('job-dialog').open) {
    load();
  }
}

async function load() {
  const jobId = shown;
  try {
    const answer = await fetch(`/api/jobs/${jobId}`);
    if (!answer.ok || jobId !== shown) {
      return false;
    }
    const detail = await answer.json();
    if (detail.job.run + detail.job.state !== state) {
      state = detail.job.run + detail.job.state;
      show(detail);
    } else {
      showProgress(detail.job);
    }
    return true;
  } catch {
    return false;
  }
}

function show(detail) {
  const { job, result } = detail;
  const sign = badge(job.state);
  player?.stop();
  player = null;
  const dialog = byId('job-dialog');
  const close = h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Close');
  const again = h('button', { type: 'button', class: 'steer', hidden: job.state !== 'failed', onclick: () => retry({ job: job.jobId }) }, 'Retry');
  const end = h('button', { type: 'button', class: 'quiet steer', hidden: !['queued', 'running', 'retrying'].includes(job.state), onclick: () => confirmCancel({ job: job.jobId }, job.name) }, 'Cancel');
  const videos = (result?.files ?? []).map((file, number) => ({ ...file, number })).filter((file) => file.product);
  if (videos.length > 0) {
    player = makePlayer(job, videos);
  }
  dialog.replaceChildren(
    h('header', { class: 'dialog-head' },
      h('div', {}, h('h2', { id: 'job-title' }, named(job.name)), h('p', { class: 'under' }, `${plain(job.channel) || 'unknown channel'} · ${plain(job.batch)}`)),
      sign.element, close),
    h('p', { class: 'words', id: 'job-progress' }),
    ...reasons(detail),
    player?.element ?? frame(job),
    h('div', { class: 'answers start', hidden: again.hidden && end.hidden }, again, end),
    facts(detail),
    ...(result ? [files(job, result)] : []));
  showProgress(job);
}

function showProgress(job) {
  const place = byId('job-progress');
  if (place !== null) {
    say(place, job.state === 'running' ? `${job.stage || 'begun'} ${percent(job.fraction)}, ${percent(job.overall)} of the job` : '');
    place.hidden = job.state !== 'running';
  }
}

function reasons(detail) {
  const list = [];
  const { failure } = detail.job;
  if (failure) {
    list.push(h('div', { class: 'alert bad' },
      h('p', {}, h('strong', {}, `In ${plain(failure.stage)}: `), failure.cause),
      h('p', {}, `What to do: ${plain(failure.advice)}`)));
  }
  detail.warnings.forEach((warning) => list.push(h('p', { class: 'alert warn' }, warning)));
  if (detail.hint) {
    list.push(h('p', { class: 'alert info' }, detail.hint));
  }
  return list;
}

/** Before there are videos: what they will show. */
function frame(job) {
  if (job.channel === '') {
    return null;
  }
  const image = h('img', { src: `/frames/${job.jobId}/acapella`, alt: `Frame of ${plain(job.channel)}’s acapella video`, width: 1280, height: 720 });
  const figure = h('figure', { class: 'frame' }, image, h('figcaption', {}, `The frame of ${plain(job.channel)}, with the cover where it is known`));
  image.addEventListener('error', () => figure.remove());
  return figure;
}

function facts(detail) {
  const { job, result } = detail;
  const rows = [
    ['Worker', job.worker], ['Try', detail.attempt], ['Took', detail.seconds === undefined ? null : span(detail.seconds)],
    ['Since', job.since ? time(job.since) : null],
    ['Model', result?.model?.id], ['Video coder', result?.videoEncoder], ['Loudness', loudness(result?.loudness)],
    ['Loads', result?.caches ? loads(result.caches) : null],
    ['Stages', result ? stages(result.stageSeconds) : null],
    ['Folder', job.directory], ['Job', job.jobId], ['Run', job.run],
  ];
  return h('dl', { class: 'facts' }, rows.filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
}

function loudness(facts) {
  return facts?.integratedLufs === undefined ? null : `${facts.integratedLufs.toFixed(1)} LUFS, gain ${facts.gainDb.toFixed(1)} dB`;
}

function loads(caches) {
  const pictures = caches.backgroundLoads + caches.thumbnailLoads + caches.watermarkLoads + caches.iconLoads;
  const hits = caches.backgroundHits + caches.thumbnailHits + caches.watermarkHits + caches.iconHits;
  return `${plural(pictures, 'picture')} loaded, ${hits} found; ${plural(caches.separations, 'separation')}, ${plural(caches.audioEncodes, 'stem')} encoded`;
}

function stages(seconds) {
  return Object.entries(seconds).sort((a, b) => b[1] - a[1]).slice(0, 5)
    .map(([stage, took]) => `${plain(stage)} ${span(took)}`).join(', ');
}

function files(job, result) {
  return h('details', { class: 'files' }, h('summary', {}, `Files (${result.files.length})`),
    h('ul', {}, result.files.map((file, number) => h('li', {},
      h('a', { href: `/media/${job.jobId}/${number}`, download: file.path.split('/').at(-1) }, named(file.path.split('/').at(-1))),
      h('span', { class: 'under' }, ` ${bytes(file.bytes)}`)))));
}
