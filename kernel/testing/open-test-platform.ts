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
 * only when the test lets them. To restart, open the platform a second time over the same `directory`, and close both.
 */
export async function openTestPlatform(options: Partial<EmbeddedPlatformOptions> = {}): Promise<TestPlatform> {
  const temporary = await temporaryDirectory();
  const { path: directory } = temporary;
  const platform = await openEmbeddedPlatform({ directory, ...options });
  const close = async (): Promise<void> => {
    await platform.close();
    await temporary.remove();
  };
  return { ...platform, directory, close, [Symbol.asyncDispose]: close };
}
