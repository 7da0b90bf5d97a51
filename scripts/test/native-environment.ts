import { ModuleMocker } from 'jest-mock';

/**
 * The realm of Node itself, without a context around each file: an error or an array that a package has made is one for
 * the tests, too, as it is in production. For `NativeRuntime`.
 */
class NativeEnvironment {
  readonly fakeTimers = null;
  readonly fakeTimersModern = null;
  readonly moduleMocker = new ModuleMocker(globalThis);
  /** Takes what Jest sets for one file, its console above all. Of `process` there is but one, and it stays as it is. */
  readonly global = Object.create(globalThis, { process: { value: undefined } }) as typeof globalThis;
  readonly #console = globalThis.console;

  setup(): Promise<void> {
    globalThis.console = this.global.console;
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    globalThis.console = this.#console;
    return Promise.resolve();
  }

  getVmContext(): null {
    return null;
  }
}

// Jest loads it by `require`.
export { NativeEnvironment as 'module.exports' };
