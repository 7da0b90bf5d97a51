import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { loadNativePlanner } from './load-native-planner.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import type { PlannerAnswer, PlannerQuestion, PlannerReply } from './planner-messages.ts';

/** The one that is served, the one before it, and room for gateways that share the process. */
const SUPERGRAPHS_MAX = 8;

const planners = new LruMap<number, InstanceType<NativeConstructor>>(SUPERGRAPHS_MAX);
const Native = loadNativePlanner();

process.on('message', (question: PlannerQuestion) => {
  const reply: PlannerReply = { sequence: question.sequence, answer: answer(question) };
  process.send?.(reply);
});
// Whoever asks is gone.
process.on('disconnect', () => process.exit());
// Signals to the group are for the gateway, which may still have to plan while it drains.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

function answer({ supergraph, sdl, plan }: PlannerQuestion): PlannerAnswer {
  if (!Native) return { type: 'no planner' };
  try {
    if (sdl !== undefined) planners.set(supergraph, new Native(sdl));
    const planner = planners.get(supergraph);
    if (!planner) return { type: 'unknown supergraph' };
    const { consumerSchema, overridePercentages } = planner;
    if (!plan) return { type: 'read', consumerSchema, overridePercentages };
    const { text, operationName, labels, percentage } = plan;
    const planned = planner.plan(text, operationName, new Set(labels), percentage);
    return { type: 'planned', plan: JSON.stringify(planned) };
  } catch (error) {
    return { type: 'failed', message: (error as Error).message };
  }
}
