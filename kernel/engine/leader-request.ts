import { DomainError, Obstacle } from '../model/errors.ts';
import { textHash } from '../model/text-hash.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rpc } from '../ports/rpc.ts';
import type { ElectionLimits } from './elected-writer.ts';

/** A command on its way to whoever leads. */
export interface HandedCommand {
  readonly command: unknown;
  readonly commandId: string;
  readonly payloadHash: string;
}

/** The leader's answer, and the batch that it is in at the latest. */
export interface LeaderAnswer {
  readonly answer: unknown;
  readonly seq: number;
  /** Who answered. */
  readonly leader: string;
}

export interface LeaderRequestParts {
  readonly context: string;
  readonly rpc: Rpc;
  readonly clock: Clock;
  readonly limits: ElectionLimits;
  /** Where the leader of the moment is asked, as far as is known, at the first attempt and at later ones. */
  subject(attempt: number): string;
  /** Whether asking makes sense; not without a connection, nor when this process leads now. */
  isWorthAsking(): boolean;
  /** Tells when another process begins to lead and can be asked. @returns stops it */
  onNewLeader(listener: () => void): () => void;
}

/**
 * Asks the leader until it answers, again and again under the same command id; at once when another process begins to
 * lead, whatever the one before still does, because one that stands still does not even refuse.
 * @throws {Obstacle} CONTEXT_UNAVAILABLE after `commandWaitMs`, or when asking makes no sense; the outcome is unknown
 * @throws {DomainError} what the leader decided
 */
export async function askLeader(parts: LeaderRequestParts, handed: HandedCommand): Promise<LeaderAnswer> {
  const { clock, limits } = parts;
  const untilMs = clock.nowMs() + limits.commandWaitMs;
  for (let attempt = 1; ; attempt++) {
    const leftMs = untilMs - clock.nowMs();
    const change = nextLeader(parts);
    try {
      const answer = await Promise.race([askOnce(parts, handed, { attempt, leftMs }), change.began]);
      if (answer) return answer;
    } catch (error) {
      if (!mayBeAnotherLeader(error) || leftMs <= limits.leaderRetryMs || !parts.isWorthAsking()) throw error;
      const restMs = limits.leaderRetryMs * jitterOf(`${handed.commandId}/${attempt}`);
      await Promise.race([new Promise<void>((resolve) => clock.after(restMs, resolve)), change.began]);
    } finally {
      change.stop();
    }
    // Whoever leads now is asked by name first.
    if (change.hasBegun()) attempt = 0;
  }
}

async function askOnce(
  parts: LeaderRequestParts,
  handed: HandedCommand,
  { attempt, leftMs }: { readonly attempt: number; readonly leftMs: number },
): Promise<LeaderAnswer> {
  const timeoutMs = Math.max(1, Math.min(parts.limits.leaderAnswerMs, leftMs));
  const asked = { timeoutMs, correlationId: handed.commandId };
  return (await parts.rpc.request(parts.subject(attempt), handed, asked)) as LeaderAnswer;
}

interface LeaderChange {
  readonly began: Promise<void>;
  hasBegun(): boolean;
  stop(): void;
}

function nextLeader(parts: LeaderRequestParts): LeaderChange {
  let hasBegun = false;
  let stop: () => void = () => undefined;
  const began = new Promise<void>((resolve) => {
    stop = parts.onNewLeader(() => {
      hasBegun = true;
      resolve();
    });
  });
  return { began, hasBegun: () => hasBegun, stop };
}

/** From a half to one, so that those who wait for the same leader do not ask it in step; the same for the same seed. */
function jitterOf(seed: string): number {
  return 0.5 + (textHash(seed) >>> 0) / 2 ** 33;
}

/** Nobody leads, or the one who did has ended; a decision is not asked for twice. */
function mayBeAnotherLeader(error: unknown): boolean {
  return !(error instanceof DomainError) || (error instanceof Obstacle && error.code === 'CONTEXT_UNAVAILABLE');
}
