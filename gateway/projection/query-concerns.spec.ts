import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, authorisationRecord, idOf, queryRecord } from './testing/records.js';

describe('the log of an enterprise', () => {
  it('has the queries about it and those that quoted its authorisation, each once, the latest first', async () => {
    const projection = new Projection(':memory:', {
      mspId: 'EnterpriseMSP',
      kind: 'enterprise',
      government: false,
    });
    const certificate = await certificateOf('anna');
    applyRecords(projection, certificate, [authorisationRecord('consent of A', 'A')]);
    applyRecords(
      projection,
      certificate,
      [queryRecord('about A', 'consent of A', 'A')],
      [queryRecord('about B, with what A gave', 'consent of A', 'B')],
      [queryRecord('about B, with nothing', 'no consent', 'B')],
      [queryRecord('about C', 'no consent', 'C')],
    );
    const seenBy = (concerning: string, more: object = {}) =>
      projection.creditQueries.list({ concerning, limit: 50, ...more }).items.map(({ id }) => id);
    const both = [idOf('about B, with what A gave'), idOf('about A')];
    expect(seenBy('A')).toEqual(both);
    expect(seenBy('B')).toEqual([idOf('about B, with nothing'), idOf('about B, with what A gave')]);
    expect(seenBy('D')).toEqual([]);
    expect(seenBy('A', { state: 'refused' })).toEqual([]);

    const first = projection.creditQueries.list({ concerning: 'A', limit: 1 });
    expect(first.items.map(({ id }) => id)).toEqual(both.slice(0, 1));
    const second = projection.creditQueries.list({ concerning: 'A', limit: 1, cursor: first.next });
    expect([second.items.map(({ id }) => id), second.next]).toEqual([both.slice(1), undefined]);
    projection.close();
  });
});
