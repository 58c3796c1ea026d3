import { z } from 'zod';

const file = z.string().min(1);

/** TLS at the gateway's own door; without it something before the gateway ends TLS. */
export const tlsSchema = z
  .strictObject({
    certificateFile: file,
    keyFile: file,
    clientCaFile: file.optional(),
    clientCrlFile: file.optional(),
    clientCertificates: z.enum(['none', 'asked', 'required']).default('none'),
  })
  .refine(
    ({ clientCaFile, clientCertificates }) =>
      (clientCaFile === undefined) === (clientCertificates === 'none'),
    {
      path: ['clientCaFile'],
      error:
        'Whoever asks for certificates of clients names the authorities that sign them, and nobody else does.',
    },
  );

/** Where clients and browsers reach the gateway: nothing behind it, no query. */
export const publicUrlSchema = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'An address without a path.');

/** Paths in these settings are relative to the file in which they stand. */
export function tlsAt(
  { certificateFile, keyFile, clientCaFile, clientCrlFile, ...rest }: z.infer<typeof tlsSchema>,
  at: (path: string) => string,
): z.infer<typeof tlsSchema> {
  return {
    ...rest,
    certificateFile: at(certificateFile),
    keyFile: at(keyFile),
    ...(clientCaFile !== undefined && { clientCaFile: at(clientCaFile) }),
    ...(clientCrlFile !== undefined && { clientCrlFile: at(clientCrlFile) }),
  };
}
