import { createParser } from './event-stream.js';

describe('the parser of event streams', () => {
  it('joins chunks, skips comments and keeps several data lines together', () => {
    const received: string[] = [];
    const parse = createParser((data) => received.push(data));
    const stream = ': hello\n\nid: 1\ndata: {"a":\ndata: "ä"}\n\ndata:{"b":2}\r\n\r\ndata: cut';
    for (const byte of Buffer.from(stream)) parse(Uint8Array.of(byte));
    expect(received).toEqual(['{"a":\n"ä"}', '{"b":2}']);
  });
});
