import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, Document, Documents } from '../../../kernel/ports/documents.ts';
import type { OwnershipChanged } from '../../../schema/events/operations.ts';
import { orchestratorAt, withOrchestration, type Orchestration } from '../domain/routing/orchestration.ts';
import type { OrchestrationRule } from '../domain/routing/routing-hand-off.ts';

/** What is known of a channel, or of all of them. */
interface KnownOrchestration extends Document {
  readonly decisions: readonly Orchestration[];
}

/**
 * Who orchestrates which channel: what the ownership register of operations says, and until it does, the settings of the
 * deployment. It is read from documents each time, so every process of the role answers alike.
 */
export class OrchestrationRegister {
  readonly #known: Collection<KnownOrchestration>;
  readonly #settings: readonly OrchestrationRule[];

  private constructor(known: Collection<KnownOrchestration>, settings: readonly OrchestrationRule[]) {
    this.#known = known;
    this.#settings = settings;
  }

  static async open(documents: Documents, settings: readonly OrchestrationRule[]): Promise<OrchestrationRegister> {
    const known = await documents.collection<KnownOrchestration>({ name: 'orders-orchestration', indexes: [] });
    return new OrchestrationRegister(known, settings);
  }

  /**
   * Who routes an order of the channel that is placed then. A decision for the channel comes before one for all channels.
   * @returns the OMS, by its name as a source; null: the hub
   */
  async orchestratorOf(channel: string, atMs: number): Promise<string | null> {
    const ids = [idOf(channel), idOf(null)];
    const found = await this.#known.getMany(ids);
    for (const id of ids) {
      const decisions = found.find(({ document }) => document.id === id)?.document.decisions ?? [];
      const orchestrator = orchestratorAt(decisions, atMs);
      if (orchestrator !== undefined) return orchestrator;
    }
    return this.#settings.find((rule) => rule.channel === channel)?.system ?? null;
  }

  /** Durable when it resolves; what comes again or late changes nothing. */
  async take({ domain, channel, writerSystem: system, ruleVersion, effectiveFrom }: OwnershipChanged): Promise<void> {
    // A rule from before they were dated said whose decisions come in, not who orchestrates.
    if (domain !== 'ORCHESTRATION' || effectiveFrom === undefined) return;
    const id = idOf(channel ?? null);
    const told = { version: ruleVersion, fromMs: Date.parse(effectiveFrom), system };
    for (;;) {
      const known = await this.#known.get(id);
      const before = known?.document.decisions ?? [];
      const decisions = withOrchestration(before, told);
      if (decisions === before) return;
      try {
        await this.#known.save({ id, decisions }, known?.version ?? 0);
        return;
      } catch (error) {
        // Somebody else took another one in.
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }
}

const idOf = (channel: string | null): string => (channel === null ? '*' : `channel:${channel}`);
