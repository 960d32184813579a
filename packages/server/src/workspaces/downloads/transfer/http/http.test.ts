import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../testing/random.ts';
import { createBlockPool } from './blocks.ts';
import { ChunkReader } from './chunks.ts';
import { ConnectionLost, HttpConnection } from './connection.ts';
import { framingOf, ProtocolError, parseHead, staysOpen } from './head.ts';

const head = (...lines: string[]) => parseHead(['HTTP/1.1 200 OK', ...lines].join('\r\n'));

describe('the head of an answer', () => {
  it('is read whatever the case of its names', () => {
    const { status, headers } = parseHead(
      'HTTP/1.1 206\r\nETAG: "a"\r\ncontent-LENGTH:5 \r\nX: a\r\nx: b',
    );
    expect(status).toBe(206);
    expect(headers.get('etag')).toEqual(['"a"']);
    expect(headers.get('content-length')).toEqual(['5']);
    expect(headers.get('x')).toEqual(['a', 'b']);
  });

  it('is refused where two readers could see two answers in it', () => {
    for (const text of [
      'ICY 200 OK',
      'HTTP/2 200',
      'HTTP/1.1 20',
      'HTTP/1.1 200 OK\r\nContent-Length : 5',
      'HTTP/1.1 200 OK\r\nA: b\r\n folded',
      'HTTP/1.1 200 OK\r\nA: b\nContent-Length: 5',
      'HTTP/1.1 200 OK\r\nA: b\0c',
      'HTTP/1.1 200 OK\r\n: b',
    ])
      expect(() => parseHead(text), text).toThrow(ProtocolError);
    for (const lines of [
      ['Content-Length: 5', 'Content-Length: 6'],
      ['Content-Length: 5, 6'],
      ['Content-Length: -5'],
      ['Content-Length: 0x5'],
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      ['Transfer-Encoding: gzip, chunked'],
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    ])
      expect(() => framingOf(head(...lines), 'GET'), lines.join()).toThrow(ProtocolError);
  });

  it('says how long the body is and whether the connection stays', () => {
    expect(framingOf(head('Content-Length: 5'), 'GET')).toEqual({ kind: 'length', bytes: 5 });
    expect(framingOf(head('Content-Length: 5', 'Content-Length: 5'), 'GET')).toMatchObject({
      bytes: 5,
    });
    expect(framingOf(head('Transfer-Encoding: Chunked'), 'GET')).toEqual({ kind: 'chunked' });
    expect(framingOf(head(), 'GET')).toEqual({ kind: 'close' });
    expect(framingOf(head('Content-Length: 5'), 'HEAD')).toEqual({ kind: 'none' });
    expect(staysOpen(head('Connection: Keep-Alive'))).toBe(true);
    expect(staysOpen(head('Connection: x, CLOSE'))).toBe(false);
    expect(staysOpen(parseHead('HTTP/1.0 200 OK'))).toBe(false);
  });
});

describe('a chunked body', () => {
  const wire = Buffer.from(
    '5;x=y\r\nhello\r\n1\r\n \r\n00005\r\nworld\r\n0\r\nTrailer: a\r\n\r\nNEXT',
  );

  it('is the same however it is cut', () => {
    const random = createRandom(9);
    for (let run = 0; run < 200; run++) {
      const reader = new ChunkReader();
      let text = '';
      let at = 0;
      while (!reader.ended) {
        const to = Math.min(wire.length, at + 1 + Math.floor(random() * 6));
        at = reader.read(wire, at, to, (from, end) => {
          text += wire.toString('latin1', from, end);
        });
      }
      expect(text).toBe('hello world');
      expect(wire.subarray(at).toString()).toBe('NEXT');
    }
  });

  it('is refused when it is not what it says', () => {
    for (const text of ['x\r\n', '5\nhello', '5\r\nhelloo\r\n', '-1\r\n', `${'1'.repeat(5000)}`]) {
      const bytes = Buffer.from(text);
      expect(() => new ChunkReader().read(bytes, 0, bytes.length, () => {}), text).toThrow(
        ProtocolError,
      );
    }
  });
});

describe('a connection', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** To a server that sends this, in parts, for each request. */
  async function open(answer: (socket: Socket, request: string) => void): Promise<HttpConnection> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (text) => answer(socket, String(text)));
      closing.push(() => socket.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    const connection = new HttpConnection(createBlockPool());
    const socket = connect({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      onread: connection.onread,
    });
    await once(socket, 'connect');
    connection.attach(socket, true);
    return connection;
  }

  async function get(connection: HttpConnection): Promise<string> {
    let text = '';
    await connection.exchange({
      target: '/',
      headers: [['Host', 'x']],
      onHead: () => true,
      onBody: (block, from, to) => {
        text += block.bytes.toString('latin1', from, to);
      },
      onBlockEnd: () => {},
    });
    return text;
  }

  it('serves one exchange after another', async () => {
    const connection = await open((socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-');
      setImmediate(() => socket.write('Length: 5\r\n\r\nhello'));
    });
    expect(await get(connection)).toBe('hello');
    expect(await get(connection)).toBe('hello');
    expect(connection.open).toBe(true);
  });

  it('ends with the body where nothing else says how long it is', async () => {
    const connection = await open((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'));
    expect(await get(connection)).toBe('hello');
    expect(connection.open).toBe(false);
  });

  it('is given up when more comes than was promised', async () => {
    const connection = await open((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n'),
    );
    expect(await get(connection)).toBe('hello');
    expect(connection.open).toBe(false);
  });

  it('is given up when the head never ends, or a body is cut short', async () => {
    const endless = await open((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nA: ${'a'.repeat(70_000)}`),
    );
    await expect(get(endless)).rejects.toThrow(ProtocolError);
    const short = await open((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'),
    );
    await expect(get(short)).rejects.toThrow(ConnectionLost);
    expect(short.open).toBe(false);
  });

  it('says what its handlers throw, and is closed then', async () => {
    const connection = await open((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
    );
    const mine = new Error('mine');
    const exchange = connection.exchange({
      target: '/',
      headers: [],
      onHead: () => {
        throw mine;
      },
      onBody: () => {},
      onBlockEnd: () => {},
    });
    await expect(exchange).rejects.toBe(mine);
    expect(connection.open).toBe(false);
  });
});
