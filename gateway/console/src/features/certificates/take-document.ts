import { api, content } from '../../api/client.js';
import { download } from '../../ui/list/download.js';

/**
 * Hands the reader a certificate as PDF.
 *
 * @throws ApiProblem when the gateway refuses; OfflineError when it is not reached.
 */
export async function takeDocument(id: string, language: 'en' | 'zh'): Promise<void> {
  const sending = api.GET('/certificates/{id}/document', {
    params: { path: { id }, query: { language } },
    parseAs: 'blob',
  });
  const document: unknown = await content(sending);
  if (document instanceof Blob)
    download(`certificate-${id.slice(0, 8)}-${language}.pdf`, document, 'application/pdf');
}
