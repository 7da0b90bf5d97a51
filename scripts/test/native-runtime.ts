import { createRequire, flushCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as JestRuntime from 'jest-runtime';

const require = createRequire(import.meta.url);
const { default: Runtime } = require('jest-runtime') as (typeof JestRuntime)['default'];
type Runtime = InstanceType<typeof Runtime>;

const GLOBALS = 'jest-globals:';
const NAMES = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'jest', 'test'] as const;
const SHARED = Symbol.for('stockwire.jest-globals');
/** Where jest-circus keeps who listens to its events. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Of the file that runs. */
let globals: Readonly<Record<string, object>> = {};
const loaded = new Map<string, number>();

/** Modules outlive the file that has loaded them first, so what they import is whatever belongs to the file that runs. */
function forward(name: string): object {
  const target = () => globals[name] as ((...args: unknown[]) => unknown) & object;
  return new Proxy(() => undefined, {
    apply: (_, self, args) => Reflect.apply<unknown, unknown[], unknown>(target(), self, args),
    get: (_, key) => Reflect.get(target(), key) as unknown,
  });
}

Reflect.set(globalThis, SHARED, Object.fromEntries(NAMES.map((name) => [name, forward(name)])));
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, format: 'module', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    if (url !== GLOBALS) return next(url, context);
    const source = `export const { ${NAMES.join(', ')} } = globalThis[Symbol.for('${SHARED.description}')];`;
    return { format: 'module', source, shortCircuit: true };
  },
});

/**
 * Has Node load the tests, as it loads the hub in production. Jest's own runtime loads all modules anew for each file,
 * which takes longer than most tests; here the files that one worker runs share them, so no module may keep what a test
 * has left in it. Mocks of modules and fake timers do not exist.
 */
class NativeRuntime extends Runtime {
  readonly #path: string;

  constructor(...args: ConstructorParameters<typeof Runtime>) {
    super(...args);
    this.#path = args[6];
  }

  override unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  override async unstable_importModule(path: string): Promise<unknown> {
    const times = loaded.get(path) ?? 0;
    loaded.set(path, times + 1);
    const { href } = pathToFileURL(path);
    const module: unknown = await import(times === 0 ? href : `${href}?again=${times}`);
    // For processes that the tests start.
    flushCompileCache();
    return module;
  }

  /** Loads jest-circus, of which each file has its own. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as Jest has it
  override requireInternalModule<T>(from: string, to = from): T {
    Reflect.deleteProperty(require.cache, to);
    Reflect.deleteProperty(globalThis, EVENT_HANDLERS);
    return require(to) as T;
  }

  override setGlobalsForRuntime(given: Parameters<Runtime['setGlobalsForRuntime']>[0]): void {
    super.setGlobalsForRuntime(given);
    const own = Reflect.get(this, 'jestGlobals') as { jestObjectFor(path: string): object };
    globals = { ...given, jest: own.jestObjectFor(this.#path) };
  }
}

// Jest loads it by `require`.
export { NativeRuntime as 'module.exports' };
