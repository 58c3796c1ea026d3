import { z } from 'zod';

const file = z.string().min(1);

/** The organisation's own OpenID Connect provider, by which its people sign in. */
export const providerSchema = z
  .strictObject({
    /** As the provider states it; over TLS, but for one on this machine. */
    issuer: z
      .url()
      .refine(
        (text) => /^https:/.test(text) || /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/.test(`${text}/`),
        'A provider is asked over https.',
      ),
    clientId: z.string().min(1).max(200),
    /** What the gateway proves itself to the provider with; with neither it is a public client with PKCE alone. */
    clientSecretFile: file.optional(),
    privateKeyFile: file.optional(),
    /** The claim of the ID token that is a person's enrolment id here. */
    idClaim: z.string().min(1).max(100).default('sub'),
    scope: z.string().max(500).default('openid'),
    /** Ways of authentication, of which the provider has to state one. */
    acrValues: z.array(z.string().min(1).max(200)).min(1).optional(),
    /** How long ago a person may have proved themselves to the provider. */
    maxAgeSeconds: z.number().int().min(0).optional(),
    /** What the button of the console calls it; without it, the organisation's account. */
    label: z.string().max(60).default(''),
  })
  .refine(
    ({ clientSecretFile, privateKeyFile }) => clientSecretFile === undefined || privateKeyFile === undefined,
    {
      path: ['privateKeyFile'],
      error: 'The gateway proves itself by a secret or by a key, not by both.',
    },
  );
export type ProviderConfig = z.infer<typeof providerSchema>;

/** Paths in these settings are relative to the file in which they stand. */
export function providerAt(
  { clientSecretFile, privateKeyFile, ...rest }: ProviderConfig,
  at: (path: string) => string,
): ProviderConfig {
  return {
    ...rest,
    ...(clientSecretFile !== undefined && { clientSecretFile: at(clientSecretFile) }),
    ...(privateKeyFile !== undefined && { privateKeyFile: at(privateKeyFile) }),
  };
}
