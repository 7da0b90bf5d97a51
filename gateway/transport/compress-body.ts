import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** Fast settings: past them an answer of some kilobytes costs more CPU than its bytes are worth. */
const GZIP_LEVEL = 4;
const BROTLI_QUALITY = 4;

type Encoding = 'br' | 'gzip';

export interface CompressedBody {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/**
 * Compresses a body as the client prefers, off the main thread. Undefined when the client takes no such encoding or the
 * body has fewer than `bytesMin` bytes: then it goes out as it is, without a promise.
 */
export function compressBody(
  body: string,
  acceptEncoding: string | undefined,
  bytesMin: number,
): Promise<CompressedBody> | undefined {
  // Characters are at most as many as bytes; a body just below the bound is not worth counting.
  if (acceptEncoding === undefined || body.length < bytesMin) return undefined;
  const encoding = chooseEncoding(acceptEncoding);
  return encoding && compress(body, encoding);
}

async function compress(body: string, encoding: Encoding): Promise<CompressedBody> {
  const plain = Buffer.from(body, 'utf8');
  if (encoding === 'gzip') return { encoding, bytes: await toGzip(plain, { level: GZIP_LEVEL }) };
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return { encoding, bytes: await toBrotli(plain, { params }) };
}

/** Brotli where both are equally welcome, because it is smaller at the same cost. Source: RFC 9110, 12.5.3 */
function chooseEncoding(accepted: string): Encoding | undefined {
  const qualities = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    qualities.set(name, quality === undefined ? 1 : Number(quality.slice(2)) || 0);
  }
  const qualityOf = (name: string): number => qualities.get(name) ?? qualities.get('*') ?? 0;
  const [brotli, gzipped] = [qualityOf('br'), qualityOf('gzip')];
  if (brotli === 0 && gzipped === 0) return undefined;
  return brotli >= gzipped ? 'br' : 'gzip';
}
