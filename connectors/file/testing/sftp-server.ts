import { createHash, generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, readSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type SFTPWrapper } from 'ssh2';

const { Server, utils } = ssh2;
const { STATUS_CODE } = utils.sftp;

export interface TestSftpServer {
  readonly port: number;
  readonly hostKeySha256: string;
  close(): Promise<void>;
}

/** An SFTP server over a folder of this machine, for one user with a password. */
export async function startSftpServer(root: string): Promise<TestSftpServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [privateKey] }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => undefined);
    connection.on('authentication', (context: AuthContext) => {
      const isRight = context.method === 'password' && context.username === 'hub' && context.password === 'secret';
      if (isRight) context.accept();
      else context.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), root));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    hostKeySha256: createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, ''),
    close: async () => {
      for (const connection of connections) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a client needs to list, read and rename. */
function serve(sftp: SFTPWrapper, root: string): void {
  const handles = new Map<number, { readonly descriptor?: number; names?: readonly string[]; readonly path: string }>();
  let last = 0;
  const pathOf = (path: string): string => join(root, path);
  const open = (handle: Parameters<typeof handles.set>[1]): Buffer => {
    handles.set(++last, handle);
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(last);
    return buffer;
  };
  const attempt = (id: number, run: () => void): void => {
    try {
      run();
    } catch {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    }
  };
  const attributesOf = (path: string) => {
    const { mode, uid, gid, size, atimeMs, mtimeMs } = statSync(path);
    return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1_000), mtime: Math.floor(mtimeMs / 1_000) };
  };
  sftp.on('REALPATH', (id, path) => sftp.name(id, [{ filename: path, longname: path, attrs: attributesOf(root) }]));
  for (const event of ['STAT', 'LSTAT'] as const) {
    sftp.on(event, (id: number, path: string) => attempt(id, () => sftp.attrs(id, attributesOf(pathOf(path)))));
  }
  sftp.on('OPENDIR', (id, path) =>
    attempt(id, () => sftp.handle(id, open({ names: readdirSync(pathOf(path)), path: pathOf(path) }))),
  );
  sftp.on('READDIR', (id, handle) => {
    const known = handles.get(handle.readUInt32BE());
    if (!known?.names) return sftp.status(id, STATUS_CODE.EOF);
    const entries = known.names.map((name) => {
      const attrs = attributesOf(join(known.path, name));
      const kind = statSync(join(known.path, name)).isDirectory() ? 'd' : '-';
      return { filename: name, longname: `${kind}rw-r--r-- 1 hub hub ${attrs.size} Jan 5 09:00 ${name}`, attrs };
    });
    delete known.names;
    return sftp.name(id, entries);
  });
  sftp.on('OPEN', (id, path) =>
    attempt(id, () => sftp.handle(id, open({ descriptor: openSync(pathOf(path), 'r'), path: pathOf(path) }))),
  );
  sftp.on('FSTAT', (id, handle) =>
    attempt(id, () => sftp.attrs(id, attributesOf(handles.get(handle.readUInt32BE())?.path ?? ''))),
  );
  sftp.on('READ', (id, handle, offset, length) => {
    const buffer = Buffer.alloc(length);
    const read = readSync(handles.get(handle.readUInt32BE())?.descriptor ?? -1, buffer, 0, length, offset);
    if (read === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, buffer.subarray(0, read));
  });
  sftp.on('CLOSE', (id, handle) => {
    const { descriptor } = handles.get(handle.readUInt32BE()) ?? {};
    if (descriptor !== undefined) closeSync(descriptor);
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('RENAME', (id, from, to) =>
    attempt(id, () => {
      renameSync(pathOf(from), pathOf(to));
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
}
