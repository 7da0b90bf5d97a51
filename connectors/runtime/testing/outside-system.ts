import type { TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { Simulator } from '../../simulators/runtime/simulator.ts';
import type { Connection, PolledConnection } from '../connection.ts';
import type { HttpLimits } from '../http-limits.ts';

/** Limits under which a test meets faults without waiting long for them. */
export const TEST_LIMITS: Partial<HttpLimits> = {
  attemptTimeoutMs: 20_000,
  backoffMinMs: 1,
  backoffMaxMs: 10,
  breakerFailures: 1_000,
};

/** Webhooks of simulators that are given up soon. */
export const TEST_WEBHOOKS = { attemptsMax: 3, backoffMs: 1, reorderHoldMs: 5 };

export interface ConnectOptions {
  readonly platform: TestPlatform;
  readonly webhookUrl: string;
}

/** A vendor behind a server that can be told to fail, and the adapter for it, as the contract suite of a port needs them. */
export interface PortUnderTest<Port> {
  readonly simulator: Simulator;
  connect(options: ConnectOptions): Promise<PolledConnection<Port>>;
}

/** A simulated vendor that also sends webhooks. */
export interface OutsideSystem<Port> extends PortUnderTest<Port> {
  readonly system: string;
  connect(options: ConnectOptions): Promise<Connection<Port>>;
  /** Makes the vendor send webhooks; a forger knows the address and not the secret. */
  subscribe(options: ConnectOptions & { readonly isForged: boolean }): Promise<void>;
  /** Something happens out there; another thing for each ordinal. */
  makeFact(ordinal: number): void;
  /** Whether the feed keeps every fact, or the newest state of each thing only. */
  readonly isFeedComplete: boolean;
  /** Whether webhooks tell what happened, or only where to look. */
  readonly doWebhooksTell: boolean;
}

/** Requests of which the look-ups are made: those for tokens are left out. */
export function lookUpCalls({ simulator }: { readonly simulator: Simulator }): number {
  return simulator.requests().filter(({ route }) => !route.includes('/token')).length;
}
