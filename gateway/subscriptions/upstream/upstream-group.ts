import { Obstacle } from '../../../kernel/model/errors.ts';
import type { FormattedError } from '../../../kernel/graphql/format-error.ts';
import { readAnswer } from '../../executor/read-answer.ts';
import type { SubgraphResult } from '../../executor/subgraph-client.ts';
import { RequestRefused } from '../../planner/request-refused.ts';
import { toAscii } from '../ascii-json.ts';
import type { Member } from '../member.ts';
import { SharedFrame } from '../shared-frame.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import type { UpstreamEnding, UpstreamListener } from './upstream.ts';

export interface UpstreamGroupOptions {
  /** The subgraph. */
  readonly service: string;
  /** Completes an event from the other subgraphs: its answer as JSON text. */
  readonly run: (result: SubgraphResult) => Promise<string> | string;
  readonly limits: Pick<UpstreamLimits, 'waitingEventsMax' | 'unsentEventsMax'>;
  /** The last member has left, or the subscription has ended. */
  readonly onEmpty: () => void;
}

/**
 * Everybody who shares one subscription at a subgraph. Events are completed one after the other, so that none overtakes
 * another, and each is written out once. There is nothing to resume from: whoever misses an event is told or sent away.
 */
export class UpstreamGroup {
  readonly #options: UpstreamGroupOptions;
  /** With the events that a member who reads slowly has not been sent. */
  readonly #members = new Map<Member, SharedFrame[]>();
  readonly #events: SubgraphResult[] = [];
  #ending: UpstreamEnding | undefined;
  #hasBegun = false;
  #isBusy = false;
  #stop: () => void = () => undefined;

  constructor(options: UpstreamGroupOptions) {
    this.#options = options;
  }

  /** Whether the subgraph has told it anything, which somebody who joins now is not told. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** @throws {Obstacle} what opening throws */
  start(open: (listener: UpstreamListener) => () => void): void {
    this.#stop = open({ next: (result) => this.#receive(result), end: (ending) => this.#finish(ending) });
  }

  /** @returns leaves the group */
  join(member: Member): () => void {
    this.#members.set(member, []);
    return () => this.#leave(member);
  }

  #leave(member: Member): void {
    if (this.#members.delete(member) && this.#members.size === 0) this.#close();
  }

  #close(): void {
    this.#events.length = 0;
    this.#options.onEmpty();
    this.#stop();
  }

  #receive(result: SubgraphResult): void {
    this.#hasBegun = true;
    if (this.#ending || this.#members.size === 0) return;
    if (this.#events.length >= this.#options.limits.waitingEventsMax) {
      this.#stop();
      this.#finish({ kind: 'lost', error: new Error('events come faster than they can be completed') });
      return;
    }
    this.#events.push(result);
    if (!this.#isBusy) void this.#work();
  }

  #finish(ending: UpstreamEnding): void {
    this.#ending ??= ending;
    // Nobody new may join what has ended.
    this.#options.onEmpty();
    if (!this.#isBusy) this.#end(this.#ending);
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let event = this.#events.shift(); event; event = this.#events.shift()) {
      try {
        this.#deliver(new SharedFrame(toAscii(await this.#options.run(event))));
      } catch (error) {
        this.#events.length = 0;
        this.#stop();
        this.#failAll(error);
      }
    }
    this.#isBusy = false;
    if (this.#ending) this.#end(this.#ending);
  }

  #deliver(frame: SharedFrame): void {
    for (const [member, unsent] of this.#members) {
      if (unsent.length === 0 && member.outlet.isReady) {
        member.outlet.send(member.id, frame);
        continue;
      }
      unsent.push(frame);
      if (unsent.length > this.#options.limits.unsentEventsMax) {
        this.#leave(member);
        member.outlet.tryAgainLater();
      } else if (unsent.length === 1) {
        this.#sendWhenReady(member, unsent);
      }
    }
  }

  #sendWhenReady(member: Member, unsent: SharedFrame[]): void {
    member.outlet.whenReady(() => {
      if (this.#members.get(member) !== unsent) return;
      while (member.outlet.isReady) {
        const frame = unsent.shift();
        if (!frame) return;
        member.outlet.send(member.id, frame);
      }
      if (unsent.length > 0) this.#sendWhenReady(member, unsent);
    });
  }

  #end(ending: UpstreamEnding): void {
    for (const [{ id, outlet }, unsent] of this.#members) for (const frame of unsent) outlet.send(id, frame);
    if (ending.kind === 'completed') {
      for (const member of this.#taken()) member.complete();
      return;
    }
    this.#failAll(ending.kind === 'refused' ? this.#refusal(ending.errors) : this.#lost(ending.error));
  }

  #failAll(error: unknown): void {
    this.#options.onEmpty();
    for (const member of this.#taken()) member.fail(error);
  }

  #taken(): readonly Member[] {
    const members = [...this.#members.keys()];
    this.#members.clear();
    return members;
  }

  #refusal(errors: NonNullable<SubgraphResult['errors']>): unknown {
    try {
      return new RequestRefused(readAnswer({ data: null, errors }, this.#options.service).errors as FormattedError[]);
    } catch (error) {
      return error;
    }
  }

  #lost(cause: unknown): Obstacle {
    const { service } = this.#options;
    const text = `The subscription at the subgraph ${service} broke off and cannot be resumed: what happens until you subscribe again is missed.`;
    return new Obstacle('SUBGRAPH_UNAVAILABLE', text, { service, reason: 'the subscription broke off' }, { cause });
  }
}
