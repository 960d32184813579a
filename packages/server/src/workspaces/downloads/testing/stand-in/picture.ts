import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 208;
const HEIGHT = 304;

/** A PNG of two colours that run into each other, other ones for each name. */
export function drawPicture(name: string): Buffer {
  const seed = crc32(Buffer.from(name));
  const from = [seed & 0xff, (seed >>> 8) & 0xff, (seed >>> 16) & 0xff];
  const to = [(seed >>> 24) & 0xff, from[0]! ^ 0x80, from[1]! ^ 0xc0];
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const share = (x + y) / (WIDTH + HEIGHT);
      const at = y * (1 + WIDTH * 3) + 1 + x * 3;
      for (let c = 0; c < 3; c++)
        rows[at + c] = Math.round(from[c]! * (1 - share) + to[c]! * share);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
