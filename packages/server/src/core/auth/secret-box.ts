import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authErrors } from './errors.ts';

/** Encrypts small secrets that must be read again: TOTP seeds, channel passwords, kept replies. */
export interface SecretBox {
  /** AES-256-GCM with a fresh nonce; `purpose` is authenticated with it. */
  seal(text: string, purpose: string): string;
  /** @throws AUTH_SEALED_UNREADABLE when it was changed, sealed with another key or for another purpose */
  open(sealed: string, purpose: string): string;
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param secret `config.secret`; without it the key is read from `secret.key` in the data folder, and made on first use
 * @throws AUTH_KEY_UNREADABLE
 */
export function createSecretBox(options: {
  secret: string | undefined;
  dataFolder: string;
}): SecretBox {
  const material = options.secret ?? readOrMakeKeyFile(options.dataFolder);
  const key = Buffer.from(hkdfSync('sha256', material, '', 'kizashi secret box', 32));
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
      return `${VERSION}.${sealed.toString('base64url')}`;
    },
    open(sealed, purpose) {
      try {
        const [version, content = ''] = sealed.split('.', 2);
        if (version !== VERSION) throw new Error(`unknown version ${version}`);
        const bytes = Buffer.from(content, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
        const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
        return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw authErrors.AUTH_SEALED_UNREADABLE({}, { cause });
      }
    },
  };
}

function readOrMakeKeyFile(folder: string): string {
  const path = join(folder, 'secret.key');
  try {
    mkdirSync(folder, { recursive: true });
    try {
      // `wx` fails when the file exists, so two processes that start together end up with one key.
      writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
      chmodSync(path, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const key = readFileSync(path, 'utf8').trim();
    if (Buffer.from(key, 'base64').length !== 32) throw new Error('it does not hold 32 bytes');
    return key;
  } catch (cause) {
    throw authErrors.AUTH_KEY_UNREADABLE({ path, reason: (cause as Error).message }, { cause });
  }
}
