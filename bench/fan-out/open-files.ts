import { execFileSync } from 'node:child_process';

/** Files of a process that are no sockets of clients. */
const OTHER_FILES = 200;

/**
 * How many sockets one process may hold here. Node and the loop in C raise their own limit to what is allowed at all,
 * so that is what counts.
 */
export function socketsMax(): number {
  const allowed = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return allowed === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(allowed) - OTHER_FILES;
}
