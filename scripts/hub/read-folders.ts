import type { SftpOptions } from '../../connectors/file/sftp-fetcher.ts';
import { isSource } from '../../connectors/runtime/inbox.ts';

/** A folder whose files are taken in for a source. */
export interface WatchedFolderConfig {
  readonly source: string;
  readonly directory: string;
  /** True: a file waits for the checksum of its sender. Default: it is taken as it is. */
  readonly isChecksumRequired?: boolean;
  /** The server that the files are fetched from. Absent: somebody puts them there. */
  readonly sftp?: SftpSource;
}

/** Where files of an SFTP server are, and who the hub is to it. */
export type SftpSource = Omit<SftpOptions, 'source' | 'directory' | 'platform' | 'limits'> & {
  /** How often the server is looked at. Default: that of SFTP_LIMITS. */
  readonly pollMs?: number;
};

/** `source=path`, separated by commas. What does not fit is added to the faults. */
export function readFolders(
  text: string,
  { path, faults }: { readonly path: (text: string) => string; readonly faults: string[] },
): readonly WatchedFolderConfig[] {
  if (text.trim() === '') return [];
  const folders = text.split(',').map((each) => {
    const [source = '', directory = ''] = each.trim().split('=');
    return { source, directory };
  });
  const isFit = folders.every(({ source, directory }) => isSource(source) && directory !== '');
  if (isFit && new Set(folders.map(({ source }) => source)).size === folders.length) {
    return folders.map(({ source, directory }) => ({ source, directory: path(directory) }));
  }
  faults.push('STOCKWIRE_FOLDERS must be `source=path`, separated by commas, each source once.');
  return [];
}
