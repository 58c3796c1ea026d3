import express from 'express';
import type { RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { clientCertificateOf } from '../../doors/client-certificate.js';
import { signingAlgorithms } from '../../machines/machine-keys.js';
import { TokenError } from '../../machines/token-desk.js';
import type { ApiContext } from '../context.js';
import { limitStrangers } from './rate-limit.js';
import { scopeTexts } from './scopes.js';
import { metadataPath, tokenPath } from './token-path.js';

const signedJwt = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const formSchema = z
  .object({
    grant_type: z.string(),
    client_id: z.string().max(200).optional(),
    client_assertion: z.string().max(8_000).optional(),
    client_assertion_type: z.string().max(200).optional(),
    scope: z.string().max(2_000).optional(),
  })
  .transform((form) => ({
    grantType: form.grant_type,
    clientId: form.client_id,
    assertion: form.client_assertion,
    assertionType: form.client_assertion_type,
    scope: form.scope,
  }));

/** The token endpoint of OAuth 2 and what describes it: any client library of OAuth 2 works with these. */
export function tokenRoutes(context: ApiContext): Router {
  const { limits, publicUrl } = context;
  const router = express.Router();
  router.get(metadataPath, (_request, response) => {
    const issuer = publicUrl.url;
    response.json({
      issuer,
      token_endpoint: issuer + tokenPath,
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'self_signed_tls_client_auth'],
      token_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
      tls_client_certificate_bound_access_tokens: true,
      scopes_supported: Object.keys(scopeTexts),
    });
  });
  router.post(
    tokenPath,
    limitStrangers(limits.signInsPerMinute),
    express.urlencoded({ extended: false, limit: '32kb' }),
    giveToken(context),
  );
  return router;
}

function giveToken({ tokens }: ApiContext): RequestHandler {
  return async (request, response) => {
    response.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form = formSchema.safeParse(request.body);
    if (!form.success) {
      refuse(response, 'invalid_request', 'A form with grant_type and each parameter once is expected.');
      return;
    }
    const { grantType, assertionType, ...shown } = form.data;
    if (grantType !== 'client_credentials') {
      refuse(response, 'unsupported_grant_type', 'Only client_credentials is given here.');
      return;
    }
    if (shown.assertion !== undefined && assertionType !== signedJwt) {
      refuse(response, 'invalid_request', `client_assertion_type is ${signedJwt}.`);
      return;
    }
    try {
      const { token, expiresAt, scopes } = await tokens.grant({
        ...shown,
        certificate: clientCertificateOf(request),
        address: request.ip ?? '',
      });
      response.json({
        access_token: token,
        token_type: 'Bearer',
        expires_in: Math.floor((expiresAt.getTime() - Date.now()) / 1_000),
        scope: scopes.join(' '),
      });
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      refuse(response, error.error, error.description);
    }
  };
}

/** In OAuth 2's form, RFC 6749, section 5.2. */
function refuse(response: Response, error: string, description: string): void {
  response.status(error === 'invalid_client' ? 401 : 400).json({ error, error_description: description });
}
