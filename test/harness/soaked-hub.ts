import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { awaitReady, hubUrlOf } from './hub-process.ts';
import type { SoakedHubMemory, SoakedHubOptions } from './serve-soaked-hub.ts';

/** A hub in a process of its own, whose memory can be asked for. */
export interface SoakedHub {
  readonly url: string;
  /** After garbage collection. */
  heapMb(): Promise<number>;
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
}

/** Resolves when it is ready. */
export async function startSoakedHub(options: SoakedHubOptions): Promise<SoakedHub> {
  const url = hubUrlOf(options);
  const child: ChildProcess = fork(new URL('serve-soaked-hub.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  const kill = await awaitReady(child, url);
  return {
    url,
    heapMb: async () => {
      const told = once(child, 'message');
      child.send('measure');
      const [{ heapBytes }] = (await told) as [SoakedHubMemory];
      return Math.round(heapBytes / 100_000) / 10;
    },
    kill,
  };
}
