// Numbers, spans of time and bytes, spelled as the command line spells them.

const COUNT = new Intl.NumberFormat('en');
let skew = 0;

/** The server's clock is the one that counts. */
export function setNow(iso) {
  skew = Date.parse(iso) - Date.now();
}

export function now() {
  return Date.now() + skew;
}

export function count(number) {
  return COUNT.format(number ?? 0);
}

export function plural(number, word) {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`;
}

export function percent(fraction) {
  return `${Math.floor(Math.min(1, Math.max(0, fraction || 0)) * 100)} %`;
}

export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (seconds < 9.95) {
    return `${Math.max(0, seconds).toFixed(1)} s`;
  }
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  }
  if (whole < 86400) {
    return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
  }
  return `${Math.floor(whole / 86400)} d ${Math.floor(whole / 3600) % 24} h`;
}

/** Whole seconds: what moves every second should not move the page. */
export function age(iso) {
  const seconds = Math.floor(Math.max(0, (now() - Date.parse(iso)) / 1000));
  return seconds < 60 ? `${seconds} s` : span(seconds);
}

/** Of a stretch: `minute`, `15 s`, `6 min`. */
export function stretch(seconds) {
  return seconds === 60 ? 'minute' : seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function left(seconds) {
  return seconds === undefined || seconds === null ? '~' : seconds < 60 ? `${Math.round(seconds)} s` : span(seconds);
}

export function bytes(number) {
  if (number < 1000) {
    return `${number} B`;
  }
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = number;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(value < 9.95 ? 1 : 0)} ${units[unit]}`;
}

export function time(iso) {
  return new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function two(number) {
  return String(number).padStart(2, '0');
}
