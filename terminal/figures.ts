const pad = (value: number): string => String(value).padStart(2, '0');

/** The time since a run began, as `day 0 02:14:30`. */
export const elapsedClock = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  return `day ${Math.floor(whole / 86_400)} ${pad(hours)}:${pad(minutes)}:${pad(whole % 60)}`;
};

/** Two units at most: `45 s`, `3 min 20 s`, `7 h 02 min`, `2 d 4 h`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) {
    const rest = whole % 60;
    return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
  }
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
};

/** `2026-01-10 22:00`, always in UTC; each output says so once. */
export const instant = (at: Date | string): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Time from now to an instant: `in 5 h 10 min`, `3 d 2 h ago`. */
export const distance = (at: Date | string, now: Date | string): string => {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
};

/** A whole number with thousands separators: `24,960`. */
export const count = (value: number): string =>
  String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
