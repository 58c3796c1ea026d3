import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

describe('what the page of the API brings along', () => {
  it('reports no installation to anybody: an empty package stands in for what would', () => {
    const manifest: unknown = JSON.parse(readFileSync(require.resolve('@scarf/scarf/package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: '@scarf/scarf', private: true });
    expect(manifest).not.toHaveProperty('scripts');
    expect(() => require.resolve('@scarf/scarf')).toThrow();
  });
});
