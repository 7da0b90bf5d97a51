import { afterEach, describe, expect, test } from '@jest/globals';
import { Defect, Obstacle, Refusal, type DomainError } from '../model/errors.ts';
import type { Rpc, RpcRequest } from '../ports/rpc.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';

const SUBJECT = 'stockwire-rpc.test.do-thing';
const OPTIONS = { timeoutMs: 10_000, correlationId: 'corr-1' };

/** What every way of calling promises. The clock of the subject must be a running one. */
export function rpcContract(name: string, create: () => Promise<PortSubject<Rpc>>): void {
  describe(`rpc contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    afterEach(() => bench.end());

    test('the owner is told payload and correlation id, and its answer comes back', async () => {
      const rpc = await bench.open();
      const requests: RpcRequest[] = [];
      rpc.serve(SUBJECT, async (request) => {
        requests.push(request);
        return { done: [1, 'two', null] };
      });
      await expect(rpc.request(SUBJECT, { sku: 'A' }, OPTIONS)).resolves.toEqual({ done: [1, 'two', null] });
      expect(requests).toEqual([{ payload: { sku: 'A' }, correlationId: 'corr-1' }]);
    });

    test('nobody shares objects: what one side changes the other does not see', async () => {
      const rpc = await bench.open();
      const kept: { n: number }[] = [];
      rpc.serve(SUBJECT, async ({ payload }) => {
        const answer = { n: 1 };
        (payload as { n: number }).n = 99;
        kept.push(answer);
        return answer;
      });
      const payload = { n: 0 };
      const answer = (await rpc.request(SUBJECT, payload, OPTIONS)) as { n: number };
      answer.n = 2;
      expect([payload, kept]).toEqual([{ n: 0 }, [{ n: 1 }]]);
    });

    test('an owner without an answer gives null', async () => {
      const rpc = await bench.open();
      rpc.serve(SUBJECT, async () => undefined);
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).resolves.toBeNull();
    });

    test('a refusal or obstacle thrown by the owner arrives as the same class, code and details', async () => {
      const rpc = await bench.open();
      const thrown: DomainError[] = [
        new Refusal('INSUFFICIENT_STOCK', 'Not that much.', { available: '3' }),
        new Obstacle('OVERLOADED', 'Too much.', { limit: 'queueCommandsMax' }),
      ];
      rpc.serve(SUBJECT, async ({ payload }) => {
        throw thrown[payload as number] as DomainError;
      });
      for (const [n, Kind] of [Refusal, Obstacle].entries()) {
        const error: unknown = await rpc.request(SUBJECT, n, OPTIONS).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Kind);
        const { code, message, details } = thrown[n] as DomainError;
        expect(error).toMatchObject({ code, message, details });
      }
    });

    test('any other error of the owner is a defect', async () => {
      const rpc = await bench.open();
      rpc.serve(SUBJECT, async () => {
        throw new TypeError('undefined is not a function');
      });
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).rejects.toThrow(Defect);
    });

    test('nobody serving the subject is an obstacle', async () => {
      const rpc = await bench.open();
      const unavailable = { code: 'CONTEXT_UNAVAILABLE' };
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).rejects.toMatchObject(unavailable);
      const stop = rpc.serve(SUBJECT, async () => 'here');
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).resolves.toBe('here');
      stop();
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).rejects.toMatchObject(unavailable);
      rpc.serve(SUBJECT, async () => 'back');
      stop();
      await expect(rpc.request(SUBJECT, {}, OPTIONS)).resolves.toBe('back');
    });

    test('no answer within timeoutMs is an obstacle, and the late answer is dropped', async () => {
      const rpc = await bench.open();
      const gate = Promise.withResolvers<void>();
      rpc.serve(SUBJECT, async () => gate.promise);
      const request = rpc.request(SUBJECT, {}, { ...OPTIONS, timeoutMs: 5 });
      await expect(request).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
      gate.resolve();
      await expect(request).rejects.toThrow(Obstacle);
    });

    test('an owner that fails late, after the time was up, breaks nothing', async () => {
      const rpc = await bench.open();
      const gate = Promise.withResolvers<void>();
      // On its way to another process the request may not even have arrived when its time is up.
      gate.promise.catch(() => undefined);
      rpc.serve(SUBJECT, async () => gate.promise);
      await expect(rpc.request(SUBJECT, {}, { ...OPTIONS, timeoutMs: 5 })).rejects.toThrow(Obstacle);
      gate.reject(new Refusal('UNKNOWN_SKU', 'late'));
      await new Promise((resolve) => setImmediate(resolve));
    });

    test('a subject has one server per process', async () => {
      const rpc = await bench.open();
      rpc.serve(SUBJECT, async () => 1);
      expect(() => rpc.serve(SUBJECT, async () => 2)).toThrow(Defect);
    });

    test('requests run side by side, each with its own answer', async () => {
      const rpc = await bench.open();
      rpc.serve(SUBJECT, async ({ payload }) => {
        await new Promise((resolve) => setImmediate(resolve));
        return Number(payload) * 2;
      });
      const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => rpc.request(SUBJECT, n, OPTIONS)));
      expect(answers).toEqual(Array.from({ length: 100 }, (_, n) => n * 2));
    });
  });
}
