import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answered } from '../testing/open-shop-gateway.ts';
import type { CompatibilityCase } from './compatibility-case.ts';
import { openCase } from './testing/open-case.ts';
import type { OpenCase, OpenClients } from './testing/open-case.ts';

/** Every rule of federation that the suite knows, over one way to reach subgraphs. */
export function compatibilityContract(
  name: string,
  cases: readonly CompatibilityCase[],
  openClients: OpenClients,
): void {
  describe.each(cases.map((one) => [one.rule, one] as const))(`over ${name}: %s`, (_rule, one) => {
    let open: OpenCase | undefined;
    beforeAll(async () => {
      open = await openCase(one, openClients);
    });
    afterAll(() => open?.close());

    test.each(one.questions.map((question) => [question.fact, question] as const))('%s', async (_fact, question) => {
      if (!open) throw new Error('the case is not open');
      const { answer, sent } = await open.ask(question);
      expect({ data: answer.data, errors: (answer.errors ?? []).map(brief) }).toEqual({
        data: question.data,
        errors: question.errors ?? [],
      });
      // The order of response keys is part of the answer.
      expect(JSON.stringify(answer.data)).toBe(JSON.stringify(question.data));
      if (question.requests) expect(requestsBySubgraph(sent)).toEqual(question.requests);
    });
  });
}

function brief({ path, extensions }: NonNullable<Answered['errors']>[number]): string {
  return [path?.join('.'), extensions?.['code']].filter((part) => part !== undefined).join(' ');
}

function requestsBySubgraph(sent: readonly string[]): Readonly<Record<string, number>> {
  const requests: Record<string, number> = {};
  for (const text of sent) {
    const name = text.slice(0, text.indexOf(':'));
    requests[name] = (requests[name] ?? 0) + 1;
  }
  return requests;
}
