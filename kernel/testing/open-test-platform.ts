import {
  openEmbeddedPlatform,
  type EmbeddedPlatform,
  type EmbeddedPlatformOptions,
} from '../adapters/embedded/open-embedded-platform.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface TestPlatform extends EmbeddedPlatform, AsyncDisposable {
  readonly directory: string;
}

/**
 * The embedded platform over a folder of its own, which `close` removes. With a fake clock, backoffs and timeouts pass
 * only when the test lets them. It cannot be restarted; tests of restarts use `openEmbeddedPlatform` over a
 * `temporaryDirectory`.
 */
export async function openTestPlatform(
  options: Omit<EmbeddedPlatformOptions, 'directory'> = {},
): Promise<TestPlatform> {
  const temporary = await temporaryDirectory();
  const { path: directory } = temporary;
  const platform = await openEmbeddedPlatform({ directory, ...options }).catch(async (error: unknown) => {
    await temporary.remove();
    throw error;
  });
  const close = async (): Promise<void> => {
    await platform.close();
    await temporary.remove();
  };
  return { ...platform, directory, close, [Symbol.asyncDispose]: close };
}
