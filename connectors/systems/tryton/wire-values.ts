/*
 * Tryton sends what JSON has no type for as an object with the member `__class__`.
 * Source: trytond 6.0, trytond/protocols/jsonrpc.py
 */

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A decimal as Tryton takes it. */
export function wireDecimal(decimal: string): unknown {
  return { __class__: 'Decimal', decimal };
}

/** A calendar day such as `2026-11-21`. */
export function wireDate(day: string): unknown {
  const [, year, month, date] = DATE.exec(day) ?? [];
  return { __class__: 'date', year: Number(year), month: Number(month), day: Number(date) };
}

/** An instant; Tryton's own times are UTC without a zone. */
export function wireInstant(atMs: number): unknown {
  const at = new Date(atMs);
  return {
    __class__: 'datetime',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    microsecond: at.getUTCMilliseconds() * 1_000,
  };
}

/**
 * An answer in plain values: decimals as their text, days as `YYYY-MM-DD`, instants as ISO text in UTC with microseconds,
 * spans of time as seconds, bytes as base64.
 */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  const { __class__: name, ...members } = value as Readonly<Record<string, unknown>>;
  switch (name) {
    case 'Decimal':
      return String(members['decimal']);
    case 'date':
      return dayText(members);
    case 'datetime':
      return `${dayText(members)}T${clockText(members)}Z`;
    case 'time':
      return clockText(members);
    case 'timedelta':
      return members['seconds'];
    case 'bytes':
      return members['base64'];
    default:
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
  }
}

type Parts = Readonly<Record<string, unknown>>;

function dayText(parts: Parts): string {
  return `${digits(parts['year'], 4)}-${digits(parts['month'], 2)}-${digits(parts['day'], 2)}`;
}

function clockText(parts: Parts): string {
  const [hour, minute, second] = ['hour', 'minute', 'second'].map((part) => digits(parts[part], 2));
  return `${hour}:${minute}:${second}.${digits(parts['microsecond'] ?? 0, 6)}`;
}

function digits(value: unknown, length: number): string {
  return String(value).padStart(length, '0');
}
