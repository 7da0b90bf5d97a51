import type { DiskPace } from '../disk-pace.ts';
import type { LogFile } from '../log-file.ts';

/** One that nobody waits for. */
export const SLOW_DISK: DiskPace = { isToWait: () => false, waited: () => undefined };

/** A disk that takes nothing until it is let. */
export class HeldLog implements LogFile {
  #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  #isHeld: boolean;

  constructor({ isHeld }: { readonly isHeld: boolean }) {
    this.#isHeld = isHeld;
  }

  /** How many wait for the disk. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async sync(): Promise<void> {
    if (!this.#isHeld) return;
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  syncNow(): void {
    // It is the test's own disk, which holds nobody up.
  }

  close(): void {
    this.letGo();
  }

  hold(): void {
    this.#isHeld = true;
  }

  letGo(): void {
    this.#isHeld = false;
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
