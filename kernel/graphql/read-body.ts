import type { IncomingMessage } from 'node:http';
import { Refusal } from '../model/errors.ts';

/**
 * The body of a request as text.
 * @throws {Refusal} PAYLOAD_TOO_LARGE
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  return (await readBodyBytes(request, bytesMax)).toString('utf8');
}

/**
 * The body of a request, byte for byte.
 * @throws {Refusal} PAYLOAD_TOO_LARGE as soon as it is known to be beyond `bytesMax`; the rest is not read
 */
export function readBodyBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytesMax) return Promise.reject(tooLarge(bytesMax));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        request.pause();
        request.removeAllListeners('data');
        reject(tooLarge(bytesMax));
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Refusal('BAD_USER_INPUT', 'The body ended before its end.')));
  });
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal('PAYLOAD_TOO_LARGE', `The body is larger than ${bytesMax} bytes.`, { bytesMax });
}
