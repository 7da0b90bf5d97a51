import { once } from 'node:events';
import { lstat, unlink } from 'node:fs/promises';
import { createConnection } from 'node:net';

/**
 * Takes away the socket file that a killed process has left behind, so that it can be listened on again.
 * @throws {Error} when somebody listens there, or when the file is none of a socket
 */
export async function freeSocketFile(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} is no socket file.`);
  if (await isServed(path)) throw new Error(`Another process listens on ${path}.`);
  await unlink(path);
}

async function isServed(path: string): Promise<boolean> {
  const socket = createConnection({ path });
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    // Whatever else is wrong, such as a file of somebody else, is no reason to take it away.
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return false;
    throw error;
  } finally {
    socket.destroy();
  }
}
