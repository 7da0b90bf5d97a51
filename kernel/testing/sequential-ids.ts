import type { Ids } from '../ports/ids.ts';

/** 2026-01-05T09:00:00Z, as the time part of the ids. */
const TIME_MS = Date.UTC(2026, 0, 5, 9);

/** Ids that look like UUIDv7 and are the same in every run; another `stream` gives other ids. */
export class SequentialIds implements Ids {
  readonly #stream: number;
  #next = 1;
  #epoch = 1;

  constructor(stream: number = 0) {
    this.#stream = stream;
  }

  next(): string {
    const time = hex(TIME_MS, 12);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(this.#stream, 3)}-8000-${hex(this.#next++, 12)}`;
  }

  epoch(): string {
    return `${this.#stream.toString(36)}epoch${this.#epoch++}`.padStart(16, '0');
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
