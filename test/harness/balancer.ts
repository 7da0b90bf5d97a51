import type { HubClient } from '../../scripts/client/hub-client.ts';
import type { TestTopology } from './open-topology.ts';

/** Asks the gateways in turn, and goes to the next one when a gateway does not take the connection: it reached nobody. */
export class Balancer {
  readonly failedQueries: string[] = [];
  /** Requests that were under way when their gateway ended. */
  cutOff = 0;
  readonly #hub: TestTopology;
  readonly #gateways: string[];
  readonly #stopping = new Set<string>();
  readonly #clients = new Map<string, HubClient>();
  #turn = 0;

  constructor(hub: TestTopology, gateways: readonly string[]) {
    this.#hub = hub;
    this.#gateways = [...gateways];
  }

  get gateways(): readonly string[] {
    return this.#gateways;
  }

  add(name: string): void {
    this.#gateways.push(name);
  }

  stopping(name: string): void {
    this.#stopping.add(name);
  }

  /** It is there again. */
  started(name: string): void {
    this.#stopping.delete(name);
  }

  async ask<Answer>(ask: (client: HubClient) => Promise<Answer>): Promise<Answer> {
    const from = this.#turn++;
    let refused: unknown;
    for (const [index] of this.#gateways.entries()) {
      const name = this.#gateways[(from + index) % this.#gateways.length] ?? '';
      try {
        return await ask(await this.#clientOf(name));
      } catch (error) {
        const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
        if (code === undefined) throw error;
        refused = error;
        if (code === 'ECONNREFUSED') continue;
        if (!this.#stopping.has(name)) throw error;
        this.cutOff++;
      }
    }
    throw refused;
  }

  async query<Answer>(ask: (client: HubClient) => Promise<Answer>): Promise<Answer | undefined> {
    return this.ask(ask).catch((error: unknown) => {
      this.failedQueries.push(String((error as Error).cause ?? error));
      return undefined;
    });
  }

  async #clientOf(name: string): Promise<HubClient> {
    const known = this.#clients.get(name);
    if (known) return known;
    const token = await this.#hub.issuer.issueToken({ role: 'agent' });
    const client = this.#hub.clientAt(name, token);
    this.#clients.set(name, client);
    return client;
  }
}
