import { unwatchFile, watchFile } from 'node:fs';

/**
 * Calls `changed` after the file was replaced or written. Looks at the file itself at an interval, because events of the
 * file system miss what deployments do: a link that is turned, a mount that is exchanged.
 * @returns stops watching
 */
export function watchForChange(file: string, intervalMs: number, changed: () => void): () => void {
  const listener = (now: { mtimeMs: number; ino: number; size: number }, before: typeof now): void => {
    const isSame = now.mtimeMs === before.mtimeMs && now.ino === before.ino && now.size === before.size;
    // A file that is gone for a moment is being replaced.
    if (!isSame && now.ino !== 0) changed();
  };
  watchFile(file, { interval: intervalMs, persistent: false }, listener);
  return () => unwatchFile(file, listener);
}
