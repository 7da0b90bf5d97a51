import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ChildOptions {
  /** Such as `inventory-1`. */
  readonly name: string;
  readonly command: string;
  /** Asked at each start. */
  readonly args: () => readonly string[];
  /** Asked at each start. */
  readonly env: () => Readonly<Record<string, string>>;
  /** Where it answers 200 when it is ready. */
  readonly readyUrl: string;
  /** Hears every line that it writes. */
  readonly onLine?: (line: string) => void;
  /**
   * How often it is started again when it ends before it is ready, as a supervisor does: a server that it needs may be away
   * or slow just then. Default: 0.
   */
  readonly restartsMax?: number;
}

/** One process of a topology, which may be ended, paused and started again under the same name and addresses. */
export interface TopologyProcess {
  readonly name: string;
  readonly isRunning: boolean;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /** Starts it and resolves when it is ready. */
  start(): Promise<void>;
  /** Resolves when it is ready. @throws when it ends too often before, or is not within READY_MS_MAX */
  ready(): Promise<void>;
  /** Default: SIGKILL. Resolves when it is gone. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Has it stand still without ending, as a machine does that hangs. */
  pause(): void;
  resume(): void;
  /** The last lines that it wrote, of all its lives. */
  lines(): readonly string[];
}

const READY_MS_MAX = 90_000;
const READY_POLL_MS = 50;
const READY_ASK_MS = 1_000;
const LINES_KEPT = 400;
const RESTART_PAUSE_MS = 500;

export class Child implements TopologyProcess {
  readonly name: string;
  readonly #options: ChildOptions;
  readonly #lines: string[] = [];
  #process: ChildProcess | undefined;

  constructor(options: ChildOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#process?.pid : undefined;
  }

  async start(): Promise<void> {
    if (this.isRunning) throw new Error(`${this.name} runs already`);
    this.#spawn();
    await this.ready();
  }

  async ready(): Promise<void> {
    const { readyUrl, restartsMax = 0 } = this.#options;
    let restarts = 0;
    for (const since = performance.now(); performance.now() - since < READY_MS_MAX; await sleep(READY_POLL_MS)) {
      if (!this.isRunning) {
        if (restarts === restartsMax) throw new Error(`${this.name} has ended:\n${this.#lines.slice(-20).join('\n')}`);
        restarts++;
        await sleep(RESTART_PAUSE_MS);
        this.#spawn();
      }
      if (await answersWell(readyUrl)) return;
    }
    throw new Error(`${this.name} is not ready after ${READY_MS_MAX} ms:\n${this.#lines.slice(-20).join('\n')}`);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child || !this.isRunning) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  #spawn(): void {
    const { command, args, env } = this.#options;
    // Of a process group of its own: an interrupt at the terminal is for whoever started it, who ends it in order.
    const child = spawn(command, args(), { env: { ...env() }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#process = child;
    child.once('error', (error) => this.#note(String(error)));
    createInterface({ input: child.stdout }).on('line', (line) => this.#note(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.#note(line));
  }

  #note(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
    this.#options.onLine?.(line);
  }
}

async function answersWell(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(READY_ASK_MS) })).ok;
  } catch {
    return false;
  }
}
