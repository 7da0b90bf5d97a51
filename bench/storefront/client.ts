import { Pool } from 'undici';

/** Asks one gateway over connections that are kept. */
export interface Client {
  readonly name: string;
  /** @throws unless the status is 200 */
  post(body: string): Promise<string>;
  close(): Promise<void>;
}

export function createClient(
  name: string,
  url: string,
  options: { readonly token: string; readonly connections: number },
): Client {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${options.token}`,
  };
  return {
    name,
    post: async (body) => {
      const response = await pool.request({ path: pathname, method: 'POST', headers, body });
      const text = await response.body.text();
      if (response.statusCode !== 200) throw new Error(`${name} answers ${response.statusCode}: ${text.slice(0, 500)}`);
      return text;
    },
    close: () => pool.close(),
  };
}
