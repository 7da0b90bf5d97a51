import type { Telemetry } from '../../kernel/ports/telemetry.ts';

/**
 * Tells of promises that were rejected and left alone, and goes on. graphql-js 16 leaves such promises behind when one
 * item of a list fails at once beside others that fail later; the client has its error already, and everybody else
 * must not lose the process for it. What must end the process says so by itself.
 */
export function outliveRejections({ count, log }: Pick<Telemetry, 'count' | 'log'>): void {
  process.on('unhandledRejection', (reason) => {
    count('unhandled_rejections_total');
    const stack = reason instanceof Error ? reason.stack : undefined;
    log('error', 'a promise was rejected and nobody heard it', { reason: String(reason), stack });
  });
}
