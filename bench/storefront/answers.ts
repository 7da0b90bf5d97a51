import { deepStrictEqual } from 'node:assert/strict';
import type { Client } from './client.ts';
import type { Operation } from './operations.ts';

/** The texts of one gateway's answers, one per body of the operation. */
export type Answers = readonly string[];

/**
 * Asks everything once.
 * @throws when an answer has errors, or is not the reference's
 */
export async function readAnswers(client: Client, operation: Operation, reference?: Answers): Promise<Answers> {
  const answers: string[] = [];
  for (const [index, body] of operation.bodies.entries()) {
    const text = await client.post(body);
    const data = dataOf(text, client.name);
    const expected = reference?.[index];
    if (expected !== undefined)
      deepStrictEqual(data, dataOf(expected, 'reference'), `${client.name} answers otherwise.`);
    answers.push(text);
  }
  return answers;
}

function dataOf(text: string, name: string): unknown {
  const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown };
  if (errors !== undefined || data === undefined || data === null) {
    throw new Error(`${name} answers an operation with errors: ${text.slice(0, 500)}`);
  }
  return data;
}
