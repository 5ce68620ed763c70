// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** As much of RFC 6455 as a fixture needs: it sends text and notices when the other side goes. */
export class Socket {
  readonly #stream: Duplex;
  closed = false;

  constructor(request: IncomingMessage, stream: Duplex, onClose: () => void) {
    this.#stream = stream;
    const key = request.headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1')
      .update(key + HANDSHAKE_GUID)
      .digest('base64');
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const end = (): void => {
      if (!this.closed) {
        this.closed = true;
        stream.destroy();
        onClose();
      }
    };
    stream.on('data', (data: Buffer) => {
      const opcode = (data[0] ?? 0) & 0x0f;
      if (opcode === 8) {
        end();
      }
    });
    stream.on('close', end);
    stream.on('error', end);
  }

  send(message: unknown): void {
    if (this.closed) {
      return;
    }
    const payload = Buffer.from(JSON.stringify(message));
    const head =
      payload.length < 126
        ? Buffer.from([0x81, payload.length])
        : payload.length < 65_536
          ? Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff])
          : longHead(payload.length);
    this.#stream.write(Buffer.concat([head, payload]));
  }

  close(): void {
    this.#stream.destroy();
  }
}

function longHead(length: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = 0x81;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
