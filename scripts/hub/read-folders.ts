import { isSource } from '../../connectors/runtime/inbox.ts';

/** A folder whose files are taken in for a source. */
export interface WatchedFolderConfig {
  readonly source: string;
  readonly directory: string;
}

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
