import { OfflineError, readProblem } from '../../api/problem.js';
import { download } from '../../ui/list/download.js';

/** Saves what an address answers in a form that is no JSON. @throws ApiProblem or OfflineError */
export async function saveFile(path: string, name: string, type: string): Promise<void> {
  const asked = fetch(`/api/v1${path}`, { headers: { 'X-PledgeOnce-Page': '1', Accept: type } });
  const response = await asked.catch((cause: unknown) => {
    throw new OfflineError(cause);
  });
  if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response);
  download(name, await response.blob(), type);
}
