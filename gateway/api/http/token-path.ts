/** Where machines ask for tokens: OAuth 2's own form, beside the API. */
export const tokenPath = '/oauth2/token';
export const metadataPath = '/.well-known/oauth-authorization-server';
