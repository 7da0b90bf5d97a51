import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Half of the time in which a process of the hub starts is spent compiling its modules. Those that tests start find what
 * others have compiled, of the same content and for the same Node.
 */
function compileOnce(): void {
  const directory = (process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache'));
  // Read from the environment by processes that start, and not by this one, which may run tests as well.
  enableCompileCache(directory);
}

// Jest loads it by `require`.
export { compileOnce as 'module.exports' };
