import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answered } from '../testing/open-shop-gateway.ts';
import type { CompatibilityCase, Question } from './compatibility-case.ts';
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

    test.each(one.questions.map((question) => [titleOf(question), question] as const))(
      '%s',
      async (_fact, question) => {
        if (!open) throw new Error('the case is not open');
        const expected = question.limit ?? question;
        const { answer, sent } = await open.ask(question);
        expect({ data: answer.data, errors: (answer.errors ?? []).map(brief) }).toEqual({
          data: expected.data,
          errors: expected.errors ?? [],
        });
        // The order of response keys is part of the answer.
        expect(JSON.stringify(answer.data)).toBe(JSON.stringify(expected.data));
        if (question.requests) expect(requestsBySubgraph(sent)).toEqual(question.requests);
      },
    );
  });
}

function titleOf({ fact, limit }: Question): string {
  return limit ? `${fact} (not yet: ${limit.cause})` : fact;
}

function brief({ path, extensions }: NonNullable<Answered['errors']>[number]): string {
  const code = extensions?.['code'];
  const told = typeof code === 'string' ? code : 'NO_CODE';
  return path ? `${path.join('.')} ${told}` : told;
}

function requestsBySubgraph(sent: readonly string[]): Readonly<Record<string, number>> {
  const requests: Record<string, number> = {};
  for (const text of sent) {
    const name = text.slice(0, text.indexOf(':'));
    requests[name] = (requests[name] ?? 0) + 1;
  }
  return requests;
}
