import type { PlannerQuestion, PlannerReply } from '../planner-messages.ts';

/** Stands in for the planner's process: reads any supergraph, and never comes to an end with a plan that names `hang`. */
process.on('message', ({ sequence, plan }: PlannerQuestion) => {
  if (plan?.text.includes('hang')) return;
  const answer: PlannerReply['answer'] = plan
    ? { type: 'planned', plan: '{"kind":"QueryPlan"}' }
    : { type: 'read', consumerSchema: 'type Query { hang: Int }', overridePercentages: [] };
  process.send?.({ sequence, answer } satisfies PlannerReply);
});
process.on('disconnect', () => process.exit());
